"""What the stories are drawn from: the country as a pack delivers it, and a chance that a seed decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from random import Random
from typing import TypeVar
from zoneinfo import ZoneInfo

from fanal.country.schema import Law, Municipality, Pack, Unit
from fanal.country.schema.places import competent

T = TypeVar("T")


class Chance(Random):
    """A random number generator that speaks in shares, hours and days."""

    def happens(self, share: float) -> bool:
        return self.random() < share

    def of(self, weights: Mapping[T, float]) -> T:
        """One of the keys, as often as its weight says."""
        return self.choices(list(weights), list(weights.values()))[0]

    def around(self, days: float) -> timedelta:
        """A delay of some days: most are shorter, a few much longer."""
        return timedelta(days=days * self.lognormvariate(-0.3, 0.8))

    def some(self, things: Sequence[T], most: int) -> tuple[T, ...]:
        """At least one and at most so many of the things, in their order."""
        if not things:
            return ()
        chosen = self.sample(range(len(things)), self.randint(1, min(most, len(things))))
        return tuple(things[n] for n in sorted(chosen))


@dataclass(frozen=True)
class World:
    """A country and its time zone."""

    pack: Pack
    zone: ZoneInfo

    @cached_property
    def _laws(self) -> dict[date, Law]:
        return {}

    def law(self, on: date) -> Law:
        """The law of a day, as the pack delivers it."""
        if on not in self._laws:
            self._laws[on] = self.pack.law(on)
        return self._laws[on]

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.pack.of(Unit) if unit.roles and unit.valid_to is None)

    def units_of(self, kind: str) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.units if unit.kind == kind)

    def municipality(self, code: str, on: date) -> Municipality | None:
        """A municipality as it is on a day; None when there is none of that code."""
        return next((m for m in self._municipalities.get(code, ()) if m.in_force(on)), None)

    @cached_property
    def _municipalities(self) -> dict[str, list[Municipality]]:
        found: dict[str, list[Municipality]] = {}
        for each in self.pack.of(Municipality):
            found.setdefault(each.code, []).append(each)
        return found

    def near(self, unit: Unit, chance: Chance, on: date) -> Municipality:
        """A municipality in which the unit is competent; towns with many postcodes come up more often."""
        everywhere = self.pack.of(Municipality, on)
        found = [m for m in everywhere if competent(unit.districts, unit.zones, m.district, m.zone)]
        return chance.choices(found, [len(m.postcodes) ** 2 for m in found])[0]

    def moment(self, on: date, chance: Chance, *, office: bool = True) -> datetime:
        """A moment of a day, in working hours or at any."""
        hour = chance.randint(8, 17) if office else chance.randint(0, 23)
        return datetime.combine(
            on, time(hour, chance.randint(0, 59), chance.randint(0, 59)), tzinfo=self.zone
        )

    def working(self, at: datetime) -> datetime:
        """The same hour, on the next day on which people work if that one is none."""
        day = self.pack.calendar.next_working_day(at.date())
        return at if day == at.date() else datetime.combine(day, at.timetz())
