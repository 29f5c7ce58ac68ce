"""What happened in a procedure, as plain values: the only thing that the other rules read. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum, unique
from uuid import UUID


@unique
class Kind(StrEnum):
    """The kinds of fact. Facts are appended and never changed; where the procedure stands is computed."""

    OPENED = "opened"
    REQUESTED = "requested"
    STATEMENT = "statement"
    ASKED = "asked"
    DECIDED = "decided"
    REFUSED = "refused"
    EVENT = "event"
    HANDED_OVER = "handed_over"
    ENDED = "ended"


DECISIONS = frozenset({Kind.OPENED, Kind.DECIDED, Kind.REFUSED, Kind.ENDED})
"""Acts that decide on the person: each takes the best interests of a child into account (R-MIN-2)."""


@unique
class Answer(StrEnum):
    """What a magistrate may answer. `NOT_YET` is an answer, and not a positive one."""

    YES = "yes"
    NO = "no"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class Happened:
    """One fact. `code` is a move, an event, a ground or a kind of statement; `phase` is where it led, if anywhere."""

    number: int
    kind: Kind
    code: str
    on: date
    phase: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that was given: first and last valid day (None: without end), and the day it was cut short."""

    kind: str
    first_day: date
    last_day: date | None
    number: int
    closed_on: date | None = None

    @property
    def until(self) -> date | None:
        """The last day on which it really held."""
        return self.last_day if self.closed_on is None else self.closed_on

    def runs(self, on: date) -> bool:
        """Whether it holds on that day."""
        return self.first_day <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions put to a magistrate by the fact `number`, and the answers by question once they came."""

    id: UUID
    number: int
    on: date
    questions: tuple[str, ...]
    answers: Mapping[str, Answer] | None = None
    answered_on: date | None = None


@dataclass(frozen=True, slots=True)
class File:
    """Everything the rules know of a procedure. `facts` and `papers` in their order, `asked` too.

    `events` are judicial facts by code with their day, whoever reported them.
    """

    track: str
    opened_at: datetime
    facts: Sequence[Happened]
    papers: Sequence[Paper] = ()
    asked: Sequence[Asked] = ()
    events: Mapping[str, date] = field(default_factory=dict)
    offence: str = ""
    circumstances: frozenset[str] = frozenset()
    unaccompanied_minor: bool = False
    has_title: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A phase that was entered by the fact `number`."""

    phase: str
    since: date
    number: int
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """Where a procedure stands: the phases so far, the last document, every move made.

    `requests` are the moves asked for and not decided yet, with the day they were asked; `decided` is the number
    of the last move made, `asked` that of the last questions put.
    """

    steps: tuple[Step, ...]
    paper: Paper | None
    made: tuple[str, ...]
    requests: Mapping[str, date]
    decided: int
    asked: int
    ended: Happened | None

    @property
    def phase(self) -> str:
        return self.steps[-1].phase

    @property
    def since(self) -> date:
        return self.steps[-1].since


def status(file: File) -> Status:
    """Where the procedure stands after all its facts. ValueError for a file that was never opened."""
    steps: list[Step] = []
    made: list[str] = []
    requests: dict[str, date] = {}
    decided, asked, ended = 0, 0, None
    for fact in file.facts:
        if fact.kind is Kind.REQUESTED:
            requests[fact.code] = fact.on
        if fact.kind in DECISIONS:
            requests.pop(fact.code, None)
        if fact.kind is Kind.DECIDED:
            made.append(fact.code)
            decided = fact.number
        if fact.kind is Kind.ASKED:
            asked = fact.number
        if fact.phase and (not steps or fact.phase != steps[-1].phase):
            steps = [*steps[:-1], *(_left(step, fact.on) for step in steps[-1:])]
            steps.append(Step(fact.phase, fact.on, fact.number))
            requests = {}
        if fact.kind is Kind.ENDED:
            ended = fact
    if not steps:
        raise ValueError("a procedure begins with its opening")
    paper = file.papers[-1] if file.papers else None
    return Status(tuple(steps), paper, tuple(made), requests, decided, asked, ended)


def _left(step: Step, on: date) -> Step:
    return Step(step.phase, step.since, step.number, on)
