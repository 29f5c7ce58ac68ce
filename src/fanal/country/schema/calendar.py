"""Working days of a country, computed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import holidays


@lru_cache(maxsize=256)
def _holidays(country: str, subdivision: str | None, year: int, language: str | None) -> Mapping[date, str]:
    found = holidays.country_holidays(country, subdiv=subdivision, years=year, language=language)
    return dict(sorted(found.items()))


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which calendar of the `holidays` library counts; `languages` maps ours to the library's.

    `office`: from when until when services answer that say nothing else (an organisational default, not law).
    """

    country: str
    subdivision: str | None = None
    languages: tuple[tuple[str, str], ...] = ()
    weekend: tuple[int, ...] = (5, 6)
    office: tuple[time, time] = (time(9), time(17))

    def public_holidays(self, year: int, language: str = "en") -> Mapping[date, str]:
        """The public holidays of a year, in order, named in the reader's language where the library can."""
        return _holidays(self.country, self.subdivision, year, dict(self.languages).get(language[:2]))

    def is_working_day(self, day: date) -> bool:
        """Neither at the weekend nor a public holiday."""
        return day.weekday() not in self.weekend and day not in self.public_holidays(day.year)

    def next_working_day(self, day: date) -> date:
        """The day itself when it is a working day, else the first one after it."""
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day

    def is_office_hour(self, at: datetime) -> bool:
        """Whether offices are open at that moment, given in the country's local time; the last minute is not."""
        opens, closes = self.office
        return self.is_working_day(at.date()) and opens <= at.time() < closes
