"""The counts that those may see who read no alert, kept in the transaction of each act."""

from collections.abc import Mapping
from datetime import date

from django.db import connection
from django.utils import timezone

from fanal.alerts.models import Alert

SEVERAL = "several"
_SLOTS = 32


def count(alert: Alert, changes: Mapping[str, int]) -> None:
    """Add {outcome: how many more} to the counts of the month, kind of unit and form of this alert.

    One statement; writers of one moment take different rows, so that none waits for another.
    """
    month, kind, form = cell(alert)
    outcomes = sorted(changes)
    with connection.cursor() as cursor:
        cursor.execute(
            _ADD,
            {
                "month": month,
                "kind": kind,
                "form": form,
                "outcomes": outcomes,
                "changes": [changes[outcome] for outcome in outcomes],
                "slots": _SLOTS,
            },
        )


def cell(alert: Alert) -> tuple[date, str, str]:
    """The month, the kind of unit and the form under which an alert is counted."""
    form = "" if not alert.forms else alert.forms[0] if len(alert.forms) == 1 else SEVERAL
    return timezone.localtime(alert.recorded_at).date().replace(day=1), alert.owner_kind, form


_ADD = """
INSERT INTO alerts_tally (month, unit_kind, form, outcome, slot, alerts)
SELECT %(month)s, %(kind)s, %(form)s, outcome, pg_backend_pid() %% %(slots)s, change
  FROM unnest(%(outcomes)s::text[], %(changes)s::int[]) AS wanted (outcome, change)
ON CONFLICT (month, unit_kind, form, outcome, slot) DO UPDATE SET alerts = alerts_tally.alerts + excluded.alerts
"""
