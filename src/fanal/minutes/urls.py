from django.urls import path

from fanal.minutes import views

app_name = "minutes"
urlpatterns = [
    path("", views.minutes_list, name="list"),
    path("paste/", views.paste, name="paste"),
    path("written/", views.written_list, name="written_list"),
    path("written/new/<slug:code>/", views.open_procedure, name="open_procedure"),
    path("written/<slug:reference>/", views.written, name="written"),
    path("written/<slug:reference>/answer/", views.answer, name="answer"),
    path("written/<slug:reference>/close/", views.close_procedure, name="close_procedure"),
    path("written/<slug:reference>/withdraw/", views.withdraw_procedure, name="withdraw_procedure"),
    path("<slug:reference>/", views.session, name="session"),
    path("<slug:reference>/open/", views.open_session, name="open_session"),
    path("<slug:reference>/attendance/", views.note_attendance, name="note_attendance"),
    path("<slug:reference>/room/", views.room, name="room"),
    path("<slug:reference>/close/", views.close_session, name="close_session"),
    path("<slug:reference>/circulate/", views.circulate, name="circulate"),
    path("<slug:reference>/remark/", views.remark, name="remark"),
    path("<slug:reference>/remarks/<uuid:remark_id>/", views.answer_remark, name="answer_remark"),
    path("<slug:reference>/approve/", views.approve, name="approve"),
    path("<slug:reference>/addendum/", views.add_addendum, name="add_addendum"),
    path("<slug:reference>/paper/<slug:format>/", views.paper, name="paper"),
    path("<slug:reference>/votes/<uuid:ballot_id>/", views.cast, name="vote"),
    path("<slug:reference>/actions/<uuid:action_id>/", views.finish_action, name="finish_action"),
    path("<slug:reference>/items/<uuid:item_id>/", views.item, name="item"),
    path("<slug:reference>/items/<uuid:item_id>/save/", views.save_note, name="save_note"),
    path("<slug:reference>/items/<uuid:item_id>/text/", views.text, name="text"),
    path("<slug:reference>/items/<uuid:item_id>/history/", views.history, name="history"),
    path("<slug:reference>/items/<uuid:item_id>/outcome/", views.conclude, name="conclude"),
    path("<slug:reference>/items/<uuid:item_id>/ballot/", views.open_ballot, name="open_ballot"),
    path("<slug:reference>/items/<uuid:item_id>/action/", views.add_action, name="add_action"),
    path("<slug:reference>/items/<uuid:item_id>/paper/<slug:format>/", views.extract, name="extract"),
]
