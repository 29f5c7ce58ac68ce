"""What is not acknowledged in time is reminded: to the service that is silent, and to the one that waits for it."""

from datetime import datetime

from fanal.access import services as access
from fanal.access.rules import CLOCKWORK_UNIT
from fanal.alerts import rules
from fanal.alerts.models import Transmission
from fanal.notify.services import tell

BATCH = 500
"""Reminders of one round; the next round takes the rest."""


def escalate(*, at: datetime) -> int:
    """Remind every transmission whose time has come; returns how many were reminded. Run by the clock.

    Touches transmissions only, which name nobody. Each reminder is sent exactly once: the row is locked, counted
    and told in one transaction, and two workers never hold the same one.
    """
    with access.as_clockwork():
        due = (
            Transmission.objects.select_for_update(of=("self",), skip_locked=True)
            .filter(
                acl__contains=[CLOCKWORK_UNIT],
                acknowledged_at=None,
                stopped_at=None,
                remind_at__isnull=False,
                remind_at__lt=at,
            )
            .order_by("remind_at", "id")[:BATCH]
        )
        return sum(_remind(row, at) for row in due)


def _remind(row: Transmission, at: datetime) -> int:
    reached = rules.escalations(sent_at=row.sent_at, due_at=row.due_at, reminded=row.reminded, now=at)
    if not reached:
        return 0
    times = rules.reminder_times(row.sent_at, row.due_at)
    row.reminded += reached
    row.remind_at = times[row.reminded] if row.reminded < len(times) else None
    row.escalated_at = at
    row.save(update_fields=["reminded", "remind_at", "escalated_at"])
    tell(unit_ids=[row.to_unit_id, row.from_unit_id], kind="alerts.reminder", reference=row.reference, at=at)
    return 1
