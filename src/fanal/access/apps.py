from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    name = "fanal.access"
    label = "access"

    def ready(self) -> None:
        from fanal.access import checks  # noqa: F401  (registers the start-up check)

        post_migrate.connect(_install_context_key, sender=self)


def _install_context_key(using: str, **_: Any) -> None:
    from django.db import connections

    from fanal.access.context import install_key

    if "access_context_key" in connections[using].introspection.table_names():
        install_key(connections[using])
