"""What the endpoints of procedures take. Codes are the pack's, units have theirs of the directory, days are whole."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Path, Schema
from pydantic import Field, StringConstraints

from fanal.directory import queries as directory
from fanal.errors import NotFound
from fanal.protection import queries
from fanal.protection.rules.facts import Answer
from fanal.protection.services import Case
from fanal.referrals.rules.content import About, Identity

Ref = Annotated[
    str, Path(pattern=r"^[A-Z]-[0-9A-Z]{4}-[0-9A-Z]{4}$", description="A reference such as P-7F3K-9QX4.")
]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]{1,60}$")]
MaybeCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]{0,60}$")]
MaybeRef = Annotated[str, StringConstraints(pattern=r"^([A-Z]-[0-9A-Z]{4}-[0-9A-Z]{4})?$")]
Land = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Line = Annotated[str, StringConstraints(max_length=120, pattern=r"^[^\x00-\x1f]*$")]
Prose = Annotated[str, StringConstraints(max_length=5000, pattern=r"^[^\x00]*$")]
Cursor = Annotated[str, StringConstraints(max_length=500)]
Size = Annotated[int, Field(ge=1, le=200)]


def unit_id(code: str) -> int:
    """The unit of a code, or one that does not exist, which the act refuses with its own words and field."""
    try:
        return directory.unit_by_code(code).id
    except NotFound:
        return 0


# Lists


class FilterQuery(Schema):
    """What the list of procedures is narrowed to; empty: everything. `soon`: within 30 days."""

    reference: MaybeRef = ""
    state: Literal["", "running", "ended"] = ""
    track: MaybeCode = ""
    phase: MaybeCode = ""
    due: Literal["", "late", "soon"] = ""
    cursor: Cursor = ""
    size: Size = 50

    def narrowed(self, at: datetime) -> queries.Filter:
        """What was asked, as the list takes it."""
        return queries.Filter(**self.dict(exclude={"cursor", "size"}), at=at)


class RequestsQuery(Schema):
    """Requests to open, those in one state or all."""

    state: Literal["", "waiting", "opened", "refused", "withdrawn"] = ""
    cursor: Cursor = ""
    size: Size = 50


class SetsQuery(Schema):
    """Questions put to the unit, all of them."""

    cursor: Cursor = ""
    size: Size = 50


class ClocksQuery(Schema):
    """Running clocks: those that wait for the unit or for others, that are late or run out within 30 days."""

    whom: Literal["", "me", "others"] = ""
    when: Literal["", "late", "soon"] = ""
    cursor: Cursor = ""
    size: Size = 50


# How a file begins


class IdentityIn(Schema):
    """Who the person says she is."""

    family_name: Line = ""
    given_names: Line = ""
    birth_date: date | None = None
    birth_place: Line = ""
    document_number: Line = ""


class AboutIn(Schema):
    """What a procedure needs to know of the person; citizenships are ISO 3166-1 alpha-2 codes."""

    pseudonym: Line = ""
    citizenship: list[Land] = []
    identity: IdentityIn = IdentityIn()

    def value(self) -> About:
        """The person as a referral would tell of her."""
        identity = Identity(**self.identity.dict())
        return About(pseudonym=self.pseudonym, citizenship=tuple(self.citizenship), identity=identity)


class CaseIn(Schema):
    """The person, the offence and the track. `referral`: an accepted one; the person comes from it. `centre_unit`:
    by default the centre that asks. `statement`: `complaint` or `statement`, already made, with its day."""

    track: Code
    offence: Code
    circumstances: list[Code] = []
    unaccompanied_minor: bool = False
    has_title: bool = False
    about: AboutIn = AboutIn()
    centre_unit: MaybeCode = ""
    referral: MaybeRef = ""
    statement: MaybeCode = ""
    statement_on: date | None = None

    def case(self) -> Case:
        """The case as the acts take it."""
        names = {
            "track",
            "offence",
            "unaccompanied_minor",
            "has_title",
            "referral",
            "statement",
            "statement_on",
        }
        return Case(
            **self.dict(include=names),
            circumstances=tuple(self.circumstances),
            about=self.about.value(),
            centre_unit_id=unit_id(self.centre_unit) if self.centre_unit else None,
        )


class RequestIn(CaseIn):
    """A request to open, with the words of the centre."""

    words: Prose = ""


class FileIn(CaseIn):
    """A file that is opened without a request. `on`: by default today."""

    on: date | None = None
    best_interests: Prose = ""


class OpenIn(Schema):
    """The opening of what was asked for."""

    on: date | None = None
    best_interests: Prose = ""


class RefuseRequestIn(Schema):
    """Why a request is refused."""

    words: Prose


# What is added and decided


class StatementIn(Schema):
    """`kind`: `complaint` or `statement`."""

    kind: Code
    on: date


class EventIn(Schema):
    """`event`: a code of `judicial_event`."""

    event: Code
    on: date


class MoveIn(Schema):
    """A step that is asked for."""

    move: Code
    words: Prose = ""


class DecideIn(Schema):
    """A step that is taken. `declared`: the conditions that the person who decides declares fulfilled."""

    move: Code
    on: date | None = None
    declared: list[Code] = []
    first_day: date | None = None
    words: Prose = ""
    best_interests: Prose = ""


class RefuseIn(Schema):
    """A step that is refused, with the motivation."""

    move: Code
    words: Prose
    on: date | None = None
    best_interests: Prose = ""


class EndIn(Schema):
    """The end. `so`: the facts that the ground asks for, each said."""

    ground: Code
    so: dict[Code, bool] = {}
    with_magistrate: bool = False
    words: Prose
    order_to_leave: bool = False
    on: date | None = None
    best_interests: Prose = ""


class HandOverIn(Schema):
    """`consent`: the person agrees to it."""

    to_unit: Code
    consent: bool
    on: date | None = None


class ShowIn(Schema):
    """Who is shown the dates, until when (the last day included; null: until it is taken back)."""

    to_unit: Code
    until: date | None = None


class RevealIn(Schema):
    """Why one wants to know who it is: a code of `reading_purpose`, and the number of a file where one is needed."""

    purpose: Code
    file_reference: Annotated[str, StringConstraints(max_length=60, pattern=r"^[^\x00]*$")] = ""


# Questions


class AskIn(Schema):
    """To whom the questions go, her reference, and whether she is told who the person is."""

    magistrate_unit: Code
    judicial_reference: Line = ""
    tell_identity: bool = False


class AnswerIn(Schema):
    """Every question with its answer, and a few words where they help."""

    answers: dict[Code, Answer]
    words: dict[Code, Prose] = {}
