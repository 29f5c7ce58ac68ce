"""When a clock is announced, and to whom: before its end three times, and once when it is over. Pure."""

from datetime import date

from fanal.country.rules import due_on
from fanal.country.schema import Law

STEPS = ("escalation_first", "escalation_second", "escalation_third")
"""Terms of the pack, counted back from the end: organisational defaults, not law."""
OVERDUE = "overdue"


def step_reached(due: date, started: date, today: date, law: Law) -> str | None:
    """The last step reached on that day: a term of `STEPS`, `OVERDUE`, or None.

    A step that had already passed when the clock started is none: the act itself told those concerned.
    """
    if today > due:
        return OVERDUE
    reached = None
    for step in STEPS:
        day = due_on(law.term(step), due, law.calendar)
        if started < day <= today:
            reached = step
    return reached


def later_or_same(step: str) -> tuple[str, ...]:
    """The steps that say at least as much: once one of them was sent, this one is not."""
    order = (*STEPS, OVERDUE)
    return order[order.index(step) :]


def told(step: str, waiting_for: int, watched_by: int) -> tuple[int, ...]:
    """The units that are told: first the one that is awaited, from the second step on also the one that watches."""
    return (waiting_for,) if step == STEPS[0] else tuple(dict.fromkeys((waiting_for, watched_by)))


def furthest(today: date, law: Law) -> date:
    """The last day on which a clock may end and have reached a step today."""
    ends = [2 * (today - due_on(law.term(step), today, law.calendar)) for step in STEPS]
    return today + max(ends)
