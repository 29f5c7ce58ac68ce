from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "fanal.plans"
    label = "plans"
