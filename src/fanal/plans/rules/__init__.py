"""The rules of action plans, as pure functions of values."""

from .difference import Change, Changed, Difference, Piece, difference, pieces
from .goals import Goal, goals
from .likeness import LIKE, LIKE_WITH_SAME_LEAD, Likeness, Said, likenesses
from .lines import (
    LANGUAGES,
    HeadingLine,
    IndicatorLine,
    MeasureLine,
    PlanLine,
    State,
    VersionLine,
    in_force,
    state,
    words,
)
from .money import Unreadable, plain_cents, plain_number, read_cents, read_number
from .values import Fault, Found, Frame, IndicatorValues, MeasureValues, faults, indicator_faults

__all__ = [
    "LANGUAGES",
    "LIKE",
    "LIKE_WITH_SAME_LEAD",
    "Change",
    "Changed",
    "Difference",
    "Fault",
    "Found",
    "Frame",
    "Goal",
    "HeadingLine",
    "IndicatorLine",
    "IndicatorValues",
    "Likeness",
    "MeasureLine",
    "MeasureValues",
    "Piece",
    "PlanLine",
    "Said",
    "State",
    "Unreadable",
    "VersionLine",
    "difference",
    "faults",
    "goals",
    "in_force",
    "indicator_faults",
    "likenesses",
    "pieces",
    "plain_cents",
    "plain_number",
    "read_cents",
    "read_number",
    "state",
    "words",
]
