"""Opening a file in an emergency, and looking at it again afterwards."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fanal.access import vault
from fanal.access.models import Glass, Outcome
from fanal.access.rules import Member
from fanal.accounts import queries, rules
from fanal.accounts.services.asking import demand_person
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.errors import Invalid, NotAllowed, NotFound
from fanal.ids import new_id
from fanal.notify import services as notify


@dataclass(frozen=True, slots=True)
class Broken:
    """Where the file is; `until` is None for who reads it anyway, and nothing was opened."""

    url: str
    glass_id: UUID | None


@transaction.atomic
def break_glass(*, by: Member, reference: str, reason: str, at: datetime) -> Broken:
    """Open one file to this person for an hour, for a reason that is sealed; its owner is told at once.

    `NotFound` for a file that is absent, of an accompaniment, or of a kind that the role does not read: one answer and
    one statement for all of them. Refused with `by_token`, `reason_missing`.
    """
    demand_person(by)
    if len(reason.strip()) < 10:
        raise Invalid("reason_missing", _("Say in a sentence why you need this file now."), field="reason")
    reference = reference.upper()
    door = rules.door(reference, by.role)
    # Where the role has no such door the same question is asked of another kind of file, in vain: it costs the same.
    glass_id = new_id()
    found = _break(door or rules.DOORS["A"], reference, glass_id, by)
    if door is None or found is None:
        raise NotFound
    compartment_id, owner, number = found
    page = reverse(door.page, args=[reference])
    if number is None:
        return Broken(page, None)
    sealed = vault.seal(compartment_id, {"reason": reason.strip()})
    Glass.objects.filter(pk=glass_id).update(sealed=sealed)
    audit.record(
        by=by,
        verb=Verb.CONSULT,
        act="accounts.break_glass",
        at=at,
        compartment_id=compartment_id,
        owner_unit_id=owner,
        object_ids=[glass_id],
        purpose="emergency",
        reference=reference,
        facts={"hours": 1},
    )
    notify.tell(unit_ids=[owner], kind="accounts.glass", reference=reference, at=at)
    return Broken(page, glass_id)


def _break(
    door: rules.Door, reference: str, glass_id: UUID, by: Member
) -> tuple[UUID, int, int | None] | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT compartment, owner, opened FROM access_break_glass(%s, %s, %s, %s, %s, %s, %s)",
            [door.kind, door.table, reference, glass_id, by.person_id, by.membership_id, by.unit_id],
        )
        row: tuple[UUID, int, int | None] | None = cursor.fetchone()
    return row


@transaction.atomic
def review(*, by: Member, glass_id: UUID, outcome: str, at: datetime) -> Glass:
    """Say what looking again at an opening found; the first review stands.

    For a member of the service that owns the file and for who watches over the trace, never for who opened it
    (`own_glass`). `NotFound` for anybody else. Refused with `outcome_unknown`.
    """
    demand_person(by)
    glass = queries.glass(glass_id, by, lock=True)
    if glass.account_id == by.person_id:
        raise NotAllowed("own_glass", _("Somebody else looks at what you opened."))
    if outcome not in Outcome.values:
        raise Invalid("outcome_unknown", _("Choose what you found."), field="outcome")
    if glass.reviewed_at is not None:
        return glass
    glass.reviewed_at, glass.reviewed_by_id, glass.outcome = at, by.person_id, outcome
    glass.save(update_fields=["reviewed_at", "reviewed_by", "outcome"])
    _record(by, Verb.ALTER, "accounts.review", glass, at, outcome=outcome)
    return glass


@transaction.atomic
def end_glass(*, by: Member, glass_id: UUID, at: datetime) -> Glass:
    """Shut a file again before its hour is over, for its owner; twice changes nothing. `NotFound` for anybody else."""
    demand_person(by)
    glass = queries.glass(glass_id, by, lock=True)
    if glass.owner_unit_id != by.unit_id:
        raise NotFound
    if glass.ended_at is None and glass.until > at:
        glass.ended_at = at
        glass.save(update_fields=["ended_at"])
        _record(by, Verb.ALTER, "accounts.end_glass", glass, at)
    return glass


@transaction.atomic
def reason(*, by: Member, glass: Glass, at: datetime) -> str:
    """The reason that was given, for who reviews it; reading it is traced. Empty once the file was erased."""
    _record(by, Verb.CONSULT, "accounts.read_reason", glass, at)
    found = vault.unseal({glass.compartment_id: glass.sealed}) if glass.sealed else {}
    return str(found.get(glass.compartment_id, {}).get("reason", ""))


def _record(by: Member, verb: Verb, act: str, glass: Glass, at: datetime, **facts: object) -> None:
    audit.record(
        by=by,
        verb=verb,
        act=act,
        at=at,
        compartment_id=glass.compartment_id,
        owner_unit_id=glass.owner_unit_id,
        object_ids=[glass.id],
        reference=glass.reference,
        facts=facts,
    )
