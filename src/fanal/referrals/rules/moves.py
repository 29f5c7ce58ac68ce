"""From proposed to done: which side may do what, and what becomes of the referral.

A referral is answered once. Of the proposals that concern the same person for the same purpose one may be
accepted; the others are then taken elsewhere, and nobody is told where.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum, unique


@unique
class State(StrEnum):
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ELSEWHERE = "elsewhere"
    DONE = "done"


@unique
class Side(StrEnum):
    """Who acts: the unit that proposes, the unit that is asked, or the clock that tidies up."""

    SENDER = "sender"
    RECEIVER = "receiver"
    CLOCK = "clock"


@unique
class Act(StrEnum):
    ACCEPT = "accept"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    SEND = "send"
    END_GROUND = "end_ground"
    REPORT_DONE = "report_done"
    TAKE_ELSEWHERE = "take_elsewhere"


@dataclass(frozen=True, slots=True)
class Move:
    """An act of one side, and where it leads from each state that allows it."""

    act: Act
    by: Side
    leads: tuple[tuple[State, State], ...]


_S = State
MOVES = (
    Move(Act.ACCEPT, Side.RECEIVER, ((_S.PROPOSED, _S.ACCEPTED),)),
    Move(Act.REFUSE, Side.RECEIVER, ((_S.PROPOSED, _S.REFUSED),)),
    Move(Act.REPORT_DONE, Side.RECEIVER, ((_S.ACCEPTED, _S.DONE),)),
    Move(Act.SEND, Side.SENDER, ((_S.PROPOSED, _S.PROPOSED), (_S.ACCEPTED, _S.ACCEPTED))),
    Move(Act.WITHDRAW, Side.SENDER, ((_S.PROPOSED, _S.WITHDRAWN),)),
    Move(
        Act.END_GROUND,
        Side.SENDER,
        # What was done stays done; the receiver no longer sees it.
        ((_S.PROPOSED, _S.WITHDRAWN), (_S.ACCEPTED, _S.WITHDRAWN), (_S.DONE, _S.DONE)),
    ),
    Move(Act.TAKE_ELSEWHERE, Side.CLOCK, ((_S.PROPOSED, _S.ELSEWHERE),)),
)

OPEN = frozenset({State.PROPOSED, State.ACCEPTED})
"""States in which the receiver has a task, and therefore sight of what was sent."""

SIGHT = OPEN | {State.DONE}
"""States in which the receiver keeps sight of what was sent, as long as the ground holds."""


def after(act: Act, side: Side, state: State) -> State | None:
    """The state that an act of a side leads to; None where it is not allowed."""
    for move in MOVES:
        if move.act is act and move.by is side:
            return dict(move.leads).get(state)
    return None


def moves(side: Side, state: State) -> tuple[Act, ...]:
    """What a side may do now, the main act first."""
    return tuple(_possible(side, state))


def _possible(side: Side, state: State) -> Iterator[Act]:
    for move in MOVES:
        if move.by is side and state in dict(move.leads):
            yield move.act


def repeats(act: Act, state: State) -> bool:
    """Whether the act was already done: doing it again changes nothing."""
    targets = {
        target for move in MOVES if move.act is act for source, target in move.leads if source is not target
    }
    return targets == {state}


def taken(states: Collection[State]) -> bool:
    """Whether, of the proposals for one person and one purpose, one is accepted."""
    return State.ACCEPTED in states
