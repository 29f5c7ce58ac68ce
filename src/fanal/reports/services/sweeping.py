"""What the clock does for reports: remind departments of what they owe."""

from datetime import datetime

from django.utils import timezone

from fanal.access import services as access
from fanal.access.rules import CLOCKWORK_UNIT
from fanal.notify import services as notify
from fanal.reports import rules
from fanal.reports.models import Contribution

AT_A_TIME = 500


def remind(*, at: datetime) -> int:
    """Tell each department once a week what it owes within a week, or late; returns how many. Run by the clock."""
    on = timezone.localdate(at)
    with access.as_clockwork():
        rows = Contribution.objects.filter(
            acl__contains=[CLOCKWORK_UNIT], state__in=[state.value for state in rules.OPEN], report__frozen_at=None,
            due_on__lte=on + rules.REMIND_BEFORE,
        ).exclude(reminded_on__gt=on - rules.REMIND_BEFORE)  # fmt: skip
        due = list(
            rows.select_for_update(of=("self",), skip_locked=True).select_related("report")[:AT_A_TIME]
        )
        for row in due:
            Contribution.objects.filter(pk=row.pk).update(reminded_on=on)
            kind = "reports.late" if row.due_on < on else "reports.reminder"
            notify.tell(unit_ids=[row.unit_id], kind=kind, reference=row.report.reference, at=at)
    return len(due)
