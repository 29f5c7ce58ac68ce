"""The demonstration: the same for the same seed, made through the services, waking nobody, open to everybody."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from tests.walls import second_wall_open

from fanal.access.models import Account
from fanal.access.queries import member_by_token
from fanal.alerts.models import Alert, Transmission
from fanal.config import demo
from fanal.config.demo import making, staff
from fanal.config.demo.stage import Stage
from fanal.config.loading import load_country
from fanal.errors import Refusal
from fanal.notify import services as notify
from fanal.protection.models import Procedure
from fanal.referrals.models import Referral

UNTIL = datetime(2026, 6, 12, 10, 30, tzinfo=UTC)
SCALE = 0.005


@pytest.fixture
def country(db: None) -> None:
    load_country(on=UNTIL.date())


def make(seed: int = 7, *, scale: float = SCALE, until: datetime = UNTIL) -> Stage:
    return making.seed(seed=seed, tell=lambda *_: None, scale=scale, until=until)


def identifiers() -> dict[str, list[str]]:
    """Every identifier that is drawn, and every reference, by table."""
    found = {}
    with second_wall_open():
        for model in apps.get_models():
            names = [
                f.name
                for f in model._meta.fields
                if f.name == "reference" or (f.primary_key and f.name == "id")
            ]
            drawn = [
                n for n in names if model._meta.get_field(n).get_internal_type() in ("UUIDField", "CharField")
            ]
            if model._meta.app_label in LABELS and drawn:
                rows = model._default_manager.values_list(*drawn)
                found[model._meta.label] = sorted(" ".join(map(str, row)) for row in rows)
    return found


LABELS = ("access", "alerts", "referrals", "protection", "audit", "notify")


class Undo(Exception):
    """Takes everything back that was made in a block."""


def made(seed: int, *, until: datetime = UNTIL) -> dict[str, list[str]]:
    """What a seed makes in an empty database, which is empty again afterwards."""
    found: dict[str, list[str]] = {}
    try:
        with transaction.atomic():
            make(seed, until=until)
            connection.check_constraints()
            found = identifiers()
            raise Undo
    except Undo:
        return found


def test_the_same_seed_gives_the_same_identifiers(country: None) -> None:
    first = made(7)
    assert made(7) == first
    assert {"access.Account", "alerts.Alert", "protection.Procedure", "audit.Entry"} <= first.keys()
    assert all(
        first[label] for label in ("alerts.Alert", "referrals.Referral", "protection.Fact", "audit.Entry")
    )
    other = made(8)
    assert not set(first["alerts.Alert"]) & set(other["alerts.Alert"])


def test_a_later_day_tells_the_same_stories_and_more(country: None) -> None:
    before, after = made(7), made(7, until=UNTIL.replace(month=7))
    known = set(before["alerts.Person"]) | set(before["alerts.Alert"])
    assert known <= set(after["alerts.Person"]) | set(after["alerts.Alert"])


def test_every_act_is_one_that_the_services_allow(country: None) -> None:
    stage = make(scale=0.05)
    assert dict(stage.refused) == {}
    with second_wall_open():
        outcomes = set(Alert.objects.values_list("outcome", flat=True))
        assert {"", "referred", "not_trafficking", "refused_help"} <= outcomes
        assert Alert.objects.filter(child=True).exists()
        assert Transmission.objects.filter(acknowledged_at=None).exists()
        assert "done" in set(Referral.objects.values_list("state", flat=True))
        assert {"eu", "residence"} <= set(Procedure.objects.values_list("track", flat=True))
        assert Procedure.objects.filter(phase="END").exists()
        assert not Alert.objects.filter(recorded_at__gte=UNTIL).exists()


def test_nobody_is_mailed_for_the_past(country: None) -> None:
    make()
    assert notify.deliver(at=UNTIL) == 0
    assert mail.outbox == []


def test_an_interruption_loses_nothing(country: None, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = made(7)
    monkeypatch.setattr(making, "BATCH", 8)
    with pytest.raises(KeyboardInterrupt):
        making.seed(seed=7, tell=interrupt_at(2), scale=SCALE, until=UNTIL)
    assert not demo.is_demonstration()
    make(7)
    assert demo.is_demonstration()
    assert identifiers()["alerts.Alert"] == whole["alerts.Alert"]


def interrupt_at(call: int) -> object:
    calls: Iterator[int] = iter(range(1000))

    def tell(label: str, done: int, total: int) -> None:
        if next(calls) == call:
            raise KeyboardInterrupt

    return tell


def test_made_twice_is_made_once(country: None) -> None:
    make()
    before = identifiers()
    make()
    assert identifiers() == before


@pytest.mark.asvs("15.2.3")
def test_a_database_of_real_people_is_refused(country: None) -> None:
    Account.objects.create_user("somebody@ministry.example", name="Somebody")
    with pytest.raises(Refusal) as refused:
        make()
    assert refused.value.code == "holds_work"
    assert not Account.objects.filter(email__endswith=staff.DOMAIN).exists()


def test_another_seed_does_not_come_on_top(country: None) -> None:
    make(7, scale=0)
    with pytest.raises(Refusal):
        make(8, scale=0)


def test_outside_a_demonstration_there_is_nothing_to_list(country: None) -> None:
    assert demo.accounts() == ()
    assert not demo.is_demonstration()
    with pytest.raises(Refusal) as refused:
        demo.tokens()
    assert refused.value.code == "no_demonstration"


def test_everybody_can_log_in_with_the_second_factor(country: None) -> None:
    make(scale=0)
    tokens = demo.tokens()
    assert {token["role"] for token in tokens} >= {
        "officer",
        "magistrate",
        "centre_worker",
        "immigration_agent",
    }
    token = tokens[0]
    browser = Client()
    first = browser.post("/accounts/login/", {"login": token["email"], "password": token["password"]})
    assert first.status_code == 302
    assert "_auth_user_id" not in browser.session
    browser.post(first["Location"], {"code": staff.totp_code(token["totp_secret"])})
    assert browser.session["_auth_user_id"] == str(Account.objects.get(email=token["email"]).pk)


def test_a_token_acts_for_its_account(country: None) -> None:
    make(scale=0)
    for token in demo.tokens():
        member = member_by_token(token["token"], datetime.now(UTC))
        assert member is not None
        assert (member.unit_code, member.role) == (token["unit"], token["role"])
