"""An immutable segment: its postings, and for each row its identifier, features and last day.

All columns are mapped from their files, so that processes share them; identifiers and features stay sealed, and of them
only what is asked for is opened.
"""

from __future__ import annotations

import json
import os
from bisect import bisect_left
from pathlib import Path

import numpy as np
import numpy.typing as npt

from . import postings
from .errors import Broken
from .flat import Flat, hashed
from .sealed import Seal

_COLUMNS: dict[str, type[np.generic]] = {
    "directory": np.uint32,
    "postings": np.uint8,
    "hashes": np.uint32,
    "by_hash": np.uint32,
    "until": np.int32,
    "names": np.uint8,
    "name_ends": np.uint32,
    "features": np.uint8,
    "feature_ends": np.uint32,
}
_NO_DAY = -(2**40)
Column = npt.NDArray[np.generic]


class Segment:
    """A segment on disk. `dead` and `alive` are this process's own: which rows were removed, which count today."""

    def __init__(self, folder: Path, seal: Seal) -> None:
        self.folder, self._seal = folder, seal
        try:
            about = json.loads((folder / "about.json").read_text())
            for name, kind in _COLUMNS.items():
                setattr(self, name, _mapped(folder / name, kind))
            nonce = bytes.fromhex(about["nonce"])
            self.nonces = nonce, _next(nonce)  # of the names, of the features
            self.size, self._number = int(about["rows"]), int(about["postings"])
        except (OSError, ValueError, KeyError) as problem:
            raise Broken(
                f"The segment {folder.name} cannot be read. Rebuild the index from its source."
            ) from problem
        self._demand_whole()
        self.dead = np.zeros(self.size, np.bool_)
        self.buried = 0
        self._alive, self._day = np.zeros(0, np.bool_), _NO_DAY

    directory: npt.NDArray[np.uint32]
    postings: npt.NDArray[np.uint8]
    hashes: npt.NDArray[np.uint32]
    by_hash: npt.NDArray[np.uint32]
    until: npt.NDArray[np.int32]
    names: npt.NDArray[np.uint8]
    name_ends: npt.NDArray[np.uint32]
    features: npt.NDArray[np.uint8]
    feature_ends: npt.NDArray[np.uint32]

    def _demand_whole(self) -> None:
        rows = {len(each) for each in (self.hashes, self.by_hash, self.until)}
        rows |= {len(self.name_ends) - 1, len(self.feature_ends) - 1}
        ends = (
            (self.directory, self.postings),
            (self.name_ends, self.names),
            (self.feature_ends, self.features),
        )
        if rows != {self.size} or any(int(each[-1]) != len(data) for each, data in ends):
            raise Broken(f"The segment {self.folder.name} is cut. Rebuild the index from its source.")

    def alive(self, day: int) -> npt.NDArray[np.bool_]:
        """Which rows are neither removed nor expired on a day."""
        if day != self._day:
            self._alive, self._day = ~self.dead & (self.until >= day), day
        return self._alive

    def bury(self, row: int) -> None:
        self.dead[row] = True
        self.buried += 1
        if self._day != _NO_DAY:
            self._alive[row] = False

    def bury_only(self, dead: npt.NDArray[np.bool_]) -> None:
        """These rows are dead and no others."""
        self.dead = dead
        self.buried, self._day = int(dead.sum()), _NO_DAY

    def row_of(self, identifier: str) -> int | None:
        """The living row of an identifier."""
        wanted = hashed(identifier)
        at = bisect_left(self.by_hash, wanted, key=lambda row: self.hashes[row])
        while at < self.size and self.hashes[row := int(self.by_hash[at])] == wanted:
            if not self.dead[row] and self._name(row) == identifier.encode():
                return row
            at += 1
        return None

    def _name(self, row: int) -> bytes:
        begin, end = self.name_ends[row : row + 2].astype(np.int64)
        if not 0 <= begin <= end <= len(self.names):
            raise Broken(f"The segment {self.folder.name} was altered. Rebuild the index from its source.")
        return self._seal.parts(self.names, self.nonces[0], np.array([begin]), np.array([end])).tobytes()

    def known(self, hashes: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
        """Which of many hashes of identifiers some row of this segment has: nearly all that are asked have none."""
        return np.isin(hashes, self.hashes)

    def living(self) -> Flat:
        """Every row that is not dead: what the next segment is made of."""
        return Flat(
            codes=postings.unpacked(self.directory, self.postings, self._number),
            hashes=self.hashes,
            until=self.until,
            name_lengths=np.diff(self.name_ends),
            names=np.frombuffer(self._seal.column(self.names.tobytes(), self.nonces[0]), np.uint8),
            feature_lengths=np.diff(self.feature_ends),
            features=np.frombuffer(self._seal.column(self.features.tobytes(), self.nonces[1]), np.uint8),
        ).only(~self.dead)


def write(folder: Path, rows: Flat, seal: Seal) -> None:
    """Write a segment and force it to disk; `folder` must not exist. The order of the rows changes no answer."""
    folder.mkdir()
    directory, stream = postings.packed(np.sort(rows.codes))
    nonce = os.urandom(16)
    columns: dict[str, Column | bytes] = {
        "directory": directory,
        "postings": stream,
        "hashes": rows.hashes,
        "by_hash": np.argsort(rows.hashes, kind="stable").astype(np.uint32),
        "until": rows.until,
        "names": seal.column(rows.names.tobytes(), nonce),
        "name_ends": _ends(rows.name_lengths),
        "features": seal.column(rows.features.tobytes(), _next(nonce)),
        "feature_ends": _ends(rows.feature_lengths),
        "about.json": json.dumps(
            {"rows": len(rows.until), "postings": len(rows.codes), "nonce": nonce.hex()}
        ).encode(),
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


def _ends(lengths: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    return np.concatenate([np.zeros(1, np.uint32), np.cumsum(lengths, dtype=np.uint32)])


def _mapped(file: Path, kind: type[np.generic]) -> Column:
    if file.stat().st_size == 0:
        return np.zeros(0, kind)
    return np.asarray(np.memmap(file, kind, "r"))


def _next(nonce: bytes) -> bytes:
    """A second stream under the same key: far enough that the two never overlap."""
    return (int.from_bytes(nonce, "big") ^ (1 << 127)).to_bytes(16, "big")
