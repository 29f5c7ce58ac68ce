"""Reading plans. Adopted versions are for everybody; drafts are for those who write them (`draft`, `versions`)."""

from .lines import (
    find_measures,
    headings,
    in_force,
    lines,
    measure,
    measures,
    measures_led_by,
    measures_of,
    plan,
    plans,
    version_lines,
)

__all__ = [
    "find_measures",
    "headings",
    "in_force",
    "lines",
    "measure",
    "measures",
    "measures_led_by",
    "measures_of",
    "plan",
    "plans",
    "version_lines",
]
