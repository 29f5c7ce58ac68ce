"""Who is in the room: facts noted as they happen; who is there follows from them. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, unique
from uuid import UUID


@unique
class State(StrEnum):
    """What was noted of a seat."""

    PRESENT = "present"
    SUBSTITUTE = "substitute"
    EXCUSED = "excused"
    ABSENT = "absent"
    LEFT = "left"


THERE = frozenset({State.PRESENT, State.SUBSTITUTE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """That somebody sits, or does not, for a seat from `at` on. `who` sits; `instead_of` whom, for a substitute."""

    seat_id: UUID
    state: State
    at: datetime
    who: str = ""
    instead_of: str = ""


def standing(noted: Iterable[Noted], at: datetime) -> dict[UUID, Noted]:
    """For each seat the last that was noted of it until that moment, in the order given for the same moment."""
    found: dict[UUID, Noted] = {}
    for fact in noted:
        if fact.at <= at and (fact.seat_id not in found or found[fact.seat_id].at <= fact.at):
            found[fact.seat_id] = fact
    return found


def there(noted: Iterable[Noted], at: datetime) -> frozenset[UUID]:
    """The seats for which somebody sits at that moment."""
    return frozenset(seat for seat, fact in standing(noted, at).items() if fact.state in THERE)


def ever_there(noted: Iterable[Noted]) -> frozenset[UUID]:
    """The seats for which somebody sat at some moment of the session."""
    return frozenset(fact.seat_id for fact in noted if fact.state in THERE)


@dataclass(frozen=True, slots=True)
class Stay:
    """From when until when somebody sat for a seat; None: from the beginning, until the end."""

    fact: Noted
    since: datetime | None
    until: datetime | None


def stays(noted: Sequence[Noted], opened: datetime) -> dict[UUID, tuple[Stay, ...]]:
    """Per seat who sat for it, in order. Who is noted before the opening sat from the beginning."""
    found: dict[UUID, list[Stay]] = {}
    for fact in sorted(noted, key=lambda one: one.at):
        line = found.setdefault(fact.seat_id, [])
        if line and line[-1].until is None and line[-1].fact.state in THERE:
            if fact.state in THERE and (fact.who, fact.state) == (line[-1].fact.who, line[-1].fact.state):
                continue
            line[-1] = Stay(line[-1].fact, line[-1].since, fact.at)
        if fact.state in THERE:
            line.append(Stay(fact, fact.at if fact.at > opened else None, None))
    return {seat: tuple(line) for seat, line in found.items() if line}


def arrives_late(fact: Noted, opened: datetime) -> bool:
    """Whether somebody came in after the opening."""
    return fact.state in THERE and fact.at > opened
