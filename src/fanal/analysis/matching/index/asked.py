"""One question to the index: how many rows have each key, then which rows gather most weight, then their features."""

from collections.abc import Sequence
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
    """Rows, heaviest first: where each stands (segment, or -1 for a change; row in it) and its weight."""

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
        self.counts = np.array([len(rows) for rows in self._changed] or np.zeros(len(keys)), np.int64)
        self._places = [
            (np.empty((len(keys), 2), np.int64), np.empty(len(keys), np.uint64)) for _ in segments
        ]
        for segment, (places, firsts) in zip(segments, self._places, strict=True):
            lookup.count(
                segment.directory, segment.postings, segment.shift, segment.alive(day),
                self._keys, most, places, firsts, self.counts,
            )  # fmt: skip

    def best(self, worth: Weights, limit: int) -> Best:
        """The `limit` rows that gather most, keys of no worth left out; equal ones by the hash of the identifier.

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

    def ids(self, best: Best) -> list[str]:
        found = [""] * len(best.rows)
        for part in np.unique(best.parts).tolist():
            at = np.flatnonzero(best.parts == part)
            rows = best.rows[at]
            names = self._segments[part].ids(rows) if part >= 0 else self._delta.ids(rows.tolist())
            for place, name in zip(at.tolist(), names, strict=True):
                found[place] = name
        return found

    def packed(self, best: Best) -> tuple[Best, "npt.NDArray[np.uint8]", "npt.NDArray[np.uint32]"]:
        """The same rows part by part, their features one after the other, and where each ends."""
        pieces, ends, order = [np.zeros(0, np.uint8)], [np.zeros(0, np.uint32)], []
        before = 0
        for part in np.unique(best.parts).tolist():
            at = np.flatnonzero(best.parts == part)
            rows = best.rows[at]
            of = self._segments[part].packed if part >= 0 else self._delta.packed
            data, until = of(rows)
            pieces.append(data)
            ends.append(until + np.uint32(before))
            order.append(at)
            before += len(data)
        chosen = np.concatenate(order) if order else np.empty(0, np.int64)
        return best.only(chosen), np.concatenate(pieces), np.concatenate(ends)


def _heaviest(weights: Weights, hashes: "npt.NDArray[np.uint32]", limit: int) -> Rows:
    """Their places, in order; only what may be among the first `limit` is sorted."""
    among = np.arange(len(weights))
    if len(weights) > limit:
        bar = np.partition(weights, len(weights) - limit)[len(weights) - limit]
        among = np.flatnonzero(weights >= bar)
    return among[np.lexsort((hashes[among], -weights[among]))][:limit]
