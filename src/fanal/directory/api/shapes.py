"""What the endpoints of the directory take and give."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Path, Schema
from pydantic import StringConstraints

from fanal.directory import services
from fanal.directory.rules import Age

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{0,60}$")]
UnitCode = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,60}$")]
_ONE_LINE = StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^\x00-\x1f]*$")
MaybeWords = Annotated[str, _ONE_LINE]
Words = Annotated[str, _ONE_LINE, StringConstraints(min_length=1)]


class TextOut(Schema):
    fr: str
    nl: str
    de: str
    en: str


class PlaceOut(Schema):
    nis: str
    names: TextOut
    postcodes: list[str]
    district: str
    zone: str


class AreaOut(Schema):
    code: str
    name: TextOut
    zones: list["AreaOut"] = []


class ContactOut(Schema):
    id: int
    channel: Literal["phone", "email", "web"]
    value: str
    uri: str
    label: TextOut
    hours: TextOut | None
    always: bool
    public: bool
    source: str
    to_verify: bool
    valid_from: date
    valid_to: date | None


class CardOut(Schema):
    code: str
    kind: str
    name: TextOut
    short: TextOut
    institution: TextOut
    functions: list[TextOut]
    districts: list[str]
    zones: list[str]
    languages: list[str]
    contacts: list[ContactOut]
    source: str
    to_verify: bool
    valid_to: date | None


class AnswerOut(Schema):
    """`reason` is null for a line that answers day and night; `one_of` units share the reason."""

    card: CardOut
    reason: TextOut | None
    basis: str
    answers_now: bool
    one_of: int


class HolderOut(Schema):
    mandate: int
    function: str
    holder: str
    substitute: str
    valid_from: date
    valid_to: date | None
    answers: str
    standing: Literal["holder", "stands_in", "later", "vacant"]


class PeopleOut(Schema):
    card: CardOut
    holders: list[HolderOut]


class MandateOut(Schema):
    id: int
    unit: str
    function: str
    holder: str
    substitute: str
    valid_from: date
    valid_to: date | None


class MandateIn(Schema):
    function: Code
    holder: Annotated[Words, StringConstraints(max_length=120)]
    substitute: Annotated[MaybeWords, StringConstraints(max_length=120)] = ""
    valid_from: date
    valid_to: date | None = None


class EndIn(Schema):
    last_day: date


class ReachIn(Schema):
    value: Annotated[
        str, StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^\x00-\x1f]*$")
    ]
    hours: MaybeWords = ""
    always: bool = False
    public: bool = False
    valid_from: date
    valid_to: date | None = None

    def reach(self) -> services.Reach:
        return services.Reach(**{name: getattr(self, name) for name in services.Reach.__dataclass_fields__})


class ContactIn(ReachIn):
    channel: Literal["phone", "email", "web"]
    label: Words


class ContactPointOut(Schema):
    id: int
    unit: str
    channel: str
    value: str
    hours: str
    always: bool
    public: bool
    valid_from: date
    valid_to: date | None


class Asked(Schema):
    """A question to the directory. Empty: not known; without `at`: now."""

    municipality: Code = ""
    district: Code = ""
    zone: Code = ""
    purpose: Code = ""
    age: Age = "doubtful"
    at: datetime | None = None
