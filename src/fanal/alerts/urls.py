from django.urls import path

from fanal.alerts import views

app_name = "alerts"
urlpatterns = [
    path("", views.alerts, name="list"),
    path("export.<slug:kind>", views.export, name="export"),
    path("figures/", views.own_funnel, name="funnel"),
    path("figures/country/", views.national_funnel, name="national_funnel"),
    path("new/", views.new, name="new"),
    path("new/places/", views.places, name="places"),
    path("new/<uuid:draft_id>/discard/", views.discard, name="discard"),
    path("new/<uuid:draft_id>/person/<int:key>/", views.person, name="person"),
    path("new/<uuid:draft_id>/<slug:name>/", views.step, name="step"),
    path("<slug:reference>/", views.alert, name="alert"),
    path("<slug:reference>/receipt/", views.receipt, name="receipt"),
    path("<slug:reference>/duties/<slug:code>/", views.tick_duty, name="tick_duty"),
    path("<slug:reference>/send/", views.send, name="send"),
    path("<slug:reference>/close/", views.close, name="close"),
    path("<slug:reference>/reopen/", views.reopen, name="reopen"),
    path("<slug:reference>/persons/", views.identities, name="identities"),
]
