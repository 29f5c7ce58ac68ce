"""The index: immutable segments, a list of changes, and a manifest that says which of them count.

Many processes may read while one writes. A change is acknowledged when it is on disk. Nothing on disk but the keys'
hashes can be read without the secret.
"""

import fcntl
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

import numpy as np

from .asked import Asked
from .delta import Delta
from .errors import Broken
from .flat import FOREVER, Flat, Row, joined, latest
from .manifest import MANIFEST, Manifest, state
from .packing import MOST as MOST_BYTES
from .postings import KEY_MASK, MOST_ROWS, Codes
from .sealed import Seal
from .segment import Segment, durable, write
from .table import Table

MOST_CHANGES = 8_000  # then they become a segment
_LONGEST = 4_000  # bytes of an identifier
_EPOCH = date(1970, 1, 1)
_LOCK = "lock"


@dataclass(frozen=True, slots=True)
class Entry:
    """A record to keep: its keys (of which the last 44 bits count), its features and its last day."""

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
    """One index in one folder. Use `create` or `rebuild` once and `Index(folder, secret)` ever after."""

    def __init__(self, folder: Path, secret: bytes, *, made_for: str = "") -> None:
        """Open it. `made_for`: what its features were made for, given when it was made; none: any will do.

        Refuses an unknown version (UnknownVersion), another secret, other keys or other features (ForeignIndex) and a
        damaged file (Broken).
        """
        self._folder, self._seal, self._made_for = folder, Seal(secret), made_for
        self._said = str(folder / MANIFEST)
        self._known = (0, 0)
        self._segments: list[Segment] = []
        self._table: Table | None = None
        self._delta: Delta
        self._manifest: Manifest
        self.refresh()

    @classmethod
    def create(cls, folder: Path, secret: bytes, *, made_for: str = "") -> Self:
        """Make an empty index in a folder that is empty or absent (else FileExistsError)."""
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise FileExistsError(f"{folder} is not empty")
        return cls.rebuild(folder, secret, [], made_for=made_for)

    @classmethod
    def rebuild(cls, folder: Path, secret: bytes, parts: Iterable[Flat], *, made_for: str = "") -> Self:
        """Make it anew from its source of truth, whatever the folder holds of an index, even a broken one.

        Readers answer from the old one until the new one is whole; other writers wait. No identifier may come twice.
        """
        folder.mkdir(parents=True, exist_ok=True)
        foreign = [each.name for each in folder.iterdir() if not each.name.startswith(_OURS)]
        if foreign:
            raise FileExistsError(f"{folder} holds {foreign[0]}, which is no part of an index")
        (folder / _LOCK).touch()
        with _locked(folder):
            number = 1 + max((_numbered(each.name) for each in folder.iterdir()), default=0)
            seal = Seal(secret)
            names = _written(folder, number, parts, seal)
            Manifest(seal.fingerprint, made_for, tuple(names), kept=0, number=number).publish(folder)
            index = cls(folder, secret, made_for=made_for)
            index._sweep()
        return index

    def refresh(self) -> None:
        """See what other processes have written since."""
        while (known := state(self._said)) != self._known:
            try:
                self._open()
            except Broken:
                if known == state(self._said):
                    raise
                continue  # replaced while we were opening it
            self._known = known
        for identifier in self._delta.follow():
            self._bury(identifier)

    def _open(self) -> None:
        self._manifest = Manifest.read(self._folder, self._seal.fingerprint, self._made_for)
        open_already = {segment.folder.name: segment for segment in self._segments}
        self._segments = [
            open_already.get(name) or Segment(self._folder / name, self._seal)
            for name in self._manifest.segments
        ]
        self._table = None
        self._restore_dead()
        self._delta = Delta(self._folder / self._manifest.changes, self._seal)

    def _restore_dead(self) -> None:
        """Rows of older segments that were removed or replaced before the changes began."""
        kept = self._segments[: self._manifest.kept]
        bits = np.unpackbits(np.fromfile(self._folder / self._manifest.dead, np.uint8)) if kept else ()
        at = 0
        for segment in kept:
            segment.bury_only(np.asarray(bits[at : at + segment.size], np.bool_))
            at += segment.size

    def _bury(self, identifier: str) -> None:
        for segment in self._segments:
            row = segment.row_of(identifier)
            if row is not None:
                segment.bury(row)

    def add(self, entries: Iterable[Entry]) -> int:
        """Keep these records; a known identifier is replaced. On disk when this returns; answers how many."""
        changes: list[tuple[str, Row | None]] = [(entry.id, _row(entry)) for entry in entries]
        self._write(changes)
        return len(changes)

    def remove(self, identifiers: Iterable[str]) -> None:
        """Nobody finds these any more from now on; `compact` takes their last bytes from the disk."""
        self._write([(identifier, None) for identifier in identifiers])

    def _write(self, changes: Sequence[tuple[str, Row | None]]) -> None:
        if not changes:
            return
        with self._alone():
            self._delta.append(changes)
            self.refresh()
            if len(self._delta.rows) >= MOST_CHANGES:
                self._append(Flat.of(self._delta.living()))

    def fill(self, rows: Flat) -> int:
        """Keep many records at once, past the list of changes; of one identifier the last counts, here and in the
        index. On disk when this returns; answers how many were kept."""
        rows = latest(rows)
        with self._alone():
            if self._delta.rows:
                self._append(Flat.of(self._delta.living()))
            if any(segment.known(rows.hashes).any() for segment in self._segments):
                for identifier in rows.ids():
                    self._bury(identifier)
            self._append(rows)
        return len(rows)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """As the only writer of all processes, having seen everything."""
        with _locked(self._folder):
            self.refresh()
            try:
                yield
            except BaseException:
                self._known = (0, 0)  # what was half done here is read again from the disk
                raise

    def compact(self, on: date) -> None:
        """Everything that lives on this day into as few segments as hold it; what was removed, replaced or expired
        leaves the disk."""
        day = (on - _EPOCH).days
        with self._alone():
            self._replace(0, (rows.only(rows.until >= day) for rows in self._living()))

    def _living(self) -> Iterator[Flat]:
        for segment in self._segments:
            yield segment.living()
        yield Flat.of(self._delta.living())

    def _append(self, rows: Flat) -> None:
        """Rows become a segment in place of the changes; segments no larger than twice the next are joined with it."""
        keep = len(self._segments)
        while keep and self._segments[keep - 1].size <= min(2 * len(rows), MOST_ROWS - len(rows)):
            keep -= 1
            rows = joined([self._segments[keep].living(), rows])
        self._replace(keep, [rows])

    def _replace(self, keep: int, parts: Iterable[Flat]) -> None:
        """The first `keep` segments stay, with their dead; the rest and the changes are replaced by these rows."""
        number = self._manifest.number + 1
        self._sweep()
        names = _written(self._folder, number, parts, self._seal)
        dead = np.packbits(
            np.concatenate([np.zeros(0, np.bool_), *(one.dead for one in self._segments[:keep])])
        )
        after = self._manifest.after(number, keep, names)
        durable(self._folder / after.dead, dead.tobytes())
        after.publish(self._folder)
        self.refresh()
        self._sweep()

    def _sweep(self) -> None:
        """Remove what the manifest does not name: what was replaced, and what a killed writer left."""
        about = self._manifest
        for left in self._folder.iterdir():
            if left.name not in (MANIFEST, _LOCK, about.changes, about.dead, *about.segments):
                _remove(left)

    def size(self) -> int:
        """How many records it holds, expired ones included until the next `compact`."""
        return sum(segment.size - segment.buried for segment in self._segments) + len(self._delta.by_id)

    def ask(self, keys: Codes, *, on: date, most: int) -> Asked:
        """How many living records have each key (of which the last 44 bits count), and then which ones."""
        self.refresh()
        day = (on - _EPOCH).days
        if self._table is None or self._table.day != day:
            self._table = Table(self._segments, day)
        return Asked(self._table, self._delta, self._seal, keys, most)

    def candidates(
        self, weights: Mapping[int, float], *, on: date, most: int = 1000, limit: int = 100
    ) -> list[Candidate]:
        """The records that share keys with the question, heaviest first, equal ones in an order that does not change.

        `weights`: key → weight. A key that more than `most` living records have says nothing and is left out (a phone
        in the papers of five thousand persons). Expired records are not found. What was added in which order, and
        whether it stands in a segment or among the changes, changes no answer.
        """
        asked = self.ask(np.fromiter(weights, np.uint64, len(weights)), on=on, most=most)
        worth = np.fromiter(weights.values(), np.float64, len(weights))
        worth[asked.counts > most] = 0
        best = asked.best(worth, limit)
        data, ends = asked.packed(best)
        pieces = [data[begin:end].tobytes() for begin, end in zip([0, *ends.tolist()], ends, strict=False)]
        found = zip(asked.ids(best), best.weights.tolist(), pieces, strict=True)
        return sorted((Candidate(*each) for each in found), key=lambda one: (-round(one.weight, 9), one.id))


_OURS = (MANIFEST, _LOCK, "changes-", "dead-", "segment-")


def _row(entry: Entry) -> Row:
    if len(entry.features) > MOST_BYTES:
        raise ValueError(f"features have {MOST_BYTES} bytes at most, not {len(entry.features)}")
    if len(entry.id.encode()) > _LONGEST:
        raise ValueError(f"an identifier has {_LONGEST} bytes at most")
    until = FOREVER if entry.until is None else (entry.until - _EPOCH).days
    return Row(entry.id, tuple(sorted({key & KEY_MASK for key in entry.keys})), entry.features, until)


def _grouped(parts: Iterable[Flat]) -> Iterator[Flat]:
    """As few as hold them, none larger than a segment may be."""
    together: list[Flat] = []
    for part in parts:
        if together and sum(map(len, together)) + len(part) > MOST_ROWS:
            yield joined(together)
            together = []
        together.append(part)
    if together:
        yield joined(together)


def _written(folder: Path, number: int, parts: Iterable[Flat], seal: Seal) -> list[str]:
    """The names of the segments that now hold these rows."""
    names = []
    for n, rows in enumerate(_grouped(parts)):
        names.append(f"segment-{number}-{n}")
        if (folder / names[-1]).exists():
            _remove(folder / names[-1])
        write(folder / names[-1], rows, seal)
    return names


def _numbered(name: str) -> int:
    number = name.partition("-")[2].partition("-")[0]
    return int(number) if number.isdigit() else 0


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with (folder / _LOCK).open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _remove(left: Path) -> None:
    if left.is_dir():
        shutil.rmtree(left)
    else:
        left.unlink(missing_ok=True)
