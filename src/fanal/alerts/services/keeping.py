"""What the unit holds in an alert of its own, for the review, the erasure and the answer to the person."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from fanal.access import vault
from fanal.access.holding import Holding
from fanal.access.models import Grant
from fanal.access.queries import visible
from fanal.access.rules import Member
from fanal.alerts.models import Person, SearchToken, State, Transmission
from fanal.alerts.queries.persons import tokens
from fanal.alerts.rules import Identity
from fanal.alerts.services.following import changed, owned
from fanal.alerts.services.reading import read
from fanal.alerts.services.recording import written
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.errors import NotFound

Values = Mapping[str, str | date | None]


def holding(*, by: Member, reference: str) -> Holding:
    """The alert, locked: persons, free text, to whom it went. `NotFound`; `NotAllowed` for who does not own it."""
    row = owned(by=by, reference=reference, version=None)
    persons = visible(Person, by).filter(alert=row).order_by("number").values_list("id", flat=True)
    sent = visible(Transmission, by).filter(alert=row).values_list("id", flat=True)
    grants = visible(Grant, by).filter(compartment_id=row.compartment_id)
    return Holding(
        compartment_id=row.compartment_id,
        reference=row.reference,
        running=row.state == State.OPEN,
        persons={person: frozenset({person}) for person in persons},
        words=frozenset({row.id, *sent}),
        told=frozenset(grants.values_list("unit_id", flat=True)),
    )


def correct(*, by: Member, reference: str, person: UUID, values: Values, at: datetime) -> tuple[str, ...]:
    """Correct who a person is; returns the fields that changed. The old values are kept nowhere; the tokens by
    which she is found follow. Regulation (EU) 2016/679, art. 16.

    `values`: fields of `rules.Identity`, and `pseudonym`; those not named stay. Refused: `NotFound`, `NotAllowed`,
    `vault.Erased`.
    """
    alert = owned(by=by, reference=reference, version=None)
    row = visible(Person, by).filter(pk=person, alert=alert).first()
    if row is None:
        raise NotFound
    before, pseudonym = who(row)
    after = replace(before, **{name: value for name, value in values.items() if name != "pseudonym"})  # type: ignore[arg-type]
    name = str(values.get("pseudonym", pseudonym))
    fields = [
        each for each in values if each != "pseudonym" and getattr(before, each) != getattr(after, each)
    ]
    fields += ["pseudonym"] if name != pseudonym else []
    if not fields:
        return ()
    row.sealed = None if after.is_empty() else vault.seal(row.id, written(after))
    row.pseudonym_sealed = vault.seal(row.id, name) if name else None
    row.save(update_fields=["sealed", "pseudonym_sealed"])
    SearchToken.objects.filter(person=row).delete()
    SearchToken.objects.bulk_create(
        SearchToken(
            compartment_id=row.compartment_id, alert=alert, person=row, purpose=purpose, digest=digest
        )
        for purpose, digest in tokens(after).items()
    )
    changed(alert)
    audit.record(
        by=by, verb=Verb.ALTER, act="alerts.correct", at=at, compartment_id=alert.compartment_id,
        object_ids=[alert.id, row.id], reference=reference, facts={"fields": sorted(fields)},
    )  # fmt: skip
    return tuple(sorted(fields))


def who(row: Person) -> tuple[Identity, str]:
    """The identity of a person and what she is called. The caller traces the reading."""
    columns = {"sealed": row.sealed, "pseudonym_sealed": row.pseudonym_sealed}
    opened = vault.unseal_each({name: (row.id, blob) for name, blob in columns.items() if blob is not None})
    return read(opened.get("sealed", {})), str(opened.get("pseudonym_sealed", ""))


def held_of(*, by: Member, person: UUID) -> dict[str, tuple[Identity, str]]:
    """Who a person is in the unit's own alert, by its reference. The caller traces the reading."""
    rows = visible(Person, by).filter(pk=person, alert__owner_unit_id=by.unit_id).select_related("alert")
    return {row.alert.reference: who(row) for row in rows}
