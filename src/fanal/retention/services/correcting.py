"""Rectification: what is corrected reaches those who were given it.

Regulation (EU) 2016/679, art. 16 and 19; Directive (EU) 2016/680, art. 7 (3) and 16. The notice says which fields
changed and never what they say; the service that got the data takes it over into its own file with one act.
"""

from dataclasses import fields as fields_of
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access.rules import Member
from fanal.alerts import queries as alert_queries
from fanal.alerts import services as alerts
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.country import queries as country
from fanal.errors import Invalid
from fanal.notify import services as notify
from fanal.protection import services as protection
from fanal.referrals import queries as referral_queries
from fanal.referrals import services as referrals
from fanal.referrals.rules.content import Identity, Item
from fanal.retention import queries
from fanal.retention.models import Correction, File
from fanal.retention.rules import Kind
from fanal.retention.services.erasing import holding, one_person
from fanal.retention.services.reviewing import demand_live, mine

Values = dict[str, str | date | None]
FIELDS = (*(each.name for each in fields_of(Identity)), "pseudonym")
"""What may be corrected here: who the person is, in whichever file."""


@transaction.atomic
def correct(
    *, by: Member, reference: str, values: Values, person: UUID | None = None, at: datetime
) -> tuple[str, ...]:
    """Correct who a person is in a file of the member's unit, and tell every service that was given it.

    `person`: her number, where several stand in the file. Returns the fields that changed; none: nothing was done.
    Refused: `NotFound`, `vault.Erased`, `Invalid` `which_person`, `birth_date` (to come).
    """
    row = demand_live(mine(reference, by))
    held = holding(row, by, at)
    who = one_person(held, person)
    given: Values = {name: value for name, value in values.items() if name in FIELDS}
    born = given.get("birth_date")
    if isinstance(born, date) and born > timezone.localdate(at):
        raise Invalid("birth_date", _("This day is still to come."), field="birth_date")
    if row.kind == Kind.ALERT:
        changed = alerts.correct(by=by, reference=reference, person=who, values=given, at=at)
        _tell(by, row, row.reference, row.compartment_id, who, changed, held.told, at)
        return changed
    if row.kind == Kind.REFERRAL:
        changed, reached = referrals.correct(by=by, reference=reference, values=given, at=at)
        for sent in reached:
            _tell(by, row, sent.reference, sent.compartment_id, who, changed, {sent.to_unit_id}, at)
        return changed
    changed = protection.correct(by=by, reference=reference, values=given, at=at)
    _tell(by, row, row.reference, row.compartment_id, who, changed, held.told, at)
    return changed


def _tell(
    by: Member,
    row: File,
    reference: str,
    compartment_id: UUID,
    person: UUID,
    changed: tuple[str, ...],
    units: set[int] | frozenset[int],
    at: datetime,
) -> None:
    others = sorted(set(units) - {by.unit_id}) if changed else []
    Correction.objects.bulk_create(
        Correction(
            compartment_id=compartment_id,
            reference=reference,
            person=person,
            from_unit_id=row.owner_unit_id,
            to_unit_id=unit,
            fields=list(changed),
            at=at,
        )
        for unit in others
    )
    notify.tell(unit_ids=others, kind="retention.corrected", reference=reference, at=at)


@transaction.atomic
def take_over(*, by: Member, correction_id: UUID, at: datetime) -> Correction:
    """Take a correction over into the unit's own files about the same person; twice changes nothing.

    What is corrected is read from the file of who corrected it, which is traced there. A unit that holds no file of its
    own only notes that it knows. Refused: `NotFound`.
    """
    found = queries.correction(correction_id, by, lock=True)
    if found.taken_at is not None:
        return found
    values = _values(found, by, at)
    for reference in referrals.held_of(by=by, person=found.person):
        referrals.correct(by=by, reference=reference, values=values, at=at)
    for reference in protection.held_of(by=by, person=found.person):
        protection.correct(by=by, reference=reference, values=values, at=at)
    found.taken_at, found.taken_by = at, by.person_id
    found.save(update_fields=["taken_at", "taken_by"])
    audit.record(
        by=by, verb=Verb.ALTER, act="retention.take_over", at=at, compartment_id=found.compartment_id,
        owner_unit_id=found.from_unit_id, object_ids=[found.id], reference=found.reference,
        facts={"fields": list(found.fields)},
    )  # fmt: skip
    return found


def _values(found: Correction, by: Member, at: datetime) -> Values:
    """The corrected values of those fields, as far as the member's unit still reads them."""
    about = _read(found, by, at)
    return {name: about[name] for name in found.fields if name in about}


def _read(found: Correction, by: Member, at: datetime) -> Values:
    if found.reference.startswith("A"):
        purpose = country.law(timezone.localdate(at)).codes("reading_purpose")[0].code
        told = alert_queries.handoff(found.reference, found.person, by)
        shown = alerts.reveal_identity(
            by=by, reference=found.reference, persons=[found.person], purpose=purpose,
            file_reference=found.reference, at=at,
        )  # fmt: skip
        identity = shown.get(found.person)
        values = {name: getattr(identity, name) for name in FIELDS if hasattr(identity, name)}
        return {**values, "pseudonym": told.pseudonym}
    if found.reference.startswith("R"):
        row = referral_queries.referral(found.reference, by)
        about = referral_queries.content(row.id, by, items=[Item.PSEUDONYM, Item.IDENTITY]).about
    else:
        about = protection.read_who(by=by, reference=found.reference, at=at)
    return {**{name: getattr(about.identity, name) for name in FIELDS[:-1]}, "pseudonym": about.pseudonym}
