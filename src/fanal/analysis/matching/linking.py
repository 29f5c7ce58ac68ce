"""Link whole files: which rows are one, with every pair that says so and why."""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from os import sched_getaffinity

import numpy as np
import numpy.typing as npt

from . import clustering, joining
from .comparisons import levels_of
from .features import LAYOUT, features
from .keys import keys
from .model import Model
from .rarity import Rarity
from .record import Record

Tell = Callable[[str, int, int], None]
MOST = 250  # records of one key at most; a key of more says nothing
_BATCH = 2_000
_PAIRS = 1_000_000
_SECRET = bytes(16)  # keys of one run that leave no process


@dataclass(frozen=True, slots=True)
class Linked:
    """`clusters`: of each record in order; `pairs`: the candidates with their bits; `rows`: what was compared."""

    clusters: npt.NDArray[np.int64]
    these: npt.NDArray[np.int64]
    those: npt.NDArray[np.int64]
    bits: npt.NDArray[np.float64]
    rows: npt.NDArray[np.void]


def link(
    records: Sequence[Record], model: Model, *, cannot: Sequence[tuple[str, str]] = (), tell: Tell
) -> Linked:
    """Link records with each other. `cannot`: identifiers of two that are never one; unknown ones are ignored."""
    rows, posted, owners = _prepared(records, model.rarity, tell)
    these, those = (each.astype(np.int64) for each in joining.pairs(posted, owners, most=MOST))
    bits = np.empty(len(these))
    for at in range(0, len(these), _PAIRS):
        tell("Comparing", at, len(these))
        part = slice(at, at + _PAIRS)
        bits[part] = model.bits(levels_of(rows[these[part]], rows[those[part]]))
    tell("Comparing", len(these), len(these))
    tell("Clustering", 0, 1)
    place = {record.id: n for n, record in enumerate(records)}
    apart = [(place[a], place[b]) for a, b in cannot if a in place and b in place]

    def score(one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        return model.bits(levels_of(rows[one], rows[other]))

    found = clustering.clusters(len(records), these, those, bits, score=score, cannot=apart)
    tell("Clustering", 1, 1)
    return Linked(found, these, those, bits, rows)


def _prepared(
    records: Sequence[Record], rarity: Rarity, tell: Tell
) -> tuple[npt.NDArray[np.void], npt.NDArray[np.uint64], npt.NDArray[np.uint32]]:
    """The rows of all records, and their keys with whose they are, side by side; on every core."""
    parts = [records[at : at + _BATCH] for at in range(0, len(records), _BATCH)]
    rows, posted, many = [], [], []
    with ProcessPoolExecutor(len(sched_getaffinity(0)), get_context("forkserver")) as pool:
        for done, part in enumerate(pool.map(partial(_prepare, rarity=rarity), parts), 1):
            rows.append(np.frombuffer(part[0], LAYOUT))
            posted.append(np.frombuffer(part[1], np.uint64))
            many.append(np.frombuffer(part[2], np.uint16))
            tell("Reading names and dates", done, len(parts))
    counts = np.concatenate(many) if many else np.empty(0, np.uint16)
    owners = np.repeat(np.arange(len(records), dtype=np.uint32), counts)
    empty = np.empty(0, LAYOUT), np.empty(0, np.uint64)
    return np.concatenate([empty[0], *rows]), np.concatenate([empty[1], *posted]), owners


def _prepare(records: Sequence[Record], rarity: Rarity) -> tuple[bytes, bytes, bytes]:
    rows = np.array([features(record, rarity) for record in records], LAYOUT)
    found = [keys(record, _SECRET) for record in records]
    posted = np.fromiter((key for each in found for key in each), np.uint64)
    return rows.tobytes(), posted.tobytes(), np.array([len(each) for each in found], np.uint16).tobytes()
