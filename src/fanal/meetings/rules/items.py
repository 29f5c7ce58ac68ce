"""The life of an item: proposed, on an agenda, treated, back on the next one until it is closed. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, unique


@unique
class Source(StrEnum):
    """Where an item comes from."""

    MEMBER = "member"
    SENT = "sent"
    DECISION = "decision"
    RECOMMENDATION = "recommendation"
    MEASURE = "measure"


DUES = (Source.DECISION, Source.RECOMMENDATION, Source.MEASURE)
"""Sources that another capability keeps: what is due there is put on an agenda, and leaves it when it no longer is."""


@unique
class Aim(StrEnum):
    """What is asked of the body."""

    INFORMATION = "information"
    OPINION = "opinion"
    DECISION = "decision"


@unique
class State(StrEnum):
    """`OPEN` until the body is done with it; what was `SENT` lives on as an item of the other body; `LAPSED`: what it
    was about is no longer due."""

    OPEN = "open"
    CLOSED = "closed"
    SENT = "sent"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


@unique
class Outcome(StrEnum):
    """What became of an item at a meeting. How it was decided (a vote, consensus) is in the minutes."""

    NOTED = "noted"
    OPINION = "opinion"
    DECIDED = "decided"
    STAYS = "stays"
    DEFERRED = "deferred"
    SENT = "sent"
    WITHDRAWN = "withdrawn"


AFTER: dict[Outcome, State] = {
    Outcome.NOTED: State.CLOSED,
    Outcome.OPINION: State.CLOSED,
    Outcome.DECIDED: State.CLOSED,
    Outcome.STAYS: State.OPEN,
    Outcome.DEFERRED: State.OPEN,
    Outcome.SENT: State.SENT,
    Outcome.WITHDRAWN: State.WITHDRAWN,
}
"""Whether an item is done with after an outcome. Whatever is not, returns to the next agenda by itself."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An item as the building of an agenda sees it. `returns_on`: not before that day. `placed`: it stands on the
    agenda of another meeting that is still to come."""

    key: str
    source: Source
    state: State
    returns_on: date | None
    placed: bool
    treated: int


@unique
class Section(StrEnum):
    """Under which heading an item stands when an agenda is built, in this order."""

    BACK = "back"
    SENT = "sent"
    PROPOSED = "proposed"
    DECISION = "decision"
    RECOMMENDATION = "recommendation"
    MEASURE = "measure"


SECTIONS = tuple(Section)


def belongs(item: Standing, on: date) -> bool:
    """Whether an item stands on the agenda of a meeting held on that day: it is open, its day has come, and no other
    meeting to come already has it."""
    return item.state is State.OPEN and not item.placed and (item.returns_on is None or item.returns_on <= on)


def section(source: Source, treated: int) -> Section:
    """The heading of an item; one that was on an agenda before (`treated` times) and is open is back."""
    if source in DUES:
        return Section(source.value)
    if treated:
        return Section.BACK
    return Section.SENT if source is Source.SENT else Section.PROPOSED


def in_order(items: Iterable[Standing]) -> list[Standing]:
    """Items in the order of the headings; within one in the order given (the oldest first)."""
    return sorted(items, key=lambda item: SECTIONS.index(section(item.source, item.treated)))
