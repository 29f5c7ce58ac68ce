"""What minutes go through: written in session, a draft, given round for remarks, approved for good. Pure."""

from datetime import date
from enum import StrEnum, unique


@unique
class State(StrEnum):
    """Where minutes stand."""

    SESSION = "session"
    DRAFT = "draft"
    CIRCULATED = "circulated"
    APPROVED = "approved"


@unique
class Act(StrEnum):
    """What may be done with them."""

    ATTEND = "attend"
    WRITE = "write"
    DECIDE = "decide"
    CLOSE = "close"
    CIRCULATE = "circulate"
    REMARK = "remark"
    ANSWER = "answer"
    APPROVE = "approve"
    ADD = "add"


ALLOWED: dict[State, frozenset[Act]] = {
    State.SESSION: frozenset({Act.ATTEND, Act.WRITE, Act.DECIDE, Act.CLOSE}),
    # What was forgotten in the room is put right in the draft; who sat there and what was voted is not.
    State.DRAFT: frozenset({Act.WRITE, Act.CIRCULATE}),
    State.CIRCULATED: frozenset({Act.WRITE, Act.REMARK, Act.ANSWER, Act.APPROVE, Act.CIRCULATE}),
    State.APPROVED: frozenset({Act.ADD}),
}


def allowed(state: State, act: Act) -> bool:
    """Whether minutes in this state let that be done. Approved minutes take an addendum and nothing else."""
    return act in ALLOWED[state]


def approvable(circulated_on: date, remarks_until: date, on: date) -> bool:
    """Whether the seats had their time: the last day for remarks is over, and they were given round before."""
    return circulated_on <= on and remarks_until < on
