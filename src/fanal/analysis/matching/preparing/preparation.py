"""From records to rows and keys on every core: what is new in each stretch goes to the other processes at once."""

import gc
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from os import sched_getaffinity
from typing import Any

import numpy as np
import numpy.typing as npt

from fanal.analysis.matching.features import LAYOUT, PLACE
from fanal.analysis.matching.rarity import Rarity
from fanal.analysis.matching.record import Record
from fanal.analysis.matching.scoring import parts_of
from fanal.analysis.matching.writings import Word

from . import tables
from .assembling import Known, Written, keys_of, near_numbers, near_starts
from .rows import fill
from .texts import Members, chained, mixed_all, numbers_of, starts_of

Tell = Callable[[str, int, int], None]
_STRETCH = 10_000
_FEW = 5_000
_KIND = np.uint64(31)


@dataclass(frozen=True, slots=True)
class Prepared:
    """`rows` (LAYOUT) of all records; their `keys`, `kinds` of these side by side; `counts`: how many each has."""

    rows: npt.NDArray[np.void]
    keys: npt.NDArray[np.uint64]
    kinds: npt.NDArray[np.uint8]
    counts: npt.NDArray[np.int64]


def prepare(records: Sequence[Record], rarity: Rarity, tell: Tell) -> Prepared:
    """What `features` and `keys` say of records, in their order."""
    reading = _Reading()
    with _uncollected(), _pool(len(records), rarity) as pool:
        for at in range(0, max(len(records), 1), _STRETCH):
            tell("Reading names and dates", at, len(records))
            for record in records[at : at + _STRETCH]:
                reading.read(record)
            reading.send(pool)
        known = reading.known(pool)
    tell("Reading names and dates", len(records), len(records))
    return _assembled(known, reading.written(), len(records))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for rings among millions of texts that make none: it would take a fifth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _pool(number: int, rarity: Rarity) -> Executor:
    """Processes on every core; for few records this one, which is faster than starting others."""
    if number < _FEW:
        return ThreadPoolExecutor(1, initializer=_begin, initargs=(rarity,))
    return ProcessPoolExecutor(len(sched_getaffinity(0)), get_context("forkserver"), _begin_alone, (rarity,))


_rarity = Rarity()  # of the run that a process works for


def _begin(rarity: Rarity) -> None:
    global _rarity
    _rarity = rarity


def _begin_alone(rarity: Rarity) -> None:
    """A process of our own."""
    gc.disable()
    _begin(rarity)


def _words(words: Sequence[Word]) -> tables.Words:
    return tables.words_of(words, _rarity)


def _items(items: Sequence[tuple[str, str]]) -> tables.Items:
    return tables.items_of(items, _rarity)


@dataclass(slots=True)
class _Seen:
    """Different texts in the order in which they were met, and what each record has of them."""

    look: Callable[[list[Any]], Any]
    places: dict[Any, int] = field(default_factory=dict)
    new: list[Any] = field(default_factory=list)
    looked: list[Future[Any]] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    had: list[int] = field(default_factory=list)

    def place(self, what: Any) -> int:
        at = self.places.get(what)
        if at is None:
            at = self.places[what] = len(self.places)
            self.new.append(what)
        return at

    def send(self, pool: Executor) -> None:
        self.looked.append(pool.submit(self.look, self.new))
        self.new = []

    def found(self) -> list[Any]:
        return [future.result() for future in self.looked]

    def members(self) -> Members:
        return Members(starts_of(self.counts), np.array(self.had, np.int64))


class _Reading:
    """What records have, as places among the different names, dates and values; words come out of names."""

    def __init__(self) -> None:
        self._names, self._words = _Seen(tables.names_of), _Seen(_words)
        self._dates, self._items = _Seen(tables.births_of), _Seen(_items)

    def read(self, record: Record) -> None:
        names, dates, items = self._names, self._dates, self._items
        names.counts.append(len(record.names))
        names.had += [names.place((record.kind, name)) for name in record.names]
        dates.counts.append(len(record.births))
        dates.had += map(dates.place, record.births)
        before = len(items.had)
        items.had += [items.place((PLACE, text)) for text in record.places]
        for values in (record.identifiers, record.traits):
            for kind, several in values.items():
                items.had += [items.place((kind, text)) for text in several]
        items.counts.append(len(items.had) - before)

    def send(self, pool: Executor) -> None:
        for seen in (self._names, self._dates, self._items):
            seen.send(pool)

    def known(self, pool: Executor) -> Known:
        """The tables of all that was read; words are looked at once, whatever names they are in."""
        numbered = []
        for names, words in self._names.found():
            of = np.array([self._words.place(word) for word in words], np.int64)
            self._words.send(pool)
            told, compared = names.told, names.compared
            numbered.append(names._replace(told=_renamed(told, of), compared=_renamed(compared, of)))
        return _known(
            chained(numbered),
            chained(self._words.found()),
            np.concatenate(self._dates.found()),
            chained(self._items.found()),
        )

    def written(self) -> Written:
        return Written(self._names.members(), self._dates.members(), self._items.members())


def _renamed(members: Members, of: npt.NDArray[np.int64]) -> Members:
    return members._replace(of=of[members.of])


def _known(names: tables.Names, words: tables.Words, days: Any, items: tables.Items) -> Known:
    skeletons = words.heard.texts
    first = words.heard.starts[:-1]
    near = near_starts(skeletons, first)
    return Known(
        names.keys.starts,
        mixed_all(names.keys.kinds, numbers_of(names.keys.texts)),
        names.told,
        names.compared,
        np.unique(words.latin, return_inverse=True)[1].astype(np.int64),
        words.letters,
        words.sounds,
        words.bits,
        words.heard.starts,
        numbers_of(skeletons),
        near,
        near_numbers(skeletons, first, near),
        days,
        items.values.starts,
        items.values.kinds,
        items.values.numbers,
        items.values.bits,
        items.values.valid,
        items.values.texts,
        items.beside.starts,
        items.beside.kinds,
        items.dated,
        numbers_of(items.beside.texts),
    )


def _assembled(known: Known, written: Written, number: int) -> Prepared:
    rows = np.zeros(number, LAYOUT)
    layout = parts_of(rows)

    def assemble(at: int) -> Any:
        upto = min(at + _STRETCH, number)
        fill(known, written, layout, at, upto)
        return keys_of(known, written, at, upto)

    with ThreadPoolExecutor(len(sched_getaffinity(0))) as pool:
        found = list(pool.map(assemble, range(0, number, _STRETCH)))
    keys = np.concatenate([np.empty(0, np.uint64), *(keys for keys, _ in found)])
    counts = np.concatenate([np.empty(0, np.int64), *(counts for _, counts in found)])
    return Prepared(rows, keys, (keys & _KIND).astype(np.uint8), counts)
