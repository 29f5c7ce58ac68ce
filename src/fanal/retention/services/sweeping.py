"""What the clock does: remind of files to look at again, and erase copies whose reader's sight ended."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from fanal.access import services as access
from fanal.access.rules import CLOCKWORK_UNIT
from fanal.country import queries as country
from fanal.notify import services as notify
from fanal.retention import queries, rules
from fanal.retention.models import Copy, File
from fanal.retention.services.erasing import destroy

AT_A_TIME = 500


def remind(*, at: datetime) -> int:
    """Tell each unit, once for each day of review, which files it looks at again. Run by the clock."""
    law = country.law(timezone.localdate(at))
    told = 0
    with access.as_clockwork():
        for row in _due(queries.due(law)):
            on = rules.review_on(rules.Kind(row.kind), row.opened_on, row.keep_until, law)
            if row.reminded_for == on:
                continue
            File.objects.filter(pk=row.pk).update(reminded_for=on)
            notify.tell(unit_ids=[row.owner_unit_id], kind="retention.review", reference=row.reference, at=at)
            told += 1
    return told


def _due(condition: Q) -> list[File]:
    rows = File.objects.filter(condition, acl__contains=[CLOCKWORK_UNIT], erased_at=None)
    unsaid = rows.filter(Q(reminded_for=None) | Q(keep_until__gt=F("reminded_for")))
    free = unsaid.select_for_update(of=("self",), skip_locked=True)
    return list(free.order_by("opened_on", "reference")[:AT_A_TIME])


@transaction.atomic
def erase_copies(*, at: datetime) -> int:
    """Destroy the keys of copies that another service read until yesterday; returns how many. Run by the clock."""
    rows = Copy.objects.filter(erase_after__lt=timezone.localdate(at))
    ids = list(rows.select_for_update(skip_locked=True).values_list("subject_id", flat=True)[:AT_A_TIME])
    with access.as_clockwork():
        destroyed = destroy(ids, at)
    Copy.objects.filter(pk__in=ids).delete()
    return destroyed
