from django.urls import path

from fanal.web import prose, views

app_name = "web"
urlpatterns = [
    path("language", views.language, name="language"),
    path("hat", views.hat, name="hat"),
    path("leave", views.leave, name="leave"),
    path("prose", prose.clean, name="prose"),
]
