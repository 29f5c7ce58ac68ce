"""Silence is reminded: at the end of the term, once more after the same time, and never twice for one."""

from datetime import datetime, timedelta

import pytest
from tests.alerts.conftest import Record
from tests.cast import Cast

from fanal.access.services import acting_as
from fanal.alerts import services
from fanal.alerts.models import Transmission
from fanal.audit.models import Entry
from fanal.notify.models import Message

pytestmark = pytest.mark.django_db


def reminders() -> list[int]:
    return list(Message.objects.filter(kind="alerts.reminder").values_list("unit_id", flat=True))


def sent_to(cast: Cast, unit_id: int) -> Transmission:
    with acting_as(cast.officer):
        return Transmission.objects.get(to_unit_id=unit_id)


def test_a_silent_service_and_the_one_that_waits_are_reminded_exactly_once(
    cast: Cast, record: Record
) -> None:
    record(cast.officer)
    centre = sent_to(cast, cast.centre_worker.unit_id)
    with acting_as(cast.immigration_agent):
        services.acknowledge(by=cast.immigration_agent, reference=centre.reference, at=centre.sent_at)
    with acting_as(cast.auditor):
        services.acknowledge(by=cast.auditor, reference=centre.reference, at=centre.sent_at)
    assert services.escalate(at=centre.due_at) == 0
    assert services.escalate(at=centre.due_at + timedelta(seconds=1)) == 1
    assert services.escalate(at=centre.due_at + timedelta(seconds=2)) == 0
    assert sorted(reminders()) == sorted([cast.centre_worker.unit_id, cast.officer.unit_id])
    late = centre.due_at + (centre.due_at - centre.sent_at) + timedelta(seconds=1)
    assert services.escalate(at=late) == 1
    assert services.escalate(at=late + timedelta(days=365)) == 0
    assert len(reminders()) == 4


def test_a_reminder_stands_in_the_trace_of_the_file(cast: Cast, record: Record, now: datetime) -> None:
    alert = record(cast.officer)
    assert services.escalate(at=now + timedelta(days=365)) == 3
    with acting_as(cast.officer):
        found = list(Entry.objects.filter(act="alerts.escalate", compartment_id=alert.compartment_id))
        sent = {row.id: row for row in Transmission.objects.all()}
    assert len(found) == 3
    for entry in found:
        (row,) = (sent[each] for each in entry.object_ids)
        assert (entry.person_id, entry.unit_id) == (None, 0), "the clockwork, and nobody"
        assert entry.facts == {"reminded": row.reminded, "waits_for": row.to_unit_id}
    assert services.escalate(at=now + timedelta(days=366)) == 0
    with acting_as(cast.officer):
        assert Entry.objects.filter(act="alerts.escalate").count() == 3


def test_an_answer_or_an_end_stops_the_reminders(cast: Cast, record: Record, now: datetime) -> None:
    alert = record(cast.officer)
    with acting_as(cast.officer):
        services.close(by=cast.officer, reference=alert.reference, outcome="unreachable", at=now)
    assert services.escalate(at=now + timedelta(days=365)) == 0
    with acting_as(cast.officer):
        services.reopen(by=cast.officer, reference=alert.reference, at=now)
    assert services.escalate(at=now + timedelta(days=365)) == 3


def test_a_sweep_that_was_asleep_sends_one_message_and_not_two(
    cast: Cast, record: Record, now: datetime
) -> None:
    record(cast.officer)
    assert services.escalate(at=now + timedelta(days=365)) == 3
    assert len(reminders()) == 6
    assert services.escalate(at=now + timedelta(days=366)) == 0


def test_a_round_takes_everything_that_is_due_in_batches(
    cast: Cast, record: Record, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fanal.alerts.services.escalation.BATCH", 2)
    record(cast.officer)
    record(cast.officer)
    assert services.escalate(at=now + timedelta(days=365)) == 6
    assert len(reminders()) == 12
