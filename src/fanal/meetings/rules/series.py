"""On which days a series plans its meetings. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dateutil.rrule import MONTHLY, rrule, weekday

from fanal.country.schema import Calendar


@dataclass(frozen=True, slots=True)
class Rule:
    """Every so many months, on the nth (1 to 4, or -1: the last) weekday (0: Monday), from a day until another."""

    every_months: int
    nth: int
    weekday: int
    begins: date
    until: date


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which a meeting is planned; `moved_from` the day that the rule gives, where offices are closed."""

    on: date
    moved_from: date | None


def days(rule: Rule, calendar: Calendar) -> Iterator[Day]:
    """The days of a series in their order, first and last day included.

    What falls at a weekend or on a public holiday goes to the next working day; two months never share a day. Months
    count from the one in which the rule begins.
    """
    found = rrule(
        MONTHLY,
        interval=rule.every_months,
        byweekday=weekday(rule.weekday)(rule.nth),
        dtstart=rule.begins.replace(day=1),
        until=rule.until,
    )
    for planned in (each.date() for each in found):
        if planned >= rule.begins:
            on = calendar.next_working_day(planned)
            yield Day(on, planned if on != planned else None)
