from django.urls import path

from fanal.referrals import views

app_name = "referrals"
urlpatterns = [
    path("", views.referrals, name="list"),
    path("export.<slug:kind>", views.export, name="export"),
    path("places/", views.board, name="board"),
    path("places/publish/", views.publish, name="publish"),
    path("exceptions/", views.exceptions, name="exceptions"),
    path("grounds/<uuid:consent_id>/review/", views.review, name="review"),
    path("grounds/<uuid:consent_id>/end/", views.revoke_consent, name="revoke_consent"),
    path("persons/", views.persons, name="persons"),
    path("persons/new/", views.new, name="new"),
    path("persons/new/alone/", views.alone, name="alone"),
    path("persons/new/<slug:alert>/<uuid:person_id>/", views.from_alert, name="from_alert"),
    path("persons/<slug:reference>/", views.person, name="person"),
    path("persons/<slug:reference>/change/", views.amend, name="amend"),
    path("persons/<slug:reference>/ground/", views.record_consent, name="record_consent"),
    path("persons/<slug:reference>/propose/<slug:code>/", views.propose, name="propose"),
    path("<slug:reference>/", views.referral, name="referral"),
    path("<slug:reference>/accept/", views.accept, name="accept"),
    path("<slug:reference>/refuse/", views.refuse, name="refuse"),
    path("<slug:reference>/done/", views.report_done, name="report_done"),
    path("<slug:reference>/withdraw/", views.withdraw, name="withdraw"),
    path("<slug:reference>/send/", views.send, name="send"),
    path("<slug:reference>/identity/", views.identity, name="identity"),
]
