"""Legal clocks against tables written by hand with a calendar on the wall, not by the code under test."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.country import rules as counting
from fanal.country.schema import Calendar, Term, same

BRUSSELS = ZoneInfo("Europe/Brussels")
BELGIUM = Calendar("BE")


def term(amount: int, unit: str, *, before: bool = False, rolling: bool = False) -> Term:
    return Term(
        code="t",
        source="test",
        label=same("t"),
        amount=amount,
        unit=unit,  # type: ignore[arg-type]
        starts_on="x",
        before=before,
        rolling=rolling,
        kind="law",
    )


# first day, last day. 45 days: the first day counts, so the last is 44 days later.
FORTY_FIVE_DAYS = [
    ("2026-03-01", "2026-04-14"),
    ("2026-01-01", "2026-02-14"),
    ("2026-02-01", "2026-03-17"),  # February of 28 days
    ("2028-02-01", "2028-03-16"),  # leap year: one day earlier in March
    ("2027-12-20", "2028-02-02"),  # over New Year
    ("2026-03-28", "2026-05-11"),  # the clocks change on the 29th: a day stays a day
    ("2026-10-24", "2026-12-07"),
    ("2026-12-18", "2027-01-31"),
]

# Three months of the calendar, not ninety days.
THREE_MONTHS = [
    ("2026-05-02", "2026-08-01"),
    ("2026-05-29", "2026-08-28"),
    ("2026-01-01", "2026-03-31"),
    ("2026-01-31", "2026-04-30"),  # April has no 31st: its own last day
    ("2026-11-28", "2027-02-27"),
    ("2026-11-29", "2027-02-28"),  # no 29 February 2027
    ("2026-11-30", "2027-02-28"),
    ("2026-12-01", "2027-02-28"),
    ("2027-11-29", "2028-02-28"),  # 2028 has a 29 February
    ("2027-11-30", "2028-02-29"),
    ("2027-12-01", "2028-02-29"),
    ("2028-02-29", "2028-05-28"),
    ("2026-03-31", "2026-06-30"),
    ("2026-02-28", "2026-05-27"),
]

SIX_MONTHS = [
    ("2026-05-29", "2026-11-28"),
    ("2026-08-31", "2027-02-28"),
    ("2027-08-31", "2028-02-29"),
    ("2027-08-29", "2028-02-28"),
    ("2026-08-28", "2027-02-27"),
    ("2026-03-31", "2026-09-30"),
    ("2026-12-31", "2027-06-30"),
    ("2026-07-01", "2026-12-31"),
]


@pytest.mark.parametrize(("first", "last"), FORTY_FIVE_DAYS)
def test_forty_five_days_of_validity(first: str, last: str) -> None:
    assert counting.last_day(term(45, "day"), date.fromisoformat(first), BELGIUM) == date.fromisoformat(last)


@pytest.mark.parametrize(("first", "last"), THREE_MONTHS)
def test_three_months_of_validity(first: str, last: str) -> None:
    assert counting.last_day(term(3, "month"), date.fromisoformat(first), BELGIUM) == date.fromisoformat(last)


@pytest.mark.parametrize(("first", "last"), SIX_MONTHS)
def test_six_months_of_validity(first: str, last: str) -> None:
    assert counting.last_day(term(6, "month"), date.fromisoformat(first), BELGIUM) == date.fromisoformat(last)


# 2026: Easter Monday 6 April, Labour Day a Friday, Ascension 14 May, 11 November a Wednesday.
ROLLING = [
    ("2026-04-02", 3, "2026-04-07"),  # ends Saturday 4 April; Easter, Easter Monday: Tuesday
    ("2026-05-01", 1, "2026-05-04"),  # ends on Labour Day, a Friday: Monday
    ("2026-11-09", 3, "2026-11-12"),  # ends on Armistice Day
    ("2026-11-09", 2, "2026-11-10"),  # a working day stays
    ("2026-12-24", 2, "2026-12-28"),  # Christmas is a Friday
]


@pytest.mark.parametrize(("first", "days", "last"), ROLLING)
def test_an_end_that_rolls_moves_to_the_next_working_day(first: str, days: int, last: str) -> None:
    found = counting.last_day(term(days, "day", rolling=True), date.fromisoformat(first), BELGIUM)
    assert found == date.fromisoformat(last)


# Working days of validity: the first day counts when it is one.
WORKING = [
    ("2026-11-09", 3, "2026-11-12"),  # Mon 9, Tue 10, (Wed 11 holiday), Thu 12
    ("2026-05-01", 2, "2026-05-05"),  # Fri 1 holiday, Sat, Sun, Mon 4, Tue 5
    ("2026-01-02", 2, "2026-01-05"),
]


@pytest.mark.parametrize(("first", "days", "last"), WORKING)
def test_working_days_of_validity(first: str, days: int, last: str) -> None:
    found = counting.last_day(term(days, "working_day"), date.fromisoformat(first), BELGIUM)
    assert found == date.fromisoformat(last)


# event, amount, unit, before, last day in time: the day of the event does not count.
DELAYS = [
    ("2026-03-01", 14, "day", False, "2026-03-15"),
    ("2026-11-17", 14, "day", False, "2026-12-01"),
    ("2026-02-14", 14, "day", False, "2026-02-28"),
    ("2028-02-15", 14, "day", False, "2028-02-29"),
    ("2026-01-31", 1, "month", False, "2026-02-28"),
    ("2028-01-31", 1, "month", False, "2028-02-29"),
    ("2026-11-28", 30, "day", True, "2026-10-29"),
    ("2026-03-01", 5, "day", True, "2026-02-24"),
    ("2028-03-01", 5, "day", True, "2028-02-25"),
    ("2026-03-31", 1, "month", True, "2026-02-28"),
    ("2026-11-10", 1, "working_day", False, "2026-11-12"),
    ("2026-11-12", 1, "working_day", True, "2026-11-10"),
    ("2026-04-03", 5, "working_day", False, "2026-04-13"),
]


@pytest.mark.parametrize(("start", "amount", "unit", "before", "last"), DELAYS)
def test_a_delay_leaves_out_the_day_of_the_event(
    start: str, amount: int, unit: str, before: bool, last: str
) -> None:
    found = counting.due_on(term(amount, unit, before=before), date.fromisoformat(start), BELGIUM)
    assert found == date.fromisoformat(last)


def test_counted_back_a_term_rolls_away_from_the_end() -> None:
    # 5 days before Friday 20 November 2026 is Sunday 15; the working day before is Friday 13.
    back = term(5, "day", before=True, rolling=True)
    assert counting.due_on(back, date(2026, 11, 20), BELGIUM) == date(2026, 11, 13)


HOURS = [
    ("2026-11-17T10:00+01:00", 24, "2026-11-18T10:00+01:00"),
    ("2026-03-28T10:00+01:00", 24, "2026-03-29T11:00+02:00"),  # the night of 23 hours
    ("2026-10-24T10:00+02:00", 24, "2026-10-25T09:00+01:00"),  # the night of 25 hours
    ("2026-10-25T02:30+02:00", 1, "2026-10-25T02:30+01:00"),  # half past two comes twice
    ("2026-03-29T01:30+01:00", 1, "2026-03-29T03:30+02:00"),  # half past two does not come
    ("2028-02-28T23:00+01:00", 2, "2028-02-29T01:00+01:00"),
]


@pytest.mark.parametrize(("start", "hours", "end"), HOURS)
def test_hours_are_hours_that_passed(start: str, hours: int, end: str) -> None:
    found = counting.due_at(term(hours, "hour"), datetime.fromisoformat(start), BELGIUM, BRUSSELS)
    assert found.isoformat(timespec="minutes") == end


def test_days_end_at_the_end_of_the_day_here_whatever_the_hour_of_the_event() -> None:
    late_at_night = datetime(2026, 11, 16, 23, 30, tzinfo=UTC)  # already the 17th in Brussels
    found = counting.due_at(term(14, "day"), late_at_night, BELGIUM, BRUSSELS)
    assert found.date() == date(2026, 12, 1)
    assert found + timedelta(microseconds=1) == datetime(2026, 12, 2, tzinfo=BRUSSELS)


@pytest.mark.parametrize("bad", [term(24, "hour"), term(5, "day", before=True)])
def test_a_document_has_no_length_in_hours_or_backwards(bad: Term) -> None:
    with pytest.raises(ValueError, match="not a length of validity"):
        counting.last_day(bad, date(2026, 1, 1), BELGIUM)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(1, 24))
def test_a_later_first_day_never_ends_earlier(first: date, months: int) -> None:
    length = term(months, "month")
    ends = [counting.last_day(length, day, BELGIUM) for day in (first, first + counting.DAY)]
    assert first < ends[0] <= ends[1]


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(1, 400))
def test_a_document_of_n_days_is_valid_on_n_days(first: date, days: int) -> None:
    assert (counting.last_day(term(days, "day"), first, BELGIUM) - first).days + 1 == days
