"""How long a file is kept, what stands in the way of erasing it, and who must agree. Pure.

Regulation (EU) 2016/679, art. 5 (1) e, 17 (3) and 18; Directive (EU) 2016/680, art. 5 (a period, or a periodic review)
and 16. How long is a term of the country. What is kept longer has a day and a reason.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, unique
from uuid import UUID

from fanal.country.rules import due_on
from fanal.country.schema import Law

LONGEST_KEEP = timedelta(days=5 * 366)
"""How far away the next review may lie (organisational default, not law): nothing is kept for ever unseen."""
AGREED_WITHIN = timedelta(days=30)
"""How long a proposal to erase waits for a second person; then it lapses (organisational default, not law)."""
REMIND_BEFORE = timedelta(days=30)
"""How long before its review a file is on the list, and its unit is told (organisational default, not law)."""


@unique
class Kind(StrEnum):
    """What is reviewed: a record of one unit in which persons stand."""

    ALERT = "alert"
    REFERRAL = "referral"
    REQUEST = "request"
    PROCEDURE = "procedure"


TERMS = {
    Kind.ALERT: "review_alert",
    Kind.REFERRAL: "review_referral",
    Kind.REQUEST: "review_protection",
    Kind.PROCEDURE: "review_protection",
}


@unique
class Bar(StrEnum):
    """What stands in the way of an erasure."""

    ERASED = "erased"
    HELD = "held"
    RUNNING = "running"
    SAME_PERSON = "same_person"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a file stands when somebody wants to erase it."""

    erased: bool
    holds: int
    running: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who proposed to erase, on which day."""

    by: UUID
    on: date


def review_on(kind: Kind, opened_on: date, keep_until: date | None, law: Law) -> date:
    """The day on which a file is looked at again: the one that was decided, or the country's term after its opening."""
    return keep_until or due_on(law.term(TERMS[kind]), opened_on, law.calendar)


def bars(standing: Standing) -> tuple[Bar, ...]:
    """Everything that stands in the way of erasing, the gravest first.

    Regulation (EU) 2016/679, art. 17 (3) b and e, art. 18; Directive (EU) 2016/680, art. 16 (3).
    """
    return tuple(_bars(standing))


def _bars(standing: Standing) -> Iterator[Bar]:
    if standing.erased:
        yield Bar.ERASED
    if standing.holds:
        yield Bar.HELD
    if standing.running:
        yield Bar.RUNNING


def agreement(proposal: Proposal, by: UUID, on: date) -> Bar | None:
    """Why this person may not confirm a proposal; None when she may.

    Always two persons of the unit that owns the file, whatever the ground: an erasure cannot be undone, and "she asked
    for it" is what somebody would say who wants a file to disappear.
    """
    if proposal.by == by:
        return Bar.SAME_PERSON
    return Bar.LAPSED if on > proposal.on + AGREED_WITHIN else None


def keep_is_sound(until: date, on: date) -> bool:
    """Whether a file may be kept until that day: later than today, and not further than the longest keep."""
    return on < until <= on + LONGEST_KEEP
