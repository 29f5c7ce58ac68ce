from django.urls import path

from fanal.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.reports, name="list"),
    path("new/", views.open_report, name="new"),
    path("public/", views.published, name="published"),
    path("public/<slug:reference>/<int:number>/", views.public_edition, name="public"),
    path(
        "public/<slug:reference>/<int:number>/<slug:language>.<slug:kind>",
        views.public_file,
        name="public_file",
    ),
    path("contributions/<uuid:contribution_id>/", views.contribution, name="contribution"),
    path("contributions/<uuid:contribution_id>/write/", views.write, name="write"),
    path("contributions/<uuid:contribution_id>/send/", views.send, name="send"),
    path("contributions/<uuid:contribution_id>/accept/", views.accept, name="accept"),
    path("contributions/<uuid:contribution_id>/send-back/", views.send_back, name="send_back"),
    path("contributions/<uuid:contribution_id>/sign/", views.sign, name="sign"),
    path("contributions/<uuid:contribution_id>/withdraw/", views.withdraw, name="withdraw"),
    path("sections/<uuid:section_id>/", views.change_section, name="section"),
    path("sections/<uuid:section_id>/move/", views.move_section, name="move"),
    path("sections/<uuid:section_id>/drop/", views.drop_section, name="drop"),
    path("sections/<uuid:section_id>/ask/", views.ask, name="ask"),
    path("<slug:reference>/", views.report, name="report"),
    path("<slug:reference>/outline/", views.add_section, name="outline"),
    path("<slug:reference>/build/", views.building, name="build"),
    path("<slug:reference>/proof/", views.proof, name="proof"),
    path("<slug:reference>/freeze/", views.freeze, name="freeze"),
    path("<slug:reference>/choices/<slug:code>/", views.choose, name="choose"),
    path("<slug:reference>/editions/<int:number>/", views.edition, name="edition"),
    path("<slug:reference>/editions/<int:number>/progress/", views.progress, name="progress"),
    path("<slug:reference>/editions/<int:number>/publish/", views.publish, name="publish"),
    path(
        "<slug:reference>/editions/<int:number>/<slug:language>.<slug:kind>", views.edition_file, name="file"
    ),
]
