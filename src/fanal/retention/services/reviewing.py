"""Looking at a file again: keep it until a day, for a reason; or erase it (`erasing`)."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access import vault
from fanal.access.rules import Member
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.errors import Invalid, NotFound, Stale
from fanal.retention import queries, rules
from fanal.retention.models import File


@transaction.atomic
def consult(*, by: Member, reference: str, at: datetime) -> queries.Sheet:
    """Open the review of a file that the member's unit owns or reads; traced for its owner. `NotFound`."""
    found = queries.sheet(reference, by, at)
    audit.record(
        by=by, verb=Verb.CONSULT, act="retention.consult", at=at, compartment_id=found.row.compartment_id,
        owner_unit_id=found.row.owner_unit_id, object_ids=[found.row.id], reference=reference,
    )  # fmt: skip
    return found


@transaction.atomic
def keep(
    *, by: Member, reference: str, until: date, why: str, version: int | None = None, at: datetime
) -> File:
    """Keep a file until a day, for a reason, and look at it again then. Regulation (EU) 2016/679, art. 5 (1) e.

    The same day and reason twice change nothing. Refused: `NotFound` for another unit's file; `Stale`; `Invalid`
    `keep_until` (past, or further than five years), `why`; `vault.Erased`.
    """
    row = demand_live(mine(reference, by))
    on = timezone.localdate(at)
    if not rules.keep_is_sound(until, on):
        raise Invalid("keep_until", _("The day lies after today, and within five years."), field="until")
    if not why.strip():
        raise Invalid("why", _("Say why it is still needed, in one or two sentences."), field="why")
    if row.keep_until == until and row.why and vault.unseal({row.id: row.why}).get(row.id) == why.strip():
        return row
    if version is not None and row.version != version:
        raise Stale(
            "stale", _("Somebody changed this since you opened it. Look at it again, then repeat your act.")
        )
    row.keep_until, row.why = until, vault.seal(row.id, why.strip())
    row.decided_at, row.decided_by = at, by.person_id
    row.version += 1
    row.save(update_fields=["keep_until", "why", "decided_at", "decided_by", "version"])
    audit.record(
        by=by, verb=Verb.ALTER, act="retention.keep", at=at, compartment_id=row.compartment_id, object_ids=[row.id],
        reference=reference, facts={"until": until.isoformat()},
    )  # fmt: skip
    return row


def mine(reference: str, by: Member) -> File:
    """The file of the member's unit, locked; `NotFound` for any other."""
    row = queries.file(reference, by, lock=True)
    if row.owner_unit_id != by.unit_id:
        raise NotFound
    return row


def demand_live(row: File) -> File:
    """The file itself, unless it was erased (`vault.Erased`)."""
    if row.erased_at is not None:
        raise vault.Erased
    return row
