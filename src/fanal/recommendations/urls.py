from django.urls import path

from fanal.recommendations import views

app_name = "recommendations"
urlpatterns = [
    path("", views.recommendations, name="list"),
    path("public/", views.public_list, name="public"),
    path("export/<slug:kind>/", views.export, name="export"),
    path("new/", views.new, name="new"),
    path("cycles/", views.cycles, name="cycles"),
    path("reply/", views.reply, name="reply"),
    path("import/", views.bring, name="import"),
    path("import/<uuid:batch_id>/", views.batch, name="batch"),
    path("import/<uuid:batch_id>/write/", views.bring_in, name="bring_in"),
    path("import/<uuid:batch_id>/discard/", views.discard, name="discard"),
    path("same/", views.proposals, name="proposals"),
    path("same/confirmed/", views.clusters, name="clusters"),
    path("same/search/", views.begin_search, name="begin_search"),
    path("same/search/<uuid:search_id>/", views.progress, name="progress"),
    path("same/<uuid:proposal_id>/", views.confirm, name="confirm"),
    path("same/<uuid:proposal_id>/reject/", views.reject, name="reject"),
    path("answers/<uuid:answer_id>/remove/", views.remove_answer, name="remove_answer"),
    path("<slug:number>/", views.recommendation, name="recommendation"),
    path("<slug:number>/change/", views.change, name="change"),
    path("<slug:number>/position/", views.position, name="position"),
    path("<slug:number>/position/discard/", views.discard_draft, name="discard_draft"),
    path("<slug:number>/assessment/", views.assess, name="assess"),
    path("<slug:number>/measure/", views.add_measure, name="add_measure"),
    path("<slug:number>/decision/", views.add_decision, name="add_decision"),
    path("<slug:number>/evidence/", views.add_evidence, name="add_evidence"),
    path("<slug:number>/close/", views.close, name="close"),
    path("<slug:number>/reopen/", views.reopen, name="reopen"),
    path("<slug:number>/take-out/", views.take_out, name="take_out"),
]
