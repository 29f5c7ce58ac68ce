from django.urls import path

from fanal.directory import views

app_name = "directory"
urlpatterns = [
    path("", views.call, name="call"),
    path("municipalities/", views.municipalities, name="municipalities"),
    path("institutions/", views.institutions, name="institutions"),
    path("units/<slug:code>/", views.unit, name="unit"),
    path("units/<slug:code>/card.vcf", views.unit_vcard, name="unit_vcard"),
    path("units/<slug:code>/people/", views.people, name="people"),
    path("units/<slug:code>/mandates/new/", views.appoint, name="appoint"),
    path("units/<slug:code>/contacts/new/", views.add_contact_point, name="add_contact_point"),
    path("mandates/<int:mandate_id>/end/", views.end_mandate, name="end_mandate"),
    path("contacts/<int:contact_id>/change/", views.change_contact_point, name="change_contact_point"),
]
