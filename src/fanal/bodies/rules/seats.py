"""Seats: who holds them on a day, which one is whose, and what stands against a change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum, unique
from uuid import UUID

from fanal.access.rules import Role


@unique
class SeatKind(StrEnum):
    """What a seat is for. Chair and voting seats vote, unless the country says otherwise of one."""

    CHAIR = "chair"
    VOTING = "voting"
    ADVISORY = "advisory"
    OBSERVER = "observer"
    SECRETARIAT = "secretariat"


PREPARES = frozenset({SeatKind.CHAIR, SeatKind.SECRETARIAT})
VOTES = frozenset({SeatKind.CHAIR, SeatKind.VOTING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something of another capability that a body has to look at: a measure, a recommendation, a decision.

    `kind` names the capability's noun (`measure`, `recommendation`, `decision`), `key` finds the row again, `title` and
    `reason` are in the reader's language, `titles` has the title by language where there are several, for who keeps it
    for other readers. `url` is its page. `due_on` is None where only its state calls for it.
    """

    kind: str
    key: str
    title: str
    url: str
    due_on: date | None
    reason: str
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatHeld:
    """A seat of a body on a day. `unit_ids`: who holds it, together where they are several.

    `member_ids`: the memberships of those who sit there, the holder first, then the substitutes; empty where it is the
    seat of whoever its unit sends. `label` is in the reader's language. `prepares`: a seat of the chair or secretariat.
    """

    id: UUID
    body_code: str
    kind: SeatKind
    unit_ids: tuple[int, ...]
    label: str
    votes: bool
    member_ids: tuple[UUID, ...] = ()

    @property
    def prepares(self) -> bool:
        return self.kind in PREPARES

    def admits(self, unit_id: int, membership_id: UUID) -> bool:
        """Whether a member of a unit sits there: the unit holds it, and where it names persons, she is one of them."""
        return unit_id in self.unit_ids and (not self.member_ids or membership_id in self.member_ids)


_FITS = {
    SeatKind.CHAIR: (Role.COORDINATOR, Role.MAGISTRATE),
    SeatKind.SECRETARIAT: (Role.SECRETARY,),
}


def seat_of(seats: Iterable[SeatHeld], *, unit_id: int, membership_id: UUID, role: Role) -> SeatHeld | None:
    """The one seat of a body in which a member sits; None without one.

    Where her unit holds several that do not say who sits there, the one that fits her role: of the chair and of the
    secretariat in one service, each finds her own.
    """
    mine = [seat for seat in seats if seat.admits(unit_id, membership_id)]
    return min(
        mine, key=lambda seat: (not seat.member_ids, role not in _FITS.get(seat.kind, ())), default=None
    )


@dataclass(frozen=True, slots=True)
class Term:
    """A stretch of days, both included; without `until` it lasts. `who`: the membership, `seat`: where."""

    seat: UUID
    who: UUID
    since: date
    until: date | None = None
    substitute: bool = False


def overlaps(since: date, until: date | None, other_since: date, other_until: date | None) -> bool:
    """Whether two stretches of days have a day in common."""
    return (until is None or other_since <= until) and (other_until is None or since <= other_until)


@unique
class Problem(StrEnum):
    """What stands against somebody sitting in a seat."""

    HELD = "seat_held"
    TWO_SEATS = "two_seats"
    TWICE = "twice_in_seat"
    BACKWARDS = "ends_before_start"


def seat_problems(new: Term, others: Iterable[Term]) -> tuple[Problem, ...]:
    """What stands against a new sitting beside all others of the same body.

    A seat has one holder on a day, and substitutes beside; a person sits in one seat of a body on a day, once.
    """
    found: set[Problem] = set()
    if new.until is not None and new.until < new.since:
        found.add(Problem.BACKWARDS)
    for other in others:
        if not overlaps(new.since, new.until, other.since, other.until):
            continue
        if other.who == new.who:
            found.add(Problem.TWICE if other.seat == new.seat else Problem.TWO_SEATS)
        elif other.seat == new.seat and not new.substitute and not other.substitute:
            found.add(Problem.HELD)
    return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class Changed:
    """A seat on two days: None where it was not there."""

    before: SeatHeld | None
    after: SeatHeld | None
    same: bool = field(default=False)


def what_changed(before: Sequence[SeatHeld], after: Sequence[SeatHeld]) -> tuple[Changed, ...]:
    """The seats of two days side by side, in the order of the later day, those that went at the end."""
    then, now = {seat.id: seat for seat in before}, {seat.id: seat for seat in after}
    rows = [Changed(then.get(seat.id), seat, then.get(seat.id) == seat) for seat in after]
    return (*rows, *(Changed(seat, None) for seat in before if seat.id not in now))
