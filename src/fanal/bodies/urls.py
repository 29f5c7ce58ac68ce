from django.urls import path

from fanal.bodies import views

app_name = "bodies"
urlpatterns = [
    path("", views.bodies, name="list"),
    path("seats/<uuid:seat_id>/person/", views.seat_person, name="seat_person"),
    path("seats/<uuid:seat_id>/end/", views.end_seat, name="end_seat"),
    path("sittings/<uuid:sitting_id>/end/", views.unseat_person, name="unseat_person"),
    path("requests/<uuid:request_id>/convene/", views.convene, name="convene"),
    path("requests/<uuid:request_id>/refuse/", views.refuse_meeting, name="refuse_meeting"),
    path("<slug:code>/", views.body, name="body"),
    path("<slug:code>/history/", views.history, name="history"),
    path("<slug:code>/seats/new/", views.add_seat, name="add_seat"),
    path("<slug:code>/ask/", views.ask_meeting, name="ask_meeting"),
    path("<slug:code>/groups/new/", views.found_group, name="found_group"),
]
