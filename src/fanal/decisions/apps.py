from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "fanal.decisions"
    label = "decisions"
