"""What the API of minutes takes and gives."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Path, Schema

from fanal.minutes.rules.attendance import State

Ref = Annotated[
    str,
    Path(pattern=r"^[A-Za-z0-9-]{4,20}$", description="The reference of the meeting, such as BUR-2026-12."),
]
Words = Annotated[str, Field(max_length=60_000)]
Pasted = Annotated[str, Field(max_length=1_500_000)]
Choice = Literal["yes", "no", "abstain"]
File = Annotated[str, Path(pattern=r"^(pdf|docx|odt|html)$")]


class LineOut(Schema):
    """The minutes of one meeting, in a list."""

    reference: str
    body: str
    held_on: date
    state: str
    version: int


class VoteOut(Schema):
    """What a seat said."""

    seat: UUID
    choice: str


class BallotOut(Schema):
    """A vote: open, or counted with its reason."""

    id: UUID
    motion: str
    closed_at: datetime | None
    adopted: bool | None
    result: dict[str, Any]
    votes: list[VoteOut]


class OutcomeOut(Schema):
    """What became of an item; `words`: the same in one sentence."""

    kind: str
    way: str
    text: str
    until: date | None
    decision: str
    words: str


class ActionOut(Schema):
    """An action point."""

    id: UUID
    text: str
    unit: str
    due_on: date | None
    done_at: datetime | None


class RemarkOut(Schema):
    """What a seat said of minutes that were given round."""

    id: UUID
    item: UUID | None
    seat: UUID
    text: str
    at: datetime
    taken: bool | None
    answer: str


class AddendumOut(Schema):
    """A correction of approved minutes."""

    number: int
    item: UUID | None
    text: str
    signed: str
    at: datetime


class ItemOut(Schema):
    """One item as the reader sees it. `version`: of the text, to save it again from."""

    id: UUID
    number: str
    title: str
    restricted: bool
    text: str
    version: int
    outcome: OutcomeOut | None
    ballot: BallotOut | None
    actions: list[ActionOut]
    remarks: list[RemarkOut]
    addenda: list[AddendumOut]


class SeatOut(Schema):
    """A seat and what is noted of it. `there`: who sat, from when until when."""

    id: UUID
    label: str
    votes: bool
    state: str
    there: str


class MinutesOut(LineOut):
    """The minutes of one meeting as the reader sees them."""

    opened_at: datetime
    closed_at: datetime | None
    remarks_until: date | None
    approved_at: datetime | None
    approved_in: str
    quorum: str
    seats: list[SeatOut]
    items: list[ItemOut]
    remarks: list[RemarkOut]
    addenda: list[AddendumOut]


class SeenIn(Schema):
    seat: UUID
    state: State
    who: Annotated[str, Field(max_length=120)] = ""
    instead_of: Annotated[str, Field(max_length=120)] = ""


class AttendanceIn(Schema):
    """`since`: from when it is so; none: from now on."""

    seen: Annotated[list[SeenIn], Field(max_length=200)]
    since: datetime | None = None


class NoteIn(Schema):
    """`base`: the version from which the words grew; `window`: who asks, the same for each saving of one editor."""

    words: Pasted
    base: Annotated[int, Field(ge=0, le=1_000_000)]
    window: Annotated[str, Field(max_length=32)] = ""


class KeptOut(Schema):
    """What stands after a saving: the text of everybody."""

    text: str
    version: int
    conflicts: int


class OutcomeIn(Schema):
    """`owners`: ids of units that carry a decision out; `votes` by seat."""

    kind: Literal["noted", "opinion", "decided", "stays", "deferred", "sent"]
    way: Literal["", "consensus", "vote"] = ""
    text: Words = ""
    votes: dict[UUID, Choice] = {}
    owners: Annotated[list[int], Field(max_length=50)] = []
    due_on: date | None = None
    until: date | None = None
    to_body: Annotated[str, Field(max_length=60)] = ""


class MotionIn(Schema):
    motion: Words


class VoteIn(Schema):
    choice: Choice


class ActionIn(Schema):
    text: Annotated[str, Field(max_length=2000)]
    unit: int
    due_on: date | None = None


class CirculateIn(Schema):
    """Until when the seats may say what is wrong; none: the usual time."""

    until: date | None = None


class RemarkIn(Schema):
    text: Annotated[str, Field(max_length=10_000)]
    item: UUID | None = None


class RemarkAnswerIn(Schema):
    taken: bool
    answer: Annotated[str, Field(max_length=5000)] = ""


class ApproveIn(Schema):
    meeting: Annotated[str, Field(max_length=20)]


class ProcedureOut(Schema):
    """A written procedure and how it stands."""

    reference: str
    body: str
    title: str
    text: str
    deadline: datetime
    closed_at: datetime | None
    withdrawn_at: datetime | None
    adopted: bool | None
    reason: str
    yes: int
    no: int
    abstain: int
    silent: int
    decision: str


class ProcedureIn(Schema):
    body: Annotated[str, Field(max_length=60)]
    title: Annotated[str, Field(max_length=200)]
    text: Annotated[str, Field(max_length=20_000)]
    deadline: datetime
    owners: Annotated[list[int], Field(max_length=50)]
    due_on: date | None = None


class StandIn(Schema):
    stand: Literal["agrees", "objects", "abstains"]
    words: Annotated[str, Field(max_length=5000)] = ""


class WithdrawIn(Schema):
    why: Annotated[str, Field(max_length=2000)]
