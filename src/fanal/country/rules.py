"""When a term ends: days, working days, months of the calendar, hours. Pure.

Two ways of counting live here and nowhere else.

- **Validity** (`last_day`): a document holds from its first day, and that day counts. Forty-five days from
  1 March end with 14 April; three months from 30 November end with 28 February.
- **Delay** (`due_on`, `due_at`): the day of the event does not count, the last day does. A question put on
  1 March with fourteen days to answer is late on 16 March.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Protocol

from dateutil.relativedelta import relativedelta

from .schema import Term

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Convention:
    """A choice of counting, with its source; `to_verify` until somebody of the house of law confirmed it."""

    source: str
    to_verify: bool


VALIDITY_COUNTS_ITS_FIRST_DAY = Convention(
    "No text read says how the days of a residence document are counted. A title shows its first and its last "
    "day, both valid; this is also the reading that ends first, so no deadline of ours comes too late.",
    to_verify=True,
)
DELAY_LEAVES_OUT_THE_EVENT = Convention(
    "Regulation (EEC, Euratom) 1182/71, art. 3 (1) and (2); Belgian Judicial Code, art. 52 to 54 (day of the "
    "event not counted, months from date to date, a month without that date ends with its last day)",
    to_verify=True,
)


class WorkingDays(Protocol):
    """What is asked of a country's calendar."""

    def is_working_day(self, day: date) -> bool: ...


def last_day(term: Term, first_day: date, calendar: WorkingDays) -> date:
    """The last valid day of what starts on `first_day`, that day counted (`VALIDITY_COUNTS_ITS_FIRST_DAY`).

    ValueError for a term in hours or one counted back: a document has neither.
    """
    if term.unit == "hour" or term.before:
        raise ValueError(f"term {term.code!r} is not a length of validity")
    if term.unit == "month":
        end = _months_of_validity(first_day, term.amount)
    else:
        end = _shift(term, first_day - DAY, term.amount, calendar)
    return _rolled(term, end, calendar)


def due_on(term: Term, start: date, calendar: WorkingDays) -> date:
    """The last day on which an act is in time, the day of the event not counted; back for a term `before`.

    ValueError for a term in hours, which needs a moment (`due_at`).
    """
    if term.unit == "hour":
        raise ValueError(f"term {term.code!r} is counted in hours")
    amount = -term.amount if term.before else term.amount
    months = term.unit == "month"
    end = start + relativedelta(months=amount) if months else _shift(term, start, amount, calendar)
    return _rolled(term, end, calendar)


def due_at(term: Term, start: datetime, calendar: WorkingDays, zone: tzinfo | None = None) -> datetime:
    """The last moment at which an act is in time: the end of `due_on`, or so many hours later.

    `start` is aware; days are those of `zone`, or of the zone in which `start` stands. Hours are hours that passed:
    the day on which the clocks change has 23 or 25 of them.
    """
    zone = zone or start.tzinfo
    if term.unit != "hour":
        return end_of_day(due_on(term, start.astimezone(zone).date(), calendar), zone)
    hours = timedelta(hours=-term.amount if term.before else term.amount)
    end = (start.astimezone(UTC) + hours).astimezone(zone)
    rolled = _rolled(term, end.date(), calendar)
    return end if rolled == end.date() else end_of_day(rolled, zone)


def end_of_day(day: date, zone: tzinfo | None) -> datetime:
    """The last moment of a day in a time zone."""
    return datetime.combine(day, time.max, tzinfo=zone)


def _months_of_validity(first_day: date, months: int) -> date:
    """From the 15th to the 14th; a month that lacks the date of the first day ends with its own last day."""
    same_date = first_day + relativedelta(months=months)
    return same_date - DAY if same_date.day == first_day.day else same_date


def _shift(term: Term, start: date, amount: int, calendar: WorkingDays) -> date:
    if term.unit == "day":
        return start + timedelta(days=amount)
    step, left, day = (DAY if amount > 0 else -DAY), abs(amount), start
    while left:
        day += step
        left -= calendar.is_working_day(day)
    return day


def _rolled(term: Term, day: date, calendar: WorkingDays) -> date:
    """A rolling end moves to the next working day; counted back, to the one before, so that no time is lost."""
    step = -DAY if term.before else DAY
    while term.rolling and not calendar.is_working_day(day):
        day += step
    return day
