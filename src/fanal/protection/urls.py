from django.urls import path

from fanal.protection import views

app_name = "protection"
urlpatterns = [
    path("", views.procedures, name="list"),
    path("export.<slug:kind>", views.export, name="export"),
    path("deadlines/", views.deadlines, name="deadlines"),
    path("deadlines/export.<slug:kind>", views.export_deadlines, name="export_deadlines"),
    path("deadlines/calendar/", views.calendar, name="calendar"),
    path("deadlines/<str:secret>.ics", views.feed, name="feed"),
    path("questions/", views.questions, name="questions_list"),
    path("questions/<uuid:question_set>/", views.answer, name="questions"),
    path("questions/<uuid:question_set>/event/", views.tell_event, name="tell_event"),
    path("new/", views.new, name="new"),
    path("new/alone/", views.alone, name="alone"),
    path("new/<slug:referral>/", views.from_referral, name="from_referral"),
    path("<slug:reference>/", views.detail, name="detail"),
    path("<slug:reference>/open/", views.open_requested, name="open"),
    path("<slug:reference>/refuse/", views.refuse_request, name="refuse_request"),
    path("<slug:reference>/withdraw/", views.withdraw_request, name="withdraw"),
    path("<slug:reference>/decide/<slug:move>/", views.decide, name="decide"),
    path("<slug:reference>/refuse/<slug:move>/", views.refuse, name="refuse"),
    path("<slug:reference>/request/<slug:move>/", views.request_move, name="request"),
    path("<slug:reference>/end/", views.end, name="end"),
    path("<slug:reference>/ask/", views.ask, name="ask"),
    path("<slug:reference>/statement/", views.record_statement, name="statement"),
    path("<slug:reference>/event/", views.record_event, name="event"),
    path("<slug:reference>/hand-over/", views.hand_over, name="hand_over"),
    path("<slug:reference>/dates/", views.show_dates, name="show_dates"),
    path("<slug:reference>/dates/<uuid:grant>/end/", views.hide_dates, name="hide_dates"),
    path("<slug:reference>/identity/", views.reveal_identity, name="identity"),
    path("<slug:reference>/letters/<int:number>.pdf", views.letter, name="letter"),
    path("<slug:reference>/letters/<int:number>-invitation.pdf", views.invitation, name="invitation"),
]
