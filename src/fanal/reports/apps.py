from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "fanal.reports"
    label = "reports"
