"""A chronicle of Testland: the secretary edits it, the envoys contribute."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.cast import Cast

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.reports import queries, services
from fanal.reports.models import Contribution, Report, Section
from fanal.reports.services import (
    accept,
    send,
    sign,
    write,
)

TEXT = "<h2>Lamps</h2><p>We lit <strong>many</strong> lamps.</p><ul><li>One</li><li>Two</li></ul>"


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def opened(by: Member, at: datetime, **more: Any) -> Report:
    on = timezone.localdate(at)
    usual: dict[str, Any] = {
        "kind": "chronicle", "starts_on": on.replace(year=2018, month=1, day=1),
        "ends_on": on.replace(year=2018, month=12, day=31), "contributions_due_on": on + timedelta(days=20),
        "due_on": on + timedelta(days=60),
    }  # fmt: skip
    with acting_as(by):
        return services.open_report(by=by, at=at, **(usual | more))


@pytest.fixture
def report(cast: Cast, now: datetime) -> Report:
    return opened(cast.secretary, now)


@pytest.fixture
def owed(cast: Cast, report: Report) -> Contribution:
    """What the envoys were asked."""
    with acting_as(cast.correspondent):
        return queries.mine(report, cast.correspondent)[0]


def written(cast: Cast, row: Contribution, at: datetime, html: str = TEXT) -> None:
    by = cast.correspondent
    with acting_as(by):
        current = queries.contribution(row.id, by).number
        write(by=by, contribution_id=row.id, html=html, number=current, at=at)


def signed(cast: Cast, row: Contribution, at: datetime, html: str = TEXT) -> None:
    """All the way from the first word to the signature."""
    written(cast, row, at, html)
    with acting_as(cast.correspondent):
        send(by=cast.correspondent, contribution_id=row.id, at=at)
    with acting_as(cast.secretary):
        accept(by=cast.secretary, contribution_id=row.id, at=at)
    with acting_as(cast.representative):
        number = queries.contribution(row.id, cast.representative).number
        sign(by=cast.representative, contribution_id=row.id, number=number, at=at)


def section(report: Report, number: str) -> Section:
    return next(row for row, place in queries.sections(report) if place.number == number)


def figure(code: str) -> str:
    return f'<p>In that year: <span data-figure="{code}">?</span> captives.</p>'
