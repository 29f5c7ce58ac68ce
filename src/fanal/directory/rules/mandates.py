"""Who answers for a function in a unit, also when its holder has left."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby

from fanal.country.schema import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """A function held in a unit between two dates, last day included, and who stands in for the holder."""

    id: int
    function: str
    function_name: Text
    holder: str
    substitute: str
    valid_from: date
    valid_to: date | None
    changed_at: datetime

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class Standing(StrEnum):
    """Why somebody answers: in office; standing in, because the holder left; not yet in office; nobody."""

    HOLDER = "holder"
    STANDS_IN = "stands_in"
    LATER = "later"
    VACANT = "vacant"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who answers for a mandate (`name` is empty when nobody does) and why."""

    mandate: Mandate
    name: str
    standing: Standing


def who_answers(mandates: Iterable[Mandate], on: date) -> tuple[Holder, ...]:
    """For each function: the holders in office; else the substitute of the one who left last; then who comes later.

    A holder who left without a substitute leaves the function vacant, which is said and not hidden.
    """
    by_function = sorted(mandates, key=lambda it: (it.function, it.valid_from, it.id))
    return tuple(
        holder
        for _, same in groupby(by_function, lambda it: it.function)
        for holder in _of_function([*same], on)
    )


def _of_function(mandates: list[Mandate], on: date) -> Iterator[Holder]:
    in_office = [mandate for mandate in mandates if mandate.in_force(on)]
    for mandate in in_office:
        yield Holder(mandate, mandate.holder, Standing.HOLDER)
    left = [mandate for mandate in mandates if mandate.valid_to is not None and mandate.valid_to < on]
    if left and not in_office:
        last = max(left, key=lambda mandate: (mandate.valid_to, mandate.id))
        yield Holder(last, last.substitute, Standing.STANDS_IN if last.substitute else Standing.VACANT)
    for mandate in mandates:
        if mandate.valid_from > on:
            yield Holder(mandate, mandate.holder, Standing.LATER)
