"""Many records at once, prepared for an index on every core."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

import numpy as np

from .in_turn import in_turn, pieces
from .index import FOREVER, Flat, joined
from .index.packing import packed
from .keys import KeyKind, keys
from .linking import Tell
from .record import Record

PART = 100_000  # records that are written together
_TOGETHER = 2_000  # records that a process prepares at a time
_EPOCH = date(1970, 1, 1)
RowOf = Callable[[Record, Mapping[int, KeyKind]], np.void]


def prepared(
    records: Iterable[Record], row_of: RowOf, secret: bytes, until: date | None, tell: Tell
) -> Iterator[Flat]:
    """Records as parts of about a hundred thousand rows, in their order. No more than one part is in memory.

    `row_of`: what is kept of a record and its keys, besides the keys; it travels to other processes.
    """
    last = FOREVER if until is None else (until - _EPOCH).days
    total = len(records) if isinstance(records, Sequence) else 0
    done, together = 0, list[Flat]()
    work = partial(columns, row_of=row_of, secret=secret, last=last)
    for rows in in_turn(work, pieces(records, _TOGETHER)):
        together.append(rows)
        done += len(rows)
        tell("Preparing records", done, max(total, done))
        if sum(map(len, together)) >= PART:
            yield joined(together)
            together = []
    if together:
        yield joined(together)


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
