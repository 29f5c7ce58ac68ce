"""What was linked, as files that people and programs read: clusters, pairs with their reasons, problems."""

import csv
import json
from collections.abc import Collection, Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

from .comparisons import levels_of
from .explaining import Explainer, Explanation, sentence
from .files import Problem
from .identifiers import doubtful
from .keys import KeyKind
from .linking import Linked, Tell
from .model import Model
from .record import Record

_BATCH = 50_000


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
    explainer, found_by = Explainer(model), cache(_kinds)
    wrong = lru_cache(20_000)(lambda n: doubtful(records[n]))
    with file.open("w", encoding="utf-8") as opened:
        for at in range(0, len(inside), _BATCH):
            tell("Explaining", at, len(inside))
            part = inside[at : at + _BATCH]
            these, those = linked.these[part].tolist(), linked.those[part].tolist()
            every = levels_of(linked.rows[these], linked.rows[those])
            found = linked.kinds[part].tolist(), linked.rounds[part].tolist()
            for one, other, codes, kinds, joined in zip(these, those, every, *found, strict=True):
                why = explainer.of(codes, linked.rows[one], linked.rows[other])
                said = {
                    "one": records[one].id,
                    "other": records[other].id,
                    **_said(why, language, wrong(one) | wrong(other)),
                    "found_by": found_by(kinds),
                    "round": joined,
                }
                opened.write(json.dumps(said, ensure_ascii=False) + "\n")
    tell("Explaining", len(inside), len(inside))
    return len(inside)


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
