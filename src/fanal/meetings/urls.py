from django.urls import path

from fanal.meetings import views

app_name = "meetings"
urlpatterns = [
    path("", views.meetings, name="meetings"),
    path("mine/", views.mine, name="mine"),
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/subscribe/", views.subscription, name="subscription"),
    path("calendar/<str:secret>.ics", views.feed, name="feed"),
    path("cadence/<slug:body_code>/", views.cadence, name="cadence"),
    path("new/", views.plan, name="plan"),
    path("series/", views.series, name="series"),
    path("series/new/", views.plan_series, name="plan_series"),
    path("series/<uuid:series_id>/end/", views.end_series, name="end_series"),
    path("items/", views.items, name="items"),
    path("items/new/", views.propose, name="propose"),
    path("items/<slug:reference>/", views.item, name="item"),
    path("items/<slug:reference>/change/", views.amend, name="amend"),
    path("items/<slug:reference>/withdraw/", views.withdraw, name="withdraw"),
    path("items/<slug:reference>/papers/", views.annex, name="annex"),
    path("items/<slug:reference>/admit/", views.admit, name="admit"),
    path("items/<slug:reference>/leave/", views.leave_for_next, name="leave_for_next"),
    path("papers/<slug:reference>/", views.paper, name="paper"),
    path("points/<uuid:point_id>/move/", views.move, name="move"),
    path("points/<uuid:point_id>/minutes/", views.lengthen, name="lengthen"),
    path("points/<uuid:point_id>/seats/", views.exclude, name="exclude"),
    path("points/<uuid:point_id>/off/", views.take_off, name="take_off"),
    path("<slug:reference>/", views.meeting, name="meeting"),
    path("<slug:reference>/change/", views.change, name="change"),
    path("<slug:reference>/convene/", views.convene, name="convene"),
    path("<slug:reference>/cancel/", views.cancel, name="cancel"),
    path("<slug:reference>/agenda/", views.editor, name="agenda"),
    path("<slug:reference>/agenda/build/", views.build, name="build"),
    path("<slug:reference>/agenda/set/", views.set_agenda, name="set_agenda"),
    path("<slug:reference>/calendar/", views.as_calendar, name="as_calendar"),
    path("<slug:reference>/paper/<slug:format>/", views.printed, name="printed"),
]
