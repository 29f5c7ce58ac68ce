"""Link whole files: which rows are one, with every pair that says so and why."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from os import sched_getaffinity

import numpy as np
import numpy.typing as npt

from . import clustering
from .joining import Join, join
from .keys import KeyKind
from .model import Model
from .preparing import Prepared, prepare
from .record import Record
from .scoring import Score, on_every_core, scorer

Tell = Callable[[str, int, int], None]
Candidates = tuple[
    npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.uint32], npt.NDArray[np.float64]
]
Find = Callable[[Prepared, Model, Tell], Candidates]
MOST = 100  # records of one key at most; a key of more says nothing
ALONE = sum(  # kinds of keys of which one makes a pair worth comparing; of the others two are needed
    1 << kind
    for kind in (
        KeyKind.WORDS,
        KeyKind.FATHER,
        KeyKind.WORD_PLACE,
        KeyKind.DATE_PLACE,
        KeyKind.DATE_AREA,
        KeyKind.WHOLE,
        KeyKind.NEAR,
    )
)
_PAIRS = 4_000_000
_SHOWN = 20


class Unknown(Exception):
    """Two are to be kept apart, and no record has the identifier of one of them; the text lists them."""


@dataclass(frozen=True, slots=True)
class Linked:
    """`clusters`: of each record in order.

    `these`, `those`, `bits`, `kinds`, `rounds`: the candidate pairs that may matter (clustering.bar), how much speaks
    for each, what found it (bit n: a shared key of kind n), and the round in which it came into one cluster (0: it did
    not). `rows`: what was compared.
    """

    clusters: npt.NDArray[np.int64]
    these: npt.NDArray[np.int64]
    those: npt.NDArray[np.int64]
    bits: npt.NDArray[np.float64]
    kinds: npt.NDArray[np.uint32]
    rounds: npt.NDArray[np.int64]
    rows: npt.NDArray[np.void]


def candidates(found: Prepared, model: Model, tell: Tell) -> Candidates:
    """(row, row, kinds of keys, bits) of the pairs that share keys enough and may matter (clustering.bar)."""
    near = clustering.bar(len(found.rows))
    tell("Joining", 0, 1)
    shared = join(found.keys, found.kinds, found.counts, most=MOST, alone=ALONE)
    tell("Joining", 1, 1)
    return _compared(shared, scorer(found.rows, model, least=near), near, tell)


def link(
    records: Sequence[Record],
    model: Model,
    *,
    cannot: Iterable[tuple[str, str]] = (),
    find: Find = candidates,
    tell: Tell,
) -> Linked:
    """Link records with each other. `cannot`: identifiers of two that are never one; Unknown where nobody has one.

    `find`: who finds and weighs the pairs, Spark being another one (by_spark).
    """
    apart = _places({record.id: n for n, record in enumerate(records)}, list(cannot))
    found = prepare(records, model.rarity, tell)
    rows = found.rows
    these, those, marks, bits = find(found, model, tell)
    tell("Clustering", 0, 1)
    score = on_every_core(scorer(rows, model, least=clustering.LOW))
    groups = clustering.clusters(len(records), these, those, bits, score=score, cannot=apart)
    tell("Clustering", 1, 1)
    return Linked(groups.labels, these, those, bits, marks, groups.rounds, rows)


def _places(known: Mapping[str, int], cannot: Sequence[tuple[str, str]]) -> list[tuple[int, int]]:
    unknown = sorted({each for pair in cannot for each in pair if each not in known})
    if unknown:
        shown = ", ".join(map(repr, unknown[:_SHOWN])) + (" …" if len(unknown) > _SHOWN else "")
        raise Unknown(f"To be kept apart, but no record has {len(unknown):,} of the identifiers: {shown}")
    return [(known[one], known[other]) for one, other in cannot]


def _compared(shared: Join, score: Score, least: float, tell: Tell) -> Candidates:
    """The candidates that may matter, on every core."""

    def compare(stretch: tuple[int, int]) -> Candidates:
        these, those, marks = shared.pairs(*stretch)
        bits = score(these, those)
        near = bits >= least
        return these[near], those[near], marks[near], bits[near]

    stretches = list(shared.stretches(_PAIRS)) or [(0, 0)]
    found = []
    with ThreadPoolExecutor(len(sched_getaffinity(0))) as pool:
        for done, part in enumerate(pool.map(compare, stretches), 1):
            found.append(part)
            tell("Comparing", done, len(stretches))
    these, those, marks, bits = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return these, those, marks, bits
