"""What is not acknowledged in time is reminded: to the service that is silent, and to the one that waits for it."""

from collections.abc import Sequence
from datetime import datetime

from fanal.access import services as access
from fanal.access.rules import CLOCKWORK_UNIT
from fanal.alerts import rules
from fanal.alerts.models import Transmission
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.notify.services import tell_each

BATCH = 500
"""Reminders of one transaction: a round that is killed loses the one it is in, and the next round does it again."""


def escalate(*, at: datetime) -> int:
    """Remind every transmission whose time has come; returns how many were reminded. Run by the clock.

    Touches transmissions only, which name nobody. Each reminder is sent exactly once: the rows are locked, counted
    and told in one transaction, and two workers never hold the same one.
    """
    reminded = 0
    while True:
        with access.as_clockwork():
            due = _due(at)
            _remind(due, at)
        reminded += len(due)
        if len(due) < BATCH:
            return reminded


def _due(at: datetime) -> Sequence[Transmission]:
    rows = Transmission.objects.select_for_update(of=("self",), skip_locked=True).filter(
        acl__contains=[CLOCKWORK_UNIT], acknowledged_at=None, stopped_at=None, remind_at__lt=at
    )
    return list(rows.order_by("remind_at", "id")[:BATCH])


def _remind(rows: Sequence[Transmission], at: datetime) -> None:
    for row in rows:
        row.reminded += rules.escalations(
            sent_at=row.sent_at, due_at=row.due_at, reminded=row.reminded, now=at
        )
        times = rules.reminder_times(row.sent_at, row.due_at)
        row.remind_at = times[row.reminded] if row.reminded < len(times) else None
        row.escalated_at = at
    Transmission.objects.bulk_update(rows, ["reminded", "remind_at", "escalated_at"])
    audit.record_alike(
        by=audit.SYSTEM,
        verb=Verb.ALTER,
        act="alerts.escalate",
        at=at,
        lines=[
            audit.Line(
                row.compartment_id,
                [row.id],
                {"reminded": row.reminded, "waits_for": row.to_unit_id},
                row.from_unit_id,
                row.reference,
            )
            for row in rows
        ],
    )
    waiting = [(unit_id, row.reference) for row in rows for unit_id in (row.to_unit_id, row.from_unit_id)]
    tell_each(waiting=waiting, kind="alerts.reminder", at=at)
