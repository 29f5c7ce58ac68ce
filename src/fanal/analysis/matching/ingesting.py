"""Many records at once, prepared for an index on every core."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import date
from itertools import islice
from multiprocessing import get_context
from os import sched_getaffinity

import numpy as np

from .index import FOREVER, Flat, joined
from .index.packing import packed
from .keys import KeyKind, keys
from .linking import Tell
from .record import Record

PART = 100_000  # records that are written together
_TOGETHER = 2_000  # records that a process prepares at a time
_EPOCH = date(1970, 1, 1)
RowOf = Callable[[Record, Mapping[int, KeyKind]], np.void]
_given: tuple[RowOf, bytes, int]  # of a process that prepares


def prepared(
    records: Iterable[Record], row_of: RowOf, secret: bytes, until: date | None, tell: Tell
) -> Iterator[Flat]:
    """Records as parts of about a hundred thousand rows, in their order. No more than one part is in memory.

    `row_of`: what is kept of a record and its keys, besides the keys; it travels to other processes.
    """
    last = FOREVER if until is None else (until - _EPOCH).days
    total = len(records) if isinstance(records, Sequence) else 0
    done, together = 0, list[Flat]()
    for rows in _in_turn(iter(records), row_of, secret, last):
        together.append(rows)
        done += len(rows)
        tell("Preparing records", done, max(total, done))
        if sum(map(len, together)) >= PART:
            yield joined(together)
            together = []
    if together:
        yield joined(together)


def _in_turn(records: Iterator[Record], row_of: RowOf, secret: bytes, last: int) -> Iterator[Flat]:
    """What the processes make of the records, in order; they are never more than a little ahead of who reads.

    So few that one process does it at once are not worth to start others.
    """
    together = list(islice(records, _TOGETHER))
    if len(together) < _TOGETHER:
        if together:
            yield columns(together, row_of, secret, last)
        return
    cores = len(sched_getaffinity(0))
    waiting: deque[Future[Flat]] = deque()
    with ProcessPoolExecutor(cores, get_context("forkserver"), _begin, (row_of, secret, last)) as pool:
        while together:
            waiting.append(pool.submit(_prepare, together))
            if len(waiting) > 2 * cores:
                yield waiting.popleft().result()
            together = list(islice(records, _TOGETHER))
        while waiting:
            yield waiting.popleft().result()


def _begin(row_of: RowOf, secret: bytes, last: int) -> None:
    global _given
    _given = row_of, secret, last


def _prepare(records: Sequence[Record]) -> Flat:
    return columns(records, *_given)


def columns(records: Sequence[Record], row_of: RowOf, secret: bytes, last: int = FOREVER) -> Flat:
    """What the index keeps of records, at most 2^20 of them; `last`: the day since 1970 after which they expire."""
    every = [keys(record, secret) for record in records]
    rows, lengths = packed(np.array([row_of(*each) for each in zip(records, every, strict=True)]))
    return Flat.columns(
        [record.id for record in records],
        np.fromiter((key for each in every for key in each), np.uint64),
        np.array([len(each) for each in every], np.int64),
        np.full(len(records), last, np.int32),
        rows,
        lengths,
    )
