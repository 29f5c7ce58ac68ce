"""An immutable segment: sorted keys with their rows, and for each row its identifier, features and last day."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from .errors import Broken
from .sealed import Seal

FOREVER = 2**31 - 1  # last day of a row that does not expire
_COLUMNS: dict[str, type[np.generic]] = {
    "keys": np.uint64,
    "starts": np.uint32,
    "rows": np.uint32,
    "hashes": np.uint64,
    "owners": np.uint32,
    "until": np.int32,
    "ends": np.uint64,
}
Column = npt.NDArray[np.generic]


@dataclass(frozen=True, slots=True)
class Row:
    """One record as the index keeps it: `until` in days since 1970, `features` of the index's fixed width."""

    id: str
    keys: tuple[int, ...]
    features: bytes
    until: int


def hashed(identifier: str) -> int:
    """Where the identifier is looked up; not a secret."""
    return int.from_bytes(blake2b(identifier.encode(), digest_size=8).digest(), "little")


class Segment:
    """A segment on disk, mapped into memory; features and identifiers are decrypted when it is opened."""

    def __init__(self, folder: Path, seal: Seal, width: int) -> None:
        try:
            about = json.loads((folder / "about.json").read_text())
            for name, kind in _COLUMNS.items():
                setattr(self, name, _mapped(folder / name, kind))
            nonce = bytes.fromhex(about["nonce"])
            names = seal.column((folder / "ids").read_bytes(), nonce)
            features = seal.column((folder / "features").read_bytes(), _next(nonce))
        except (OSError, ValueError, KeyError) as problem:
            raise Broken(
                f"The segment {folder.name} cannot be read. Rebuild the index from its source."
            ) from problem
        self.size = int(about["rows"])
        if len(self.until) != self.size or len(features) != self.size * width or len(self.ends) != self.size:
            raise Broken(f"The segment {folder.name} is cut. Rebuild the index from its source.")
        self._names = names
        self.features = np.frombuffer(features, np.uint8).reshape(self.size, width)
        self.dead = np.zeros(self.size, np.bool_)

    keys: npt.NDArray[np.uint64]
    starts: npt.NDArray[np.uint32]
    rows: npt.NDArray[np.uint32]
    hashes: npt.NDArray[np.uint64]
    owners: npt.NDArray[np.uint32]
    until: npt.NDArray[np.int32]
    ends: npt.NDArray[np.uint64]

    def id(self, row: int) -> str:
        begin = int(self.ends[row - 1]) if row else 0
        return self._names[begin : int(self.ends[row])].decode()

    def row_of(self, identifier: str) -> int | None:
        """The living row of an identifier."""
        wanted = np.uint64(hashed(identifier))
        at = int(np.searchsorted(self.hashes, wanted))
        while at < self.size and self.hashes[at] == wanted:
            row = int(self.owners[at])
            if not self.dead[row] and self.id(row) == identifier:
                return row
            at += 1
        return None

    def living(self) -> Flat:
        """Every row that is not dead, with its keys: what the next segment is made of."""
        hashes = np.empty(self.size, np.uint64)
        hashes[self.owners] = self.hashes
        return Flat(
            keys=np.repeat(self.keys, np.diff(self.starts)),
            owners=self.rows,
            hashes=hashes,
            until=self.until,
            lengths=np.diff(self.ends, prepend=np.uint64(0)),
            names=np.frombuffer(self._names, np.uint8),
            features=self.features,
        ).only(~self.dead)


@dataclass(frozen=True, slots=True)
class Flat:
    """Rows as columns: keys with the numbers of their rows; and for each row hash, last day, name and features."""

    keys: npt.NDArray[np.uint64]
    owners: npt.NDArray[np.uint32]
    hashes: npt.NDArray[np.uint64]
    until: npt.NDArray[np.int32]
    lengths: npt.NDArray[np.uint64]
    names: npt.NDArray[np.uint8]
    features: npt.NDArray[np.uint8]

    @classmethod
    def of(cls, rows: Sequence[Row], width: int) -> Self:
        names = [row.id.encode() for row in rows]
        return cls(
            keys=np.array([key for row in rows for key in row.keys], np.uint64),
            owners=np.repeat(np.arange(len(rows), dtype=np.uint32), [len(row.keys) for row in rows]),
            hashes=np.array([hashed(row.id) for row in rows], np.uint64),
            until=np.array([row.until for row in rows], np.int32),
            lengths=np.array([len(name) for name in names], np.uint64),
            names=np.frombuffer(b"".join(names), np.uint8),
            features=np.frombuffer(b"".join(row.features for row in rows), np.uint8).reshape(
                len(rows), width
            ),
        )

    def only(self, alive: npt.NDArray[np.bool_]) -> Self:
        """The rows that are marked, numbered anew."""
        number = np.cumsum(alive, dtype=np.uint32) - np.uint32(1)
        kept = alive[self.owners]
        return replace(
            self,
            keys=self.keys[kept],
            owners=number[self.owners[kept]],
            hashes=self.hashes[alive],
            until=self.until[alive],
            lengths=self.lengths[alive],
            names=self.names[np.repeat(alive, self.lengths.astype(np.int64))],
            features=self.features[alive],
        )


def joined(parts: Sequence[Flat]) -> Flat:
    """The rows of all parts, one after the other."""
    before = np.cumsum([0, *(len(part.until) for part in parts)], dtype=np.uint32)
    owners = [part.owners + first for part, first in zip(parts, before, strict=False)]
    columns = {
        name: np.concatenate([getattr(part, name) for part in parts])
        for name in ("keys", "hashes", "until", "lengths", "names", "features")
    }
    return Flat(owners=np.concatenate(owners), **columns)


def write(folder: Path, rows: Flat, seal: Seal) -> None:
    """Write a segment and force it to disk; `folder` must not exist. The order of the rows changes no answer."""
    folder.mkdir()
    order = np.lexsort((rows.owners, rows.keys))
    distinct, first = np.unique(rows.keys[order], return_index=True)
    by_hash = np.argsort(rows.hashes, kind="stable")
    nonce = os.urandom(16)
    columns: dict[str, Column | bytes] = {
        "keys": distinct,
        "starts": np.append(first, len(rows.keys)).astype(np.uint32),
        "rows": rows.owners[order],
        "hashes": rows.hashes[by_hash],
        "owners": by_hash.astype(np.uint32),
        "until": rows.until,
        "ends": np.cumsum(rows.lengths, dtype=np.uint64),
        "ids": seal.column(rows.names.tobytes(), nonce),
        "features": seal.column(rows.features.tobytes(), _next(nonce)),
        "about.json": json.dumps({"rows": len(rows.until), "nonce": nonce.hex()}).encode(),
    }
    for name, column in columns.items():
        durable(folder / name, column if isinstance(column, bytes) else column.tobytes())
    settle(folder)


def durable(file: Path, data: bytes) -> None:
    """Written, and on disk when this returns."""
    with file.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def settle(folder: Path) -> None:
    """The names in a folder are on disk when this returns."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _mapped(file: Path, kind: type[np.generic]) -> Column:
    if file.stat().st_size == 0:
        return np.zeros(0, kind)
    return np.memmap(file, kind, "r")


def _next(nonce: bytes) -> bytes:
    """A second stream under the same key: far enough that the two never overlap."""
    return (int.from_bytes(nonce, "big") ^ (1 << 127)).to_bytes(16, "big")
