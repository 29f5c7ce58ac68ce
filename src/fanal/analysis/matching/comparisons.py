"""What is compared and which levels each comparison has: one list, for the online scorer and for SQL.

Every level has a code; a comparison answers one. `levels_of` fills the codes of many pairs at once and is the only
place where codes are made: DuckDB and Spark call it too.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from . import levels
from .compiled import compiled
from .features import AREA, KINDS, PLACE
from .record import Identifier, Trait

VERSION = 2  # changes with every change of a level: a model of another version cannot be used
NULL = levels.NULL
Codes = npt.NDArray[np.int8]
Rows = npt.NDArray[np.void]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`labels`: its levels by code, from nothing alike to the same. `column`: which part of LAYOUT it reads.

    `chains`: codes in an order in which agreement never says less; every model must keep it.
    """

    name: str
    column: str
    labels: tuple[str, ...]
    chains: tuple[tuple[int, ...], ...]

    @property
    def nulls(self) -> str:
        return "one of them has none"


def _names() -> Comparison:
    labels = ["nothing alike"]
    for level in levels.NAME_LEVELS[1:]:
        labels += [f"{level}, {rarity}" for rarity in levels.RARITIES]
    by_rarity = [tuple(1 + 3 * level + rarity for rarity in range(3)) for level in range(7)]
    by_level = [(0, *(1 + 3 * level + rarity for level in (4, 5, 6))) for rarity in range(3)]
    return Comparison("name", "name", tuple(labels), (*by_rarity, *by_level))


def _value(kind: str) -> Comparison:
    return Comparison(kind, "shared", levels.VALUE_LEVELS, ((0, 1, 2, 3),))


def _postcode() -> Comparison:
    labels = ("different", "the same area", *levels.VALUE_LEVELS[1:])
    return Comparison(Trait.POSTCODE, "shared", labels, ((0, 1, 2, 3, 4),))


COMPARISONS = (
    _names(),
    Comparison("birth", "birth", levels.BIRTH_LEVELS, ((0, 2, 4, 6), (0, 1, 3), (5, 6))),
    _value(PLACE),
    _postcode(),
    *(_value(trait) for trait in Trait if trait is not Trait.POSTCODE),
    *(_value(kind) for kind in Identifier),
)
NUMBER = len(COMPARISONS)
MOST = max(len(comparison.labels) for comparison in COMPARISONS)
_AREA = KINDS[AREA]


def levels_of(these: Rows, those: Rows) -> Codes:
    """The codes (pairs × comparisons, int8, -1 where one has none) of pairs of rows of LAYOUT, one beside the other."""
    codes = np.empty((len(these), NUMBER), np.int8)
    for n, comparison in enumerate(COMPARISONS):
        codes[:, n] = codes_of(comparison, these[comparison.column], those[comparison.column])
    return codes


def against(row: np.void, those: Rows) -> Codes:
    """The same for one row against many."""
    return levels_of(np.broadcast_to(np.asarray(row), len(those)), those)


def codes_of(comparison: Comparison, these: Any, those: Any) -> Codes:
    """The codes of one comparison, of pairs of what it reads (arrays of LAYOUT's part that `column` names)."""
    codes = np.empty(len(these), np.int8)
    if comparison.column == "name":
        _names_of(_parts(these, those, "letters", "sounds", "bits"), codes)
    elif comparison.column == "birth":
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
def _births_of(these: Any, those: Any, codes: Codes) -> None:
    for n in range(len(codes)):
        codes[n] = levels.births(these[n], those[n])


@compiled
def _shared_of(parts: Any, kind: int, codes: Codes) -> None:
    kinds, values, bits, others, those, rarities = parts
    for n in range(len(codes)):
        codes[n] = levels.shared(kinds[n], values[n], bits[n], others[n], those[n], rarities[n], kind)
