from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "fanal.documents"
    label = "documents"
