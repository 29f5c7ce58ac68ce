"""Reminders: once when a period ended, once when its day has passed. Nothing is counted here, only looked for."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from fanal.access.rules import Role
from fanal.directory import queries as directory
from fanal.notify import services as notify
from fanal.progress import queries
from fanal.progress.models import Reminder
from fanal.progress.rules import Period


@transaction.atomic
def remind(*, at: datetime) -> int:
    """Tell the units that report for an institution what it owes for the last period; returns how many reminders.

    One for all its measures, and never twice for the same period and moment.
    """
    on = timezone.localdate(at)
    owed: dict[tuple[str, Period], bool] = {}
    for each in queries.in_force(on):
        for period in each.owed[-1:]:
            owed[each.line.lead, period] = period.due_on(each.task.rhythm) < on
    wanted = {(lead, period.code, late) for (lead, period), late in owed.items() if lead}
    known = Reminder.objects.filter(institution__in={lead for lead, _code, _late in wanted})
    new = sorted(wanted - set(known.values_list("institution", "period_code", "late")))
    units = _units({lead for lead, _code, _late in new}, at)
    Reminder.objects.bulk_create(
        (Reminder(institution=lead, period_code=code, late=late, at=at) for lead, code, late in new),
        ignore_conflicts=True,
    )
    for late, kind in ((False, "progress.due"), (True, "progress.late")):
        found = [
            (unit, code) for lead, code, is_late in new if is_late == late for unit in units.get(lead, ())
        ]
        notify.tell_each(waiting=found, kind=kind, at=at)
    return len(new)


def _units(institutions: set[str], at: datetime) -> dict[str, list[int]]:
    """The units of these institutions in which somebody may report."""
    found: dict[str, list[int]] = {}
    for unit in directory.units(on=timezone.localdate(at)) if institutions else ():
        if unit.institution_id in institutions and Role.CORRESPONDENT in unit.roles:
            found.setdefault(unit.institution_id, []).append(unit.pk)
    return found
