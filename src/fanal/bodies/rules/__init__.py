"""What a body works with and how it decides, as plain values. Pure."""

from .cadence import Period, PeriodState, cadence
from .seats import (
    PREPARES,
    VOTES,
    Changed,
    Due,
    Problem,
    SeatHeld,
    SeatKind,
    Term,
    overlaps,
    seat_of,
    seat_problems,
    what_changed,
)
from .votes import Ballot, Count, Outcome, Quorum, Reason, counted, quorum, vote_problem

__all__ = [
    "PREPARES",
    "VOTES",
    "Ballot",
    "Changed",
    "Count",
    "Due",
    "Outcome",
    "Period",
    "PeriodState",
    "Problem",
    "Quorum",
    "Reason",
    "SeatHeld",
    "SeatKind",
    "Term",
    "cadence",
    "counted",
    "overlaps",
    "quorum",
    "seat_of",
    "seat_problems",
    "vote_problem",
    "what_changed",
]
