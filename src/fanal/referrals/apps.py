from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "fanal.referrals"
    label = "referrals"
