"""A whole base linked in one go, and the same by Splink: wall time and F1 of pairs inside clusters."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from pyarrow import parquet

from fanal.analysis.matching.linking import link
from fanal.analysis.matching.record import Record, Trait
from fanal.analysis.matching.training import Tell, train

from . import bases
from .bases import Base
from .results import Result

HISTORICAL = "historical_figures_with_errors_50k.parquet"
Scores = tuple[float, float, float]  # F1, precision, recall
Row = dict[str, Any]


def pair_scores(clusters: Sequence[Hashable], truth: Sequence[Hashable]) -> Scores:
    """F1, precision and recall of the pairs that are in one cluster, counted without listing them."""

    def pairs(groups: Sequence[Hashable]) -> int:
        return sum(size * (size - 1) // 2 for size in Counter(groups).values())

    right = pairs(list(zip(clusters, truth, strict=True)))
    found, there = pairs(clusters), pairs(truth)
    precision, recall = right / max(found, 1), right / max(there, 1)
    return 2 * right / max(found + there, 1), precision, recall


@dataclass(frozen=True, slots=True)
class Done:
    """A base linked: seconds from records to clusters, of each step of it, scores, and of the pairs that are one the
    share that was looked at (a shared key, and bits that may matter)."""

    seconds: float
    steps: dict[str, float]
    scores: Scores
    looked_at: float


def ours(base: Base, tell: Tell) -> Done:
    """Link the people of a base with its model."""
    model, people = bases.known(base), list(bases.records(base.people))
    known = bases.entities(base.people)
    truth = np.array([known[record.id] for record in people])
    steps: dict[str, tuple[float, float]] = {}

    def step(label: str, done: int, total: int) -> None:
        now = perf_counter()
        steps[label] = (steps.get(label, (now, now))[0], now)
        tell(label, done, total)

    started = perf_counter()
    linked = link(people, model, tell=step)
    seconds = perf_counter() - started
    sizes = np.unique(truth, return_counts=True)[1]
    looked_at = (truth[linked.these] == truth[linked.those]).sum() / max((sizes * (sizes - 1) // 2).sum(), 1)
    return Done(
        seconds,
        {label: last - first for label, (first, last) in steps.items()},
        pair_scores(linked.clusters.tolist(), truth.tolist()),
        float(looked_at),
    )


def told(
    row: str, who: str, seconds: float, scores: Scores, note: str, *, wanted: bool, more: str = ""
) -> list[Result]:
    """Wall time and F1 as results."""
    f1, precision, recall = scores
    parts = f"precision {precision:.3f}, recall {recall:.3f} of pairs in clusters{more}"
    return [
        Result(row, f"{who}: wall", seconds, "s", most=30 if wanted else None, note=note),
        Result(row, f"{who}: pair F1", f1, least=0.9 if wanted else None, note=parts),
    ]


def historical(file: Path, tell: Tell) -> tuple[float, Scores, int]:
    """Persons of history, split by person: learned from one half, linked the other: (seconds, scores, records)."""
    learned, unseen = halves(file)
    started = perf_counter()
    model = train([_historical(row) for row in learned], tell=tell)
    linked = link([_historical(row) for row in unseen], model, tell=tell)
    seconds = perf_counter() - started
    return seconds, pair_scores(linked.clusters.tolist(), [row["cluster"] for row in unseen]), len(unseen)


def halves(file: Path) -> tuple[list[Row], list[Row]]:
    """The rows of the file, each person wholly in one of the two by the digest of the truth's name for him."""
    found: tuple[list[Row], list[Row]] = ([], [])
    for row in parquet.read_table(file).to_pylist():
        found[blake2b(row["cluster"].encode(), digest_size=1).digest()[0] % 2].append(row)
    return found


def _historical(row: Row) -> Record:
    traits = ((Trait.POSTCODE, "postcode_fake"), (Trait.SEX, "gender"), (Trait.OCCUPATION, "occupation"))
    return Record(
        str(row["unique_id"]),
        names=tuple(name for name in (row["full_name"], row["first_and_surname"]) if name),
        births=(row["dob"],) if row["dob"] else (),
        places=(row["birth_place"],) if row["birth_place"] else (),
        traits={trait: (str(row[column]),) for trait, column in traits if row[column]},
    )
