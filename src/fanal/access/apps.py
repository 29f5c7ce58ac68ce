from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    name = "fanal.access"
    label = "access"

    def ready(self) -> None:
        from allauth.mfa.models import Authenticator
        from django.contrib.auth.signals import user_logged_in, user_login_failed
        from django.db.models.signals import pre_save

        from fanal.access import checks, logins  # noqa: F401  (the first registers the start-up check)
        from fanal.access.codes import spend_the_first
        from fanal.access.lasting import note_begin

        post_migrate.connect(_install_context_key, sender=self)
        user_logged_in.connect(_note_login)
        user_logged_in.connect(note_begin)
        user_logged_in.connect(logins.note_opened)
        user_login_failed.connect(logins.note_failed)
        pre_save.connect(spend_the_first, sender=Authenticator)


def _note_login(request: Any, user: Any, **_: Any) -> None:
    from fanal.access import services

    agent = request.headers.get("User-Agent", "")
    services.note_login(account_id=user.pk, session_key=request.session.session_key, agent=agent)


def _install_context_key(using: str, **_: Any) -> None:
    from django.db import connections

    from fanal.access.context import install_key

    if "access_context_key" in connections[using].introspection.table_names():
        install_key(connections[using])
