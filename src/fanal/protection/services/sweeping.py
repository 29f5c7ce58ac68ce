"""The round of the clocks: who must be reminded is told, each step once."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from fanal.access.rules import CLOCKWORK_UNIT
from fanal.access.services import as_clockwork
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.country import queries as country
from fanal.country.schema import Law
from fanal.ids import new_id
from fanal.notify.services import tell
from fanal.protection.models import Deadline, Reminder
from fanal.protection.rules.escalation import furthest, later_or_same, step_reached, told

BATCH = 500
"""Clocks of one transaction: a round that is killed loses the one it is in, and the next round does it again."""


def sweep(*, at: datetime) -> int:
    """Remind of every clock that reached a step; returns how many reminders went out.

    The reminder and the message are written in one transaction, under a lock and a unique constraint: killed in the
    middle or run twice at once, each step of a clock is announced once. Run by the clock; sees dates and references.
    """
    law, after, sent = country.law(timezone.localdate(at)), None, 0
    while True:
        with as_clockwork():
            rows = _running(law, after)
            sent += _remind(rows, law, at)
        if len(rows) < BATCH:
            return sent
        after = rows[-1].id


def _running(law: Law, after: UUID | None) -> Sequence[Deadline]:
    rows = Deadline.objects.filter(
        acl__overlap=[CLOCKWORK_UNIT], done_at=None, due_on__lte=furthest(law.on, law)
    ).order_by("id")
    rows = rows.filter(pk__gt=after) if after else rows
    return list(rows.select_for_update(of=("self",), skip_locked=True)[:BATCH])


def _remind(rows: Sequence[Deadline], law: Law, at: datetime) -> int:
    said: dict[UUID, set[str]] = {row.id: set() for row in rows}
    for deadline_id, step in Reminder.objects.filter(deadline__in=rows).values_list("deadline_id", "step"):
        said[deadline_id].add(step)
    reached = ((row, _step(row, law, said[row.id])) for row in rows)
    steps = [(row, step) for row, step in reached if step is not None]
    Reminder.objects.bulk_create(
        Reminder(id=new_id(), deadline=row, step=step, sent_at=at) for row, step in steps
    )
    audit.record_alike(
        by=audit.SYSTEM,
        verb=Verb.ALTER,
        act="protection.escalate",
        at=at,
        lines=[
            audit.Line(
                row.compartment_id,
                [row.id],
                {"clock": row.clock, "step": step, "waits_for": row.waiting_for_id},
                row.watched_by_id,
                row.reference,
            )
            for row, step in steps
        ],
    )
    for row, step in steps:
        units = told(step, row.waiting_for_id, row.watched_by_id)
        tell(unit_ids=units, kind=f"protection.{step}", reference=row.reference, at=at)
    return len(steps)


def _step(row: Deadline, law: Law, said: set[str]) -> str | None:
    started: date = timezone.localdate(row.started_at)
    step = step_reached(row.due_on, started, law.on, law)
    return step if step and not said.intersection(later_or_same(step)) else None
