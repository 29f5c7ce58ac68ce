"""One question to the index: how many rows have each key, then which rows gather most weight, then their features."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from . import lookup
from .delta import Delta
from .errors import Broken
from .postings import KEY_MASK, ROW_BITS, ROW_MASK, Codes
from .sealed import Seal
from .table import FEATURE_ENDS, FEATURES, NAME_ENDS, NAMES, Table

Weights = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
_KEY = np.uint64(KEY_MASK)


@dataclass(frozen=True, slots=True)
class Best:
    """Rows (each as one number, see `lookup`), those of changes last, and the weight of each."""

    rows: Rows
    weights: Weights

    def only(self, chosen: "npt.NDArray[np.integer]") -> "Best":
        """Those at these places, which are in ascending order."""
        return Best(self.rows[chosen], self.weights[chosen])


class Asked:
    """Keys asked on a day. `counts`: the living rows of each key, counted no further than `most` + 1."""

    def __init__(self, table: Table, delta: Delta, seal: Seal, keys: Codes, most: int) -> None:
        self._table, self._delta, self._seal = table, delta, seal
        wanted = keys & _KEY
        self._changed = delta.having(wanted, table.day, most)
        self._rows, self._keys, self.counts = lookup.having(table.addresses, wanted, self._changed, most)

    def best(self, worth: Weights, limit: int) -> Best:
        """The `limit` rows that gather most, in no order, keys of no worth left out; of equal ones those whose
        identifiers have the smallest hashes.

        The worth of a row's keys is added in the order in which they were asked.
        """
        rows, sums = lookup.gather(self._rows, self._keys, worth)
        return Best(*lookup.heaviest(self._table.addresses, self._changed, rows, sums, limit))

    def shared(self, best: Best, asked: "npt.NDArray[np.bool_]") -> "npt.NDArray[np.bool_]":
        """Which of the keys that are asked each row has (rows × keys)."""
        return lookup.shared(self._rows, self._keys, asked, best.rows)

    def ids(self, best: Best) -> list[str]:
        """The identifiers of these rows."""
        plain, ends = self._opened(best.rows, NAMES, NAME_ENDS)
        data, stops = plain.tobytes(), ends.tolist()
        found = [data[begin:end].decode() for begin, end in zip([0, *stops], stops, strict=False)]
        if changed := self._changes(best.rows):
            found[len(found) - len(changed) :] = self._delta.ids(changed)
        return found

    def packed(self, best: Best) -> tuple[Bytes, Rows]:
        """The features of these rows, one after the other as `packing` writes them, and where each ends."""
        plain, ends = self._opened(best.rows, FEATURES, FEATURE_ENDS)
        if changed := self._changes(best.rows):
            pieces = self._delta.features(changed)
            ends[len(ends) - len(changed) :] += np.cumsum([len(each) for each in pieces])
            plain = np.concatenate([plain, np.frombuffer(b"".join(pieces), np.uint8)])
        return plain, ends

    def _changes(self, rows: Rows) -> list[int]:
        """Of rows those that are changes, by their number."""
        if not len(self._changed):
            return []
        changes: list[int] = (rows[rows >> ROW_BITS == len(self._table.addresses)] & ROW_MASK).tolist()
        return changes

    def _opened(self, rows: Rows, column: int, ends_in: int) -> tuple[Bytes, Rows]:
        table, nonce = self._table, 0 if column == NAMES else 1
        try:
            parts, counters = lookup.reach(table.addresses, table.nonces, rows, column, ends_in, nonce)
        except IndexError as problem:
            raise Broken("A segment was altered. Rebuild the index from its source.") from problem
        return lookup.opened(table.addresses, rows, column, parts, self._seal.masks(counters))
