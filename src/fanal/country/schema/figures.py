"""Figures that a pack brings along: published numbers, each with what it counts, its definition and its source."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from .facts import Fact, Text, to


@dataclass(frozen=True, kw_only=True)
class PublishedFigure(Fact):
    """One published number. `period`: a year, a month or a span of years ("2018", "2019-04", "2012-2021").

    `status`: a known number, a known zero, or why there is no number; then `value` is None. `form`: the purpose of
    exploitation it is limited to. Several figures may say different things of the same: they stand side by side.
    """

    counting_unit: str = to("code/counting_unit")
    phenomenon: str = to("code/phenomenon")
    period: str
    form: str = to("purpose", ever=True, default="")
    breakdown: str = to("code/figure_breakdown", default="")
    value: int | None
    status: Literal["known", "zero", "unknown", "not_applicable", "suppressed"] = "known"
    definition: Text
    extracted_on: date | None = None
    note: str = ""
