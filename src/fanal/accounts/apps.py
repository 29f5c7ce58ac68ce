from typing import Any

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "fanal.accounts"
    label = "accounts"

    def ready(self) -> None:
        from allauth.socialaccount.signals import social_account_added

        social_account_added.connect(_note_link)


def _note_link(request: Any, **_: Any) -> None:
    from django.utils import timezone

    from fanal.accounts import services

    services.note_link(by=request.member, at=timezone.now())
