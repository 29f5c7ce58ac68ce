"""What a figure is: a number with its unit, period, definition and source; and when two of them contradict. Pure.

The six sources of the yearly figures are not harmonised (Myria, 2019 and 2020): the same year may have 145, 159 and 265
identified victims. No figure is therefore without a counting unit, a definition and a source, and those that say
different things of the same matter stand side by side until somebody chooses, in the open.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, unique
from uuid import UUID

_PERIOD = re.compile(r"(\d{4})(?:-(\d{4}|\d{2}|Q[1-4]))?")


@unique
class Status(StrEnum):
    """Why a cell holds what it holds: an empty one never means zero."""

    KNOWN = "known"
    ZERO = "zero"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True)
class Matter:
    """What a figure is about. Two figures of one matter with different values contradict each other."""

    counting_unit: str
    phenomenon: str
    period: str
    form: str = ""
    breakdown: str = ""

    @property
    def key(self) -> str:
        """The matter in a few letters, fit for an address: `identified-victim-t-2019`."""
        initials = "".join(part[0] for part in self.phenomenon.split("_") if part)
        parts = (self.counting_unit, initials, self.period, self.form, self.breakdown)
        return "-".join(part for part in parts if part).lower().replace("_", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    """A figure in force, or an older version of it, as other capabilities read it.

    `value` is None unless the status is known or zero. `protected`: looked at for small numbers, may be published.
    `definition` and `note` are in the language asked for.
    """

    id: UUID
    code: str
    version: int
    matter: Matter
    value: int | None
    status: Status
    definition: str
    source: str
    extracted_on: date | None
    note: str
    protected: bool
    synthetic: bool
    current: bool

    @property
    def said(self) -> tuple[Status, int | None]:
        return self.status, self.value


def span(period: str) -> tuple[date, date] | None:
    """First and last day of "2018", "2019-04", "2019-Q2" or "2012-2021"; None when it is no period."""
    found = _PERIOD.fullmatch(period)
    if found is None:
        return None
    year, rest = int(found[1]), found[2] or ""
    if not 1900 <= year <= 2200:
        return None
    if rest.startswith("Q"):
        last = 3 * int(rest[1])
        return date(year, last - 2, 1), date(year, last, monthrange(year, last)[1])
    if len(rest) == 4:
        return (date(year, 1, 1), date(int(rest), 12, 31)) if year < int(rest) <= 2200 else None
    if rest:
        month = int(rest)
        return (
            (date(year, month, 1), date(year, month, monthrange(year, month)[1]))
            if 1 <= month <= 12
            else None
        )
    return date(year, 1, 1), date(year, 12, 31)


def fault(status: Status, value: int | None) -> str:
    """Why this status does not go with this value (a code), empty when it does."""
    if status is Status.KNOWN:
        if value is None:
            return "value_missing"
        return "zero_is_zero" if value == 0 else "value_negative" if value < 0 else ""
    if status is Status.ZERO:
        return "" if value == 0 else "zero_is_zero"
    return "value_without_number" if value is not None else ""


def contradicting(lines: Iterable[FigureLine]) -> dict[Matter, tuple[FigureLine, ...]]:
    """The matters of which figures in force say different things, each with all that is said of it.

    A figure that is unknown, not applicable or suppressed contradicts nothing: it says no number.
    """
    found: dict[Matter, list[FigureLine]] = {}
    for line in lines:
        if line.current and line.value is not None:
            found.setdefault(line.matter, []).append(line)
    return {matter: tuple(same) for matter, same in found.items() if len({line.said for line in same}) > 1}


@unique
class Bar(StrEnum):
    """Why a figure that a text refers to cannot be printed."""

    MISSING = "missing"
    SUPERSEDED = "superseded"
    CONTRADICTED = "contradicted"
    UNPROTECTED = "unprotected"


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which figure an editor chose for a matter in one document: the version she looked at, and why."""

    code: str
    version: int
    reason: str


def settle(
    code: str,
    pinned: int | None,
    current: Mapping[str, FigureLine],
    rivals: Mapping[Matter, tuple[FigureLine, ...]],
    choices: Mapping[Matter, Chosen],
) -> tuple[FigureLine | None, Bar | None]:
    """The figure that stands in a document for a reference, or what stops it.

    `pinned`: the version that the author saw; `current`: figures in force by code; `rivals`: `contradicting`. A choice
    counts for every reference to its matter, as long as the chosen version is the one in force.
    """
    line = current.get(code)
    if line is None:
        return None, Bar.MISSING
    choice = choices.get(line.matter)
    chosen = current.get(choice.code) if choice else None
    if choice and chosen and chosen.version == choice.version:
        return (chosen, None) if chosen.protected else (None, Bar.UNPROTECTED)
    if line.matter in rivals:
        return None, Bar.CONTRADICTED
    if pinned is not None and pinned != line.version:
        return None, Bar.SUPERSEDED
    return (line, None) if line.protected else (None, Bar.UNPROTECTED)
