from django.urls import path

from fanal.retention import views

app_name = "retention"
urlpatterns = [
    path("", views.files, name="list"),
    path("holds/<uuid:hold_id>/lift/", views.lift_hold, name="lift_hold"),
    path("erasures/<uuid:erasure_id>/confirm/", views.confirm_erasure, name="confirm_erasure"),
    path("erasures/<uuid:erasure_id>/withdraw/", views.withdraw_erasure, name="withdraw_erasure"),
    path("corrections/<uuid:correction_id>/", views.take_over, name="take_over"),
    path("<slug:reference>/", views.file, name="file"),
    path("<slug:reference>/keep/", views.keep, name="keep"),
    path("<slug:reference>/hold/", views.place_hold, name="place_hold"),
    path("<slug:reference>/erase/", views.propose_erasure, name="propose_erasure"),
    path("<slug:reference>/correct/", views.correct, name="correct"),
    path("<slug:reference>/answer/", views.answer, name="answer"),
]
