"""Decisions: their numbers, their states, and what may follow what. Pure."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum, unique

from fanal.ids import characters

_UNREADABLE = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
NUMBER = re.compile(r"^([A-Z]{2,8})-(\d{4})-(\d{3,5}|X[0-9A-Z]{5})$")


@unique
class State(StrEnum):
    """What a person said of a decision. Whether it is overdue is computed from its day."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    SUPERSEDED = "superseded"
    DROPPED = "dropped"


OPEN = frozenset({State.OPEN, State.IN_PROGRESS})
MOVES: Mapping[State, frozenset[State]] = {
    State.OPEN: frozenset({State.IN_PROGRESS, State.DONE, State.DROPPED}),
    State.IN_PROGRESS: frozenset({State.OPEN, State.DONE, State.DROPPED}),
    State.DONE: frozenset({State.IN_PROGRESS}),
    State.DROPPED: frozenset({State.OPEN}),
    State.SUPERSEDED: frozenset(),
}
"""What `follow` may make of a state; superseded is made by another decision alone and is final."""


def may_move(before: State, after: State) -> bool:
    """Whether a decision may go from a state to another; to the same one, with a note, always until superseded."""
    return after in MOVES[before] or (before is after and before is not State.SUPERSEDED)


def overdue(state: State, due_on: date | None, on: date) -> bool:
    """Whether an open decision's day has passed; its own day is still in time."""
    return state in OPEN and due_on is not None and due_on < on


def next_number(prefix: str, year: int, taken: Iterable[str]) -> str:
    """The number after those of a body and a year: `BUR-2026-014`. Numbers of restricted decisions do not count."""
    start = f"{prefix}-{year}-"
    used = [
        int(it.removeprefix(start)) for it in taken if it.startswith(start) and it[len(start) :].isdigit()
    ]
    return f"{start}{max(used, default=0) + 1:03d}"


def hidden_number(prefix: str, year: int) -> str:
    """The number of a restricted decision: `BUR-2026-X7K3Q9`. It is drawn, because a gap in the row would tell."""
    return f"{prefix}-{year}-X{characters(_UNREADABLE, 5)}"


def would_circle(number: str, by_number: str, superseded_by: Mapping[str, str]) -> bool:
    """Whether superseding a decision by another closes a circle, itself included. `superseded_by`: what stands."""
    step: str | None = by_number
    while step is not None:
        if step == number:
            return True
        step = superseded_by.get(step)
    return False
