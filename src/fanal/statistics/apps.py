from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "fanal.statistics"
    label = "statistics"
