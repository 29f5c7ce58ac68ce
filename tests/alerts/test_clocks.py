"""Terms of an alert against a table counted by hand: hours over a change of the clocks, month ends, holidays."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.alerts.law import CALENDAR, term

from fanal.alerts.rules import escalations, reminder_times
from fanal.country.rules import due_at

BRUSSELS = ZoneInfo("Europe/Brussels")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BRUSSELS)


END = "T23:59:59.999999"


@pytest.mark.parametrize(
    ("amount", "unit", "rolling", "start", "expected"),
    [
        (24, "hour", False, "2026-11-24T10:00", "2026-11-25T10:00"),
        (24, "hour", False, "2026-03-28T10:00", "2026-03-29T11:00"),  # the clocks go forward on 29 March 2026
        (24, "hour", False, "2026-10-24T10:00", "2026-10-25T09:00"),  # and back on 25 October 2026
        (24, "hour", True, "2026-11-27T10:00", "2026-11-30" + END),  # a rolling term ends on no Saturday
        (1, "hour", False, "2028-02-28T23:30", "2028-02-29T00:30"),
        (1, "day", False, "2026-12-31T10:00", "2027-01-01" + END),
        (1, "day", True, "2026-12-31T10:00", "2027-01-04" + END),  # New Year on a Friday, then the weekend
        (1, "working_day", False, "2026-11-27T10:00", "2026-11-30" + END),
        (3, "working_day", False, "2026-12-23T10:00", "2026-12-29" + END),  # Christmas and a weekend between
        (1, "month", False, "2026-01-31T10:00", "2026-02-28" + END),
        (1, "month", False, "2028-01-31T10:00", "2028-02-29" + END),
        (3, "month", False, "2026-11-30T10:00", "2027-02-28" + END),
    ],
)
def test_due(amount: int, unit: str, rolling: bool, start: str, expected: str) -> None:
    assert due_at(term("t", amount, unit, rolling=rolling), at(start), CALENDAR).replace(
        tzinfo=None
    ) == datetime.fromisoformat(expected)


SENT, DUE = at("2026-11-24T10:00"), at("2026-11-25T10:00")


def test_silence_is_reminded_at_the_end_of_the_term_and_once_more() -> None:
    assert reminder_times(SENT, DUE) == (DUE, DUE + timedelta(days=1))


@pytest.mark.parametrize(
    ("reminded", "now", "expected"),
    [
        (0, DUE, 0),
        (0, DUE + timedelta(seconds=1), 1),
        (1, DUE + timedelta(seconds=1), 0),
        (1, DUE + timedelta(days=1, seconds=1), 1),
        (0, DUE + timedelta(days=30), 2),
        (2, DUE + timedelta(days=30), 0),
    ],
)
def test_escalations(reminded: int, now: datetime, expected: int) -> None:
    assert escalations(sent_at=SENT, due_at=DUE, reminded=reminded, now=now) == expected
