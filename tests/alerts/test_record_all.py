"""Many alerts at once are what they would be one by one, with statements that do not grow."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.alerts.conftest import NOOR, adult, child, report
from tests.cast import Cast
from tests.walls import second_wall_open

from fanal.access.models import Grant
from fanal.access.services import acting_as
from fanal.alerts import services
from fanal.alerts.models import Alert, Person, SearchToken, Sign, Tally, Transmission
from fanal.alerts.rules import Report
from fanal.audit.models import Entry
from fanal.errors import Invalid
from fanal.notify.models import Message

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 6, 9, 30, tzinfo=UTC)

REPORTS = (
    report(persons=(adult(identity=NOOR),)),
    report(persons=(adult(), child())),
    report(narrative="", persons=()),
)
TABLES = (Alert, Person, Sign, SearchToken, Transmission, Grant, Entry)


def made() -> dict[str, list[str]]:
    """What stands in the tables, without what is drawn."""
    drawn = {"id", "compartment", "alert", "person", "reference", "submission", "sealed", "digest"}
    drawn |= {"object_ids", "compartment_id", "leaf"}
    with second_wall_open():
        found = {}
        for model in TABLES:
            names = [field.name for field in model._meta.fields if field.name not in drawn]
            found[model.__name__] = sorted(map(repr, model._default_manager.values_list(*names)))
        found["waiting"] = sorted(map(repr, Message.objects.values_list("unit__code", "kind")))
        found["tally"] = sorted(
            map(repr, Tally.objects.values_list("unit_kind", "form", "outcome", "alerts"))
        )
    return found


def one_by_one(cast: Cast) -> None:
    for number, each in enumerate(REPORTS):
        with acting_as(cast.officer):
            services.record(by=cast.officer, report=each, at=NOW, idempotency_key=f"k{number}")


def at_once(cast: Cast, reports: tuple[Report, ...] = REPORTS) -> list[Alert]:
    with acting_as(cast.officer):
        keyed = {f"k{number}": each for number, each in enumerate(reports)}
        return services.record_all(by=cast.officer, reports=keyed, at=NOW)


def made_by(way: Callable[[Cast], object], cast: Cast) -> dict[str, list[str]]:
    """What a way makes, taken back afterwards."""
    with transaction.atomic():
        way(cast)
        found = made()
        transaction.set_rollback(True)
    return found


def test_both_ways_write_the_same_rows(cast: Cast) -> None:
    assert made_by(one_by_one, cast) == made_by(at_once, cast)


def test_statements_do_not_grow_with_the_alerts(cast: Cast) -> None:
    def statements(reports: tuple[Report, ...], key: str) -> int:
        with acting_as(cast.officer), CaptureQueriesContext(connection) as captured:
            keyed = {f"{key}{number}": each for number, each in enumerate(reports)}
            services.record_all(by=cast.officer, reports=keyed, at=NOW)
        return len(captured)

    statements(REPORTS, "warm")
    assert statements(REPORTS, "a") == statements(REPORTS * 10, "b")


def test_those_already_recorded_are_left_out(cast: Cast) -> None:
    one_by_one(cast)
    before = made()
    assert at_once(cast) == []
    assert made() == before


def test_one_that_is_refused_refuses_all(cast: Cast) -> None:
    with pytest.raises(Invalid):
        at_once(cast, (*REPORTS, report(phenomenon="nothing known")))
    with second_wall_open():
        assert not Alert.objects.exists()
