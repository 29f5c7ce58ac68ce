"""Periods of reporting: stretches of so many months of the calendar year, each with its day of reporting."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

RHYTHMS = {1: "M", 3: "Q", 4: "T", 6: "H", 12: "Y"}
"""Months of a period → the letter in its code; each divides the year, so that a period never crosses it."""
_CODE = re.compile(r"(\d{4})-([MQTHY])(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A report every so many `months` (1, 3, 4, 6 or 12), expected so many `days` after the end of each period."""

    months: int
    days: int

    def __post_init__(self) -> None:
        if self.months not in RHYTHMS or self.days < 0:
            raise ValueError(f"no rhythm of {self.months} months and {self.days} days")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch of the calendar, both days included; `code` such as `2024-Q3` names it for ever."""

    first: date
    last: date

    @property
    def months(self) -> int:
        return self.last.month - self.first.month + 1

    @property
    def number(self) -> int:
        """Which one of its year, from 1."""
        return (self.first.month - 1) // self.months + 1

    @property
    def code(self) -> str:
        return f"{self.first.year}-{RHYTHMS[self.months]}{self.number}"

    def due_on(self, rhythm: Rhythm) -> date:
        """The last day on which its report is in time."""
        return self.last + timedelta(days=rhythm.days)


def period_at(on: date, months: int) -> Period:
    """The period in which a day lies."""
    first = (on.month - 1) // months * months + 1
    return Period(
        date(on.year, first, 1),
        date(on.year, first + months - 1, monthrange(on.year, first + months - 1)[1]),
    )


def period_of(code: str) -> Period | None:
    """The period that a code names; None for what is no code."""
    found = _CODE.fullmatch(code)
    if not found:
        return None
    months = next(months for months, letter in RHYTHMS.items() if letter == found[2])
    number = int(found[3])
    if not 1 <= number <= 12 // months or int(found[1]) < 1:
        return None
    return period_at(date(int(found[1]), (number - 1) * months + 1, 1), months)


def _from(first: date, until: date, months: int) -> Iterator[Period]:
    period = period_at(first, months)
    while period.first <= until:
        yield period
        period = period_at(period.last + timedelta(days=1), months)


@lru_cache(maxsize=4096)  # the measures of a plan mostly begin, end and are reported together
def owed(
    *, starts_on: date, until: date | None, reported_to: date | None, rhythm: Rhythm, on: date
) -> tuple[Period, ...]:
    """The periods that ended before `on` and have no report, the oldest first: those after the last one reported.

    `until`: the last day that is reported on. A gap before the last report is history and no longer asked for.
    """
    begin = max(starts_on, reported_to + timedelta(days=1)) if reported_to else starts_on
    end = min(until or on, on)
    if begin > end:
        return ()
    return tuple(
        period
        for period in _from(begin, end, rhythm.months)
        if min(period.last, until or period.last) < on and (reported_to is None or period.last > reported_to)
    )


def reportable(
    *, starts_on: date, until: date | None, months: int, on: date, most: int = 8
) -> tuple[Period, ...]:
    """The periods that one may report on at a day, the latest first: the one that runs and those before it."""
    end = min(until or on, on)
    found: list[Period] = []
    day = end
    while len(found) < most and day >= period_at(starts_on, months).first:
        period = period_at(day, months)
        found.append(period)
        day = period.first - timedelta(days=1)
    return tuple(found)
