"""The URL table: HTML and API side by side."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
]
