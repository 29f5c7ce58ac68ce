"""People to ask and to agree: three officers' services, and the cast."""

from datetime import datetime

import pytest
from django.utils import timezone
from tests.cast import Cast, join

from fanal.access.rules import Member, Role
from fanal.access.services import acting_as
from fanal.accounts import services
from fanal.accounts.models import Change
from fanal.accounts.rules import Kind
from fanal.accounts.services import Wanted


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def colleague(cast: Cast) -> Member:
    """Somebody else of the officer's service."""
    return join("colleague", Role.OFFICER, "police_cell", 0, on=timezone.localdate())


def newcomer(unit: int, role: Role = Role.OFFICER, email: str = "new@testland.example") -> Wanted:
    return Wanted(
        kind=Kind.ACCOUNT, unit=unit, role=role.value, email=email, name="Newcomer", words="new in the cell"
    )


def ask(by: Member, wanted: Wanted, units: tuple[int, int], at: datetime) -> Change:
    with acting_as(by):
        return services.ask(by=by, wanted=wanted, units=units, at=at)


def vouch(by: Member, change: Change, at: datetime) -> Change:
    with acting_as(by):
        return services.vouch(by=by, change_id=change.id, at=at)


def agreed(asker: Member, voices: tuple[Member, Member], wanted: Wanted, at: datetime) -> Change:
    """A change that went the whole way."""
    change = ask(asker, wanted, (voices[0].unit_id, voices[1].unit_id), at)
    for voice in voices:
        change = vouch(voice, change, at)
    return change
