"""All pairs of a base that share keys enough: candidates of a batch, from postings alone, each once and with what found
it.

Row by row: every row marks those after it that share a key with it. Nothing is sorted, no pair is written twice, and
the pairs of any stretch of rows are spelled out on their own, so that a million rows need little memory.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from os import sched_getaffinity

import numpy as np
import numpy.typing as npt

from .compiled import compiled

Keys = npt.NDArray[np.uint64]
Kinds = npt.NDArray[np.uint8]
Marks = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int64]
_BUCKET = 4_000  # keys that are told apart at a time: few enough for the processor's own memory
_NONE = -1
_AGAIN = 31  # the bit of what shares two keys; kinds have smaller numbers


@dataclass(frozen=True, slots=True)
class Join:
    """Rows with their useful keys. Row n has the postings `starts[n] : starts[n + 1]`, each of a kind of key.

    A posting stands at `at` among the `members` of its key, who end at `ends`; -1 where the key says nothing. A pair
    is one that shares two keys, or one of a kind that is in `alone` (bit n: kind n).
    """

    starts: Places
    kinds: Kinds
    at: Places
    ends: Places
    members: npt.NDArray[np.uint32]
    alone: int

    def stretches(self, most: int) -> Iterator[tuple[int, int]]:
        """(from, up to) of rows in order, which have about `most` pairs or are one."""
        number, at = len(self.starts) - 1, 0
        total = np.concatenate([[0], np.cumsum(np.maximum(self.ends - self.at - 1, 0))])[self.starts]
        while at < number:
            upto = max(int(np.searchsorted(total, total[at] + most, side="right")) - 1, at + 1)
            yield at, upto
            at = upto

    def pairs(self, first: int, last: int) -> tuple[Places, Places, Marks]:
        """(row, row, kinds) of pairs whose smaller row is in `first : last`; bit n of kinds: a key of kind n is shared.

        In the order of the smaller rows; those beside one of them in no order.
        """
        parts = self.starts, self.kinds, self.at, self.ends, self.members
        return _spell(*parts, self.alone, first, last)


def join(keys: Keys, kinds: Kinds, counts: npt.NDArray[np.int64], *, most: int, alone: int) -> Join:
    """Who shares a key. `keys`, `kinds`: those of the first row, of the second, …; `counts`: how many each row has.

    A row has each key once. A key that more than `most` rows have says nothing; `alone`: the kinds (as bits) of which
    one shared key is enough for a pair.
    """
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    owners = np.repeat(np.arange(len(counts), dtype=np.uint32), counts)
    bounds, order = _scattered(keys, max(int(len(keys) // _BUCKET).bit_length(), 1))
    at, ends = np.full(len(keys), _NONE, np.int64), np.full(len(keys), _NONE, np.int64)
    members = np.empty(len(keys), np.uint32)
    cuts = np.linspace(0, len(bounds) - 1, len(sched_getaffinity(0)) + 1).astype(np.int64)
    with ThreadPoolExecutor(len(cuts) - 1) as pool:
        parts = (bounds[first : last + 1] for first, last in pairwise(cuts))
        list(pool.map(lambda part: _group(keys, owners, order, part, most, at, ends, members), parts))
    return Join(starts, kinds, at, ends, members, alone)


@compiled
def _scattered(keys: Keys, bits: int) -> tuple[Places, Places]:
    """The places of keys in buckets of equal first bits, and where each bucket begins."""
    shift = np.uint64(64 - bits)
    bounds = np.zeros((1 << bits) + 1, np.int64)
    for key in keys:
        bounds[np.int64(key >> shift) + 1] += 1
    for n in range(1 << bits):
        bounds[n + 1] += bounds[n]
    order, fill = np.empty(len(keys), np.int64), bounds[:-1].copy()
    for n in range(len(keys)):
        bucket = np.int64(keys[n] >> shift)
        order[fill[bucket]] = n
        fill[bucket] += 1
    return bounds, order


@compiled
def _group(
    keys: Keys,
    owners: npt.NDArray[np.uint32],
    order: Places,
    bounds: Places,
    most: int,
    at: Places,
    ends: Places,
    members: npt.NDArray[np.uint32],
) -> None:
    """For each posting of some buckets its place among the rows of its key, and where they end."""
    for bucket in range(len(bounds) - 1):
        _group_some(
            keys, owners, order[bounds[bucket] : bounds[bucket + 1]], most, at, ends, members, bounds[bucket]
        )


@compiled
def _group_some(
    keys: Keys,
    owners: npt.NDArray[np.uint32],
    some: Places,
    most: int,
    at: Places,
    ends: Places,
    members: npt.NDArray[np.uint32],
    begin: int,
) -> None:
    size, used = 16, begin
    while size < 2 * len(some):
        size *= 2
    first = np.full(size, _NONE, np.int64)  # the posting that brought a key, by the key's inner bits
    slots, numbers = np.empty(len(some), np.int64), np.zeros(size, np.int64)
    for n in range(len(some)):
        slot = np.int64(keys[some[n]] >> np.uint64(8)) & (size - 1)
        while first[slot] != _NONE and keys[first[slot]] != keys[some[n]]:
            slot = (slot + 1) & (size - 1)
        first[slot] = some[n]
        slots[n] = slot
        numbers[slot] += 1
    fill = first
    for key in range(size):
        fill[key] = _NONE
        if 1 < numbers[key] <= most:
            fill[key] = used
            used += int(numbers[key])
            numbers[key] = used  # from now on, where the rows of this key end
    for n in range(len(some)):
        slot = slots[n]
        if fill[slot] != _NONE:
            at[some[n]], ends[some[n]] = fill[slot], numbers[slot]
            members[fill[slot]] = owners[some[n]]
            fill[slot] += 1


@compiled
def _spell(
    starts: Places,
    kinds: Kinds,
    at: Places,
    ends: Places,
    members: npt.NDArray[np.uint32],
    alone: int,
    first: int,
    last: int,
) -> tuple[Places, Places, Marks]:
    most = 0
    for n in range(starts[first], starts[last]):
        most += max(ends[n] - at[n] - 1, 0)
    these, those, marks = np.empty(most, np.int64), np.empty(most, np.int64), np.empty(most, np.uint32)
    marked, again = np.zeros(len(starts) - 1, np.uint32), np.uint32(1) << np.uint32(_AGAIN)
    enough = again | np.uint32(alone)
    used = 0
    for row in range(first, last):
        begun = used
        for n in range(starts[row], starts[row + 1]):
            bit = np.uint32(1) << np.uint32(kinds[n])
            for m in range(at[n] + 1, ends[n]):
                other = members[m]
                if marked[other] == 0:
                    those[used] = other
                    used += 1
                    marked[other] = bit
                else:
                    marked[other] |= bit | again
        kept = begun
        for n in range(begun, used):
            other = those[n]
            if marked[other] & enough:
                these[kept], those[kept], marks[kept] = row, other, marked[other] & ~again
                kept += 1
            marked[other] = 0
        used = kept
    return these[:used].copy(), those[:used].copy(), marks[:used].copy()
