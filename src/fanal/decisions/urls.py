from django.urls import path

from fanal.decisions import views

app_name = "decisions"
urlpatterns = [
    path("<str:number>/", views.decision, name="decision"),
]
