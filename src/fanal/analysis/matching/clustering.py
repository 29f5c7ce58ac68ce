"""From pairs to clusters: which records are one, all of them looked at together.

A single strong pair does not join two groups: what counts is the mean of all pairs between them (average linkage), so
that one wrong link does not chain strangers and one poor record does not stand alone. Two who cannot be one are never
in one cluster. Records that hang together strongly are settled first; then what is left joins the group it fits.
"""

from collections.abc import Callable, Collection, Iterator, Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from .compiled import compiled

STRONG = 2.0  # bits of a pair that makes two records hang together
JOINED, LEFT = -2.0, -3.0  # mean bits at which groups of the first and of the second round are one
_LOW, _HIGH = -12.0, 20.0  # bits of one pair that count, at least and at most: no pair outvotes all others
_NEVER = -1e6
_LARGEST = (
    2000  # records that are looked at all together; larger groups are taken apart at a higher bar first
)
_STEP = 1.0

Rows = npt.NDArray[np.int64]
Bits = npt.NDArray[np.float64]
Score = Callable[[Rows, Rows], Bits]
Cannot = Collection[tuple[int, int]]


def clusters(number: int, these: Rows, those: Rows, bits: Bits, *, score: Score, cannot: Cannot = ()) -> Rows:
    """The cluster of each of `number` records, numbered from 0 in the order of their first records.

    `these`, `those`, `bits`: the candidate pairs and how much speaks for each. `score(rows, rows)` answers the bits of
    any other pairs. `cannot`: pairs that are never one.
    """
    apart = {(min(pair), max(pair)) for pair in cannot}
    labels = np.arange(number)
    for group in _groups(number, these, those, bits, STRONG):
        labels[group] = group[_settle([group[n : n + 1] for n in range(len(group))], score, apart, JOINED)]
    cores = _members(labels)
    of = np.empty(number, np.int64)
    for n, core in enumerate(cores):
        of[core] = n
    for joined in _neighbours(cores, of, these, those, bits, score, apart):
        settled = _settle([cores[n] for n in joined], score, apart, LEFT)
        for n, other in zip(joined, settled, strict=True):
            labels[cores[n]] = labels[cores[joined[other]][0]]
    return _numbered(labels)


def _groups(number: int, these: Rows, those: Rows, bits: Bits, bar: float) -> Iterator[Rows]:
    """Groups of two and more that pairs above the bar hold together, none larger than can be looked at."""
    strong = bits >= bar
    for group in _components(number, these[strong], those[strong]):
        if len(group) <= _LARGEST:
            yield group
        else:
            inside = np.isin(these, group) & strong
            at = np.searchsorted(group, np.stack([these[inside], those[inside]]))
            for part in _groups(len(group), at[0], at[1], bits[inside], bar + _STEP):
                yield group[part]


def _components(number: int, these: Rows, those: Rows) -> list[Rows]:
    edges = coo_matrix((np.ones(len(these), np.bool_), (these, those)), shape=(number, number))
    return [group for group in _members(connected_components(edges, directed=False)[1]) if len(group) > 1]


def _members(labels: Rows) -> list[Rows]:
    order = np.argsort(labels, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(labels[order])) + 1) if len(labels) else []


def _neighbours(
    cores: Sequence[Rows], of: Rows, these: Rows, those: Rows, bits: Bits, score: Score, apart: Cannot
) -> list[Rows]:
    """Which cores may be one: groups of them whose candidate pairs are, in the mean of all pairs, good enough."""
    near = (of[these] != of[those]) & (bits >= 2 * LEFT)
    low, high = np.minimum(of[these[near]], of[those[near]]), np.maximum(of[these[near]], of[those[near]])
    linked = np.unique(np.stack([low, high], axis=1), axis=0)
    if not len(linked):
        return []
    means = _sums(cores, linked[:, 0], linked[:, 1], score, apart)
    sizes = np.array([len(core) for core in cores])
    good = means / (sizes[linked[:, 0]] * sizes[linked[:, 1]]) >= LEFT
    return [
        group[part]
        for group in _components(len(cores), linked[good, 0], linked[good, 1])
        for part in (np.array_split(np.arange(len(group)), len(group) // _LARGEST + 1))
    ]


def _settle(groups: Sequence[Rows], score: Score, apart: Cannot, bar: float) -> Rows:
    """For each group the place of the first one that it is one with."""
    low, high = np.triu_indices(len(groups), 1)
    sums = np.zeros((len(groups), len(groups)))
    sums[low, high] = sums[high, low] = _sums(groups, low, high, score, apart)
    return _linked(sums, np.array([float(len(group)) for group in groups]), bar)


def _sums(groups: Sequence[Rows], low: Rows, high: Rows, score: Score, apart: Cannot) -> Bits:
    """For each pair of groups the sum of the bits of all pairs between them."""
    sizes = np.array([len(group) for group in groups])
    each = sizes[low] * sizes[high]
    found = np.empty(len(low))
    at = 0
    for upto in _batches(each):
        one = np.concatenate(
            [np.repeat(groups[a], sizes[b]) for a, b in zip(low[at:upto], high[at:upto], strict=True)]
        )
        other = np.concatenate(
            [np.tile(groups[b], sizes[a]) for a, b in zip(low[at:upto], high[at:upto], strict=True)]
        )
        bits = np.clip(score(one, other), _LOW, _HIGH)
        if apart:
            never = [
                (min(pair), max(pair)) in apart for pair in zip(one.tolist(), other.tolist(), strict=True)
            ]
            bits[never] = _NEVER
        found[at:upto] = np.add.reduceat(bits, np.concatenate([[0], np.cumsum(each[at:upto])[:-1]]))
        at = upto
    return found


def _batches(each: Rows, most: int = 1_000_000) -> Iterator[int]:
    """Where to cut so that a batch holds about a million pairs."""
    if not len(each):
        return
    total = np.cumsum(each)
    ends = np.unique(np.searchsorted(total, np.arange(most, total[-1], most)) + 1)
    yield from (int(end) for end in ends if end < len(each))
    yield len(each)


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
