"""What the clockwork does: close what was taken elsewhere, remind of what is not answered.

The unit that accepts a person cannot see the other proposals for her, which stand in compartments of their own, and
must not: it would learn who else was asked. The database alone refuses a second acceptance (`referral_accepted_once`).
So the proposals that lost are closed afterwards by the clockwork, which sees of a referral the row that names nobody;
until then whoever tries to accept one is told that the person has been taken on elsewhere.
"""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from fanal.access import services as access
from fanal.access.rules import CLOCKWORK_UNIT
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.notify import services as notify
from fanal.referrals.models import Referral, State

AT_A_TIME = 500


def close_taken(*, at: datetime) -> int:
    """Close the proposals whose person was accepted elsewhere for the same purpose; returns how many. Idempotent.

    Both units are told: the one that was asked need not answer any more. Run by the clock.
    """
    won = Referral.objects.filter(
        person=OuterRef("person"), purpose=OuterRef("purpose"), state=State.ACCEPTED
    )
    with access.as_clockwork():
        rows = list(_waiting(Exists(won)))
        for row in rows:
            _close(row, at)
    return len(rows)


def remind(*, at: datetime) -> int:
    """Tell both units, once, of each proposal that was not answered in time; returns how many. Run by the clock."""
    with access.as_clockwork():
        rows = list(_waiting(Q(due_at__lt=at, reminded_at__isnull=True)))
        for row in rows:
            both = [row.to_unit_id, row.from_unit_id]
            notify.tell(unit_ids=both, kind="referral.late", reference=row.reference, at=at)
        audit.record_alike(
            by=audit.SYSTEM,
            verb=Verb.ALTER,
            act="referrals.escalate",
            at=at,
            lines=[
                audit.Line(
                    row.compartment_id,
                    [row.id],
                    {"waits_for": row.to_unit_id},
                    row.from_unit_id,
                    row.reference,
                )
                for row in rows
            ],
        )
        Referral.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_at=at)
    return len(rows)


def _waiting(condition: Q | Exists) -> QuerySet[Referral]:
    """Proposals without an answer that nobody is answering at this moment."""
    rows = Referral.objects.filter(condition, acl__contains=[CLOCKWORK_UNIT], state=State.PROPOSED)
    return rows.select_for_update(of=("self",), skip_locked=True).order_by("due_at", "id")[:AT_A_TIME]


def _close(row: Referral, at: datetime) -> None:
    Referral.objects.filter(pk=row.pk).update(state=State.ELSEWHERE, ended_at=at, version=F("version") + 1)
    audit.record(
        by=audit.SYSTEM,
        verb=Verb.ALTER,
        act="referrals.take_elsewhere",
        at=at,
        compartment_id=row.compartment_id,
        owner_unit_id=row.from_unit_id,
        object_ids=[row.id],
        purpose=row.purpose,
        reference=row.reference,
        facts={"from": State.PROPOSED.value, "to": State.ELSEWHERE.value},
    )
    notify.tell(
        unit_ids=[row.to_unit_id, row.from_unit_id], kind="referral.ended", reference=row.reference, at=at
    )
