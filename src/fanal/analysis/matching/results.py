"""What was linked, as files that people and programs read: clusters, pairs with their reasons, problems."""

import csv
import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from .comparisons import levels_of
from .explaining import Explainer, Explanation, sentence
from .files import Problem
from .keys import facts
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
    """JSON Lines of the candidate pairs inside clusters: both identifiers, the band, the bits and their parts, the
    kinds of keys by which they were found, a sentence. Answers how many."""
    inside = np.flatnonzero(linked.clusters[linked.these] == linked.clusters[linked.those])
    explainer, keyed = Explainer(model), lru_cache(maxsize=20_000)(lambda n: facts(records[n]))
    with file.open("w", encoding="utf-8") as opened:
        for at in range(0, len(inside), _BATCH):
            tell("Explaining", at, len(inside))
            part = inside[at : at + _BATCH]
            these, those = linked.these[part].tolist(), linked.those[part].tolist()
            every = levels_of(linked.rows[these], linked.rows[those])
            for one, other, codes in zip(these, those, every, strict=True):
                why = explainer.of(codes, linked.rows[one], linked.rows[other])
                found_by = sorted({kind.name.lower() for kind, _ in keyed(one) & keyed(other)})
                said = _said(records[one].id, records[other].id, why, found_by, language)
                opened.write(json.dumps(said, ensure_ascii=False) + "\n")
    tell("Explaining", len(inside), len(inside))
    return len(inside)


def _said(one: str, other: str, why: Explanation, found_by: list[str], language: str) -> dict[str, object]:
    return {
        "one": one,
        "other": other,
        "band": why.band,
        "bits": round(why.bits, 3),
        "prior": round(why.prior, 3),
        "comparisons": {line.comparison: round(line.bits, 3) for line in why.lines if line.code >= 0},
        "found_by": found_by,
        "why": sentence(why, language),
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
