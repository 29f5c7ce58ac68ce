"""A plan under way: its first draft with two chapters and two measures, and a decision that may adopt it."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone
from tests.cast import Cast

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.bodies.models import Body
from fanal.decisions import services as decisions
from fanal.plans import queries, services
from fanal.plans.models import Version
from fanal.plans.rules import IndicatorValues, MeasureValues

CODE = "chart-3"


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def measure(number: str, title: str, **more: object) -> MeasureValues:
    values: dict[str, object] = {
        "number": number,
        "titles": {"en": title, "fr": f"{title} (fr)"},
        "lead": "watch",
        "starts_on": date(2025, 1, 1),
        "ends_on": date(2029, 12, 31),
    }
    return MeasureValues(**values | more)  # type: ignore[arg-type]


INDICATOR = IndicatorValues(
    titles={"en": "Guards trained"},
    unit="guards",
    baseline=Decimal(0),
    baseline_on=date(2025, 1, 1),
    target=Decimal("40.5"),
    target_on=date(2029, 12, 31),
    benchmarks=((date(2026, 12, 31), Decimal(10)), (date(2027, 12, 31), Decimal(20))),
)


@pytest.fixture
def draft(cast: Cast, now: datetime) -> Version:
    return make(cast.chair, now)


def make(by: Member, now: datetime) -> Version:
    """A draft with two chapters' worth of headings, two measures and an indicator."""
    with acting_as(by):
        services.start(
            by=by, code=CODE, titles={"en": "Third chart"}, phenomena=["trafficking"],
            starts_on=date(2025, 1, 1), ends_on=date(2029, 12, 31), at=now,
        )  # fmt: skip
        chapter = services.put_heading(by=by, plan_code=CODE, number="1", titles={"en": "Seeing"}, at=now)
        services.put_heading(
            by=by, plan_code=CODE, number="1.1", titles={"en": "At sea"}, chapter=chapter.anchor, at=now
        )
        services.put_measure(
            by=by, plan_code=CODE, heading=chapter.anchor, at=now,
            values=measure("1.1", "Train the harbour guards to recognise signs of exploitation"),
        )  # fmt: skip
        services.put_measure(
            by=by, plan_code=CODE, heading=chapter.anchor, values=measure("1.2", "Light the quays"), at=now
        )
        services.put_indicator(by=by, plan_code=CODE, key=f"{CODE}-01", values=INDICATOR, at=now)
    return queries.draft(CODE, by)


def decided(cast: Cast, now: datetime, kind: str = "cell") -> str:
    """The number of a decision of a body of that kind."""
    body = Body.objects.filter(kind=kind).order_by("position")[0]
    with acting_as(cast.chair):
        found = decisions.record(
            by=cast.chair, body_code=body.code, title="The third chart", text="Adopted.",
            taken_on=timezone.localdate(now), at=now,
        )  # fmt: skip
    return str(found.number)


@pytest.fixture
def adopted(cast: Cast, draft: Version, now: datetime) -> Version:
    with acting_as(cast.chair):
        return services.adopt(
            by=cast.chair, plan_code=CODE, adopted_on=date(2025, 1, 1), act="Round table, 1-1-2025", at=now
        )
