from django.urls import path

from fanal.plans.views import drafts, parts, reading, tables

app_name = "plans"
_DRAFT = "<slug:plan>/draft/"
_MEASURE = f"{_DRAFT}measures/<slug:key>/"
urlpatterns = [
    path("", reading.plans, name="list"),
    path("find/", reading.find, name="find"),
    path("new/", drafts.start, name="start"),
    path("template/<slug:kind>/", tables.template, name="template"),
    path("public/", reading.public_plans, name="public"),
    path("public/<slug:plan>/", reading.public_plan, name="public_plan"),
    path("measures/<slug:key>/", reading.measure, name="measure"),
    path("<slug:plan>/", reading.plan, name="plan"),
    path("<slug:plan>/versions/", reading.versions, name="versions"),
    path("<slug:plan>/export/<slug:kind>/", tables.export, name="export"),
    path("<slug:plan>/amend/", drafts.amend, name="amend"),
    path("<slug:plan>/returns/", drafts.returns, name="returns"),
    path(_DRAFT, drafts.draft, name="draft"),
    path(f"{_DRAFT}frame/", drafts.reframe, name="reframe"),
    path(f"{_DRAFT}import/", tables.bring_in, name="bring_in"),
    path(f"{_DRAFT}adopt/", drafts.adopt, name="adopt"),
    path(f"{_DRAFT}discard/", drafts.discard, name="discard"),
    path(f"{_DRAFT}headings/new/", parts.add_heading, name="add_heading"),
    path(f"{_DRAFT}headings/<uuid:anchor>/", parts.change_heading, name="change_heading"),
    path(f"{_DRAFT}headings/<uuid:anchor>/remove/", parts.remove_heading, name="remove_heading"),
    path(f"{_DRAFT}measures/new/", parts.add_measure, name="add_measure"),
    path(_MEASURE, parts.change_measure, name="change_measure"),
    path(f"{_MEASURE}remove/", parts.remove_measure, name="remove_measure"),
    path(f"{_MEASURE}move/", parts.move_measure, name="move_measure"),
    path(f"{_MEASURE}indicators/new/", parts.add_indicator, name="add_indicator"),
    path(f"{_MEASURE}indicators/<int:nth>/", parts.change_indicator, name="change_indicator"),
    path(f"{_MEASURE}indicators/<int:nth>/remove/", parts.remove_indicator, name="remove_indicator"),
]
