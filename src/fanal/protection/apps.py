from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    name = "fanal.protection"
    label = "protection"
