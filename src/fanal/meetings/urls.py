from django.urls import path

from fanal.meetings import views

app_name = "meetings"
urlpatterns = [
    path("<slug:reference>/", views.meeting, name="meeting"),
]
