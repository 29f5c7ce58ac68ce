"""What became of a recommendation, computed from facts that are only ever added."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """Where a recommendation stands; each value is also the code of its reason."""

    NEW = "new"
    OVERDUE = "overdue"
    POSITION = "position"
    ANSWERING = "answering"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The facts from which the state follows. `closed_by`: the number of the decision that closed it, or nothing."""

    position: str = ""
    linked: bool = False
    evidence: bool = False
    reply_due: date | None = None
    closed_by: str = ""


def state_of(found: Standing, on: date) -> State:
    """Where it stands on a day (house rule; no public tracker of recommendations was found to follow).

    Closed by a decision; else overdue when the reply was due before that day and no position is stated; else answered
    when a position and evidence are there; else being answered when anything is linked; else by its position.
    """
    if found.closed_by:
        return State.CLOSED
    if not found.position and found.reply_due is not None and found.reply_due < on:
        return State.OVERDUE
    if found.position and found.evidence:
        return State.ANSWERED
    if found.linked or found.evidence:
        return State.ANSWERING
    return State.POSITION if found.position else State.NEW


@dataclass(frozen=True, slots=True)
class Answerer:
    """Who would state a position: the code of her institution, and whether she coordinates the whole government."""

    institution: str
    coordinates: bool


def may_answer(addressees: Collection[str], who: Answerer) -> bool:
    """Whether her house may speak for the government on it: the coordination on any, a department on what is addressed
    to it or to the country as a whole."""
    return who.coordinates or not addressees or who.institution in addressees


def repeated(years: Iterable[int]) -> tuple[int, ...]:
    """The years in which the same matter was asked, each once, in their order: "asked in 2013, 2017, 2022"."""
    return tuple(sorted(set(years)))
