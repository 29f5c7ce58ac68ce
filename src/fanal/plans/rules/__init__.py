"""The rules of action plans, as pure functions of values."""

from .lines import (
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

__all__ = [
    "HeadingLine",
    "IndicatorLine",
    "MeasureLine",
    "PlanLine",
    "State",
    "VersionLine",
    "in_force",
    "state",
    "words",
]
