"""Learns which signs of one writing stand for which of another, by expectation-maximisation.

Every way to cut a pair of words into pairs of chunks counts by its chance; the pairs of words that fit worst are taken
for two different names and weigh next to nothing. A word may be given in several variants, of which one is right.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from fanal.analysis.matching.compiled import compiled

from .searching import NATIVE

_OFTEN = 40  # times that a chunk of several signs is met before it counts as one
_ROUNDS, _SETTLED, _WRONG, _DOUBTED = 10, 3, 0.15, 0.02
_KEPT = 1e-7  # the smallest chance that is kept
_LETTERS_A_UNIT = 1.2
_LATER = 0.2  # what a variant counts for at first, beside the first one's 1
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]


def learn(
    latin: Sequence[Sequence[str]], native: Sequence[tuple[str, ...]], weights: Floats, longest: int
) -> dict[str, dict[str, float]]:
    """Units apart by a space → letters (at most `longest`) → chance; "" is nothing.

    Given are for each word its variants in Latin letters, likeliest first, its units and its weight.
    """
    owner = np.array([n for n, variants in enumerate(latin) for _ in variants], np.int32)
    rank = np.array([r for variants in latin for r in range(len(variants))])
    spelled = [tuple(variant) for variants in latin for variant in variants]
    rows, columns = _numbered(native, NATIVE), _numbered(spelled, longest)
    units, unit_counts = (each[owner] for each in _places(native, rows, NATIVE))
    letters, letter_counts = _places(spelled, columns, longest)
    row_sizes, column_sizes = (np.array([0, *map(len, each)]) for each in (rows, columns))
    chance = _first(row_sizes, column_sizes)
    share = weights[owner] * np.where(rank == 0, 1, _LATER)
    for turn in range(_ROUNDS):
        seen, fit = np.zeros_like(chance), np.zeros(len(spelled))
        _expect(units, unit_counts, letters, letter_counts, share, chance, seen, fit)
        seen[row_sizes > 1] *= seen[row_sizes > 1] > 0.5
        seen += 1e-4 * (chance > 0) * seen.sum(1, keepdims=True) / seen.sum()
        chance = seen / seen.sum()
        if turn >= _SETTLED:
            share = _shares(fit * 0.5**rank, owner, weights, unit_counts + letter_counts + 1)
    return _listed(chance, rows, columns)


def _shares(fit: Floats, owner: Ints, weights: Floats, sizes: Ints) -> Floats:
    """How much each variant of each word counts in the next turn."""
    total = np.bincount(owner, fit, minlength=len(weights))
    size = np.bincount(owner, sizes, minlength=len(weights)) / np.bincount(owner, minlength=len(weights))
    each = np.log(total + 1e-300) / size
    trusted = np.where(each >= np.quantile(each, _WRONG), weights, _DOUBTED)
    shares: Floats = trusted[owner] * fit / np.maximum(total[owner], 1e-300)
    return shares


def _numbered(words: Sequence[tuple[str, ...]], longest: int) -> dict[tuple[str, ...], int]:
    """Every sign, and every chunk of several that is met often, from 1 on."""
    met = Counter(
        word[at : at + size]
        for word in words
        for size in range(1, longest + 1)
        for at in range(len(word) - size + 1)
    )
    kept = sorted(chunk for chunk, times in met.items() if len(chunk) == 1 or times >= _OFTEN)
    return {chunk: n for n, chunk in enumerate(kept, 1)}


def _places(
    words: Sequence[tuple[str, ...]], numbers: Mapping[tuple[str, ...], int], longest: int
) -> tuple[Ints, Ints]:
    """(words, places, size - 1) the chunk that begins there, -1 where there is none; (words) their lengths."""
    found = np.full((len(words), max(map(len, words)), longest), -1, np.int32)
    for n, word in enumerate(words):
        for at in range(len(word)):
            for size in range(1, min(longest, len(word) - at) + 1):
                found[n, at, size - 1] = numbers.get(word[at : at + size], -1)
    return found, np.array([len(word) for word in words], np.int32)


def _first(row_sizes: npt.NDArray[np.int64], column_sizes: npt.NDArray[np.int64]) -> Floats:
    """Short chunks of like length are likely; nothing stands for one letter or one unit at most."""
    units, letters = row_sizes[:, None], column_sizes[None, :]
    chance = 0.05 ** (units + letters - 1.0) * 0.3 ** np.abs(units * _LETTERS_A_UNIT - letters)
    chance[0, column_sizes > 1] = 0
    chance[0, 0] = 0
    first: Floats = chance / chance.sum()
    return first


def _listed(
    chance: Floats, rows: Mapping[tuple[str, ...], int], columns: Mapping[tuple[str, ...], int]
) -> dict[str, dict[str, float]]:
    names = ["", *("".join(chunk) for chunk in columns)]
    return {
        " ".join(chunk): {
            names[n]: float(f"{chance[row, n]:.2e}") for n in np.flatnonzero(chance[row] >= _KEPT)
        }
        for chunk, row in [((), 0), *rows.items()]
        if (chance[row] >= _KEPT).any()
    }


@compiled
def _expect(
    units: Ints,
    unit_counts: Ints,
    letters: Ints,
    letter_counts: Ints,
    share: Floats,
    chance: Floats,
    seen: Floats,
    fit: Floats,
) -> None:
    """One turn: adds to `seen` how often each pair of chunks was used, and sets `fit` to each pair's likelihood."""
    before = np.zeros((units.shape[1] + 1, letters.shape[1] + 1))
    after = np.zeros_like(before)
    for n in range(len(fit)):
        u, m = unit_counts[n], letter_counts[n]
        before[: u + 1, : m + 1] = 0
        after[: u + 1, : m + 1] = 0
        before[0, 0] = 1
        for j in range(u + 1):
            for i in range(m + 1):
                if before[j, i] == 0:
                    continue
                for b in range(min(units.shape[2], u - j) + 1):
                    row = units[n, j, b - 1] if b else 0
                    for a in range(0 if b else 1, min(letters.shape[2], m - i) + 1):
                        column = letters[n, i, a - 1] if a else 0
                        if row >= 0 and column >= 0:
                            before[j + b, i + a] += before[j, i] * chance[row, column]
        fit[n] = before[u, m]
        if fit[n] < 1e-200:
            continue
        after[u, m] = share[n] / fit[n]
        for j in range(u, -1, -1):
            for i in range(m, -1, -1):
                if before[j, i] == 0:
                    continue
                for b in range(min(units.shape[2], u - j) + 1):
                    row = units[n, j, b - 1] if b else 0
                    for a in range(0 if b else 1, min(letters.shape[2], m - i) + 1):
                        column = letters[n, i, a - 1] if a else 0
                        if row >= 0 and column >= 0:
                            used = chance[row, column] * after[j + b, i + a]
                            seen[row, column] += before[j, i] * used
                            after[j, i] += used
