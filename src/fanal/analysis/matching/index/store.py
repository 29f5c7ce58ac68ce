"""The index: immutable segments, a list of changes, and a manifest that says which of them count.

Many processes may read while one writes. A change is acknowledged when it is on disk. Nothing on disk but the keys'
hashes can be read without the secret.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self

import numpy as np

from fanal.analysis.matching.keys import VERSION as KEYS

from . import lookup
from .delta import Delta
from .errors import Broken, ForeignIndex, UnknownVersion
from .sealed import Seal
from .segment import FOREVER, Flat, Row, Segment, durable, joined, settle, write

VERSION = 1
MOST_CHANGES = 50_000  # then they become a segment
_EPOCH = date(1970, 1, 1)
_MANIFEST, _LOCK = "manifest.json", "lock"


@dataclass(frozen=True, slots=True)
class Entry:
    """A record to keep: its keys, its features (exactly as wide as the index says) and its last day."""

    id: str
    keys: frozenset[int]
    features: bytes = b""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that shares keys: the sum of their weights, and its features."""

    id: str
    weight: float
    features: bytes


class Index:
    """One index in one folder. Use `create` once and `Index(folder, secret)` ever after."""

    def __init__(self, folder: Path, secret: bytes) -> None:
        """Open it. Refuses an unknown version (UnknownVersion), another secret or other keys (ForeignIndex) and a
        damaged file (Broken)."""
        self._folder, self._seal = folder, Seal(secret)
        self._known = (0, 0)
        self._segments: list[Segment] = []
        self._delta: Delta
        self._width = 0
        self._names: list[str] = []
        self._changes = ""
        self.refresh()

    @classmethod
    def create(cls, folder: Path, secret: bytes, *, width: int = 0) -> Self:
        """Make an empty index in a folder that is empty or absent (else FileExistsError)."""
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise FileExistsError(f"{folder} is not empty")
        (folder / _LOCK).touch()
        _publish(folder, Seal(secret), width, segments=[], number=1)
        return cls(folder, secret)

    def refresh(self) -> None:
        """See what other processes have written since."""
        while (known := _state(self._folder / _MANIFEST)) != self._known:
            try:
                self._open()
            except Broken:
                if known == _state(self._folder / _MANIFEST):
                    raise
                continue  # replaced while we were opening it
            self._known = known
        for identifier in self._delta.follow():
            self._bury(identifier)

    def _open(self) -> None:
        about = _manifest(self._folder, self._seal)
        self._width, self._names, self._changes = about["width"], about["segments"], about["changes"]
        self._segments = [Segment(self._folder / name, self._seal, self._width) for name in self._names]
        self._restore_dead()
        self._delta = Delta(self._folder / self._changes, self._seal, self._width)

    @property
    def _dead(self) -> str:
        return self._changes.replace("changes", "dead")

    def _restore_dead(self) -> None:
        """Rows of older segments that were removed or replaced before the changes began."""
        kept = self._segments[:-1]
        if not kept:
            return
        bits = np.unpackbits(np.fromfile(self._folder / self._dead, np.uint8)).astype(np.bool_)
        at = 0
        for segment in kept:
            segment.dead[:] = bits[at : at + segment.size]
            at += segment.size

    def _bury(self, identifier: str) -> None:
        for segment in self._segments:
            row = segment.row_of(identifier)
            if row is not None:
                segment.dead[row] = True

    def add(self, entries: Iterable[Entry]) -> int:
        """Keep these records; a known identifier is replaced. On disk when this returns; answers how many."""
        changes: list[tuple[str, Row | None]] = [(entry.id, self._row(entry)) for entry in entries]
        self._write(changes)
        return len(changes)

    def remove(self, identifiers: Iterable[str]) -> None:
        """Nobody finds these any more from now on; `compact` takes their last bytes from the disk."""
        self._write([(identifier, None) for identifier in identifiers])

    def _row(self, entry: Entry) -> Row:
        if len(entry.features) != self._width:
            raise ValueError(f"features have {self._width} bytes in this index, not {len(entry.features)}")
        until = FOREVER if entry.until is None else (entry.until - _EPOCH).days
        return Row(entry.id, tuple(sorted(entry.keys)), entry.features, until)

    def _write(self, changes: Sequence[tuple[str, Row | None]]) -> None:
        if not changes:
            return
        with self._alone():
            self._delta.append(changes)
            self.refresh()
            if len(self._delta.rows) >= MOST_CHANGES:
                self._roll()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """As the only writer of all processes, having seen everything."""
        with (self._folder / _LOCK).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.refresh()
            yield

    def compact(self, on: date) -> None:
        """Everything that lives on this day into one segment; what was removed, replaced or expired leaves the disk."""
        with self._alone():
            living = joined([*(segment.living() for segment in self._segments), self._changed_rows()])
            self._replace(0, living.only(living.until >= (on - _EPOCH).days))

    def _roll(self) -> None:
        """The changes become a segment; segments no larger than twice the next one are joined with it."""
        rows = self._changed_rows()
        keep = len(self._segments)
        while keep and self._segments[keep - 1].size <= 2 * len(rows.until):
            keep -= 1
            rows = joined([self._segments[keep].living(), rows])
        self._replace(keep, rows)

    def _changed_rows(self) -> Flat:
        return Flat.of(self._delta.living(), self._width)

    def _replace(self, keep: int, rows: Flat) -> None:
        """The first `keep` segments stay, with their dead; the rest and the changes are replaced by these rows."""
        number = int(self._changes.rpartition("-")[2]) + 1
        self._sweep()
        name = f"segment-{number}"
        write(self._folder / name, rows, self._seal)
        dead = np.packbits(
            np.concatenate([np.zeros(0, np.bool_), *(one.dead for one in self._segments[:keep])])
        )
        durable(self._folder / f"dead-{number}", dead.tobytes())
        _publish(self._folder, self._seal, self._width, segments=[*self._names[:keep], name], number=number)
        self.refresh()
        self._sweep()

    def _sweep(self) -> None:
        """Remove what the manifest does not name: what was replaced, and what a killed writer left."""
        for left in self._folder.iterdir():
            if left.name not in (_MANIFEST, _LOCK, self._changes, self._dead, *self._names):
                _remove(left)

    def size(self) -> int:
        """How many records it holds, expired ones included until the next `compact`."""
        return sum(int(segment.size - segment.dead.sum()) for segment in self._segments) + len(
            self._delta.by_id
        )

    def candidates(
        self, weights: Mapping[int, float], *, on: date, most: int = 1000, limit: int = 100
    ) -> list[Candidate]:
        """The records that share keys with the question, heaviest first, equal ones by identifier.

        `weights`: key → weight. A key that more than `most` living records have says nothing and is left out (a phone
        in the papers of five thousand persons). Expired records are not found. What was added in which order, and
        whether it stands in a segment or among the changes, changes no answer.
        """
        self.refresh()
        day = (on - _EPOCH).days
        wanted = np.fromiter(weights, np.uint64, len(weights))
        worth = np.fromiter(weights.values(), np.float64, len(weights))
        changed = [self._changed(key, day) for key in weights]
        counts = np.array([len(rows) for rows in changed], np.int64)
        places = [np.empty(len(wanted), np.int64) for _ in self._segments]
        for segment, where in zip(self._segments, places, strict=True):
            lookup.frequencies(
                segment.keys,
                segment.starts,
                segment.rows,
                segment.dead,
                segment.until,
                day,
                wanted,
                most,
                where,
                counts,
            )
        worth[counts > most] = 0
        found: list[tuple[float, str, bytes]] = []
        room = int(counts[counts <= most].sum())
        for segment, where in zip(self._segments, places, strict=True):
            found += _gathered(segment, where, worth, day, room)
        found += self._gathered_changes(changed, worth)
        best = sorted(found, key=lambda one: (-round(one[0], 9), one[1]))[:limit]
        return [Candidate(identifier, weight, features) for weight, identifier, features in best]

    def _changed(self, key: int, day: int) -> list[int]:
        rows = self._delta.rows
        return [
            n for n in self._delta.by_key.get(key, ()) if (row := rows[n]) is not None and row.until >= day
        ]

    def _gathered_changes(
        self, changed: Sequence[Sequence[int]], worth: "np.typing.NDArray[np.float64]"
    ) -> Iterator[tuple[float, str, bytes]]:
        sums: dict[int, float] = {}
        for rows, weight in zip(changed, worth.tolist(), strict=True):
            if weight > 0:
                for number in rows:
                    sums[number] = sums.get(number, 0.0) + weight
        for number, weight in sums.items():
            row = self._delta.rows[number]
            assert row is not None
            yield weight, row.id, row.features


def _gathered(
    segment: Segment,
    places: "np.typing.NDArray[np.int64]",
    worth: "np.typing.NDArray[np.float64]",
    day: int,
    room: int,
) -> Iterator[tuple[float, str, bytes]]:
    rows, weights = np.empty(room, np.uint32), np.empty(room, np.float64)
    total = lookup.gather(
        segment.starts, segment.rows, segment.dead, segment.until, day, places, worth, rows, weights
    )
    for row, weight in zip(rows[:total].tolist(), weights[:total].tolist(), strict=True):
        yield weight, segment.id(row), segment.features[row].tobytes()


def _manifest(folder: Path, seal: Seal) -> dict[str, Any]:
    try:
        about: dict[str, Any] = json.loads((folder / _MANIFEST).read_text())
    except (OSError, ValueError) as problem:
        raise Broken(f"{folder} holds no index that can be read. Rebuild it from its source.") from problem
    if about.get("version") != VERSION:
        raise UnknownVersion(
            f"The index has version {about.get('version')}; this program knows version {VERSION}. Rebuild it."
        )
    if (about.get("secret"), about.get("keys")) != (seal.fingerprint, KEYS):
        raise ForeignIndex(
            "The index was made under another secret or with other keys. Open it with its own."
        )
    return about


def _state(manifest: Path) -> tuple[int, int]:
    try:
        stat = manifest.stat()
    except OSError as problem:
        raise Broken(f"{manifest.parent} holds no index. Rebuild it from its source.") from problem
    return stat.st_ino, stat.st_mtime_ns


def _publish(folder: Path, seal: Seal, width: int, *, segments: list[str], number: int) -> None:
    """From one moment to the next these files count and no others."""
    changes = f"changes-{number}"
    durable(folder / changes, b"")
    about = {
        "version": VERSION,
        "keys": KEYS,
        "secret": seal.fingerprint,
        "width": width,
        "segments": segments,
        "changes": changes,
    }
    draft = folder / f"{_MANIFEST}.new"
    durable(draft, json.dumps(about).encode())
    os.replace(draft, folder / _MANIFEST)
    settle(folder)


def _remove(left: Path) -> None:
    if left.is_dir():
        shutil.rmtree(left)
    else:
        left.unlink(missing_ok=True)
