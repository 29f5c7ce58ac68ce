"""The edge is tested on a small house of its own (`stage.py`), inside the real middleware and database."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from pytest_django import Settings
from tests.access.rows import unit

from fanal.access.models import Account, Membership
from fanal.access.queries import member_from
from fanal.access.rules import Member, Role

PASSWORD = "a lantern in the harbour"
SECRET = "A" * 32


@pytest.fixture(autouse=True)
def house(settings: Settings) -> Iterator[None]:
    settings.ROOT_URLCONF = "tests.web.stage"
    settings.NAVIGATION = [("account_login", "Log in", ""), ("mfa_index", "Keep accounts", "account.manage")]
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [Path(__file__).parent / "templates"]
    settings.TEMPLATES = templates
    return


@pytest.fixture
def officer(db: None) -> Member:
    return join("officer", Role.OFFICER)


def join(name: str, role: Role) -> Member:
    account = Account.objects.create_user(f"{name}@testland.example", PASSWORD, name=name)
    TOTP.activate(account, SECRET)
    row = Membership.objects.create(account=account, unit=unit(), role=role, valid_from=date(2020, 1, 1))
    return member_from(Membership.objects.select_related("unit", "account").get(pk=row.pk))


def browser(member: Member, **options: bool) -> Client:
    client = Client(**options)  # type: ignore[arg-type]
    client.force_login(
        Account.objects.get(pk=member.person_id),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    return client
