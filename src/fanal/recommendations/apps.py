from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    name = "fanal.recommendations"
    label = "recommendations"
