"""How often a body met, beside how often it has to: met, late, missed, over years."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, unique

from dateutil.relativedelta import relativedelta

from fanal.country.schema import Cadence

_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
DAY = timedelta(days=1)


@unique
class PeriodState(StrEnum):
    """`late`: what was lacking came in the period after, or still may; `missed`: it never came; `open`: not over."""

    MET = "met"
    LATE = "late"
    MISSED = "missed"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Period:
    """A calendar period of a cadence. `held`: the days of its meetings, `made_up`: those of the period after that count
    for this one, `wanted`: how many it takes."""

    start: date
    end: date
    wanted: int
    held: tuple[date, ...]
    made_up: tuple[date, ...]
    state: PeriodState

    @property
    def lacking(self) -> int:
        """How many meetings are lacking still."""
        return max(self.wanted - len(self.held) - len(self.made_up), 0)


def cadence(rules: Sequence[Cadence], held: Iterable[date], since: date, on: date) -> tuple[Period, ...]:
    """Each period from `since` to the one of `on`, with what was held in it and whether that was enough.

    `rules`: the versions of one cadence in any order; a period is judged by the version in force on its last day, and
    a period on whose last day none is in force is left out. A period that began before `since` is left out too: nobody
    could have met in all of it. What a period lacks may be made up in the next one by meetings beyond those the next
    one needs itself, the earliest first: late, and missed when that one is over too. The circular on the district
    meetings and the practice of the bodies count by calendar periods.
    """
    days = sorted({day for day in held if day <= on})
    found: list[Period] = []
    for rule, start, end in _periods(rules, since, on):
        mine = tuple(days[bisect_left(days, start) : bisect_right(days, end)])
        if found and found[-1].end + DAY == start:
            found[-1] = _made_up(found[-1], mine[: max(len(mine) - rule.at_least, 0)], on <= end)
        found.append(_judged(Period(start, end, rule.at_least, mine, (), PeriodState.OPEN), end >= on))
    return tuple(found)


def _judged(period: Period, running: bool) -> Period:
    state = PeriodState.MISSED
    if len(period.held) >= period.wanted:
        state = PeriodState.MET
    elif running:
        state = PeriodState.OPEN
    return Period(period.start, period.end, period.wanted, period.held, (), state)


def _made_up(period: Period, spare: Sequence[date], running: bool) -> Period:
    if period.state is not PeriodState.MISSED:
        return period
    extra = tuple(spare[: period.lacking])
    enough = len(extra) == period.lacking
    state = PeriodState.LATE if enough or running else PeriodState.MISSED
    return Period(period.start, period.end, period.wanted, period.held, extra, state)


def _periods(rules: Sequence[Cadence], since: date, on: date) -> Iterator[tuple[Cadence, date, date]]:
    day = since
    while day <= on:
        rule = next((it for it in rules if it.in_force(day)), None)
        if rule is None:
            later = [it.valid_from for it in rules if it.valid_from > day]
            if not later:
                return
            day = min(later)
            continue
        months = _MONTHS[rule.per]
        start = date(day.year, (day.month - 1) // months * months + 1, 1)
        end = start + relativedelta(months=months) - DAY
        judged_by = next((it for it in rules if it.in_force(end)), None)
        if judged_by is not None and judged_by.per == rule.per and start >= since:
            yield judged_by, start, end
        day = end + DAY
