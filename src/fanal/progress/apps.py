from django.apps import AppConfig


class ProgressConfig(AppConfig):
    name = "fanal.progress"
    label = "progress"
