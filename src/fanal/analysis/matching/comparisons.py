"""What is compared and which levels each comparison has: one list, for the online scorer and for SQL.

Every level has a code; a comparison answers one. `levels_of` fills the codes of many pairs at once and is the only
place where codes are made: DuckDB and Spark call it too.

What people of one name have in common besides (a country, a town, a sex) says less beside that name than beside
another, and so does what brothers and sisters have in common: such comparisons have each of their levels once for every
class of names (`BESIDE`), with a weight of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from . import levels
from .compiled import compiled
from .features import AREA, KINDS, PLACE
from .record import Identifier, Trait

VERSION = 3  # changes with every change of a level: a model of another version cannot be used
NULL = levels.NULL
Codes = npt.NDArray[np.int8]
Rows = npt.NDArray[np.void]
Parts = Rows | Mapping[str, Any]
BESIDE = (
    "beside names of which nothing is alike",
    "beside names of which a word or two are alike",
    "beside names of which all words are alike",
    "beside names of which a word or two are alike, born the same day",
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`labels`: its levels by code, from nothing alike to the same. `columns`: which parts of LAYOUT it reads, its own
    first. `width`: how many levels it has apart from names; level l beside names of class c has code c · width + l.

    `chains`: codes in an order in which agreement never says less; every model must keep it.
    """

    name: str
    columns: tuple[str, ...]
    labels: tuple[str, ...]
    chains: tuple[tuple[int, ...], ...]
    width: int

    @property
    def nulls(self) -> str:
        return "one of them has none"

    @property
    def classes(self) -> int:
        """How many classes of names it tells apart; 1: names do not matter."""
        return len(self.labels) // self.width

    def plain(self) -> "Comparison":
        """The same without regard to names."""
        chains = self.chains[: len(self.chains) // self.classes]
        return replace(
            self, columns=self.columns[:1], labels=_without(self.labels, self.width), chains=chains
        )


def _without(labels: tuple[str, ...], width: int) -> tuple[str, ...]:
    beside = f", {BESIDE[0]}"
    return tuple(label.removesuffix(beside) for label in labels[:width])


def _names() -> Comparison:
    labels = ["nothing alike"]
    for level in levels.NAME_LEVELS[1:]:
        labels += [f"{level}, {rarity}" for rarity in levels.RARITIES]
    few = len(levels.RARITIES)
    by_rarity = [tuple(1 + few * level + rarity for rarity in range(few)) for level in range(7)]
    by_level = [(0, *(1 + few * level + rarity for level in (4, 5, 6))) for rarity in range(few)]
    return Comparison("name", ("name",), tuple(labels), (*by_rarity, *by_level), len(labels))


def _births() -> Comparison:
    return _beside_names("birth", ("birth", "name"), levels.BIRTH_LEVELS, ((0, 2, 4, 6), (0, 1, 3), (5, 6)))


def _value(kind: str) -> Comparison:
    return Comparison(kind, ("shared",), levels.VALUE_LEVELS, ((0, 1, 2, 3),), len(levels.VALUE_LEVELS))


def _shared_beside_names(kind: str, *labels: str) -> Comparison:
    return _beside_names(kind, ("shared", "name", "birth"), labels, (tuple(range(len(labels))),))


def _beside_names(
    kind: str, columns: tuple[str, ...], labels: tuple[str, ...], chains: tuple[tuple[int, ...], ...]
) -> Comparison:
    width = len(labels)
    every = tuple(f"{label}, {beside}" for beside in BESIDE for label in labels)
    shifted = (tuple(at * width + code for code in chain) for at in range(len(BESIDE)) for chain in chains)
    return Comparison(kind, columns, every, tuple(shifted), width)


COMPARISONS = (
    _names(),
    _births(),
    _shared_beside_names(PLACE, *levels.VALUE_LEVELS),
    _shared_beside_names(Trait.POSTCODE, "different", "the same area", *levels.VALUE_LEVELS[1:]),
    *(_shared_beside_names(trait, *levels.VALUE_LEVELS) for trait in Trait if trait is not Trait.POSTCODE),
    *(_value(kind) for kind in Identifier),
)
NUMBER = len(COMPARISONS)
MOST = max(len(comparison.labels) for comparison in COMPARISONS)
_NAME, _BIRTH = COMPARISONS[:2]
_AREA = KINDS[AREA]


def levels_of(these: Rows, those: Rows) -> Codes:
    """The codes (pairs × comparisons, int8, -1 where one has none) of pairs of rows of LAYOUT, one beside the other."""
    codes = np.empty((len(these), NUMBER), np.int8)
    for n, comparison in enumerate(COMPARISONS):
        codes[:, n] = _alone(comparison, these, those)
    beside = classes_of(codes[:, 0], codes[:, 1])
    for n, comparison in enumerate(COMPARISONS):
        if comparison.classes > 1:
            codes[:, n] = _shifted(codes[:, n], beside, comparison.width)
    return codes


def against(row: np.void, those: Rows) -> Codes:
    """The same for one row against many."""
    return levels_of(np.broadcast_to(np.asarray(row), len(those)), those)


def codes_of(comparison: Comparison, these: Parts, those: Parts) -> Codes:
    """The codes of one comparison, of pairs of what it reads: rows of LAYOUT, or its parts by name."""
    codes = _alone(comparison, these, those)
    if comparison.classes == 1:
        return codes
    beside = classes_of(_alone(_NAME, these, those), _alone(_BIRTH, these, those))
    return _shifted(codes, beside, comparison.width)


def classes_of(names: Codes, births: Codes) -> Codes:
    """The places in BESIDE of codes of names and of births; no name is as nothing alike."""
    found = np.empty(len(names), np.int8)
    _classes_of(names, births, found)
    return found


def _shifted(codes: Codes, beside: Codes, width: int) -> Codes:
    return np.where(codes < 0, codes, codes + width * beside).astype(np.int8)


def _alone(comparison: Comparison, these: Parts, those: Parts) -> Codes:
    these, those = these[comparison.columns[0]], those[comparison.columns[0]]
    codes = np.empty(len(these), np.int8)
    if comparison.columns[0] == "name":
        _names_of(_parts(these, those, "letters", "sounds", "bits"), codes)
    elif comparison.columns[0] == "birth":
        _births_of(these["days"], those["days"], codes)
    else:
        parts = _parts(these, those, "kinds", "values", "bits")
        _shared_of(parts, KINDS[comparison.name], codes)
        if comparison.name == Trait.POSTCODE:
            near = np.empty(len(these), np.int8)
            _shared_of(parts, _AREA, near)
            codes = np.where(codes > 0, codes + 1, np.where((codes == 0) & (near > 0), 1, codes)).astype(
                np.int8
            )
    return codes


def _parts(these: Any, those: Any, *names: str) -> tuple[Any, ...]:
    return tuple(each[name] for each in (these, those) for name in names)


@compiled
def _names_of(parts: Any, codes: Codes) -> None:
    letters, sounds, bits, others, heard, rarities = parts
    for n in range(len(codes)):
        level, rare = levels.names(letters[n], sounds[n], bits[n], others[n], heard[n], rarities[n])
        codes[n] = levels.name_code(level, rare)


@compiled
def _classes_of(names: Codes, births: Codes, found: Codes) -> None:
    for n in range(len(names)):
        found[n] = levels.class_of(names[n], births[n])


@compiled
def _births_of(these: Any, those: Any, codes: Codes) -> None:
    for n in range(len(codes)):
        codes[n] = levels.births(these[n], those[n])


@compiled
def _shared_of(parts: Any, kind: int, codes: Codes) -> None:
    kinds, values, bits, others, those, rarities = parts
    for n in range(len(codes)):
        codes[n] = levels.shared(kinds[n], values[n], bits[n], others[n], those[n], rarities[n], kind)
