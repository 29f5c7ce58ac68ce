"""Dates of birth as they stand on papers: whole, in part, day and month exchanged, or the first of January for want of
better."""

import re
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

_PARTS = re.compile(r"\d+")
_COMPACT = re.compile(r"(\d{4})(0\d|1[0-2])([0-2]\d|3[01])")  # 19800203, as registers write it
_WORDS = re.compile(r"[^\W\d_]{3,}")
_BEGIN = "jan/fev feb/mar maa mrt/avr apr/mai mei may/juin jun/juil jul/aou aug/sep/oct okt/nov/dec dez"
_MONTHS = {start: month for month, starts in enumerate(_BEGIN.split("/"), 1) for start in starts.split()}
_FIRST, _LAST = 1000, 2100  # years of birth that are taken for years


@dataclass(frozen=True, slots=True)
class Birth:
    """What is known of a date of birth; None where nothing is. `conventional`: 1 January, which often means unknown."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def conventional(self) -> bool:
        return (self.month, self.day) == (1, 1)

    @property
    def whole(self) -> bool:
        return None not in (self.year, self.month, self.day)


@lru_cache(maxsize=50_000)  # there are fewer days than people
def birth(written: str) -> Birth | None:
    """Read `1980-02-03`, `3/2/1980`, `03.02.1980`, `19800203`, `3 février 1980`, `02/1980`, `1980`, `00/00/1980`; None
    where there is no year.

    Day stands before month unless the year comes first or the other order is the only one possible; months may be
    words in French, Dutch, German or English. A part that is zero or impossible is unknown, not an error: what is left
    is still evidence.
    """
    if compact := _COMPACT.fullmatch(written.strip()):
        written = "-".join(compact.groups())
    parts = [int(part) for part in _PARTS.findall(written)[:3] if len(part) <= 4]
    years = [n for n, part in enumerate(parts) if _FIRST <= part <= _LAST]
    if not years:
        return None
    at = years[0]
    rest = parts[:at] + parts[at + 1 :]
    named = _month(written) if len(rest) < 2 else 0
    if named:
        day, month = (*rest, 0)[0], named
    elif at == 0:
        month, day = (*rest, 0, 0)[:2]
    else:
        day, month = (0, *rest)[-2:] if len(rest) == 1 else (*rest, 0, 0)[:2]
    if month > 12 >= day:
        day, month = month, day
    return Birth(parts[at], month if 1 <= month <= 12 else None, day if 1 <= day <= 31 else None)


def _month(written: str) -> int:
    """The month that a word names; 0 where none does."""
    words = (anyascii(word).casefold() for word in _WORDS.findall(written))
    return next((month for word in words if (month := _MONTHS.get(word[:4]) or _MONTHS.get(word[:3]))), 0)
