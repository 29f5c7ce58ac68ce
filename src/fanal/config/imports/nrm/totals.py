"""The file's own totals against what the database counts, line by line."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import product

from .nationalities import countries
from .rows import Group, Line


@dataclass(frozen=True, slots=True)
class Checked:
    """One total: what it is about, the lines of the file that say it, their sum, and what the database counts.

    A person has one citizenship here and the file joins several: the lines of one first country are one total.
    """

    group: Group
    lines: tuple[int, ...]
    said: int
    found: int

    @property
    def equal(self) -> bool:
        return self.said == self.found


def compare(totals: Iterable[Line], found: Mapping[Group, int]) -> tuple[Checked, ...]:
    """Each total of a file against the persons found, in the order of the file.

    `found` counts persons by groups without any total, the nationality being a country code or empty.
    """
    counts = _all_totals(found)
    said: dict[Group, list[Line]] = {}
    for line in totals:
        said.setdefault(_by_country(line.group), []).append(line)
    return tuple(
        Checked(
            group, tuple(line.number for line in lines), sum(line.people for line in lines), counts[group]
        )
        for group, lines in said.items()
    )


def _by_country(group: Group) -> Group:
    if group.nationality is None:
        return group
    return replace(group, nationality=first_country(group.nationality))


def first_country(nationality: str) -> str:
    """The code of the first country of a nationality as the file writes it, or empty when it is unknown."""
    return next(iter(countries(nationality) or ()), "")


def _all_totals(found: Mapping[Group, int]) -> Counter[Group]:
    """The count of every group that the columns can make, each of them being one value or all of them."""
    counts: Counter[Group] = Counter()
    for group, people in found.items():
        both = (
            (value, None)
            for value in (group.responder, group.types, group.age, group.gender, group.nationality)
        )
        for values in product(*both):
            counts[Group(*values)] += people  # type: ignore[arg-type]
    return counts
