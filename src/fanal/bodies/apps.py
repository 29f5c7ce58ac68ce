from django.apps import AppConfig


class BodiesConfig(AppConfig):
    name = "fanal.bodies"
    label = "bodies"
