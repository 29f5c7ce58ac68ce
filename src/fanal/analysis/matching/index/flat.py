"""Rows as columns, in memory: what a segment is made of, and how many rows travel from one process to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Self

import numpy as np
import numpy.typing as npt

from .postings import KEY_MASK, MOST_ROWS, ROW_BITS, ROW_MASK, Codes

FOREVER = 2**31 - 1  # last day of a row that does not expire
_ROWS, _ROW, _KEY = np.uint64(ROW_BITS), np.uint64(ROW_MASK), np.uint64(KEY_MASK)
Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Row:
    """One record as the index keeps it: `until` in days since 1970."""

    id: str
    keys: tuple[int, ...]
    features: bytes
    until: int


def hashed(identifier: str) -> int:
    """Where the identifier is looked up, and the order of what weighs the same; not a secret."""
    return int.from_bytes(blake2b(identifier.encode(), digest_size=4).digest(), "little")


@dataclass(frozen=True, slots=True)
class Flat:
    """At most 2^20 rows: their postings in any order; and for each row hash, last day, name and features."""

    codes: Codes
    hashes: Numbers
    until: npt.NDArray[np.int32]
    name_lengths: Numbers
    names: Bytes
    feature_lengths: Numbers
    features: Bytes

    def __len__(self) -> int:
        return len(self.until)

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Self:
        return cls.columns(
            [row.id for row in rows],
            np.array([key for row in rows for key in row.keys], np.uint64),
            np.array([len(row.keys) for row in rows], np.int64),
            np.array([row.until for row in rows], np.int32),
            np.frombuffer(b"".join(row.features for row in rows), np.uint8),
            np.array([len(row.features) for row in rows], np.uint32),
        )

    @classmethod
    def columns(
        cls,
        ids: Sequence[str],
        keys: Codes,
        many: npt.NDArray[np.int64],
        until: npt.NDArray[np.int32],
        features: Bytes,
        lengths: Numbers,
    ) -> Self:
        """From the keys of all rows one after the other (`many` of each) and their packed features (`lengths`)."""
        if len(ids) > MOST_ROWS:
            raise ValueError(f"{len(ids)} rows; at most {MOST_ROWS} at once")
        names = [each.encode() for each in ids]
        return cls(
            codes=((keys & _KEY) << _ROWS) | np.repeat(np.arange(len(ids), dtype=np.uint64), many),
            hashes=np.array([hashed(each) for each in ids], np.uint32),
            until=until,
            name_lengths=np.array([len(name) for name in names], np.uint32),
            names=np.frombuffer(b"".join(names), np.uint8),
            feature_lengths=lengths,
            features=features,
        )

    def ids(self) -> list[str]:
        data = self.names.tobytes()
        ends = np.cumsum(self.name_lengths).tolist()
        return [data[begin:end].decode() for begin, end in zip([0, *ends], ends, strict=False)]

    def only(self, alive: npt.NDArray[np.bool_]) -> Self:
        """The rows that are marked, numbered anew."""
        if alive.all():
            return self
        number = np.cumsum(alive, dtype=np.uint64) - np.uint64(1)
        owners = self.codes & _ROW
        kept = alive[owners]
        return replace(
            self,
            codes=(self.codes[kept] & ~_ROW) | number[owners[kept]],
            hashes=self.hashes[alive],
            until=self.until[alive],
            name_lengths=self.name_lengths[alive],
            names=self.names[np.repeat(alive, self.name_lengths)],
            feature_lengths=self.feature_lengths[alive],
            features=self.features[np.repeat(alive, self.feature_lengths)],
        )


def joined(parts: Sequence[Flat]) -> Flat:
    """The rows of all parts, one after the other; one part at least."""
    if len(parts) == 1:
        return parts[0]
    before = np.cumsum([0, *(len(part) for part in parts)], dtype=np.uint64)
    codes = [part.codes + first for part, first in zip(parts, before, strict=False)]
    columns = {
        name: np.concatenate([getattr(part, name) for part in parts])
        for name in ("hashes", "until", "name_lengths", "names", "feature_lengths", "features")
    }
    return Flat(codes=np.concatenate(codes), **columns)


def latest(rows: Flat) -> Flat:
    """Of rows of one identifier the last one."""
    if len(np.unique(rows.hashes)) == len(rows):
        return rows
    last = {identifier: n for n, identifier in enumerate(rows.ids())}
    alive = np.zeros(len(rows), np.bool_)
    alive[list(last.values())] = True
    return rows.only(alive)
