"""What was linked, as files that people and programs read: clusters, pairs with their reasons, problems."""

import csv
import json
from collections.abc import Collection, Iterable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .comparisons import levels_of
from .explaining import Explainer, Explanation, sentence
from .files import Problem
from .identifiers import doubtful
from .in_turn import in_turn
from .keys import KeyKind
from .linking import Linked, Tell
from .model import Model
from .record import Record

_BATCH = 10_000  # pairs that one process explains at a time


def write_clusters(file: Path, records: Sequence[Record], linked: Linked) -> int:
    """CSV: identifier, cluster (the first identifier in it); answers how many clusters of two and more."""
    first: dict[int, str] = {}
    sizes: dict[int, int] = {}
    with file.open("w", encoding="utf-8", newline="") as opened:
        rows = csv.writer(opened)
        rows.writerow(["id", "cluster"])
        for record, cluster in zip(records, linked.clusters.tolist(), strict=True):
            rows.writerow([record.id, first.setdefault(cluster, record.id)])
            sizes[cluster] = sizes.get(cluster, 0) + 1
    return sum(size > 1 for size in sizes.values())


def write_pairs(
    file: Path, records: Sequence[Record], linked: Linked, model: Model, *, language: str, tell: Tell
) -> int:
    """JSON Lines of the candidate pairs inside clusters: both identifiers, the band, the bits and their parts, which of
    them are doubtful (check digits or form do not hold: weak evidence), a sentence; the kinds of keys by which they
    were found, and the round of joining in which they came together (1: each other's nearest). Answers how many."""
    inside = np.flatnonzero(linked.clusters[linked.these] == linked.clusters[linked.those])
    parts = [inside[at : at + _BATCH] for at in range(0, len(inside), _BATCH)]
    done = 0
    with file.open("w", encoding="utf-8") as opened:
        for part, text in zip(
            parts,
            in_turn(partial(_told, model, language), (_pairs(records, linked, part) for part in parts)),
            strict=True,
        ):
            opened.write(text)
            done += len(part)
            tell("Explaining", done, len(inside))
    return len(inside)


class _Pairs(NamedTuple):
    """Some pairs of records, both by their places among those that are in them, with `rows` (LAYOUT) and all else."""

    records: list[Record]
    rows: npt.NDArray[np.void]
    these: list[int]
    those: list[int]
    kinds: list[int]
    rounds: list[int]


def _pairs(records: Sequence[Record], linked: Linked, which: npt.NDArray[np.int64]) -> _Pairs:
    both = np.concatenate([linked.these[which], linked.those[which]])
    there, at = np.unique(both, return_inverse=True)
    these, those = at[: len(which)].tolist(), at[len(which) :].tolist()
    said = linked.kinds[which].tolist(), linked.rounds[which].tolist()
    return _Pairs([records[n] for n in there.tolist()], linked.rows[there], these, those, *said)


def _told(model: Model, language: str, pairs: _Pairs) -> str:
    """The lines of some pairs."""
    explainer, found_by, rows = Explainer(model), cache(_kinds), pairs.rows
    wrong = cache(lambda n: doubtful(pairs.records[n]))
    every = levels_of(rows[pairs.these], rows[pairs.those])
    lines = []
    for one, other, codes, kinds, joined in zip(
        pairs.these, pairs.those, every, pairs.kinds, pairs.rounds, strict=True
    ):
        why = explainer.of(codes, rows[one], rows[other])
        said = {
            "one": pairs.records[one].id,
            "other": pairs.records[other].id,
            **_said(why, language, wrong(one) | wrong(other)),
            "found_by": found_by(kinds),
            "round": joined,
        }
        lines.append(json.dumps(said, ensure_ascii=False) + "\n")
    return "".join(lines)


def _kinds(mark: int) -> list[str]:
    return sorted(kind.name.lower() for kind in KeyKind if mark >> kind & 1)


def _said(why: Explanation, language: str, wrong: Collection[str]) -> dict[str, object]:
    return {
        "band": why.band,
        "bits": round(why.bits, 3),
        "prior": round(why.prior, 3),
        "comparisons": {line.comparison: round(line.bits, 3) for line in why.lines if line.code >= 0},
        "doubtful": [line.comparison for line in why.lines if line.code >= 0 and line.comparison in wrong],
        "why": sentence(why, language, wrong),
    }


def write_problems(file: Path, problems: Iterable[Problem]) -> int:
    """CSV: file, line, field, what, whether something was left out; answers how many."""
    number = 0
    with file.open("w", encoding="utf-8", newline="") as opened:
        rows = csv.writer(opened)
        rows.writerow(["file", "line", "field", "what", "left out"])
        for number, each in enumerate(problems, 1):  # noqa: B007
            rows.writerow([each.file, each.line, each.field, each.what, "yes" if each.lost else "no"])
    return number
