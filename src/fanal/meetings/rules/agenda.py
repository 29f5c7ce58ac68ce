"""What stands on an agenda, under which number and at which hour, for one reader. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fanal.meetings.rules.items import SECTIONS, Section
from fanal.meetings.rules.meetings import Slot, slots


@dataclass(frozen=True, slots=True)
class Placed:
    """A point as it stands in the table. `code` is the random tail of its item's reference."""

    id: UUID
    section: Section
    position: int
    restricted: bool
    minutes: int
    code: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """A point with what stands before its title: `3`, or `R·9QX4` where it is restricted."""

    id: UUID
    number: str
    slot: Slot | None


def numbered(points: Iterable[Placed], begins_at: datetime) -> list[Numbered]:
    """The points that a reader sees, in their order, ordinary ones first and the closed part after them.

    Ordinary points are numbered from 1, the same for everybody and without a gap. A restricted one has no number but
    the random code of its item, and no hour: neither numbers nor hours tell who does not see it that it is there.
    """
    rows = sorted(points, key=lambda point: (point.restricted, point.position, point.id))
    ordinary = [point for point in rows if not point.restricted]
    times = slots(begins_at, [point.minutes for point in ordinary])
    return [
        *(
            Numbered(point.id, str(nth), slot)
            for nth, (point, slot) in enumerate(zip(ordinary, times, strict=True), 1)
        ),
        *(Numbered(point.id, f"R·{point.code}", None) for point in rows if point.restricted),
    ]


def moved(order: Sequence[UUID], point: UUID, to: int) -> list[UUID]:
    """The order with one point at place `to` (from 0), cut at the ends; an unknown point leaves it as it is."""
    rest = [each for each in order if each != point]
    if len(rest) == len(order):
        return list(order)
    rest.insert(max(0, min(to, len(rest))), point)
    return rest


def place_for(section: Section, sections: Sequence[Section]) -> int:
    """After which of the ordinary points (in their order) a new one of this section goes: behind its own kind."""
    rank = SECTIONS.index(section)
    return max((nth for nth, each in enumerate(sections, 1) if SECTIONS.index(each) <= rank), default=0)
