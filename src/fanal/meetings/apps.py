from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "fanal.meetings"
    label = "meetings"
