"""Link whole files: which rows are one, with every pair that says so and why."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from os import sched_getaffinity
from typing import Any

import numpy as np
import numpy.typing as npt

from . import clustering
from .features import LAYOUT, features
from .joining import Join, join
from .keys import keys
from .model import Model
from .rarity import Rarity
from .record import Record
from .scoring import Score, on_every_core, scorer

Tell = Callable[[str, int, int], None]
MOST = 250  # records of one key at most; a key of more says nothing
_BATCH = 2_000
_PAIRS = 1_000_000
_SHOWN = 20
_SECRET = bytes(16)  # keys of one run that leave no process


class Unknown(Exception):
    """Two are to be kept apart, and no record has the identifier of one of them; the text lists them."""


@dataclass(frozen=True, slots=True)
class Linked:
    """`clusters`: of each record in order, and `cores`: its group after the first round of clustering.

    `these`, `those`, `bits`, `kinds`: the candidate pairs that may matter (clustering.NEAR), how much speaks for each,
    and what found it (bit n: a shared key of kind n). `rows`: what was compared.
    """

    clusters: npt.NDArray[np.int64]
    cores: npt.NDArray[np.int64]
    these: npt.NDArray[np.int64]
    those: npt.NDArray[np.int64]
    bits: npt.NDArray[np.float64]
    kinds: npt.NDArray[np.uint32]
    rows: npt.NDArray[np.void]


def link(
    records: Sequence[Record], model: Model, *, cannot: Iterable[tuple[str, str]] = (), tell: Tell
) -> Linked:
    """Link records with each other. `cannot`: identifiers of two that are never one; Unknown where nobody has one."""
    apart = _places({record.id: n for n, record in enumerate(records)}, list(cannot))
    rows, posted, kinds, counts = _prepared(records, model.rarity, tell)
    shared = join(posted, kinds, counts, most=MOST)
    these, those, marks, bits = _compared(shared, scorer(rows, model, least=clustering.NEAR), tell)
    tell("Clustering", 0, 1)
    score = on_every_core(scorer(rows, model, least=clustering.LOW))
    found = clustering.clusters(len(records), these, those, bits, score=score, cannot=apart)
    tell("Clustering", 1, 1)
    return Linked(found.labels, found.cores, these, those, bits, marks, rows)


def _places(known: Mapping[str, int], cannot: Sequence[tuple[str, str]]) -> list[tuple[int, int]]:
    unknown = sorted({each for pair in cannot for each in pair if each not in known})
    if unknown:
        shown = ", ".join(map(repr, unknown[:_SHOWN])) + (" …" if len(unknown) > _SHOWN else "")
        raise Unknown(f"To be kept apart, but no record has {len(unknown):,} of the identifiers: {shown}")
    return [(known[one], known[other]) for one, other in cannot]


def _compared(shared: Join, score: Score, tell: Tell) -> tuple[Any, ...]:
    """(row, row, kinds of keys, bits) of the candidates that may matter, on every core."""

    def compare(stretch: tuple[int, int]) -> tuple[Any, ...]:
        these, those, marks = shared.pairs(*stretch)
        bits = score(these, those)
        near = bits >= clustering.NEAR
        return these[near], those[near], marks[near], bits[near]

    stretches = list(shared.stretches(_PAIRS)) or [(0, 0)]
    found = []
    with ThreadPoolExecutor(len(sched_getaffinity(0))) as pool:
        for done, part in enumerate(pool.map(compare, stretches), 1):
            found.append(part)
            tell("Comparing", done, len(stretches))
    return tuple(np.concatenate(parts) for parts in zip(*found, strict=True))


def _prepared(
    records: Sequence[Record], rarity: Rarity, tell: Tell
) -> tuple[npt.NDArray[np.void], npt.NDArray[np.uint64], npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """The rows of all records; their keys, the kinds of these, and how many each record has; on every core."""
    parts = [records[at : at + _BATCH] for at in range(0, len(records), _BATCH)]
    types = LAYOUT, np.dtype(np.uint64), np.dtype(np.uint8), np.dtype(np.int64)
    found = [[np.empty(0, dtype)] for dtype in types]
    with ProcessPoolExecutor(len(sched_getaffinity(0)), get_context("forkserver")) as pool:
        for done, part in enumerate(pool.map(partial(_prepare, rarity=rarity), parts), 1):
            for several, dtype, data in zip(found, types, part, strict=True):
                several.append(np.frombuffer(data, dtype))
            tell("Reading names and dates", done, len(parts))
    rows, posted, kinds, counts = (np.concatenate(several) for several in found)
    return rows, posted, kinds, counts


def _prepare(records: Sequence[Record], rarity: Rarity) -> tuple[bytes, ...]:
    rows = np.array([features(record, rarity) for record in records], LAYOUT)
    found = [keys(record, _SECRET) for record in records]
    posted = np.fromiter((key for each in found for key in each), np.uint64)
    kinds = np.fromiter((kind for each in found for kind in each.values()), np.uint8)
    counts = np.fromiter(map(len, found), np.int64)
    return rows.tobytes(), posted.tobytes(), kinds.tobytes(), counts.tobytes()
