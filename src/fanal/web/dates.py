"""Reading the dates and hours that people type. Pure; the messages are lazy, in the reader's language."""

import re
from calendar import monthrange
from datetime import date, time

from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from fanal.errors import Invalid

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})[.,/\- ]+(\d{1,2})[.,/\- ]+(\d+)")
_JOINED = re.compile(r"(\d{2})(\d{2})(\d{4})")
_HOUR = re.compile(r"(\d{1,2})(?:\s*[:.hu]\s*(\d{2})?|(\d{2}))?\s*(?:h|u|uhr|uur)?", re.IGNORECASE)
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Outside these a year is a slip of the fingers: nobody in a file was born before, no clock of the law runs as far."""


def read_date(text: str) -> date:
    """A day typed as 24.11.2026, 24/11/2026, 24 11 2026, 24112026 or 2026-11-24.

    Refused with `Invalid`: `date_unreadable`, `date_year`, `date_month`, and `date_day` for a day that its month
    does not have (30 February, 29 February of a common year).
    """
    typed = text.strip()
    if iso := _ISO.fullmatch(typed):
        year, month, day = iso.groups()
    elif dotted := _DOTTED.fullmatch(typed) or _JOINED.fullmatch(typed):
        day, month, year = dotted.groups()
    else:
        raise Invalid("date_unreadable", _("This date cannot be read. Write it like 24.11.2026."))
    return _day(year, int(month), int(day))


def _day(written_year: str, month: int, day: int) -> date:
    year = int(written_year)
    if len(written_year) != 4:
        raise Invalid("date_year", _("Write the year with its four digits, like 24.11.2026."))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Invalid("date_year", _("The year %(year)s cannot be right.") % {"year": year}, year=year)
    if not 1 <= month <= 12:
        raise Invalid(
            "date_month", _("There is no month %(month)s. Write day, month, year.") % {"month": month}
        )
    if not 1 <= day <= monthrange(year, month)[1]:
        words = _("%(month)s %(year)s has %(days)s days: there is no day %(day)s.")
        facts = {
            "month": MONTHS[month].capitalize(),
            "year": year,
            "days": monthrange(year, month)[1],
            "day": day,
        }
        raise Invalid("date_day", words % facts)
    return date(year, month, day)


def read_time(text: str) -> time:
    """An hour typed as 14:30, 14.30, 14h30, 14h, 1430 or 14. Refused with `Invalid` `time_unreadable`."""
    found = _HOUR.fullmatch(text.strip())
    hour, minute = (int(found[1]), int(found[2] or found[3] or 0)) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise Invalid("time_unreadable", _("This hour cannot be read. Write it like 14:30."))
    return time(hour, minute)
