"""The bits of millions of pairs of one base: the comparisons' own levels, each pair read once, on every core."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from os import sched_getaffinity
from typing import Any

import numpy as np
import numpy.typing as npt

from . import levels
from .comparisons import BESIDE, COMPARISONS, NULL, NUMBER
from .compiled import compiled, lean
from .features import AREA, KINDS
from .model import Model
from .record import Trait

_BATCH = 50_000
Rows = npt.NDArray[np.void]
Places = npt.NDArray[np.int64]
Bits = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int8]
Score = Callable[[Places, Places], Bits]

_AT = {comparison.name: n for n, comparison in enumerate(COMPARISONS)}
_NAME, _BIRTH, _POSTCODE = _AT["name"], _AT["birth"], _AT[Trait.POSTCODE]
_AREA = KINDS[AREA]
_WIDTHS = np.array([each.width if each.classes > 1 else 0 for each in COMPARISONS], np.int64)
_ASKED = np.full(256, -1, np.int64)  # which comparison asks for a kind of value
for _kind, _number in KINDS.items():
    _ASKED[_number] = _AT.get(_kind, -1)


def scorer(rows: Rows, model: Model, *, least: float = -np.inf) -> Score:
    """A function that answers the bits of pairs of these rows (LAYOUT), given by their places.

    The same as `model.bits(levels_of(...))`, except that a pair which no name could bring to `least` bits gets no more
    than a bound of its bits that is below `least`: its names are not looked at. It may run in several threads.
    """
    weights = model.weights()
    parts = parts_of(rows)
    prior = model.prior_bits

    def bits(these: Places, those: Places) -> Bits:
        found = np.empty(len(these))
        score(parts, these, those, weights, prior, least, found)
        return found

    return bits


def on_every_core(bits: Score) -> Score:
    """The same answers, of many pairs at once."""

    def together(these: Places, those: Places) -> Bits:
        cuts = range(_BATCH, len(these), _BATCH)
        with ThreadPoolExecutor(len(sched_getaffinity(0))) as pool:
            return np.concatenate([*pool.map(bits, np.split(these, cuts), np.split(those, cuts))])

    return together


def parts_of(rows: Rows) -> tuple[Any, ...]:
    """What `score` reads of rows (LAYOUT)."""
    names, shared = rows["name"], rows["shared"]
    return (
        *(names[part] for part in ("letters", "sounds", "bits")),
        rows["birth"]["days"],
        *(shared[part] for part in ("kinds", "values", "bits")),
    )


@compiled
def score(
    parts: Any, these: Places, those: Places, weights: Bits, prior: float, least: float, found: Bits
) -> None:
    """Fill `found` with the bits of pairs of rows, as `scorer` answers them."""
    codes, best = np.empty(NUMBER, np.int8), np.empty(256, np.int16)
    best[:] = NULL
    _score(parts, these, those, weights, _ceilings(weights), prior, least, codes, best, found)


@lean
def _score(
    parts: Any,
    these: Places,
    those: Places,
    weights: Bits,
    ceilings: Bits,
    prior: float,
    least: float,
    codes: Codes,
    best: Any,
    found: Bits,
) -> None:
    letters, sounds, rarity, days, kinds, values, rare = parts
    most = weights[_NAME].max()
    for n in range(len(these)):
        i, j = these[n], those[n]
        codes[:] = NULL
        codes[_BIRTH] = levels.births(days[i], days[j])
        _shared(kinds[i], values[i], rare[i], kinds[j], values[j], rare[j], codes, best)
        total = _sum(codes, ceilings, prior)
        if total + most >= least:
            level, bits = levels.names(letters[i], sounds[i], rarity[i], letters[j], sounds[j], rarity[j])
            codes[_NAME] = levels.name_code(level, bits)
            _put_beside(levels.class_of(codes[_NAME], codes[_BIRTH]), codes)
            total = _sum(codes, weights, prior)
        else:
            total += most
        found[n] = total


@compiled
def _ceilings(weights: Bits) -> Bits:
    """The most that a level may weigh, beside whichever names."""
    found = weights.copy()
    for n in range(NUMBER):
        if _WIDTHS[n]:
            for level in range(_WIDTHS[n]):
                found[n, level] = weights[n, level : len(BESIDE) * _WIDTHS[n] : _WIDTHS[n]].max()
    return found


@lean
def _put_beside(names: int, codes: Codes) -> None:
    """Codes of levels alone become those beside names of a class."""
    for n in range(NUMBER):
        if _WIDTHS[n] and codes[n] != NULL:
            codes[n] += _WIDTHS[n] * names


@lean
def _sum(codes: Codes, weights: Bits, prior: float) -> float:
    total = prior
    for n in range(NUMBER):
        total += weights[n, codes[n]]
    return total


@lean
def _shared(
    kinds: Any, values: Any, bits: Any, others: Any, those: Any, rarities: Any, codes: Codes, best: Any
) -> None:
    """The codes of all kinds of values in one pass; `best` is scratch, all NULL before and after."""
    for i in range(len(kinds)):
        kind = kinds[i]
        if kind == 0:
            break
        for j in range(len(others)):
            if others[j] == 0:
                break
            if others[j] == kind:
                same = min(bits[i], rarities[j]) + 1 if those[j] == values[i] else 0
                best[kind] = max(best[kind], same)
    for i in range(len(kinds)):
        kind = kinds[i]
        if kind == 0:
            break
        if best[kind] != NULL and kind != _AREA and _ASKED[kind] >= 0:
            level = levels.value_level(best[kind] - 1)
            if _ASKED[kind] == _POSTCODE:
                level = level + 1 if level > 0 else 1 if best[_AREA] > 0 else 0
            codes[_ASKED[kind]] = level
    for i in range(len(kinds)):
        best[kinds[i]] = NULL
