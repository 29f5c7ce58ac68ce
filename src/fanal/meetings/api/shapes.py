"""What the endpoints of meetings take and give."""

from datetime import date, datetime, time
from typing import Annotated, Literal
from uuid import UUID

from ninja import Path, Schema
from pydantic import Field, StringConstraints

Ref = Annotated[
    str, Path(pattern=r"^[A-Za-z0-9-]{1,20}$", description="A reference such as BUR-2026-12 or I-7F3K-9QX4.")
]
File = Annotated[str, Path(pattern=r"^(pdf|docx|odt|html)$")]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]{1,60}$")]
MaybeCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]{0,60}$")]
MaybeRef = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{0,20}$")]
Line = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00-\x1f]*$")]
Prose = Annotated[str, StringConstraints(max_length=20_000, pattern=r"^[^\x00]*$")]
Cursor = Annotated[str, StringConstraints(max_length=500)]
Size = Annotated[int, Field(ge=1, le=200)]
Minutes = Annotated[int, Field(ge=0, le=1440)]
Aim = Literal["information", "opinion", "decision"]


class ListQuery(Schema):
    """Which meetings; empty: all."""

    body: MaybeCode = ""
    state: Literal["", "draft", "convened", "held", "cancelled"] = ""
    cursor: Cursor = ""
    size: Size = 50


class ItemsQuery(Schema):
    """Which items; `text`: each word begins a word of the title or the text."""

    body: MaybeCode = ""
    state: Literal["", "open", "closed", "sent", "withdrawn", "lapsed"] = ""
    text: Line = ""
    cursor: Cursor = ""
    size: Size = 50


class MeetingOut(Schema):
    """A meeting: when, where and how far it is."""

    reference: str
    body: str
    state: str
    begins_at: datetime
    ends_at: datetime
    place: str
    words: str
    proposals_until: datetime | None
    agenda_set_at: datetime | None
    why_cancelled: str
    version: int


class PointOut(Schema):
    """An item on an agenda. `number`: its number, or the code of a restricted one. `excluded`: seats without a vote."""

    id: UUID
    number: str
    reference: str
    title: str
    aim: str
    source: str
    source_key: str
    due_on: date | None
    minutes: int
    begins_at: datetime | None
    late: bool
    restricted: bool
    back: int
    excluded: list[UUID]
    outcome: str
    until: date | None
    annexes: list[str]


class ItemOut(Schema):
    """An item of a body."""

    reference: str
    body: str
    title: str
    text: str
    aim: str
    source: str
    source_key: str
    state: str
    minutes: int
    restricted: bool
    returns_on: date | None
    due_on: date | None
    proposed_at: datetime
    version: int


class WhenIn(Schema):
    """When and where."""

    begins_at: datetime
    minutes: Minutes = 120
    place: Line = ""
    words: Prose = ""
    proposals_until: datetime | None = None


class PlanIn(WhenIn):
    """A meeting of a body; `request_id`: the urgent request that it answers."""

    body_code: Code
    request_id: UUID | None = None


class ChangeIn(WhenIn):
    """`version`: the one that was read."""

    version: int


class SeriesIn(Schema):
    """Every so many months, on the nth (1 to 4, -1: the last) weekday (0: Monday)."""

    body_code: Code
    every_months: int = Field(1, ge=1, le=12)
    nth: Literal[1, 2, 3, 4, -1]
    weekday: int = Field(ge=0, le=6)
    begins: time
    minutes: Minutes = 120
    place: Line = ""
    first: date
    until: date


class WhyIn(Schema):
    """A reason."""

    why: Prose


class OffIn(WhyIn):
    """And not before which day."""

    until: date | None = None


class MoveIn(Schema):
    """The place, from 1."""

    to: int = Field(ge=1, le=9999)


class LengthIn(Schema):
    """How many minutes."""

    minutes: Minutes


class SeatsIn(Schema):
    """Seats that do not vote on an item, and why."""

    seats: list[UUID] = []
    why: Line = ""


class ItemIn(Schema):
    """What an item says."""

    title: Line
    aim: Aim
    text: Prose = ""
    minutes: Minutes = 10


class ProposeIn(ItemIn):
    """To which body, for which meeting, for which seats alone."""

    body_code: Code
    meeting: MaybeRef = ""
    late: bool = False
    why_late: Prose = ""
    seats: list[UUID] = []


class AmendIn(ItemIn):
    """`version`: the one that was read."""

    version: int


class ReplyIn(Schema):
    """Whether the seat comes."""

    answer: Literal["accepts", "declines", "substitute"]
    note: Line = ""


class AnnexOut(Schema):
    """A paper, under its own reference."""

    reference: str
    title: str


class BuiltOut(Schema):
    """What the building of an agenda changed."""

    placed: int
    lapsed: int


class EndedOut(Schema):
    """How many drafts of a series were cancelled."""

    cancelled: int
