from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "fanal.notify"
    label = "notify"
