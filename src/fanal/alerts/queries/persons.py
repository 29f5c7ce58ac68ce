"""Persons of an alert: what another capability may copy, and who may already be known."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from fanal.access.queries import visible
from fanal.access.rules import Member
from fanal.access.vault import plain, token, unseal
from fanal.alerts.models import Person, SearchToken
from fanal.alerts.rules import Identity
from fanal.errors import NotFound

_PHONE_DIGITS = 9
"""The last digits of a number, which are the same with and without the country's prefix (ITU-T E.164)."""


@dataclass(frozen=True, slots=True)
class Known:
    """An alert in which perhaps the same person appears: nothing but its reference and what matched."""

    reference: str
    matched_on: tuple[str, ...]


def tokens(identity: Identity) -> dict[str, bytes]:
    """{purpose: keyed token} of what identifies a person. A single name says too little to be looked for."""
    texts = {
        "name": _name(identity),
        "name_and_birth": _name_and_birth(identity),
        "phone": _phone(identity.phone),
        "document": plain(identity.document_number).replace(" ", ""),
    }
    return {purpose: token(purpose, text) for purpose, text in texts.items() if text}


def known(by: Member, identities: Iterable[Identity]) -> tuple[tuple[Known, ...], ...]:
    """For each identity the alerts, visible to the reader, in which the same tokens stand; one query for all."""
    wanted = [tokens(identity) for identity in identities]
    digests = {digest for each in wanted for digest in each.values()}
    if not digests:
        return tuple(() for _ in wanted)
    rows = (
        visible(SearchToken, by)
        .filter(digest__in=digests)
        .order_by("-id")
        .values_list("digest", "purpose", "alert__reference")[:200]
    )
    found = [(bytes(digest), purpose, reference) for digest, purpose, reference in rows]
    return tuple(_matches(each, found) for each in wanted)


def _matches(wanted: dict[str, bytes], found: Sequence[tuple[bytes, str, str]]) -> tuple[Known, ...]:
    matched: dict[str, list[str]] = {}
    for digest, purpose, reference in found:
        if wanted.get(purpose) == digest:
            matched.setdefault(reference, []).append(purpose)
    return tuple(Known(reference, tuple(sorted(set(on)))) for reference, on in matched.items())


def _name(identity: Identity) -> str:
    """Given and family names in one order, whichever field they were typed in."""
    words = _words(identity)
    return " ".join(sorted(words)) if len(words) > 1 else ""


def _name_and_birth(identity: Identity) -> str:
    words = _words(identity)
    return f"{' '.join(sorted(words))} {identity.birth_date:%Y%m%d}" if words and identity.birth_date else ""


def _words(identity: Identity) -> list[str]:
    return plain(f"{identity.given_names} {identity.family_name}").split()


def _phone(number: str) -> str:
    digits = "".join(str(unicodedata.decimal(char)) for char in number if char.isdecimal())
    return digits[-_PHONE_DIGITS:] if len(digits) >= _PHONE_DIGITS else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handoff:
    """What may be copied from an alert for another service: values, no row, no name."""

    person_id: UUID
    alert_id: UUID
    compartment_id: UUID
    owner_unit_id: int
    reference: str
    number: int
    pseudonym: str
    subject: str
    minority: str
    age_basis: str
    birth_year: int | None
    estimated_age: int | None
    sex: str
    citizenship: str
    languages: tuple[str, ...]
    unaccompanied: bool | None
    safe_contact: tuple[str, ...]
    phenomenon: str
    forms: tuple[str, ...]
    municipality: str
    district: str
    zone: str
    sector: str
    urgent: bool
    has_identity: bool


def handoff(reference: str, person_id: UUID, by: Member) -> Handoff:
    """A person of a visible alert, to be copied into a referral; `NotFound`. The identity is revealed by its own act
    (`services.reveal_identity`), for the items that were ticked."""
    row = _persons(reference, by).filter(pk=person_id).first()
    if row is None:
        raise NotFound
    return _handoffs([row])[0]


def persons_of(reference: str, by: Member) -> tuple[Handoff, ...]:
    """Every person of a visible alert, as `handoff` gives one; two queries. Empty when there is none."""
    return _handoffs(list(_persons(reference, by).order_by("number")))


def _persons(reference: str, by: Member) -> QuerySet[Person]:
    return visible(Person, by).filter(alert__reference=reference).select_related("alert")


def _handoffs(rows: Sequence[Person]) -> tuple[Handoff, ...]:
    names = unseal({row.id: row.pseudonym_sealed for row in rows if row.pseudonym_sealed is not None})
    return tuple(_handoff(row, names.get(row.id, "")) for row in rows)


def _handoff(row: Person, pseudonym: str) -> Handoff:
    return Handoff(
        person_id=row.id,
        alert_id=row.alert_id,
        compartment_id=row.compartment_id,
        owner_unit_id=row.alert.owner_unit_id,
        reference=row.alert.reference,
        number=row.number,
        pseudonym=pseudonym,
        subject=row.subject,
        minority=row.minority,
        age_basis=row.age_basis,
        birth_year=row.birth_year,
        estimated_age=row.estimated_age,
        sex=row.sex,
        citizenship=row.citizenship,
        languages=tuple(row.languages),
        unaccompanied=row.unaccompanied,
        safe_contact=tuple(row.safe_contact),
        phenomenon=row.alert.phenomenon,
        forms=tuple(row.alert.forms),
        municipality=row.alert.municipality,
        district=row.alert.district,
        zone=row.alert.zone,
        sector=row.alert.sector,
        urgent=row.alert.urgent,
        has_identity=row.sealed is not None,
    )
