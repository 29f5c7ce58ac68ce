"""The law in force: reference data of the selected country, kept by hand once loaded."""

from django.apps import AppConfig


class CountryConfig(AppConfig):
    name = "fanal.country"
    label = "country"
