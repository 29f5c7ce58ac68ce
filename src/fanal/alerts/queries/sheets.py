"""One alert with all that stands in it, as values: the detail page and its answer on the API."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.utils import timezone

from fanal.access import vault
from fanal.access.queries import Wall, visible, wall_of
from fanal.access.rules import Member
from fanal.alerts.models import Alert, DutyDone, Person, Sign, State, Transmission
from fanal.alerts.queries.facts import facts_of, ground_of
from fanal.alerts.rules import Obstacle, Receipt, may_close
from fanal.country import queries as country
from fanal.country.rules import due_at
from fanal.country.schema import Law
from fanal.directory import queries as directory
from fanal.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSeen:
    """A person as every reader of the alert sees her; `has_identity`: there is something to reveal; `erased`: there
    was."""

    id: UUID
    number: int
    pseudonym: str
    subject: str
    age_basis: str
    minority: str
    birth_year: int | None
    estimated_age: int | None
    sex: str
    citizenship: str
    languages: tuple[str, ...]
    unaccompanied: bool | None
    safe_contact: tuple[str, ...]
    has_identity: bool
    erased: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A service that was told: why, until when it must answer, and when it did."""

    unit_id: int
    unit: str
    ground: str
    mandatory: bool
    sent_at: datetime
    due_at: datetime
    acknowledged_at: datetime | None
    stopped: bool
    reminded: int
    is_me: bool

    def is_late(self, at: datetime) -> bool:
        return self.acknowledged_at is None and not self.stopped and self.due_at < at


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyLine:
    """A duty at detection of the service that recorded the alert; `done_at` None: still to be done."""

    code: str
    legal_basis: str
    due_at: datetime
    done_at: datetime | None
    done_by: UUID | None
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignSeen:
    indicator: str
    seen_on: date | None
    source: str
    noted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """An alert as its readers see it. `erased`: what was written in it is gone. `purpose`: why the reader's unit was
    let in; empty for the owner."""

    id: UUID
    compartment_id: UUID
    reference: str
    version: int
    owner_unit_id: int
    is_mine: bool
    wall: Wall
    purpose: str
    law: Law
    recorded_at: datetime
    open: bool
    urgent: bool
    child: bool
    phenomenon: str
    forms: tuple[str, ...]
    detected_through: str
    narrative: str
    erased: bool
    municipality: str
    place: str
    district: str
    sector: str
    platform: str
    seen_from: date | None
    seen_to: date | None
    seen_at: time | None
    source_grade: str
    information_grade: str
    handling: str
    outcome: str
    outcome_reference: str
    outcome_receiver: str
    closed_at: datetime | None
    persons: tuple[PersonSeen, ...]
    signs: tuple[SignSeen, ...]
    sent: tuple[Sent, ...]
    duties: tuple[DutyLine, ...]
    obstacles: tuple[Obstacle, ...]

    @property
    def received(self) -> Sent | None:
        """The transmission to the reader's own unit."""
        return next((sent for sent in self.sent if sent.is_me), None)


def sheet(reference: str, by: Member, at: datetime) -> Sheet:
    """A visible alert; `NotFound`. The number of queries does not depend on what stands in it.

    The caller traces the reading (`services.consult`).
    """
    row = visible(Alert, by).filter(reference=reference).select_related("outcome_receiver").first()
    if row is None:
        raise NotFound
    wall = wall_of(row.compartment_id, by)
    book = country.book()
    law = book(timezone.localdate(row.recorded_at))
    persons = list(visible(Person, by).filter(alert=row).order_by("number"))
    sent = list(visible(Transmission, by).filter(alert=row).order_by("sent_at", "id"))
    units = directory.labels({each.to_unit_id for each in sent}, by.language)
    done = {each.duty: each for each in visible(DutyDone, by).filter(alert=row)}
    signs = visible(Sign, by).filter(alert=row).order_by("id")
    text = _unsealed(row, persons, sent, done.values())
    gone = vault.erased([row.id, *(each.id for each in persons)])
    return Sheet(
        **{name: getattr(row, name) for name in _COPIED},
        is_mine=row.owner_unit_id == by.unit_id,
        wall=wall,
        purpose=next((sight.purpose for sight in wall.others if sight.unit_id == by.unit_id), ""),
        law=law,
        open=row.state == State.OPEN,
        forms=tuple(row.forms),
        narrative=text.get((row.id, "sealed"), ""),
        erased=row.id in gone,
        platform=text.get((row.id, "platform_sealed"), ""),
        place=_place_name(row, by.language),
        outcome_receiver=row.outcome_receiver.label(by.language) if row.outcome_receiver else "",
        persons=tuple(
            _person(each, text.get((each.id, "pseudonym_sealed"), ""), each.id in gone) for each in persons
        ),
        signs=tuple(
            SignSeen(indicator=s.indicator, seen_on=s.seen_on, source=s.source, noted_at=s.noted_at)
            for s in signs
        ),
        sent=tuple(_sent(each, units, by, law, text.get((each.id, "sealed"), "")) for each in sent),
        duties=_duties(row, done, law, text),
        obstacles=_obstacles(row, persons, sent, book(timezone.localdate(at)), at),
    )


_COPIED = (
    "id", "compartment_id", "reference", "version", "owner_unit_id", "recorded_at", "urgent", "child", "phenomenon",
    "detected_through", "municipality", "district", "sector", "seen_from", "seen_to", "seen_at", "source_grade",
    "information_grade", "handling", "outcome", "outcome_reference", "closed_at",
)  # fmt: skip


def how_of(done: DutyDone) -> str:
    """How a duty was fulfilled, in the words of who ticked it."""
    sealed = {} if done.how_sealed is None else {done.alert_id: done.how_sealed}
    return str(vault.unseal(sealed).get(done.alert_id, ""))


_Text = dict[tuple[UUID, str], str]
"""{(row, column): what was sealed there}."""


def _unsealed(
    row: Alert, persons: Iterable[Person], sent: Iterable[Transmission], done: Iterable[DutyDone]
) -> _Text:
    """Everything that was written of an alert but identities: {(row, column): words}; one query."""
    sealed = {
        (row.id, "sealed"): (row.id, row.sealed),
        (row.id, "platform_sealed"): (row.id, row.platform_sealed),
        **{(each.id, "pseudonym_sealed"): (each.id, each.pseudonym_sealed) for each in persons},
        **{(each.id, "sealed"): (each.id, each.sealed) for each in sent},
        **{(each.id, "how_sealed"): (row.id, each.how_sealed) for each in done},
    }
    return vault.unseal_each(
        {what: (subject, blob) for what, (subject, blob) in sealed.items() if blob is not None}
    )


def _place_name(row: Alert, language: str) -> str:
    """The municipality as it was called on the day it was seen."""
    if not row.municipality:
        return ""
    return directory.place(row.municipality, row.seen_from or timezone.localdate(row.recorded_at)).names.get(
        language
    )


def _person(row: Person, pseudonym: str, erased: bool) -> PersonSeen:
    copied = {name: getattr(row, name) for name in _PERSON_COPIED}
    return PersonSeen(
        **copied,
        pseudonym=pseudonym,
        erased=erased,
        languages=tuple(row.languages),
        safe_contact=tuple(row.safe_contact),
        has_identity=row.sealed is not None,
    )


_PERSON_COPIED = (
    "id", "number", "subject", "age_basis", "minority", "birth_year", "estimated_age", "sex",
    "citizenship", "unaccompanied",
)  # fmt: skip


def _sent(row: Transmission, units: dict[int, str], by: Member, law: Law, words: str) -> Sent:
    return Sent(
        unit_id=row.to_unit_id,
        unit=units.get(row.to_unit_id, ""),
        ground=words or ground_of(row, law, by.language),
        mandatory=row.mandatory,
        sent_at=row.sent_at,
        due_at=row.due_at,
        acknowledged_at=row.acknowledged_at,
        stopped=row.stopped_at is not None,
        reminded=row.reminded,
        is_me=row.to_unit_id == by.unit_id,
    )


def _duties(row: Alert, done: dict[str, DutyDone], law: Law, text: _Text) -> tuple[DutyLine, ...]:
    found = []
    for duty in law.duties(row.owner_kind):
        ticked = done.get(duty.code)
        found.append(
            DutyLine(
                code=duty.code,
                legal_basis=duty.legal_basis,
                due_at=due_at(law.term(duty.term), timezone.localtime(row.recorded_at), law.calendar),
                done_at=ticked.done_at if ticked else None,
                done_by=ticked.ticked_by if ticked else None,
                how=text.get((ticked.id, "how_sealed"), "") if ticked else "",
            )
        )
    return tuple(found)


def _obstacles(
    row: Alert, persons: Iterable[Person], sent: Iterable[Transmission], law: Law, at: datetime
) -> tuple[Obstacle, ...]:
    """What keeps the owner from closing, said before she tries."""
    if row.state == State.CLOSED:
        return ()
    receipts = [Receipt(each.to_kind, each.acknowledged_at is not None) for each in sent]
    return may_close(facts_of(row, persons, law, at), receipts, law)
