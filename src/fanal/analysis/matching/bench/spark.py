"""The pairs of a base found by Splink on Spark and by our own join: which both have, and how far they differ."""

from dataclasses import dataclass
from time import perf_counter

import numpy as np
import numpy.typing as npt

from fanal.analysis.matching import by_spark, linking
from fanal.analysis.matching.preparing import prepare
from fanal.analysis.matching.training import Tell

from . import bases
from .bases import Base

RECORDS = 20_000
Places = npt.NDArray[np.int64]
_LIMIT = 0.01


@dataclass(frozen=True, slots=True)
class Same:
    """Pairs that `both` have and that `either` has; of those of both, how many have bits `within` 0.01 of each other,
    and were `found_by` the same kinds of keys; the largest difference of bits; seconds of each."""

    both: int
    either: int
    within: int
    found_by: int
    largest: float
    ours: float
    spark: float


def same(base: Base, tell: Tell) -> Same:
    """Find the pairs of a base in both ways."""
    model = bases.known(base)
    found = prepare(list(bases.records(base.people)), model.rarity, tell)
    started = perf_counter()
    ours = linking.candidates(found, model, tell)
    between = perf_counter()
    theirs = by_spark.candidates(found, model, tell)
    ended = perf_counter()
    one, other = (_coded(*pairs[:2]) for pairs in (ours, theirs))
    shared, here, there = np.intersect1d(one, other, return_indices=True)
    apart = np.abs(ours[3][here] - theirs[3][there])
    return Same(
        both=len(shared),
        either=len(np.union1d(one, other)),
        within=int((apart <= _LIMIT).sum()),
        found_by=int((ours[2][here] == theirs[2][there]).sum()),
        largest=float(apart.max(initial=0)),
        ours=between - started,
        spark=ended - between,
    )


def _coded(these: Places, those: Places) -> Places:
    """One number for each pair, whichever comes first."""
    return (np.minimum(these, those) << 32) | np.maximum(these, those)
