"""The records of a service as keys without names, and questions to them from elsewhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from fanal.analysis.matching.explaining import Band, band
from fanal.analysis.matching.index import Entry, Index
from fanal.analysis.matching.index.lookup import rarest
from fanal.analysis.matching.index.packing import packed, unpack
from fanal.analysis.matching.ingesting import prepared
from fanal.analysis.matching.keys import KeyKind, keys
from fanal.analysis.matching.linking import Tell
from fanal.analysis.matching.record import Record

from .evidence import AMOUNTS, KINDS, NUMBER, SIGNS, Amounts, Flags, fill, places, profile
from .weights import Weights

MOST = 500  # living records of one key; a key of more says nothing
ROOM = 2_000  # records that the keys of one question may name, rarest keys first
SCORED = 200  # of these, the ones that are weighed
_ROW = np.dtype([("profile", np.uint8, (NUMBER,))])
_MADE_FOR = f"blind 1 {' '.join(kind.name for kind in KINDS)}"


@dataclass(frozen=True, slots=True)
class Question:
    """All that leaves a service: keys (64 bits each) and the kind of each, in an order that says nothing."""

    keys: npt.NDArray[np.uint64]
    kinds: tuple[KeyKind, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A record of the one who is asked, and how much speaks for it; who asks is told no more than the band."""

    id: str
    bits: float

    @property
    def band(self) -> Band:
        return band(self.bits)


@dataclass(frozen=True, slots=True)
class Seen:
    """The records that share keys with a question, and what the keys say of each (see `evidence.fill`)."""

    ids: list[str]
    signs: Flags
    amounts: Amounts


def question(record: Record, secret: bytes) -> Question:
    """What is sent instead of a record. Refuses a secret of the wrong size with ValueError."""
    found = sorted(keys(record, secret).items())
    return Question(np.array([key for key, _ in found], np.uint64), tuple(kind for _, kind in found))


class Register:
    """Keys of records under a secret, with how many of each kind a record has: an index without names or values."""

    def __init__(self, folder: Path, secret: bytes) -> None:
        """Open one. Refuses as `Index` does; an index with names in it is another one: ForeignIndex."""
        self._secret = secret
        self.index = Index(folder, secret, made_for=_MADE_FOR)

    @classmethod
    def build(
        cls, folder: Path, secret: bytes, records: Iterable[Record], *, until: date | None = None, tell: Tell
    ) -> Self:
        """A register of these records and no others, in place of the one that the folder may hold."""
        Index.rebuild(folder, secret, prepared(records, _row, secret, until, tell), made_for=_MADE_FOR)
        return cls(folder, secret)

    def add(self, records: Iterable[Record], *, until: date | None = None) -> int:
        """Keep a few more; known identifiers are replaced. Answers how many."""
        return self.index.add(self._entry(record, until) for record in records)

    def _entry(self, record: Record, until: date | None) -> Entry:
        found = keys(record, self._secret)
        plain = np.array([_row(record, found)])
        return Entry(record.id, frozenset(found), packed(plain)[0].tobytes(), until)

    def hits(self, asked: Question, weights: Weights, *, on: date, least: float = 0.0) -> list[Hit]:
        """The records that may be the one asked about, likeliest first, of the same bits by identifier.

        `least`: bits from which on it is a hit. Records that expired before `on` are none.
        """
        seen = self.seen(asked, on=on, rarest_bits=weights.rarest)
        bits = weights.bits(seen.signs, seen.amounts, max(self.index.size(), 1))
        chosen = np.flatnonzero(bits >= least).tolist()
        return sorted((Hit(seen.ids[n], float(bits[n])) for n in chosen), key=lambda hit: (-hit.bits, hit.id))

    def seen(self, asked: Question, *, on: date, rarest_bits: float) -> Seen:
        """What the keys say of the records that share most with a question."""
        found = self.index.ask(asked.keys, on=on, most=MOST)
        told = rarest(found.counts, MOST, ROOM)
        rarity = np.zeros(len(asked.keys))
        rarity[told] = np.log2((self.index.size() + 1) / found.counts[told])
        best = found.best(rarity, SCORED)
        data, ends = found.packed(best)
        profiles = np.zeros((len(ends), NUMBER), np.uint8)
        unpack(data, ends, profiles)
        kinds = places(asked.kinds)
        asked_for = np.bincount(kinds[told | (found.counts == 0)], minlength=NUMBER)
        signs, amounts = _room(len(ends))
        fill(
            found.shared(best, told),
            kinds,
            np.minimum(rarity, rarest_bits),
            asked_for,
            profiles,
            signs,
            amounts,
        )
        return Seen(found.ids(best), signs, amounts)


def _room(number: int) -> tuple[Flags, Amounts]:
    return np.empty((number, SIGNS), np.bool_), np.empty((number, NUMBER, AMOUNTS), np.float32)


def _row(_: Record, found: Mapping[int, KeyKind]) -> np.void:
    row: np.void = np.array([(profile(found.values()),)], _ROW)[0]
    return row
