"""One question to the index: how many rows have each key, then which rows gather most weight, then their features."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from . import lookup
from .delta import Delta
from .postings import KEY_MASK, Codes
from .segment import Segment

Weights = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Best:
    """Rows: where each stands (segment, or -1 for a change; row in it) and its weight."""

    parts: Rows
    rows: Rows
    weights: Weights

    def only(self, chosen: "npt.NDArray[np.integer]") -> "Best":
        return Best(self.parts[chosen], self.rows[chosen], self.weights[chosen])


class Asked:
    """Keys asked on a day. `counts`: the living rows of each key, counted no further than `most` + 1."""

    def __init__(
        self, segments: Sequence[Segment], delta: Delta, keys: Codes, *, day: int, most: int
    ) -> None:
        self._segments, self._delta, self._day = segments, delta, day
        self._keys = keys & np.uint64(KEY_MASK)
        self._changed = [delta.having(key, day, most) for key in self._keys.tolist()] if delta.rows else []
        self.counts = np.zeros(len(keys), np.int64)
        if self._changed:
            self.counts[:] = [len(rows) for rows in self._changed]
        self._places = [
            (np.empty((len(keys), 2), np.int64), np.empty(len(keys), np.uint64)) for _ in segments
        ]
        for segment, (places, firsts) in zip(segments, self._places, strict=True):
            lookup.count(
                segment.directory, segment.postings, segment.shift, segment.alive(day),
                self._keys, most, places, firsts, self.counts,
            )  # fmt: skip

    def best(self, worth: Weights, limit: int) -> Best:
        """The `limit` rows that gather most, in no order, keys of no worth left out; of equal ones those whose
        identifiers have the smallest hashes.

        The worth of a row's keys is added in the order in which they were asked.
        """
        room = int(self.counts[worth > 0].sum())
        slots = 1 << (2 * room + 1).bit_length()
        parts, rows, weights, hashes = [], [], [], []
        for n, segment in enumerate(self._segments):
            found, sums = np.empty(room, np.uint32), np.empty(room)
            total = lookup.gather(
                segment.postings, segment.alive(self._day), self._keys, *self._places[n], worth,
                found, sums, np.zeros(slots, np.uint32),
            )  # fmt: skip
            parts.append(np.full(total, n))
            rows.append(found[:total].astype(np.int64))
            weights.append(sums[:total])
            hashes.append(segment.hashes[found[:total]])
        if self._changed:
            gathered = self._gathered(worth)
            parts.append(np.full(len(gathered), -1))
            rows.append(np.fromiter(gathered, np.int64, len(gathered)))
            weights.append(np.fromiter(gathered.values(), np.float64, len(gathered)))
            hashes.append(np.array([self._delta.hashes[number] for number in gathered], np.uint32))
        if not parts:
            return Best(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))
        every = Best(np.concatenate(parts), np.concatenate(rows), np.concatenate(weights))
        return every.only(_heaviest(every.weights, np.concatenate(hashes), limit))

    def _gathered(self, worth: Weights) -> dict[int, float]:
        sums: dict[int, float] = {}
        for rows, weight in zip(self._changed, worth.tolist(), strict=True):
            if weight > 0:
                for number in rows:
                    sums[number] = sums.get(number, 0.0) + weight
        return sums

    def shared(self, best: Best, asked: "npt.NDArray[np.bool_]") -> "npt.NDArray[np.bool_]":
        """Which of the keys that are asked each row has (rows × keys)."""
        flags = np.zeros((len(best.rows), len(self._keys)), np.bool_)
        for part, at, rows in _by_part(best):
            if part < 0:
                every = enumerate(self._changed)
                flags[at] = np.stack([asked[n] & np.isin(rows, having) for n, having in every], axis=1)
                continue
            order = np.argsort(rows)
            found = np.zeros((len(rows), len(self._keys)), np.bool_)
            segment, places = self._segments[part], self._places[part]
            lookup.shared(segment.postings, self._keys, *places, asked, rows[order], found)
            flags[at[order]] = found
        return flags

    def ids(self, best: Best) -> list[str]:
        """The identifiers of these rows."""
        found = [""] * len(best.rows)
        for part, at, rows in _by_part(best):
            names = self._segments[part].ids(rows) if part >= 0 else self._delta.ids(rows.tolist())
            for place, name in zip(at.tolist(), names, strict=True):
                found[place] = name
        return found

    def packed(self, best: Best) -> tuple[Best, "npt.NDArray[np.uint8]", "npt.NDArray[np.uint32]"]:
        """The same rows part by part, their features one after the other, and where each ends."""
        pieces, ends, order = [np.zeros(0, np.uint8)], [np.zeros(0, np.uint32)], [np.empty(0, np.int64)]
        before = 0
        for part, at, rows in _by_part(best):
            data, until = (self._segments[part] if part >= 0 else self._delta).packed(rows)
            pieces.append(data)
            ends.append(until + np.uint32(before))
            order.append(at)
            before += len(data)
        return best.only(np.concatenate(order)), np.concatenate(pieces), np.concatenate(ends)


def _by_part(best: Best) -> Iterator[tuple[int, Rows, Rows]]:
    """(part, places in `best`, rows) of each part that has some."""
    if not len(best.parts):
        return
    first = int(best.parts[0])
    if (best.parts == first).all():
        yield first, np.arange(len(best.parts)), best.rows
        return
    for part in np.unique(best.parts).tolist():
        at = np.flatnonzero(best.parts == part)
        yield part, at, best.rows[at]


def _heaviest(weights: Weights, hashes: "npt.NDArray[np.uint32]", limit: int) -> Rows:
    """The places of the `limit` heaviest, in no order; of equal ones those with the smallest hashes."""
    if len(weights) <= limit:
        return np.arange(len(weights))
    bar = np.partition(weights, len(weights) - limit)[len(weights) - limit]
    above, equal = np.flatnonzero(weights > bar), np.flatnonzero(weights == bar)
    return np.concatenate([above, equal[np.argsort(hashes[equal], kind="stable")[: limit - len(above)]]])
