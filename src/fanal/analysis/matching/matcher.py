"""Ask one record against millions: who may be the same person or thing, how likely, and why.

The keys find candidates, rarest keys first; the model's own comparisons score the best of them, as in a batch.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import blake2b
from operator import itemgetter
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from . import comparisons, rivals, scoring
from .compiled import compiled
from .explaining import Band, Explanation, band, explain
from .explaining.bands import FLOORS
from .features import LAYOUT, features
from .index import Entry, Index
from .index.lookup import worth
from .index.packing import packed, unpack
from .ingesting import RowOf, prepared
from .keys import asked, keys
from .linking import Tell
from .model import Model
from .rarity import Rarity
from .record import Record
from .writings import ready

MOST = 500  # living records of one key; a key of more says nothing
ROOM = 2_000  # records that the keys of one question may name, rarest keys first
SCORED = 100  # candidates whose names and values are compared
_LEAST = min(FLOORS.values())
_OUTDONE = _LEAST + 0.001  # bits that others leave to a match at least: it stays in sight
Weights = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Question:
    """A record, prepared: its keys (64 bits each, ascending) and its row (LAYOUT)."""

    keys: npt.NDArray[np.uint64]
    row: np.void


@dataclass(frozen=True, slots=True)
class Match:
    """A record that may be the one asked about: its identifier, the bits of the two, what is left of them beside the
    others that were found (see `rivals`), and its row (LAYOUT)."""

    id: str
    bits: float
    left: float
    row: np.void

    @property
    def band(self) -> Band:
        return band(self.left)


class Matcher:
    """An index and the model that its rows were made for, in one process and one thread."""

    def __init__(self, folder: Path, model: Model, secret: bytes) -> None:
        """Open an index. Refuses as `Index` does, and with ForeignIndex one that was made with another model."""
        self._start(Index(folder, secret, made_for=made_for(model)), model, secret)

    def _start(self, index: Index, model: Model, secret: bytes) -> None:
        ready()
        self.index, self._model, self._secret = index, model, secret
        self._rows = np.zeros(1 + SCORED, LAYOUT)  # the question, then the candidates
        self._plain = self._rows.view(np.uint8).reshape(len(self._rows), LAYOUT.itemsize)
        self._parts = scoring.parts_of(self._rows)
        self._weights, self._prior = model.weights(), model.prior_bits

    @classmethod
    def build(
        cls,
        folder: Path,
        model: Model,
        secret: bytes,
        records: Iterable[Record],
        *,
        until: date | None = None,
        tell: Tell,
    ) -> Self:
        """An index of these records and no others, in place of the one that the folder may hold, even a broken one.

        No identifier may come twice. Questions are answered from the old one until the new one is whole.
        """
        parts = prepared(records, row_of(model), secret, until, tell)
        matcher = cls.__new__(cls)
        matcher._start(Index.rebuild(folder, secret, parts, made_for=made_for(model)), model, secret)
        return matcher

    def fill(self, records: Iterable[Record], *, until: date | None = None, tell: Tell) -> int:
        """Keep many records, prepared on every core; known identifiers are replaced. Answers how many.

        A hundred thousand at a time are on disk.
        """
        parts = prepared(records, row_of(self._model), self._secret, until, tell)
        return sum(self.index.fill(part) for part in parts)

    def entries(self, records: Iterable[Record], *, until: date | None = None) -> Iterator[Entry]:
        """What the index keeps of records, for `index.add`: the door for a few at a time."""
        for record in records:
            row = np.array([features(record, self._model.rarity)], LAYOUT)
            yield Entry(record.id, frozenset(keys(record, self._secret)), packed(row)[0].tobytes(), until)

    def prepare(self, record: Record) -> Question:
        """The part of a question that reads names, dates and identifiers, and knows nothing of the index."""
        found = asked(record, self._secret)
        every = np.fromiter(found, np.uint64, len(found))
        every.sort()  # no order of names, or of Python's sets, changes a sum
        return Question(every, features(record, self._model.rarity))

    def query(self, record: Record, *, on: date, most: int = 20) -> list[Match]:
        """The records that may be this one, likeliest beside the others first; of the same bits, by identifier.

        Those that expired before `on` are not found, nor is who has too few bits for any band. At most `most`.
        """
        return self.ask(self.prepare(record), on=on, most=most)

    def ask(self, question: Question, *, on: date, most: int = 20) -> list[Match]:
        """The same for a question that was prepared."""
        sought = self.index.ask(question.keys, on=on, most=MOST)
        best = sought.best(worth(sought.counts, MOST, ROOM, self.index.size()), SCORED)
        self._rows[0] = question.row
        data, ends = sought.packed(best)
        chosen, bits, left = _judged(
            data, ends, self._plain[1:], self._parts, self._weights, self._prior, most
        )
        rows = self._plain[1 + chosen].view(LAYOUT).ravel()
        found = zip((-left).tolist(), (-bits).tolist(), sought.ids(best.only(chosen)), rows, strict=True)
        first = sorted(found, key=itemgetter(0, 1, 2))[:most]
        return [Match(name, -against, -beside, row) for beside, against, name, row in first]

    def explain(self, question: Question, match: Match) -> Explanation:
        """Why a match has its bits."""
        return explain(self._model, question.row, match.row, others=match.left - match.bits)


def row_of(model: Model) -> RowOf:
    """What the index keeps of a record besides its keys."""
    return partial(_row, rarity=model.rarity)


def _row(record: Record, _: object, *, rarity: Rarity) -> np.void:
    return features(record, rarity)


def made_for(model: Model) -> str:
    """What the rows of an index depend on besides the record: an index made with another cannot be asked."""
    rarity = model.rarity
    said = json.dumps(
        [
            comparisons.VERSION,
            str(LAYOUT.descr),
            rarity.unlisted,
            sorted(rarity.words.items()),
            sorted(rarity.values.items()),
        ]
    )
    return blake2b(said.encode(), digest_size=16).hexdigest()


@compiled
def _judged(
    data: Bytes, ends: Places, plain: Bytes, parts: Any, weights: Weights, prior: float, most: int
) -> tuple[Places, Weights, Weights]:
    """Of packed rows, compared with the first: the places of the highest that have a band, and of those that are as
    high as the last of them; their bits, and what is left of them beside each other.

    `plain`: all rows after the first, as bytes; `parts`: the columns of all rows.
    """
    number = len(ends)
    unpack(data, ends, plain)
    bits = np.empty(number)
    scoring.score(parts, np.zeros(number, np.int64), np.arange(1, number + 1), weights, prior, _LEAST, bits)
    bar = _LEAST if number <= most else max(_LEAST, np.partition(bits, number - most)[number - most])
    chosen = np.flatnonzero(bits >= bar)
    left = rivals.beside(parts, 1 + chosen, bits[chosen], weights, prior, _OUTDONE)
    return chosen, bits[chosen], left
