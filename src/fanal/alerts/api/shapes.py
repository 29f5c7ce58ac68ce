"""What the endpoints of alerts take and give. Codes are the pack's; an empty one means: not known."""

from datetime import date, datetime, time
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, Field, StringConstraints

from fanal.alerts.rules import Done, Identity, PersonReport, Report, Sign

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]{0,60}$")]
Reference = Annotated[str, StringConstraints(pattern=r"^[A-Z]-[0-9A-Z]{4}-[0-9A-Z]{4}$")]
Words = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
Prose = Annotated[str, StringConstraints(max_length=5000, pattern=r"^[^\x00]*$")]
Year = Annotated[int, Field(ge=1900, le=2199)]
Years = Annotated[int, Field(ge=-1000, le=1000)]


class SignIn(Schema):
    indicator: Code
    seen_on: date | None = None
    source: Code = ""


class IdentityIn(Schema):
    given_names: Words = ""
    family_name: Words = ""
    birth_date: date | None = None
    birth_place: Words = ""
    document_number: Words = ""
    phone: Words = ""
    email: Words = ""
    address: Words = ""
    contact_hours: Words = ""

    def value(self) -> Identity:
        return Identity(**self.dict())


class PersonIn(Schema):
    """A person; `subject` (the category of data subject) is never defaulted."""

    subject: Code
    pseudonym: Words = ""
    age_basis: Code = "unknown"
    minor: bool | None = None
    birth_year: Year | None = None
    estimated_age: Years | None = None
    sex: Code = ""
    citizenship: Code = ""
    languages: list[Code] = []
    unaccompanied: bool | None = None
    safe_contact: list[Code] = []
    identity: IdentityIn = IdentityIn()

    def value(self) -> PersonReport:
        plain = self.dict(exclude={"identity", "languages", "safe_contact"})
        return PersonReport(
            **plain,
            languages=tuple(self.languages),
            safe_contact=tuple(self.safe_contact),
            identity=self.identity.value(),
        )


class DoneIn(Schema):
    duty: Code
    on: date
    at: time | None = None
    how: Words = ""


class ReportIn(Schema):
    """A sign that someone may be a victim, as one act."""

    phenomenon: Code = ""
    forms: list[Code] = []
    signs: list[SignIn] = []
    narrative: Prose = ""
    urgent: bool = False
    detected_through: Code = ""
    municipality: Code = ""
    sector: Code = ""
    platform: Words = ""
    seen_from: date | None = None
    seen_to: date | None = None
    seen_at: time | None = None
    persons: list[PersonIn] = []
    done: list[DoneIn] = []
    source_grade: Code = ""
    information_grade: Code = ""
    handling: Code = ""

    def value(self) -> Report:
        lists: dict[str, Any] = {
            "forms": tuple(self.forms),
            "signs": tuple(Sign(**sign.dict()) for sign in self.signs),
            "persons": tuple(person.value() for person in self.persons),
            "done": tuple(Done(**done.dict()) for done in self.done),
        }
        return Report(**self.dict(exclude=set(lists)), **lists)


class FilterQuery(Schema):
    """Filters of the list; empty: everything."""

    state: Literal["", "open", "closed"] = ""
    form: Code = ""
    side: Literal["", "mine", "received"] = ""
    late: bool = False
    outcome: Code = ""
    cursor: Annotated[str, StringConstraints(max_length=500)] = ""
    size: Annotated[int, Field(ge=1, le=200)] = 50


class LineOut(Schema):
    reference: str
    recorded_at: datetime
    owner: str
    is_mine: bool
    open: bool
    urgent: bool
    child: bool
    phenomenon: str
    forms: list[str]
    municipality: str
    district: str
    person_count: int
    outcome: str
    closed_at: datetime | None
    due_at: datetime | None
    awaits_me: bool


class PersonOut(Schema):
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
    languages: list[str]
    unaccompanied: bool | None
    safe_contact: list[str]
    has_identity: bool
    erased: bool


class SignOut(Schema):
    indicator: str
    seen_on: date | None
    source: str
    noted_at: datetime


class SentOut(Schema):
    unit: str
    ground: str
    mandatory: bool
    sent_at: datetime
    due_at: datetime
    acknowledged_at: datetime | None
    stopped: bool
    reminded: int
    is_me: bool


class DutyOut(Schema):
    code: str
    legal_basis: str
    due_at: datetime
    done_at: datetime | None
    how: str


class SightOut(Schema):
    unit: str
    level: str
    purpose: str


class AlertOut(Schema):
    """An alert with all that its readers see; ETag holds its version."""

    reference: str
    version: int
    recorded_at: datetime
    owner: str
    is_mine: bool
    read_by: list[SightOut]
    open: bool
    urgent: bool
    child: bool
    phenomenon: str
    forms: list[str]
    detected_through: str
    erased: bool
    narrative: str
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
    persons: list[PersonOut]
    signs: list[SignOut]
    sent: list[SentOut]
    duties: list[DutyOut]
    obstacles: list[str]


class RecordedOut(Schema):
    """What was recorded, and its version."""

    reference: str
    version: int
    recorded_at: datetime
    open: bool
    outcome: str


class ToldOut(Schema):
    """A service that would be told; `unit` is empty when none could be found."""

    unit: str
    unit_kind: str
    reason: str
    legal_basis: str
    due_at: datetime
    mandatory: bool


class ReceiptOut(Schema):
    reference: str
    due_at: datetime
    acknowledged_at: datetime | None


class DutyIn(Schema):
    done_at: AwareDatetime
    how: Words = ""


class DutyDoneOut(Schema):
    duty: str
    done_at: datetime
    how: str


class SendIn(Schema):
    to_unit: Code
    purpose: Code
    ground: Words


class CloseIn(Schema):
    outcome: Code
    other: Annotated[str, StringConstraints(max_length=12, pattern=r"^[A-Za-z0-9-]*$")] = ""
    receiver: Code = ""


class RevealIn(Schema):
    """Why one wants to know who it is; no person named: all of them."""

    purpose: Code
    persons: list[UUID] = []
    file_reference: Annotated[str, StringConstraints(max_length=60, pattern=r"^[^\x00]*$")] = ""


class IdentityOut(Schema):
    person: UUID
    given_names: str
    family_name: str
    birth_date: date | None
    birth_place: str
    document_number: str
    phone: str
    email: str
    address: str
    contact_hours: str


class KnownOut(Schema):
    reference: str
    matched_on: list[Literal["name", "name_and_birth", "phone", "document"]]


class CellOut(Schema):
    """How many alerts have an outcome (empty: none yet); null: fewer than five."""

    outcome: str
    count: int | None


class FunnelOut(Schema):
    year: int
    cells: list[CellOut]
    total: int | None
    exact: bool
