from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "fanal.config"
    label = "config"
