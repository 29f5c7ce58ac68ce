from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    name = "fanal.attachments"
    label = "attachments"
