"""When something must have happened: terms of the pack counted from a moment, and how often silence is reminded."""

from datetime import UTC, date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from fanal.country.schema import Calendar, Term

REMINDERS = 2
"""How often silence is reminded: when the term ends, and when as much time has passed again (organisational
default, not law)."""


def due(term: Term, start: datetime, calendar: Calendar) -> datetime:
    """The last moment of a term that runs from `start` (aware, in the country's own time zone).

    Hours are counted as time passes, so that a change of the clocks gives and takes none. Days, working days and
    months end with the last moment of a local day; a month ends on the day of the same number, or on the last day of
    a shorter month. A rolling term whose last day is no working day ends on the next one. ValueError for a term that
    runs back from its fact (`before`).
    """
    if term.before:
        raise ValueError(f"the term {term.code!r} runs back from its fact")
    if term.unit == "hour":
        return (start.astimezone(UTC) + timedelta(hours=term.amount)).astimezone(start.tzinfo)
    last = _last_day(term, start.date(), calendar)
    if term.rolling:
        last = calendar.next_working_day(last)
    return datetime.combine(last, time.max, tzinfo=start.tzinfo)


def _last_day(term: Term, start: date, calendar: Calendar) -> date:
    if term.unit == "day":
        return start + timedelta(days=term.amount)
    if term.unit == "month":
        return start + relativedelta(months=term.amount)
    day = start
    for _ in range(term.amount):
        day = calendar.next_working_day(day + timedelta(days=1))
    return day


def reminder_times(sent_at: datetime, due_at: datetime) -> tuple[datetime, ...]:
    """When silence on a transmission is reminded: at the end of its term, and after the same time again."""
    again = max(due_at - sent_at, timedelta(hours=1))
    return tuple(due_at + n * again for n in range(REMINDERS))


def escalations(*, sent_at: datetime, due_at: datetime, reminded: int, now: datetime) -> int:
    """How many reminders have been reached by now beyond those already sent; 0 when none is due."""
    reached = sum(moment < now for moment in reminder_times(sent_at, due_at))
    return max(reached - reminded, 0)
