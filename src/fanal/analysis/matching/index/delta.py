"""What was added and removed since the last segment: an append-only file of sealed frames, and the same in memory."""

import os
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .errors import Broken
from .flat import Row, hashed
from .postings import Codes
from .sealed import Seal

_HEAD = struct.Struct("<I")
_ROW = struct.Struct("<HHHi")
_REMOVED = 0xFFFF
_MOST = 1 << 28  # bytes of one frame; more is a cut or altered length
Rows = npt.NDArray[np.int64]
_NONE: Rows = np.empty((0, 3), np.int64)


class Delta:
    """The file as read so far. A reader follows it as it grows; a frame that is not whole yet is not read."""

    def __init__(self, file: Path, seal: Seal) -> None:
        self._file, self._path, self._seal = file, str(file), seal  # asked for at every question
        self.end = 0
        self.rows: list[Row | None] = []
        self.hashes: list[int] = []
        self.by_id: dict[str, int] = {}
        self.by_key: dict[int, list[int]] = defaultdict(list)

    def follow(self) -> Iterator[str]:
        """Take in what was appended since; answers the identifiers that were written or removed, in order."""
        size = os.stat(self._path).st_size
        if size <= self.end:
            return
        with self._file.open("rb") as stream:
            stream.seek(self.end)
            data = stream.read(size - self.end)
        for frame in self._frames(data):
            for identifier, row in _unpacked(frame):
                self._take(identifier, row)
                yield identifier

    def append(self, changes: Iterable[tuple[str, Row | None]]) -> None:
        """Write one frame and force it to disk. The caller holds the writers' lock and has followed to the end."""
        plain = _packed(changes)
        sealed = self._seal.frame(plain, _place(self.end))
        with self._file.open("r+b") as stream:
            stream.truncate(self.end)  # a frame that a killed writer left unfinished was never acknowledged
            stream.seek(self.end)
            stream.write(_HEAD.pack(len(sealed)) + sealed)
            stream.flush()
            os.fsync(stream.fileno())

    def _frames(self, data: bytes) -> Iterator[bytes]:
        at = 0
        while at + _HEAD.size <= len(data):
            (length,) = _HEAD.unpack_from(data, at)
            begin, end = at + _HEAD.size, at + _HEAD.size + length
            if length > _MOST:
                raise Broken("The index's list of changes was altered. Rebuild the index from its source.")
            if end > len(data):
                return
            plain = self._seal.opened(data[begin:end], _place(self.end))
            self.end += _HEAD.size + length
            at = end
            yield plain

    def _take(self, identifier: str, row: Row | None) -> None:
        before = self.by_id.pop(identifier, None)
        if before is not None:
            self._forget(before)
        if row is not None:
            number = len(self.rows)
            self.rows.append(row)
            self.hashes.append(hashed(identifier))
            self.by_id[identifier] = number
            for key in row.keys:
                self.by_key[key].append(number)

    def _forget(self, number: int) -> None:
        row = self.rows[number]
        assert row is not None
        self.rows[number] = None
        for key in row.keys:
            self.by_key[key].remove(number)
            if not self.by_key[key]:
                del self.by_key[key]

    def living(self) -> Sequence[Row]:
        return [row for row in self.rows if row is not None]

    def having(self, keys: Codes, day: int, most: int) -> Rows:
        """(the place of a key, row, hash) of rows that count on a day, no more than `most` + 1 of one key."""
        if not self.by_key:
            return _NONE
        found = [
            (n, row, self.hashes[row])
            for n, key in enumerate(keys.tolist())
            if key in self.by_key
            for row in islice(self._counting(key, day), most + 1)
        ]
        return np.array(found, np.int64).reshape(-1, 3)

    def _counting(self, key: int, day: int) -> Iterator[int]:
        return (n for n in self.by_key[key] if (row := self.rows[n]) is not None and row.until >= day)

    def ids(self, numbers: Iterable[int]) -> list[str]:
        """The identifiers of living rows."""
        return [row.id for n in numbers if (row := self.rows[n]) is not None]

    def features(self, numbers: Iterable[int]) -> list[bytes]:
        """The packed features of living rows."""
        return [row.features for n in numbers if (row := self.rows[n]) is not None]


def _place(at: int) -> bytes:
    return at.to_bytes(8, "little")


def _packed(changes: Iterable[tuple[str, Row | None]]) -> bytes:
    parts = []
    for identifier, row in changes:
        name = identifier.encode()
        if row is None:
            parts += [_ROW.pack(len(name), _REMOVED, 0, 0), name]
        else:
            keys = struct.pack(f"<{len(row.keys)}Q", *row.keys)
            head = _ROW.pack(len(name), len(row.keys), len(row.features), row.until)
            parts += [head, name, keys, row.features]
    return b"".join(parts)


def _unpacked(plain: bytes) -> Iterator[tuple[str, Row | None]]:
    at = 0
    while at < len(plain):
        named, keyed, width, until = _ROW.unpack_from(plain, at)
        at += _ROW.size
        identifier = plain[at : at + named].decode()
        at += named
        if keyed == _REMOVED:
            yield identifier, None
            continue
        keys = struct.unpack_from(f"<{keyed}Q", plain, at)
        at += 8 * keyed
        yield identifier, Row(identifier, keys, plain[at : at + width], until)
        at += width
