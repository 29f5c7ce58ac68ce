from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "fanal.retention"
    label = "retention"
