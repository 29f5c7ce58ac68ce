"""How a report comes about: its outline, the way of a contribution, and what stops its building. Pure.

Belgian law of 13 April 1995, art. 12: every two years; one document that brings together what all departments did
(Myria, page on the multidisciplinary approach, Criminal Policy Service). What a department says is its own: it writes
and signs, the editor reviews and never signs in its place.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, unique
from uuid import UUID

REMIND_BEFORE = timedelta(days=7)
"""How long before its day a department is reminded of a contribution (organisational default, not law)."""
ASSEMBLED = ("figures", "plans", "decisions", "recommendations")
"""What a section can be filled with by itself."""
DEEPEST = 4
"""Levels of headings that every format knows."""


@unique
class State(StrEnum):
    """Where a contribution stands."""

    ASKED = "asked"
    DRAFTED = "drafted"
    SENT = "sent"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    SIGNED = "signed"
    WITHDRAWN = "withdrawn"


OPEN = frozenset({State.ASKED, State.DRAFTED, State.RETURNED})
"""The department holds the pen."""


@unique
class Act(StrEnum):
    """What is done to a contribution."""

    WRITE = "write"
    SEND = "send"
    RETURN = "return"
    ACCEPT = "accept"
    SIGN = "sign"
    WITHDRAW = "withdraw"


MOVES: Mapping[Act, tuple[frozenset[State], State]] = {
    Act.WRITE: (OPEN, State.DRAFTED),
    Act.SEND: (frozenset({State.DRAFTED}), State.SENT),
    Act.RETURN: (frozenset({State.SENT, State.ACCEPTED, State.SIGNED}), State.RETURNED),
    Act.ACCEPT: (frozenset({State.SENT}), State.ACCEPTED),
    Act.SIGN: (frozenset({State.ACCEPTED}), State.SIGNED),
    Act.WITHDRAW: (frozenset(State) - {State.WITHDRAWN}, State.WITHDRAWN),
}
"""From which states an act leads to which. Sending back what was signed ends the signature."""
THEIRS = frozenset({Act.WRITE, Act.SEND, Act.SIGN})
"""Acts of the department; the others are the editor's."""


def after(act: Act, state: State) -> State | None:
    """The state after an act; None where the act is not allowed."""
    before, then = MOVES[act]
    return then if state in before else None


def allowed(state: State) -> frozenset[Act]:
    """The acts that a state allows."""
    return frozenset(act for act in Act if after(act, state))


def due(state: State, due_on: date, on: date) -> bool:
    """Whether a department is told now that its contribution is due within a week, or late."""
    return state in OPEN and due_on - REMIND_BEFORE <= on


@dataclass(frozen=True, slots=True)
class Node:
    """A section as its place in the outline: `parent` None at the top."""

    id: UUID
    parent: UUID | None
    position: int


@dataclass(frozen=True, slots=True)
class Place:
    """A section with its number ("2.1") and its level (1 at the top)."""

    id: UUID
    number: str
    level: int


def outline(nodes: Iterable[Node]) -> list[Place]:
    """Every section in the order of the report. A section whose parent is not there is not there either."""
    below: dict[UUID | None, list[Node]] = {}
    for node in sorted(nodes, key=lambda node: (node.position, node.id)):
        below.setdefault(node.parent, []).append(node)
    return list(_walk(below, None, ""))


def _walk(below: Mapping[UUID | None, Sequence[Node]], parent: UUID | None, prefix: str) -> Iterator[Place]:
    for n, node in enumerate(below.get(parent, ()), 1):
        number = f"{prefix}{n}"
        yield Place(node.id, number, number.count(".") + 1)
        yield from _walk(below, node.id, f"{number}.")


@unique
class Stop(StrEnum):
    """What keeps a report from being built."""

    OPEN = "open"
    UNSIGNED = "unsigned"
    FIGURE_MISSING = "figure_missing"
    FIGURE_SUPERSEDED = "figure_superseded"
    FIGURE_CONTRADICTED = "figure_contradicted"
    FIGURE_UNPROTECTED = "figure_unprotected"
    REFERENCE_LOST = "reference_lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One thing that stops the building: where it is (number of the section, paragraph, unit) and what it is about.

    `paragraph` counts the paragraphs, lists and tables of one text from 1; 0 means the section as a whole. `detail`:
    the code of a figure or of a reference. `contribution`: the text to open.
    """

    stop: Stop
    number: str
    title: str
    paragraph: int = 0
    unit: str = ""
    detail: str = ""
    contribution: UUID | None = None


def next_period(months: int, last_end: date | None, on: date) -> tuple[date, date]:
    """The period that a new report covers by its rhythm: whole calendar months up to the last one that ended.

    Without a rhythm: the year so far. After an earlier report: from the day after its end.
    """
    first_of_month = on.replace(day=1)
    end = first_of_month - timedelta(days=1)
    if not months:
        return on.replace(month=1, day=1), on
    if months % 12 == 0:
        end = date(on.year - 1, 12, 31)
    if last_end is not None and last_end < end:
        return last_end + timedelta(days=1), end
    total = end.year * 12 + end.month - months
    return date(total // 12, total % 12 + 1, 1), end
