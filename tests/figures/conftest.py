"""Figures of Testland, and who keeps them."""

from dataclasses import replace
from datetime import datetime

import pytest
from django.utils import timezone

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.statistics import services
from fanal.statistics.models import Figure
from fanal.statistics.rules import Matter, Status
from fanal.statistics.services import Entry

ENTRY = Entry(
    matter=Matter("offence", "trafficking", "2024"),
    value=346,
    status=Status.KNOWN,
    definition="Offences in the book of the watch",
    source="Book of the watch, 2025",
    protected=True,
)


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def recorded(by: Member, at: datetime, **more: object) -> Figure:
    with acting_as(by):
        return services.record(by=by, entry=replace(ENTRY, **more), at=at)  # type: ignore[arg-type]
