from django.urls import path

from fanal.decisions import views

app_name = "decisions"
urlpatterns = [
    path("", views.decisions, name="list"),
    path("record/", views.record, name="record"),
    path("import/", views.bring_in, name="bring_in"),
    path("export/<slug:kind>/", views.export, name="export"),
    path("public/", views.extracts, name="public"),
    path("public/<slug:number>/", views.extract, name="extract"),
    path("<slug:number>/", views.decision, name="decision"),
    path("<slug:number>/follow/", views.follow, name="follow"),
    path("<slug:number>/due/", views.reschedule, name="reschedule"),
    path("<slug:number>/supersede/", views.supersede, name="supersede"),
    path("<slug:number>/extract/", views.publish_extract, name="publish_extract"),
    path("<slug:number>/extract/withdraw/", views.withdraw_extract, name="withdraw_extract"),
]
