"""Whether a person is a minor, may be one, or is surely an adult."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fanal.country.schema import Law

MAJORITY = 18
"""Years. Convention on the Rights of the Child, art. 1; Directive 2011/36/EU, art. 2(6) (in Belgium also Aliens Act,
art. 61/2 §2 al. 2). It is the same in every country that applies the Directive, so it is no fact of a pack."""

KNOWN = "known"
ESTIMATED = "estimated"
DOUBTFUL = "doubtful"
UNKNOWN = "unknown"
"""The codes of the list `age_basis`, by which the house reads an age."""


class Minority(StrEnum):
    """What an age says on the day of the alert; stored, because the duties arise on that day."""

    MINOR = "minor"
    DOUBTFUL = "doubtful"
    ADULT = "adult"

    @property
    def protects(self) -> bool:
        """Whether the person is treated as a child: in doubt she is (Directive 2011/36/EU, art. 13(2))."""
        return self is not Minority.ADULT


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """What is known of an age. `basis` is a code of `age_basis`; years in whole numbers; nothing known: None.

    `minor` is said where no number is: surely a child, surely an adult, or not known.
    """

    basis: str
    minor: bool | None = None
    birth_date: date | None = None
    birth_year: int | None = None
    years: int | None = None


def minority(age: Age, law: Law) -> Minority:
    """Minor, doubtful or adult on the day of the law.

    Doubtful: the basis says so in the pack (flag `maybe_minor`), or too little is known to exclude it. A birth year
    alone leaves the year of the eighteenth birthday in doubt.
    """
    if age.basis == DOUBTFUL:
        return Minority.DOUBTFUL
    if age.birth_date is not None:
        return Minority.MINOR if years_between(age.birth_date, law.on) < MAJORITY else Minority.ADULT
    if age.birth_year is not None:
        return _by_year(law.on.year - age.birth_year)
    if age.years is not None:
        return Minority.MINOR if age.years < MAJORITY else Minority.ADULT
    if age.minor is not None:
        return Minority.MINOR if age.minor else Minority.ADULT
    maybe = age.basis in (KNOWN, ESTIMATED) or "maybe_minor" in law.code("age_basis", age.basis).flags
    return Minority.DOUBTFUL if maybe else Minority.ADULT


def years_between(birth: date, on: date) -> int:
    """Completed years. Who was born on 29 February completes a year on 1 March of a common one."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def any_child(minorities: Iterable[Minority]) -> bool:
    """Whether one of them is a minor or may be one."""
    return any(each.protects for each in minorities)


def _by_year(difference: int) -> Minority:
    if difference == MAJORITY:
        return Minority.DOUBTFUL
    return Minority.MINOR if difference < MAJORITY else Minority.ADULT
