"""Two at the same moment: one act, one trace, nobody deadlocked."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection
from tests.alerts.conftest import report
from tests.cast import Cast, load

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.alerts import services
from fanal.alerts.models import Alert, Transmission
from fanal.audit.models import Entry
from fanal.errors import Refusal
from fanal.notify.models import Message

pytestmark = pytest.mark.django_db(transaction=True)
T = TypeVar("T")


@pytest.fixture
def cast() -> Cast:
    return load()


def at_once(*acts: Callable[[], T]) -> list[T | Exception]:
    """Run the acts in threads of their own that start together."""
    ready = Barrier(len(acts))

    def run(act: Callable[[], T]) -> T | Exception:
        ready.wait()
        try:
            return act()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def record(by: Member, at: datetime, key: str = "") -> Alert:
    with acting_as(by):
        return services.record(by=by, report=report(), at=at, idempotency_key=key)


def test_a_double_submission_makes_one_alert(cast: Cast, now: datetime) -> None:
    made = at_once(*[lambda: record(cast.officer, now, "same")] * 4)
    assert len({alert.pk for alert in made if isinstance(alert, Alert)}) == 1
    with acting_as(cast.officer):
        assert Alert.objects.count() == 1
        assert Entry.objects.filter(act="alerts.record").count() == 1
    assert Message.objects.count() == 3


def test_two_acknowledgements_at_once_leave_one_trace(cast: Cast, now: datetime) -> None:
    alert = record(cast.officer, now)

    def confirm() -> Transmission:
        with acting_as(cast.centre_worker):
            return services.acknowledge(by=cast.centre_worker, reference=alert.reference, at=now)

    assert all(isinstance(row, Transmission) for row in at_once(confirm, confirm))
    with acting_as(cast.officer):
        assert Entry.objects.filter(act="alerts.acknowledge").count() == 1


def test_of_two_outcomes_at_once_one_stands(cast: Cast, now: datetime) -> None:
    alert = record(cast.officer, now)

    def close(outcome: str) -> Callable[[], Alert]:
        def act() -> Alert:
            with acting_as(cast.officer):
                return services.close(by=cast.officer, reference=alert.reference, outcome=outcome, at=now)

        return act

    found = at_once(close("unreachable"), close("not_trafficking"))
    refused = [one for one in found if isinstance(one, Refusal)]
    assert [one.code for one in refused] == ["already_closed"]


def test_two_rounds_at_once_remind_each_once(cast: Cast, now: datetime) -> None:
    record(cast.officer, now)
    later = now + timedelta(days=30)
    assert sum(n for n in at_once(*[lambda: services.escalate(at=later)] * 3) if isinstance(n, int)) == 3
    assert Message.objects.filter(kind="alerts.reminder").count() == 6
