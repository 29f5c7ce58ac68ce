"""When a recommendation was made, as precisely as it is known."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

_ISO = re.compile(r"^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ].*)?$")
_EUROPEAN = re.compile(r"^(?:(?:(\d{1,2})[./-])?(\d{1,2})[./-])?(\d{4})$")
_SERIAL = re.compile(r"^(\d{5})(\.\d+)?$")
_EPOCH = date(1899, 12, 30)
"""Day 0 of a spreadsheet's dates, with its leap year of 1900 that never was (ECMA-376 part 1, 18.17.4.1)."""
FIRST_YEAR, LAST_YEAR = 1945, 2100


class Precision(StrEnum):
    YEAR = "year"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, slots=True, order=True)
class Issued:
    """A year, a month or a day; `on` is its first day."""

    on: date
    precision: Precision

    def __str__(self) -> str:
        """`2022`, `2022-10` or `2022-10-20`."""
        return self.on.isoformat()[
            : {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}[self.precision]
        ]

    @property
    def shown(self) -> str:
        """`2022`, `10.2022` or `20.10.2022`."""
        return {Precision.YEAR: f"{self.on:%Y}", Precision.MONTH: f"{self.on:%m.%Y}"}.get(
            self.precision, f"{self.on:%d.%m.%Y}"
        )


def read_issued(value: object) -> Issued | None:
    """`2022`, `2022-10`, `2022-10-20`, `10.2022`, `20.10.2022`, a spreadsheet's date or its number; None if unreadable.

    A day that does not exist, and a year outside 1945 to 2100, are unreadable.
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return _within(value, Precision.DAY)
    text = str(value).strip()
    serial = _SERIAL.match(text)
    if serial:
        return _within(_EPOCH + timedelta(days=int(serial[1])), Precision.DAY)
    iso, european = _ISO.match(text), _EUROPEAN.match(text)
    if iso:
        return _of(iso[1], iso[2], iso[3])
    return _of(european[3], european[2], european[1]) if european else None


def _of(year: str, month: str | None, day: str | None) -> Issued | None:
    try:
        on = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return _within(on, Precision.DAY if day else Precision.MONTH if month else Precision.YEAR)


def _within(on: date, precision: Precision) -> Issued | None:
    return Issued(on, precision) if FIRST_YEAR <= on.year <= LAST_YEAR else None
