"""Reminders: before the end three times, once after it, each once whatever happens to the round."""

from collections import Counter
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from tests.protection.acts import Stage, later
from tests.protection.files import TESTLAND

from fanal.access.services import acting_as, as_clockwork
from fanal.audit.models import Entry
from fanal.notify.models import Message
from fanal.protection import services
from fanal.protection.models import Deadline, Reminder
from fanal.protection.rules.escalation import OVERDUE, furthest, later_or_same, step_reached, told
from fanal.protection.services import sweeping

LAW = TESTLAND.law(date(2026, 3, 2))

# Testland reminds 20, 10 and 3 days before. Clock ends on 31 March, started on 1 March.
STEPS = [
    ("2026-03-10", None),
    ("2026-03-11", "escalation_first"),
    ("2026-03-20", "escalation_first"),
    ("2026-03-21", "escalation_second"),
    ("2026-03-27", "escalation_second"),
    ("2026-03-28", "escalation_third"),
    ("2026-03-31", "escalation_third"),
    ("2026-04-01", OVERDUE),
    ("2027-04-01", OVERDUE),
]


@pytest.mark.parametrize(("today", "step"), STEPS)
def test_the_steps_before_the_end(today: str, step: str | None) -> None:
    found = step_reached(date(2026, 3, 31), date(2026, 3, 1), date.fromisoformat(today), LAW)
    assert found == step


@pytest.mark.parametrize(
    ("started", "today", "step"),
    [
        ("2026-03-11", "2026-03-20", None),  # the first step was the day it started: the act itself told
        ("2026-03-15", "2026-03-21", "escalation_second"),
        ("2026-03-29", "2026-03-31", None),
        ("2026-03-29", "2026-04-01", OVERDUE),
    ],
)
def test_a_step_that_was_past_at_the_start_is_none(started: str, today: str, step: str | None) -> None:
    found = step_reached(date(2026, 3, 31), date.fromisoformat(started), date.fromisoformat(today), LAW)
    assert found == step


def test_who_is_told_at_which_step() -> None:
    assert told("escalation_first", 1, 2) == (1,)
    assert told("escalation_second", 1, 2) == (1, 2)
    assert told(OVERDUE, 1, 1) == (1,)
    assert later_or_same("escalation_second") == ("escalation_second", "escalation_third", OVERDUE)


def test_nothing_further_away_has_reached_a_step() -> None:
    today = date(2026, 3, 2)
    assert step_reached(furthest(today, LAW), date(2020, 1, 1), today, LAW) is None


def reminders() -> Counter[str]:
    kinds = Message.objects.filter(kind__startswith="protection.escalation").values_list("kind", flat=True)
    overdue = Message.objects.filter(kind="protection.overdue").values_list("kind", flat=True)
    return Counter([*kinds, *overdue])


@pytest.mark.django_db
def test_each_step_stands_in_the_trace_of_the_file(stage: Stage) -> None:
    row = stage.in_p2()
    assert services.sweep(at=later(43)) == 3
    with acting_as(stage.cast.immigration_agent):
        found = list(Entry.objects.filter(act="protection.escalate"))
        assert {entry.facts["step"] for entry in found} == {"escalation_first"}
        assert {entry.reference for entry in found} == {row.reference}
        assert {entry.object_ids[0] for entry in found} == set(
            Deadline.objects.filter(done_at=None).values_list("id", flat=True)
        )
    assert [(entry.person_id, entry.unit_id) for entry in found] == [(None, 0)] * 3
    services.sweep(at=later(44))
    with acting_as(stage.cast.immigration_agent):
        assert Entry.objects.filter(act="protection.escalate").count() == 3


@pytest.mark.django_db
def test_each_step_is_sent_once(stage: Stage) -> None:
    stage.in_p2()  # three clocks until 4 May: two wait for the Office, one for the centre
    for days, sent in ((42, 0), (43, 3), (43, 0), (44, 0), (53, 3), (60, 3), (61, 0), (64, 3), (90, 0)):
        assert services.sweep(at=later(days)) == sent, days
    assert reminders() == {
        "protection.escalation_first": 3,
        "protection.escalation_second": 4,  # the centre's clock is told to the Office too
        "protection.escalation_third": 4,
        "protection.overdue": 4,
    }
    centre = stage.cast.centre_worker.unit_id
    kinds = Message.objects.filter(unit_id=centre, kind__startswith="protection.esc").values_list(
        "kind", flat=True
    )
    assert Counter(kinds)["protection.escalation_first"] == 1


@pytest.mark.django_db
def test_a_round_after_a_silence_says_the_last_step_only(stage: Stage) -> None:
    stage.in_p2()
    assert services.sweep(at=later(62)) == 3
    assert set(reminders()) == {"protection.escalation_third"}
    assert services.sweep(at=later(62)) == 0


@pytest.mark.django_db
def test_what_was_decided_is_not_reminded_of(stage: Stage) -> None:
    row = stage.in_p2()
    assert services.sweep(at=later(43)) == 3
    stage.decided(row, "extend_first_document", days=44)
    assert services.sweep(at=later(64)) == 0, "the new document ends on 4 June: nothing is due yet"
    assert services.sweep(at=later(75)) == 3


@pytest.mark.django_db
def test_the_magistrates_clock_is_reminded_to_both(stage: Stage) -> None:
    stage.asked(stage.in_p2(), days=1)
    services.sweep(at=later(9))  # due on 10 March, five working days: too short for any step but the end
    magistrate, agent = stage.cast.magistrate.unit_id, stage.cast.immigration_agent.unit_id
    told_units = Message.objects.filter(kind="protection.overdue").values_list("unit_id", flat=True)
    assert sorted(told_units) == sorted([magistrate, agent])


@pytest.mark.django_db
def test_a_round_killed_in_the_middle_sends_nothing_twice(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        stage.in_p2()
    monkeypatch.setattr(sweeping, "BATCH", 2)
    real, calls = sweeping.tell, []

    def dies(**message: object) -> None:
        calls.append(message)
        if len(calls) == 4:
            raise KeyboardInterrupt
        real(**message)  # type: ignore[arg-type]

    monkeypatch.setattr(sweeping, "tell", dies)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        services.sweep(at=later(43))
    monkeypatch.setattr(sweeping, "tell", real)
    services.sweep(at=later(43))
    services.sweep(at=later(43))
    assert reminders() == {"protection.escalation_first": 9}
    with as_clockwork():
        assert Reminder.objects.count() == 9


@pytest.mark.django_db
def test_the_database_holds_each_step_once(stage: Stage) -> None:
    row = stage.in_p2()
    services.sweep(at=later(43))
    with acting_as(stage.cast.immigration_agent):
        deadline = Deadline.objects.filter(matter_id=row.id, done_at=None).first()
        with pytest.raises(IntegrityError, match="protection_reminder_once"), transaction.atomic():
            Reminder.objects.create(deadline=deadline, step="escalation_first", sent_at=later(43))
