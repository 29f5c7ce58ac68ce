from django.urls import path

from fanal.progress.views import acts, export, pages, sheets

app_name = "progress"
urlpatterns = [
    path("", pages.index, name="index"),
    path("mine/", pages.mine, name="mine"),
    path("mine/sheet.xlsx", sheets.prefilled, name="sheet"),
    path("mine/import/", sheets.import_sheet, name="import_sheet"),
    path("reviews/", pages.reviews, name="reviews"),
    path("public/", pages.public_index, name="public"),
    path("public/<slug:plan>/", pages.public_plan, name="public_plan"),
    path("plans/<slug:plan>/", pages.glance, name="plan"),
    path("plans/<slug:plan>/owes/", pages.owes, name="owes"),
    path("plans/<slug:plan>/changes/", pages.changed, name="changes"),
    path("plans/<slug:plan>/export.<slug:kind>", export.export, name="export"),
    path("measures/<slug:key>/", pages.measure, name="measure"),
    path("measures/<slug:key>/report/", acts.report, name="report"),
    path("measures/<slug:key>/drop/", acts.drop, name="drop"),
    path("measures/<slug:key>/resume/", acts.resume, name="resume"),
    path("reports/<uuid:report_id>/review/", acts.review, name="review"),
    path("reports/<uuid:report_id>/remark/", acts.remark, name="remark"),
]
