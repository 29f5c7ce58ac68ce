"""A country as one value: its calendar and all its facts, checked as a whole."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from .calendar import Calendar
from .check import problems
from .facts import Fact, Text
from .kinds import PLACES
from .law import F, Law
from .places import Unit, competent


class BadPack(ValueError):
    """A country pack that contradicts itself; the message lists every problem, one a line."""

    def __init__(self, code: str, problems: list[str]) -> None:
        lines = "".join(f"\n- {problem}" for problem in problems)
        super().__init__(f"country pack {code!r}: {len(problems)} problem(s){lines}")
        self.problems = problems


@dataclass(frozen=True)
class Pack:
    """Everything that makes one country. Made by `countries/<code>`, used after `checked()`."""

    code: str
    name: Text
    calendar: Calendar
    facts: tuple[Fact, ...]

    def checked(self) -> "Pack":
        """The pack itself when it is sound; else `BadPack` with every problem."""
        found = validate(self)
        if found:
            raise BadPack(self.code, found)
        return self

    def law(self, on: date) -> Law:
        """The law of the pack as delivered, on that day (`country.queries.law` reads the edited one)."""
        return Law.of_facts(self.reference, self.calendar, on)

    @cached_property
    def reference(self) -> tuple[Fact, ...]:
        """What `fanal load-country` copies into the reference tables: all but the places."""
        places = tuple(PLACES.values())
        return tuple(fact for fact in self.facts if not isinstance(fact, places))

    @cached_property
    def _by_type(self) -> dict[type[Fact], list[Fact]]:
        found: dict[type[Fact], list[Fact]] = {}
        for fact in self.facts:
            found.setdefault(type(fact), []).append(fact)
        return found

    def of(self, kind: type[F], on: date | None = None) -> tuple[F, ...]:
        """Every fact of a kind, of all dates or in force on one."""
        everything = self._by_type.get(kind, [])
        return tuple(fact for fact in everything if on is None or fact.in_force(on))  # type: ignore[misc]

    def competent_units(self, kind: str, district: str, zone: str, on: date) -> tuple[Unit, ...]:
        """The units of a kind that are competent in a place on a day."""
        return tuple(
            unit
            for unit in self.of(Unit, on)
            if unit.kind == kind and competent(unit.districts, unit.zones, district, zone)
        )


def validate(pack: Pack) -> list[str]:
    """Every problem of a pack, one readable line each; empty when it is sound."""
    return problems(pack.facts)
