"""Progress as values: periods, numbers as people type them, the state of a measure with its reason. Pure."""

from .numbers import read_number
from .periods import Period, Rhythm, owed, period_at, period_of, reportable
from .states import (
    Aim,
    Code,
    Evaluation,
    Mark,
    Reason,
    Record,
    Ruling,
    Stage,
    State,
    Task,
    Told,
    Value,
    evaluation,
    fold,
    share,
    state,
)

__all__ = [
    "Aim",
    "Code",
    "Evaluation",
    "Mark",
    "Period",
    "Reason",
    "Record",
    "Rhythm",
    "Ruling",
    "Stage",
    "State",
    "Task",
    "Told",
    "Value",
    "evaluation",
    "fold",
    "owed",
    "period_at",
    "period_of",
    "read_number",
    "reportable",
    "share",
    "state",
]
