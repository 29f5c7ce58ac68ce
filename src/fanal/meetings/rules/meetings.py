"""The life of a meeting, and what its agenda allows at a moment. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum, unique

REFERENCE = re.compile(r"^[A-Z]{2,8}-\d{4}-\d{2}$", re.IGNORECASE)
"""The reference of a meeting: letters of the body, year, number in the year."""


@unique
class State(StrEnum):
    DRAFT = "draft"
    CONVENED = "convened"
    HELD = "held"
    CANCELLED = "cancelled"


TO_COME = (State.DRAFT, State.CONVENED)
"""States in which a meeting still has to take place: its agenda holds items that no other agenda takes."""


@unique
class Reply(StrEnum):
    """The answer of a seat to an invitation; `SUBSTITUTE`: somebody else sits in for its holder."""

    ACCEPTS = "accepts"
    DECLINES = "declines"
    SUBSTITUTE = "substitute"


@unique
class Agenda(StrEnum):
    """How far the agenda of a meeting is: `OPEN` takes proposals, what comes after `SET` is late, `OVER` takes none."""

    OPEN = "open"
    SET = "set"
    OVER = "over"


def agenda(state: State, set_at: datetime | None) -> Agenda:
    """How far the agenda is. Setting it fixes the seats that do not vote on an item (RD 21 July 2014)."""
    if state not in TO_COME:
        return Agenda.OVER
    return Agenda.SET if set_at is not None else Agenda.OPEN


@dataclass(frozen=True, slots=True)
class Slot:
    """From when until when an item is planned; None where it stands in the closed part, after the others."""

    begins_at: datetime
    ends_at: datetime


def slots(begins_at: datetime, minutes: list[int]) -> list[Slot]:
    """The slots of items that follow each other. The sum of the durations is the planned length."""
    found, at = [], begins_at
    for length in minutes:
        found.append(Slot(at, at + timedelta(minutes=length)))
        at += timedelta(minutes=length)
    return found
