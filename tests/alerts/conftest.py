"""Reports for the tests of alerts, on testland, where everything is invented."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.alerts import services
from fanal.alerts.models import Alert
from fanal.alerts.rules import Identity, PersonReport, Report, Sign

Record = Callable[..., Alert]


@pytest.fixture
def now() -> datetime:
    """A moment of today, so that grants that start today are in force."""
    return timezone.now() - timedelta(minutes=1)


def adult(**given: Any) -> PersonReport:
    usual = {"subject": "presumed_victim", "age_basis": "estimated", "estimated_age": 30, "sex": "F"}
    return PersonReport(**(usual | given))


def child(**given: Any) -> PersonReport:
    usual = {"subject": "presumed_victim", "age_basis": "doubtful", "sex": "M", "unaccompanied": True}
    return PersonReport(**(usual | given))


NOOR = Identity(
    given_names="Noor Élise", family_name="O'Testland", phone="+32 470 00 11 22", document_number="AB-123 456"
)


def report(**given: Any) -> Report:
    usual = {
        "phenomenon": "trafficking", "forms": ("WORK",), "municipality": "T01", "sector": "I-KITCHEN",
        "narrative": "Six people sleep behind the kitchen.", "persons": (adult(),),
    }  # fmt: skip
    return Report(**(usual | given))


@pytest.fixture
def record(now: datetime) -> Record:
    """Record an alert as a member, in a context of her own."""

    def _record(by: Member, key: str = "", at: datetime = now, **given: Any) -> Alert:
        with acting_as(by):
            return services.record(by=by, report=report(**given), at=at, idempotency_key=key)

    return _record


__all__ = ["NOOR", "Record", "Sign", "adult", "child", "report"]


@pytest.fixture(autouse=True)
def _alone_in_english(settings: Any) -> Iterator[None]:
    """The navigation of this capability alone, and the language of one reader never left to the next test."""
    settings.NAVIGATION = [("alerts:list", "Alerts", "alert.read")]
    with translation.override("en"):
        yield
