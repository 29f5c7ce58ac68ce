"""Two at the same instant: one voice for a person and for a service, one account, nobody deadlocked."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.utils import timezone
from tests.accounts.conftest import ask, newcomer
from tests.alerts.test_at_once import at_once
from tests.cast import Cast, join, load

from fanal.access.models import Account
from fanal.access.rules import Member, Role
from fanal.access.services import acting_as
from fanal.accounts import services
from fanal.accounts.models import Change, Vouch
from fanal.accounts.rules import State
from fanal.audit.models import Entry
from fanal.errors import Refusal

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Cast:
    return load()


def vouching(by: Member, change: Change, at: datetime) -> Callable[[], Change]:
    def act() -> Change:
        with acting_as(by):
            return services.vouch(by=by, change_id=change.id, at=at)

    return act


def outcome(found: list[Change | Exception]) -> list[str]:
    return sorted(each.code if isinstance(each, Refusal) else each.state for each in found)  # type: ignore[union-attr]


def test_two_services_at_the_same_instant_make_one_account(cast: Cast, now: datetime) -> None:
    colleague = join("colleague", Role.OFFICER, "police_cell", 0, on=timezone.localdate(now))
    for nth in range(5):
        email = f"new{nth}@testland.example"
        units = (cast.officer.unit_id, cast.outsider.unit_id)
        change = ask(cast.officer, newcomer(cast.officer.unit_id, email=email), units, now)
        found = at_once(vouching(colleague, change, now), vouching(cast.outsider, change, now))
        assert outcome(found) == [State.DONE, State.WAITING]
        assert Account.objects.filter(email=email).count() == 1
        assert Vouch.objects.filter(change=change).count() == 2


def test_the_same_voice_many_times_is_one(cast: Cast, now: datetime) -> None:
    colleague = join("colleague", Role.OFFICER, "police_cell", 0, on=timezone.localdate(now))
    units = (cast.officer.unit_id, cast.outsider.unit_id)
    change = ask(cast.officer, newcomer(cast.officer.unit_id), units, now)
    found = at_once(*[vouching(colleague, change, now)] * 6)
    assert outcome(found) == ["already"] * 5 + [State.WAITING]
    with acting_as(colleague):
        assert Entry.objects.filter(act="accounts.vouch").count() == 1
    assert not Account.objects.filter(email="new@testland.example").exists()


def test_two_requests_for_one_address_make_one_account(cast: Cast, now: datetime) -> None:
    colleague = join("colleague", Role.OFFICER, "police_cell", 0, on=timezone.localdate(now))
    units = (cast.officer.unit_id, cast.outsider.unit_id)
    changes = [ask(cast.officer, newcomer(cast.officer.unit_id), units, now) for _nth in range(2)]
    for change in changes:
        vouching(colleague, change, now)()
    found = at_once(*[vouching(cast.outsider, change, now) for change in changes])
    assert outcome(found) == ["account_exists", State.DONE]
    assert Account.objects.filter(email="new@testland.example").count() == 1


def test_agreeing_and_taking_back_at_once_is_one_of_the_two(cast: Cast, now: datetime) -> None:
    colleague = join("colleague", Role.OFFICER, "police_cell", 0, on=timezone.localdate(now))
    units = (cast.officer.unit_id, cast.outsider.unit_id)
    change = ask(cast.officer, newcomer(cast.officer.unit_id), units, now)
    vouching(colleague, change, now)()

    def withdraw() -> Change:
        with acting_as(cast.officer):
            return services.withdraw(by=cast.officer, change_id=change.id, at=now)

    found = outcome(at_once(vouching(cast.outsider, change, now), withdraw))
    assert found in (["done", "settled"], ["settled", "withdrawn"])
    assert Account.objects.filter(email="new@testland.example").exists() == ("done" in found)
