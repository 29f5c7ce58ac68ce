"""Reading that leaves a trace: a detail page, an identity, an export, a search before recording."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access import vault
from fanal.access.queries import visible
from fanal.access.rules import Member
from fanal.alerts.models import Alert, Person
from fanal.alerts.queries.lists import Filters, Line, lines
from fanal.alerts.queries.persons import Handoff, Known, handoff, known, persons_of
from fanal.alerts.queries.sheets import Sheet, sheet
from fanal.alerts.rules import Identity
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.country import queries as country
from fanal.country.schema import Law
from fanal.errors import Invalid, NotFound
from fanal.web import disclosure


@transaction.atomic
def consult(*, by: Member, reference: str, purpose: str = "", at: datetime) -> Sheet:
    """Open an alert: everything in it but identities, and one line in the trace, which its owner reads.

    `purpose` is a code of `reading_purpose`; empty: the one for which the unit was let in, for the owner the first
    of the list. `NotFound`; `Invalid` for an unknown purpose. Law of 30 July 2018, art. 56.
    """
    found = sheet(reference, by, at)
    law = country.law(timezone.localdate(at))
    purpose = purpose or found.purpose or law.codes("reading_purpose")[0].code
    # The alert's own reference is the reason to open it; an identity asks for the number of the reader's file.
    _demand_purpose(law, purpose, reference)
    audit.record(
        by=by,
        verb=Verb.CONSULT,
        act="alerts.consult",
        at=at,
        compartment_id=found.compartment_id,
        owner_unit_id=found.owner_unit_id,
        object_ids=[found.id, *(person.id for person in found.persons)],
        purpose=purpose,
        reference=reference,
    )
    return found


@transaction.atomic
def reveal_identity(
    *,
    by: Member,
    reference: str,
    persons: Sequence[UUID] = (),
    purpose: str,
    file_reference: str = "",
    at: datetime,
) -> dict[UUID, Identity]:
    """The identities of these persons of an alert (of all, when none is named), written into the trace first.

    Fails closed: without the line in the trace nothing is opened. A person without identity, or whose key was
    destroyed, is left out. `NotFound`; `Invalid` for an unknown purpose, or one that needs a file reference
    (the code's flag `needs_reference`) without it.
    """
    law = country.law(timezone.localdate(at))
    _demand_purpose(law, purpose, file_reference)
    alert = visible(Alert, by).filter(reference=reference).first()
    if alert is None:
        raise NotFound
    rows = visible(Person, by).filter(alert=alert)
    found = list(rows.filter(pk__in=persons) if persons else rows)
    if persons and len(found) != len(set(persons)):
        raise NotFound
    audit.record(
        by=by,
        verb=Verb.CONSULT,
        act="alerts.reveal_identity",
        at=at,
        compartment_id=alert.compartment_id,
        owner_unit_id=alert.owner_unit_id,
        object_ids=[row.id for row in found],
        purpose=purpose,
        reference=file_reference or reference,
    )
    opened = vault.unseal({row.id: row.sealed for row in found if row.sealed is not None})
    return {person_id: read(values) for person_id, values in opened.items()}


def read(values: dict[str, Any]) -> Identity:
    """An identity out of its JSON values; what it does not know is empty."""
    given = {each.name: values[each.name] for each in fields(Identity) if values.get(each.name)}
    if "birth_date" in given:
        given["birth_date"] = date.fromisoformat(given["birth_date"])
    return Identity(**given)


@transaction.atomic
def match(*, by: Member, identities: Sequence[Identity], at: datetime) -> tuple[tuple[Known, ...], ...]:
    """For each identity the alerts the member may see in which perhaps the same person appears: references only.

    A match is a combination of data, and traced as one for the owner of each alert; no match leaves no trace, for it
    says nothing.
    """
    found = known(by, identities)
    references = sorted({each.reference for one in found for each in one})
    if references:
        rows = visible(Alert, by).filter(reference__in=references)
        lines = rows.values_list("compartment_id", "id", "owner_unit_id", "reference")
        audit.record_alike(
            by=by,
            verb=Verb.COMBINE,
            act="alerts.match",
            at=at,
            lines=[
                audit.Line(wall, [alert], {"alerts": len(references)}, owner, reference)
                for wall, alert, owner, reference in lines
            ],
        )
    return found


@transaction.atomic
def hand_off(
    *, by: Member, reference: str, person_id: UUID | None = None, at: datetime
) -> tuple[Handoff, ...]:
    """The persons of an alert, or one of them, read to be copied into a referral; its owner sees it in the trace.

    Empty when nobody stands in an alert that is visible; `NotFound` for one person who does not.
    """
    found = persons_of(reference, by) if person_id is None else (handoff(reference, person_id, by),)
    for first in found[:1]:
        audit.record(
            by=by,
            verb=Verb.CONSULT,
            act="alerts.hand_off",
            at=at,
            compartment_id=first.compartment_id,
            owner_unit_id=first.owner_unit_id,
            object_ids=[first.alert_id, *(each.person_id for each in found)],
            reference=reference,
        )
    return found


@transaction.atomic
def export(*, by: Member, filters: Filters, kind: str, at: datetime) -> list[Line]:
    """The lines of a list for a file, newest first: no person, no free text; traced in each alert.

    `Invalid` (`too_many`) for more than a file holds.
    """
    found = lines(by, filters, at)
    disclosure.record(
        by=by,
        act="alerts.export",
        at=at,
        kind=kind,
        rows=[
            disclosure.Disclosed(line.compartment_id, line.owner_unit_id, line.id, line.reference)
            for line in found
        ],
    )
    return found


def _demand_purpose(law: Law, purpose: str, file_reference: str = "") -> None:
    if not law.has_code("reading_purpose", purpose):
        raise Invalid("unknown_code", _("Choose a purpose from the list."), field="purpose")
    if "needs_reference" in law.code("reading_purpose", purpose).flags and not file_reference.strip():
        raise Invalid(
            "file_reference", _("This purpose needs the reference of your file."), field="file_reference"
        )
