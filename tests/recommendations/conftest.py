"""A small register: what the Owls asked twice, and something of another body."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.utils import timezone
from tests.cast import Cast

from fanal.access.services import acting_as
from fanal.decisions import services as decisions
from fanal.plans import queries as plans
from fanal.recommendations import services
from fanal.recommendations.models import Recommendation
from fanal.recommendations.rules import Issued, read_issued

Recorder = Callable[..., Recommendation]


def issued(text: str) -> Issued:
    found = read_issued(text)
    assert found is not None
    return found


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def recorded(cast: Cast, now: datetime) -> Recorder:
    """Enter one more recommendation."""

    def enter(text: str = "Fund the houses", /, **more: object) -> Recommendation:
        values: dict[str, object] = {
            "body": "greta", "document": "GRETA(2013)14", "issued": issued("2013-09-25"), "words": {"en": text},
            "force": "urges", "theme": "children",
        }  # fmt: skip
        with acting_as(cast.chair):
            content = services.Content(**values | more)  # type: ignore[arg-type]
            return services.record(by=cast.chair, content=content, at=now)

    return enter


@pytest.fixture
def one(recorded: Recorder) -> Recommendation:
    return recorded(paragraph="12", reply_due=date(2014, 9, 25))


@pytest.fixture
def measure_key(db: None) -> str:
    """A measure of an adopted plan of the country."""
    on = timezone.localdate()
    return next(line.key for plan in plans.plans(on) for line in plans.measures(plan.code, on))


@pytest.fixture
def decision_number(cast: Cast, now: datetime) -> str:
    """A decision of the Bureau, which the secretary reads and a police officer does not."""
    with acting_as(cast.secretary):
        found = decisions.record(
            by=cast.secretary,
            body_code="bureau",
            title="The Owls were heard",
            text="",
            taken_on=timezone.localdate(now),
            at=now,
        )
    return str(found.number)
