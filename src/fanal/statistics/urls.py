from django.urls import path

from fanal.statistics import views

app_name = "statistics"
urlpatterns = [
    path("", views.figures, name="list"),
    path("export.<slug:kind>", views.export, name="export"),
    path("conflicts/", views.conflicts, name="conflicts"),
    path("new/", views.record, name="new"),
    path("import/", views.read_file, name="import"),
    path("import/<uuid:sheet_id>/", views.take_over, name="preview"),
    path("<slug:code>/", views.figure, name="figure"),
    path("<slug:code>/correct/", views.correct, name="correct"),
]
