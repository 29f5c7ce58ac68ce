"""What the endpoints of procedures give. Units are told by their codes, acts and conditions by those of the pack."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema


class SightOut(Schema):
    """Another unit's sight of a file."""

    unit: str
    level: str
    purpose: str


class ClockOut(Schema):
    """A clock that runs: a reference and a date, nobody's name. `about` is the document, phase or term in question."""

    reference: str
    clock: str
    due_on: date
    due_at: datetime
    about: str
    basis: str
    waiting_for: str
    mine: bool


class ActedOut(Schema):
    """Where a procedure stands; ETag holds its version."""

    reference: str
    version: int
    track: str
    phase: str
    document: str
    opened_on: date
    valid_until: date | None
    next_due_on: date | None
    ended_on: date | None
    centre_unit: str
    office_unit: str


class FactOut(Schema):
    """What happened. `data`: the codes that were declared with a decision or an end."""

    number: int
    kind: str
    code: str
    phase: str
    on: date
    at: datetime
    unit: str
    basis: str
    data: dict[str, Any]
    words: str
    best_interests: str


class DocumentOut(Schema):
    """A document that was given: first and last valid day, and the day on which it was cut short."""

    kind: str
    first_day: date
    last_day: date | None
    closed_on: date | None
    decided_on: date
    basis: str


class ConditionOut(Schema):
    """A condition and where it stands; `questions`: those that the magistrate did not answer as the law expects."""

    code: str
    state: str
    questions: list[str]


class StepOut(Schema):
    """A step that the law of today knows from here. `bar`: why it is closed whatever its conditions.

    `ready`: it waits for nothing but the person who decides; `mine`: the reader's unit decides it, `askable`: it may
    ask for it.
    """

    move: str
    to_phase: str
    document: str
    legal_basis: str
    requested_on: date | None
    bar: str
    ready: bool
    mine: bool
    askable: bool
    conditions: list[ConditionOut]


class GroundOut(Schema):
    """A ground on which protection ends here, and the facts that it asks for."""

    code: str
    legal_basis: str
    asks: list[str]
    with_magistrate: bool


class AskedOut(Schema):
    """Questions as the Office sees them; null: not answered yet."""

    id: UUID
    magistrate_unit: str
    questions: list[str]
    asked_on: date
    withdrawn: bool
    answered_on: date | None
    answers: dict[str, str] | None
    said: dict[str, str]


class ShownOut(Schema):
    """A service that knows the dates and nothing else; `grant` names its seat."""

    grant: UUID
    unit: str
    until: date | None


class ProcedureOut(ActedOut):
    """A procedure with all that its readers see, the identity left out."""

    guardian_unit: str
    offence: str
    circumstances: list[str]
    unaccompanied_minor: bool
    has_title: bool
    minor: bool
    has_identity: bool
    owner: str
    is_mine: bool
    read_by: list[SightOut]
    dates_shown: list[ShownOut]
    facts: list[FactOut]
    documents: list[DocumentOut]
    steps: list[StepOut]
    ending: str
    grounds: list[GroundOut]
    questions: list[AskedOut]
    clocks: list[ClockOut]


class RequestLine(Schema):
    """A request to open; ETag holds its version."""

    reference: str
    version: int
    state: str
    track: str
    centre_unit: str
    office_unit: str
    asked_on: date
    asked_at: datetime
    answered_at: datetime | None


class RequestOut(RequestLine):
    """A request with what was told, the identity left out. `answer`: why it was refused."""

    offence: str
    circumstances: list[str]
    unaccompanied_minor: bool
    has_title: bool
    origin: str
    statement: str
    statement_on: date | None
    has_identity: bool
    words: str
    answer: str
    owner: str
    is_mine: bool
    read_by: list[SightOut]
    clocks: list[ClockOut]


class SetLine(Schema):
    """Questions put to a magistrate's unit."""

    id: UUID
    reference: str
    office_unit: str
    magistrate_unit: str
    questions: list[str]
    asked_on: date
    asked_at: datetime
    document_ends_on: date | None
    withdrawn: bool


class SetListed(SetLine):
    """Questions of a list."""

    answered: bool


class IdentityOut(Schema):
    """Who the person says she is."""

    family_name: str
    given_names: str
    birth_date: date | None
    birth_place: str
    document_number: str


class AboutOut(Schema):
    """What is known of the person."""

    pseudonym: str
    citizenship: list[str]
    identity: IdentityOut


class SetOut(SetLine):
    """Questions as the magistrate reads them, with what the Office told."""

    judicial_reference: str
    about: AboutOut
    answers: dict[str, str] | None
    answered_on: date | None
    said: dict[str, str]
    owner: str
    read_by: list[SightOut]
    clocks: list[ClockOut]


class ReplyOut(Schema):
    """The answers, as they were given."""

    answers: dict[str, str]
    on: date


class NoticeOut(Schema):
    """A judicial event that was told."""

    event: str
    on: date


class HandedOut(Schema):
    """The old centre stands outside: it keeps the reference."""

    reference: str
