from django.urls import path

from fanal.attachments import views

app_name = "attachments"
urlpatterns = [
    path("<uuid:attachment_id>/", views.attachment, name="attachment"),
    path("<uuid:attachment_id>/progress/", views.progress, name="progress"),
    path("<uuid:attachment_id>/copy/", views.working_copy, name="working_copy"),
    path("<uuid:attachment_id>/original/", views.original, name="original"),
    path("<uuid:attachment_id>/<int:page>.png", views.preview, name="preview"),
    path("<slug:host>/<uuid:object_id>/", views.add, name="add"),
    path("<slug:host>/<uuid:object_id>/copies/", views.copy, name="copy"),
]
