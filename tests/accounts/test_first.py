"""The first people of an installation, made together, once."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from fanal.access.models import Account, Membership
from fanal.accounts import services
from fanal.accounts.services import First
from fanal.config.commands import people
from fanal.directory import queries as directory
from fanal.errors import Invalid, Refusal

pytestmark = pytest.mark.django_db


def four(now: datetime) -> list[First]:
    units = [unit for unit in directory.units(on=timezone.localdate(now)) if unit.roles]
    one = next(unit for unit in units if "magistrate" in unit.roles)
    two = next(unit for unit in units if "centre_worker" in unit.roles)
    return [
        First("ada@testland.example", "Ada", "fr", one.code, "magistrate"),
        First("bea@testland.example", "Bea", "nl", one.code, "magistrate"),
        First("cas@testland.example", "Cas", "de", two.code, "centre_worker"),
        First("dan@testland.example", "Dan", "de", two.code, "centre_worker"),
    ]


def code_of(people_: list[First], now: datetime) -> str:
    with pytest.raises(Refusal) as refused, transaction.atomic():
        services.found(people=people_, at=now)
    return refused.value.code


@pytest.mark.asvs("6.4.1")
def test_they_enter_with_their_codes(now: datetime) -> None:
    made = services.found(people=four(now), at=now)
    assert set(made.codes) == {person.email for person in four(now)}
    assert "administrator" in made.unreachable
    assert "magistrate" not in made.unreachable
    first, second = made.codes["ada@testland.example"]
    told = {"email": "ada@testland.example", "password": "a lantern for ada", "again": "a lantern for ada"}
    assert (
        Client().post("/staff/enter/", {**told, "first_half": first, "second_half": first}).status_code == 422
    )
    assert (
        Client().post("/staff/enter/", {**told, "first_half": first, "second_half": second}).status_code
        == 302
    )
    assert Account.objects.get(email="ada@testland.example").check_password("a lantern for ada")
    assert Membership.objects.count() == 4


def test_it_happens_once(now: datetime) -> None:
    services.found(people=four(now), at=now)
    assert code_of(four(now), now) == "has_members"


def test_too_few_and_what_cannot_be(now: datetime) -> None:
    found = four(now)
    assert code_of(found[:3], now) == "too_few"  # the third could never be given a colleague
    alone = [replace(person, unit=found[0].unit, role="magistrate") for person in found]
    assert code_of(alone, now) == "too_few"
    assert code_of([*found, found[0]], now) == "twice"
    assert code_of([*found[:3], replace(found[3], role="magistrate")], now) == "role_unfit"
    assert code_of([*found[:3], replace(found[3], unit="nowhere")], now) == "role_unfit"
    assert not Account.objects.exists()


def test_the_list_is_read_or_refused(tmp_path: Path) -> None:
    good = tmp_path / "people.csv"
    good.write_text("\ufeffemail,name,language,unit,role\na@x.example,Ada,fr,u,officer\n", encoding="utf-8")
    assert people.read(good) == [First("a@x.example", "Ada", "fr", "u", "officer")]
    for text in ("email,name\na,b\n", "email,name,language,unit,role\na@x.example,,fr,u,officer\n", ""):
        good.write_text(text)
        with pytest.raises(Invalid):
            people.read(good)
