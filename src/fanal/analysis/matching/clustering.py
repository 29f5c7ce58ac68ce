"""From pairs to clusters: which records are one, all of them looked at together.

A single strong pair does not join two groups: what counts is the mean of all pairs between them (average linkage), so
that one wrong link does not chain strangers and one poor record does not stand alone. Two who cannot be one are never
in one cluster. Records that hang together strongly are settled first; then what is left joins the group it fits.

Groups are small and many: their pairs are scored together, by the million, and their linkage is compiled.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from .compiled import compiled

STRONG = 2.0  # bits of a pair that makes two records hang together
JOINED, LEFT = -2.0, -3.0  # mean bits at which groups of the first and of the second round are one
NEAR = 2 * LEFT  # bits of a pair that makes two groups worth comparing: what is below is never looked at
LOW, _HIGH = -12.0, 20.0  # bits of one pair that count, at least and at most: no pair outvotes all others
_NEVER = -1e6
_LARGEST = (
    2000  # records that are looked at all together; larger groups are taken apart at a higher bar first
)
_STEP = 1.0
_TOGETHER = 1_000_000  # pairs that are scored at once

Rows = npt.NDArray[np.int64]
Bits = npt.NDArray[np.float64]
Score = Callable[[Rows, Rows], Bits]
Cannot = Collection[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Clusters:
    """For each record its cluster, numbered from 0 in the order of their first records, and its core: the group that
    it was in after the first round, numbered likewise."""

    labels: Rows
    cores: Rows


@dataclass(frozen=True, slots=True)
class Lists:
    """Lists in one array: list n is `members[starts[n] : starts[n + 1]]`."""

    members: Rows
    starts: Rows

    def sizes(self) -> Rows:
        return np.diff(self.starts)

    def kept(self, which: npt.NDArray[np.bool_]) -> "Lists":
        sizes = self.sizes()
        return Lists(self.members[np.repeat(which, sizes)], _starts(sizes[which]))


def clusters(
    number: int, these: Rows, those: Rows, bits: Bits, *, score: Score, cannot: Cannot = ()
) -> Clusters:
    """Which of `number` records are one.

    `these`, `those`, `bits`: the candidate pairs and how much speaks for each; those of less than NEAR bits change
    nothing. `score(rows, rows)` answers the bits of any other pairs; what is below LOW counts as LOW. `cannot`: pairs
    that are never one.
    """
    apart = np.unique(_coded(*np.array([(a, b) for a, b in cannot], np.int64).reshape(-1, 2).T))
    core = np.arange(number)
    strong = bits >= STRONG
    groups = _groups(number, these[strong], those[strong], bits[strong])
    core[groups.members] = _settle(groups, _alone(number), score, apart, JOINED)
    cores = _by_label(core)
    of = np.empty(number, np.int64)
    of[cores.members] = np.repeat(np.arange(len(cores.starts) - 1), cores.sizes())
    joined = _neighbours(cores, of, these, those, bits, score, apart)
    cluster = np.arange(len(cores.starts) - 1)
    cluster[joined.members] = _settle(joined, cores, score, apart, LEFT)
    return Clusters(_numbered(cluster[of]), of)


def _coded(these: Rows, those: Rows) -> Rows:
    """One number for each pair, whichever comes first."""
    return (np.minimum(these, those) << 32) | np.maximum(these, those)


def _groups(number: int, these: Rows, those: Rows, bits: Bits) -> Lists:
    """Groups of two and more that these pairs hold together, none larger than can be looked at."""
    found, bar = [], STRONG
    while len(these):
        groups = _components(number, these, those)
        large = groups.sizes() > _LARGEST
        found.append(groups.kept(~large))
        left = np.zeros(number, np.bool_)
        left[groups.kept(large).members] = True
        bar += _STEP
        again = left[these] & (bits >= bar)
        these, those, bits = these[again], those[again], bits[again]
    return _chained(found)


def _components(number: int, these: Rows, those: Rows) -> Lists:
    edges = coo_matrix((np.ones(len(these), np.bool_), (these, those)), shape=(number, number))
    groups = _by_label(connected_components(edges, directed=False)[1])
    return groups.kept(groups.sizes() > 1)


def _by_label(labels: Rows) -> Lists:
    members = np.argsort(labels, kind="stable")
    return Lists(members, _starts(np.unique(labels, return_counts=True)[1]))


def _chained(several: list[Lists]) -> Lists:
    none = np.empty(0, np.int64)
    members = np.concatenate([none, *(each.members for each in several)])
    return Lists(members, _starts(np.concatenate([none, *(each.sizes() for each in several)])))


def _alone(number: int) -> Lists:
    return Lists(np.arange(number), np.arange(number + 1))


def _starts(sizes: Rows) -> Rows:
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)


def _neighbours(
    cores: Lists, of: Rows, these: Rows, those: Rows, bits: Bits, score: Score, apart: Rows
) -> Lists:
    """Which cores may be one: groups of them whose candidate pairs are, in the mean of all pairs, good enough."""
    near = (bits >= NEAR) & (of[these] != of[those])
    linked = np.unique(_coded(of[these[near]], of[those[near]]))
    low, high = linked >> 32, linked & 0xFFFFFFFF
    sizes = cores.sizes()
    good = _sums(cores, low, high, score, apart) / (sizes[low] * sizes[high]) >= LEFT
    groups = _components(len(sizes), low[good], high[good])
    parts = groups.sizes() // _LARGEST + 1
    cut = [len(part) for size, n in zip(groups.sizes(), parts, strict=True) for part in _split(size, n)]
    return Lists(groups.members, _starts(np.array(cut, np.int64)))


def _split(size: int, parts: int) -> list[range]:
    each, more = divmod(int(size), int(parts))
    return [range(each + (n < more)) for n in range(parts)]


def _settle(groups: Lists, cores: Lists, score: Score, apart: Rows, bar: float) -> Rows:
    """For each member of groups of cores the first member that it is one with."""
    settled = groups.members.copy()
    sizes, core_sizes = groups.sizes(), cores.sizes()
    for at, upto in _batches(sizes * (sizes - 1) // 2):
        starts = groups.starts[at : upto + 1]
        low, high = _couples(groups.members, starts)
        sums = _sums(cores, low, high, score, apart)
        _join(groups.members, starts, sums, core_sizes, bar, settled)
    return settled


def _sums(cores: Lists, low: Rows, high: Rows, score: Score, apart: Rows) -> Bits:
    """For each pair of cores the sum of the bits of all pairs between them."""
    each = cores.sizes()[low] * cores.sizes()[high]
    found = np.empty(len(low))
    for at, upto in _batches(each):
        starts = _starts(each[at:upto])
        one, other = _crossed(cores.members, cores.starts, low[at:upto], high[at:upto], starts)
        bits = np.clip(score(one, other), LOW, _HIGH)
        if len(apart):
            bits[np.isin(_coded(one, other), apart)] = _NEVER
        found[at:upto] = np.add.reduceat(bits, starts[:-1])
    return found


def _batches(each: Rows) -> Iterator[tuple[int, int]]:
    """(from, up to) of batches that hold about as many pairs as are scored at once."""
    total, at = np.cumsum(each), 0
    while at < len(each):
        done = int(total[at - 1]) if at else 0
        upto = max(int(np.searchsorted(total, done + _TOGETHER, side="right")), at + 1)
        yield at, upto
        at = upto


@compiled
def _couples(members: Rows, starts: Rows) -> tuple[Rows, Rows]:
    """All pairs inside each group, group by group."""
    number = 0
    for g in range(len(starts) - 1):
        size = starts[g + 1] - starts[g]
        number += size * (size - 1) // 2
    low, high = np.empty(number, np.int64), np.empty(number, np.int64)
    at = 0
    for g in range(len(starts) - 1):
        for i in range(starts[g], starts[g + 1]):
            for j in range(i + 1, starts[g + 1]):
                low[at], high[at] = members[i], members[j]
                at += 1
    return low, high


@compiled
def _crossed(members: Rows, bounds: Rows, low: Rows, high: Rows, starts: Rows) -> tuple[Rows, Rows]:
    """Every record of one core beside every record of the other, for each pair of cores."""
    one, other = np.empty(starts[-1], np.int64), np.empty(starts[-1], np.int64)
    for n in range(len(low)):
        at = starts[n]
        for i in range(bounds[low[n]], bounds[low[n] + 1]):
            for j in range(bounds[high[n]], bounds[high[n] + 1]):
                one[at], other[at] = members[i], members[j]
                at += 1
    return one, other


@compiled
def _join(members: Rows, starts: Rows, sums: Bits, sizes: Rows, bar: float, settled: Rows) -> None:
    """Average linkage inside each group; `sums` as `_couples` lists the pairs."""
    at = 0
    for g in range(len(starts) - 1):
        first, size = starts[g], starts[g + 1] - starts[g]
        between, weights = np.zeros((size, size)), np.empty(size)
        for i in range(size):
            weights[i] = sizes[members[first + i]]
            for j in range(i + 1, size):
                between[i, j] = between[j, i] = sums[at]
                at += 1
        labels = _linked(between, weights, bar)
        for i in range(size):
            settled[first + i] = members[first + labels[i]]


@compiled
def _linked(sums: Bits, sizes: Bits, bar: float) -> Rows:
    """Average linkage: the two nearest groups become one while the mean of their pairs is at least `bar`."""
    number = len(sizes)
    labels = np.arange(number)
    nearest, best = np.full(number, -1), np.full(number, -np.inf)
    for i in range(number):
        _look(i, sums, sizes, nearest, best)
    while True:
        i = int(np.argmax(best))
        if best[i] < bar:
            return labels
        j = int(nearest[i])
        if j < i:
            i, j = j, i
        labels[labels == j] = i
        sums[i] += sums[j]
        sums[:, i] += sums[:, j]
        sizes[i] += sizes[j]
        sizes[j] = 0
        best[j] = -np.inf
        _look(i, sums, sizes, nearest, best)
        for x in range(number):
            if sizes[x] and x != i:
                mean = sums[x, i] / (sizes[x] * sizes[i])
                if nearest[x] == i or nearest[x] == j:
                    _look(x, sums, sizes, nearest, best)
                elif mean > best[x]:
                    best[x], nearest[x] = mean, i


@compiled
def _look(i: int, sums: Bits, sizes: Bits, nearest: Rows, best: Bits) -> None:
    best[i], nearest[i] = -np.inf, -1
    for j in range(len(sizes)):
        if j != i and sizes[j]:
            mean = sums[i, j] / (sizes[i] * sizes[j])
            if mean > best[i]:
                best[i], nearest[i] = mean, j


def _numbered(labels: Rows) -> Rows:
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[inverse]
