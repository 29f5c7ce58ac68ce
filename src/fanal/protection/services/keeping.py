"""What the unit holds in a request or a procedure of its own, for the review and the erasure."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from fanal.access import vault
from fanal.access.holding import Holding
from fanal.access.models import Grant
from fanal.access.queries import visible
from fanal.access.rules import Member
from fanal.alerts.services.keeping import Values
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.errors import NotFound
from fanal.protection.models import Fact, Procedure, QuestionSet, Reply, Request, RequestState
from fanal.protection.services.cases import NOBODY
from fanal.referrals.rules.content import About, from_json, to_json


def holding(*, by: Member, reference: str) -> Holding:
    """The procedure that the member's unit decides, or the request that it made, locked. `NotFound` for another."""
    procedures = visible(Procedure, by).filter(reference=reference, office_unit_id=by.unit_id)
    row = procedures.select_for_update(of=("self",)).first()
    return _procedure(row, by) if row else _request(reference, by)


def _procedure(row: Procedure, by: Member) -> Holding:
    sets = list(visible(QuestionSet, by).filter(matter_id=row.id))
    replies = visible(Reply, by).filter(question_set__in=sets).values_list("id", flat=True)
    facts = visible(Fact, by).filter(procedure=row).values_list("id", flat=True)
    return Holding(
        compartment_id=row.compartment_id,
        reference=row.reference,
        running=row.ended_on is None,
        persons={row.person_id: frozenset({row.id})},
        words=frozenset({*facts, *replies, *(each.id for each in sets)}),
        told=_told(row.compartment_id, by) | {each.magistrate_unit_id for each in sets},
    )


def _request(reference: str, by: Member) -> Holding:
    rows = visible(Request, by).filter(reference=reference, compartment__owner_unit_id=by.unit_id)
    row = rows.select_for_update(of=("self",)).first()
    if row is None:
        raise NotFound
    return Holding(
        compartment_id=row.compartment_id,
        reference=row.reference,
        running=row.state == RequestState.WAITING,
        persons={row.person_id: frozenset({row.id})},
        told=_told(row.compartment_id, by),
    )


def _told(compartment_id: UUID, by: Member) -> frozenset[int]:
    grants = visible(Grant, by).filter(compartment_id=compartment_id)
    return frozenset(grants.values_list("unit_id", flat=True))


def read_who(*, by: Member, reference: str, at: datetime) -> About:
    """Who the person of a visible procedure or request is, read to be copied; traced for its owner. `NotFound`."""
    row: Procedure | Request | None = visible(Procedure, by).filter(reference=reference).first()
    row = row or visible(Request, by).select_related("compartment").filter(reference=reference).first()
    if row is None:
        raise NotFound
    owner = row.office_unit_id if isinstance(row, Procedure) else row.compartment.owner_unit_id
    audit.record(
        by=by, verb=Verb.CONSULT, act="protection.read_who", at=at, compartment_id=row.compartment_id,
        owner_unit_id=owner, object_ids=[row.id], reference=reference,
    )  # fmt: skip
    return about(row)


def correct(*, by: Member, reference: str, values: Values, at: datetime) -> tuple[str, ...]:
    """Correct who the person of a procedure or a request of the unit is; returns the fields that changed. The old
    values are kept nowhere. `values`: fields of `referrals` identities, and `pseudonym`. `NotFound`, `vault.Erased`."""
    row = _own(reference, by)
    before = about(row)
    identity = {name: value for name, value in values.items() if name != "pseudonym"}
    after = replace(
        before,
        pseudonym=str(values.get("pseudonym", before.pseudonym)),
        identity=replace(before.identity, **identity),  # type: ignore[arg-type]
    )
    fields = [each for each in identity if getattr(before.identity, each) != getattr(after.identity, each)]
    fields += ["pseudonym"] if before.pseudonym != after.pseudonym else []
    if not fields:
        return ()
    row.identity = None if after == NOBODY else vault.seal(row.id, to_json(after))
    row.version += 1
    row.save(update_fields=["identity", "version"])
    audit.record(
        by=by, verb=Verb.ALTER, act="protection.correct", at=at, compartment_id=row.compartment_id,
        object_ids=[row.id], reference=reference, facts={"fields": sorted(fields)},
    )  # fmt: skip
    return tuple(sorted(fields))


def about(row: Procedure | Request) -> About:
    """Who the person of a file is. The caller traces the reading."""
    opened = vault.unseal({row.id: row.identity}) if row.identity else {}
    return from_json(opened.get(row.id, {}))


def _own(reference: str, by: Member) -> Procedure | Request:
    mine = visible(Procedure, by).filter(reference=reference, office_unit_id=by.unit_id)
    asked = visible(Request, by).filter(reference=reference, compartment__owner_unit_id=by.unit_id)
    found = mine.select_for_update(of=("self",)).first() or asked.select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound
    return found


def held_of(*, by: Member, person: UUID) -> dict[str, About]:
    """What the unit itself holds of a person, by the reference of the file. The caller traces the reading."""
    mine = visible(Procedure, by).filter(person_id=person, office_unit_id=by.unit_id)
    asked = visible(Request, by).filter(person_id=person, compartment__owner_unit_id=by.unit_id)
    rows: list[Procedure | Request] = [*asked.order_by("asked_at"), *mine.order_by("opened_at")]
    return {row.reference: about(row) for row in rows}
