from django.apps import AppConfig


class MinutesConfig(AppConfig):
    name = "fanal.minutes"
    label = "minutes"
