"""From pairs to clusters: which records are one, all of them looked at together.

A single strong pair does not join two groups: what counts is the mean of all pairs between them (average linkage), so
that one wrong link does not chain strangers and one poor record does not stand alone. Two who cannot be one are never
in one cluster.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

import numpy as np

from .linkage import Bits, Groups, Rows, coded, linked

_LOWEST = -4.0  # mean bits at which two groups of a small base are one
_FEW = 25_000  # records up to which the lowest bar is enough
_DOUBLED, _HIGHEST = 1.0, 0.0  # how much the bar rises with every doubling of them, and where it stays
LOW, _HIGH = -12.0, 20.0  # bits of one pair that count, at least and at most: no pair outvotes all others
_NEVER = -1e6
_TOGETHER = 4_000_000  # pairs that are scored at once

Score = Callable[[Rows, Rows], Bits]
Cannot = Collection[tuple[int, int]]


def bar(number: int) -> float:
    """Mean bits at which two groups of so many records are one.

    Poor records of one person need a low bar; the more records there are, the more strangers are alike by chance in
    several ways. A fit to development data of two kinds, not derived from anything (`docs/matching.md`).
    """
    return float(np.clip(_LOWEST + _DOUBLED * np.log2(max(number, 1) / _FEW), _LOWEST, _HIGHEST))


@dataclass(frozen=True, slots=True)
class Clusters:
    """`labels`: for each record its cluster, numbered from 0 in the order of their first records. `rounds`: for each
    candidate pair the round of joining in which it came into one cluster, from 1; 0 where it did not."""

    labels: Rows
    rounds: Rows


def clusters(
    number: int, these: Rows, those: Rows, bits: Bits, *, score: Score, cannot: Cannot = ()
) -> Clusters:
    """Which of `number` records are one.

    `these`, `those`, `bits`: the candidate pairs, each once, and how much speaks for each; those of less than
    `bar` bits change nothing. `score(rows, rows)` answers the bits of any other pairs; what is below LOW counts as
    LOW. `cannot`: pairs that are never one.
    """
    apart = np.unique(coded(*np.array([(a, b) for a, b in cannot], np.int64).reshape(-1, 2).T))

    def weighed(one: Rows, other: Rows, found: Bits) -> Bits:
        counted = np.clip(found, LOW, _HIGH)
        if len(apart):
            counted[np.isin(coded(one, other), apart)] = _NEVER
        return counted

    def between(groups: Groups, low: Rows, high: Rows) -> Bits:
        sums = np.empty(len(low))
        for at, upto in _batches(groups.sizes[low] * groups.sizes[high]):
            one, other, starts = groups.crossed(low[at:upto], high[at:upto])
            sums[at:upto] = np.add.reduceat(weighed(one, other, score(one, other)), starts[:-1])
        return sums

    kept = bits >= bar(number)
    one, other = np.minimum(these, those)[kept], np.maximum(these, those)[kept]
    groups = linked(number, one, other, weighed(one, other, bits[kept]), between=between, bar=bar(number))
    return Clusters(np.unique(groups.labels(), return_inverse=True)[1], groups.rounds(these, those))


def _batches(each: Rows) -> Iterator[tuple[int, int]]:
    """(from, up to) of batches that hold about as many pairs as are scored at once."""
    total, at = np.cumsum(each), 0
    while at < len(each):
        done = int(total[at - 1]) if at else 0
        upto = max(int(np.searchsorted(total, done + _TOGETHER, side="right")), at + 1)
        yield at, upto
        at = upto
