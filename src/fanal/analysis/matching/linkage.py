"""Average linkage of a sparse graph: only groups between which something speaks are looked at.

In rounds: all groups that are each other's nearest become one. The mean of a union lies between those of its parts, so
that no joining spoils another (F. Murtagh, A survey of recent advances in hierarchical clustering algorithms, 1983).
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from .compiled import compiled

Rows = npt.NDArray[np.int64]
Bits = npt.NDArray[np.float64]
Between = Callable[["Groups", Rows, Rows], Bits]
Flags = npt.NDArray[np.bool_]
_NONE = -1
_INSIDE = np.iinfo(np.int64).max  # the code of what lies inside a union


class Groups:
    """Groups of records, numbered as the records; a union has the smaller number of the two.

    Group g has `sizes[g]` records: `first[g]`, `after[first[g]]`, … up to `last[g]`. It became part of `part_of[g]` in
    the round `when[g]`, counted from 1; of itself in no round where it still stands.
    """

    def __init__(self, number: int) -> None:
        self.sizes = np.ones(number, np.int64)
        self.first, self.last = np.arange(number), np.arange(number)
        self.after = np.full(number, _NONE)
        self.part_of, self.when = np.arange(number), np.zeros(number, np.int64)

    def labels(self) -> Rows:
        """The group of each record."""
        return _roots(self.part_of)

    def rounds(self, these: Rows, those: Rows) -> Rows:
        """In which round each pair of records came together; 0 where it did not."""
        return _met(these, those, self.part_of, self.when)

    def crossed(self, low: Rows, high: Rows) -> tuple[Rows, Rows, Rows]:
        """(record, record, where each pair of groups begins): each record of one beside each of the other."""
        starts = np.concatenate([[0], np.cumsum(self.sizes[low] * self.sizes[high])]).astype(np.int64)
        return *_crossed(self.first, self.after, low, high, starts), starts

    def join(self, partners: Rows, when: int) -> None:
        """Make one of each group and its partner (-1: none)."""
        _joined(partners, when, self.sizes, self.first, self.last, self.after, self.part_of, self.when)


def linked(number: int, low: Rows, high: Rows, bits: Bits, *, between: Between, bar: float) -> Groups:
    """Groups of `number` records: two become one while the mean bits of all pairs between them are `bar` or more.

    `low`, `high`, `bits`: the known pairs of records, each once and the smaller first; `between(groups, low, high)`
    answers the bits between other groups, all pairs together. Two unions are looked at where a part of one and a part
    of the other were near enough to become one. Of equally near groups the smaller number is the nearest.
    """
    groups, sums, when = Groups(number), bits, 1
    while True:
        means = sums / (groups.sizes[low] * groups.sizes[high])
        nearest = _nearest(low, high, means, bar, number)
        open_ = nearest != _NONE
        if not open_.any():
            return groups
        partners = np.where(open_ & (nearest[nearest] == np.arange(number)), nearest, _NONE)
        kept = open_[low] & open_[high]
        low, high, sums, good = low[kept], high[kept], sums[kept], means[kept] >= bar
        low, high, sums, known = _parted(low, high, sums, good, partners)
        where, *others = _missing(low, high, known, partners)
        if len(where):
            np.add.at(sums, where, between(groups, *others))
        groups.join(partners, when)
        when += 1


def _parted(low: Rows, high: Rows, sums: Bits, good: Flags, partners: Rows) -> tuple[Rows, Rows, Bits, Rows]:
    """What `_united` says of these pairs, those inside a union left out."""
    own = np.arange(len(partners))
    unions = np.where(partners == _NONE, own, np.minimum(own, partners))
    codes = coded(unions[low], unions[high])
    codes[unions[low] == unions[high]] = _INSIDE
    order = np.argsort(codes, kind="stable")[: np.count_nonzero(codes != _INSIDE)]
    return _united(codes[order], low[order], high[order], sums[order], good[order], partners)


def coded(these: Rows, those: Rows) -> Rows:
    """One number for each pair, whichever comes first."""
    return (np.minimum(these, those) << 32) | np.maximum(these, those)


@compiled
def _joined(
    partners: Rows, round_: int, sizes: Rows, first: Rows, last: Rows, after: Rows, part_of: Rows, when: Rows
) -> None:
    for group in range(len(partners)):
        other = partners[group]
        if other > group:
            sizes[group] += sizes[other]
            after[last[group]] = first[other]
            last[group] = last[other]
            part_of[other], when[other] = group, round_


@compiled
def _roots(part_of: Rows) -> Rows:
    found = part_of.copy()
    for group in range(len(found)):  # what it is part of has a smaller number
        found[group] = found[found[group]]
    return found


@compiled
def _met(these: Rows, those: Rows, part_of: Rows, when: Rows) -> Rows:
    found = np.zeros(len(these), np.int64)
    for n in range(len(these)):
        a, b = these[n], those[n]
        while a != b:  # the one that was joined sooner goes up
            if when[a] == 0 or (when[b] and when[b] < when[a]):
                a, b = b, a
            if when[a] == 0:
                found[n] = 0
                break
            found[n] = when[a]
            a = part_of[a]
    return found


@compiled
def _crossed(first: Rows, after: Rows, low: Rows, high: Rows, starts: Rows) -> tuple[Rows, Rows]:
    one, other = np.empty(starts[-1], np.int64), np.empty(starts[-1], np.int64)
    for n in range(len(low)):
        at, i = starts[n], first[low[n]]
        while i != _NONE:
            j = first[high[n]]
            while j != _NONE:
                one[at], other[at] = i, j
                at += 1
                j = after[j]
            i = after[i]
    return one, other


@compiled
def _nearest(low: Rows, high: Rows, means: Bits, bar: float, number: int) -> Rows:
    """Of each group the nearest that is good enough, or -1."""
    nearest, best = np.full(number, _NONE), np.full(number, -np.inf)
    for n in range(len(low)):
        if means[n] >= bar:
            for one, other in ((low[n], high[n]), (high[n], low[n])):
                if means[n] > best[one] or (means[n] == best[one] and other < nearest[one]):
                    nearest[one], best[one] = other, means[n]
    return nearest


@compiled
def _united(
    codes: Rows, low: Rows, high: Rows, sums: Bits, good: Flags, partners: Rows
) -> tuple[Rows, Rows, Bits, Rows]:
    """The pairs of unions, what is known between them, and which of their parts it is known of (bits of a number).

    `codes`: of the unions, in order. A pair that is not known whole is left out where no part of it is good.
    """
    size = len(codes)
    ours, theirs, parts = np.empty((3, size), np.int64)
    known = np.empty(size)
    used = at = 0
    while at < size:
        one, other = codes[at] >> 32, codes[at] & 0xFFFFFFFF
        code, total, which, some = codes[at], 0.0, 0, False
        while at < size and codes[at] == code:
            a, b = low[at], high[at]
            if a == other or a == partners[other]:
                a, b = b, a
            which |= 1 << (2 * (a != one) + (b != other))
            total += sums[at]
            some |= good[at]
            at += 1
        if some or which == _whole(one, other, partners):
            ours[used], theirs[used], known[used], parts[used] = one, other, total, which
            used += 1
    return ours[:used], theirs[:used], known[:used], parts[:used]


@compiled
def _whole(one: int, other: int, partners: Rows) -> int:
    """All parts of a pair of unions, as bits."""
    rows = 0b0011 if partners[other] != _NONE else 0b0001
    return rows | rows << 2 if partners[one] != _NONE else rows


@compiled
def _missing(ours: Rows, theirs: Rows, parts: Rows, partners: Rows) -> tuple[Rows, Rows, Rows]:
    """(place of the pair of unions, part, part) of what is not known."""
    number = 0
    for n in range(len(ours)):
        if parts[n] != _whole(ours[n], theirs[n], partners):
            number += 3
    where, one, other = np.empty((3, number), np.int64)
    used = 0
    for n in range(len(ours)):
        lacking = _whole(ours[n], theirs[n], partners) & ~parts[n]
        for part in range(4):
            if lacking >> part & 1:
                where[used] = n
                one[used] = partners[ours[n]] if part & 2 else ours[n]
                other[used] = partners[theirs[n]] if part & 1 else theirs[n]
                used += 1
    return where[:used], one[:used], other[:used]
