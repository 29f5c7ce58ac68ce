from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "fanal.alerts"
    label = "alerts"
