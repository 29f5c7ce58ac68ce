"""Pairs of names that people judged: how many are judged the same way, and how long a pair takes."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time

from rapidfuzz import fuzz, utils
from rapidfuzz.distance import JaroWinkler

from fanal.analysis.matching.naming import pair
from fanal.analysis.matching.record import Kind
from fanal.analysis.matching.training import Tell

from .results import Result

_KINDS = {"Person": Kind.PERSON, "Organization": Kind.ORGANISATION, "Company": Kind.ORGANISATION}
FILE = "name_bench_dev.csv"
_TURNS = 5
_BARS = [bar / 200 for bar in range(100, 201)]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names, of what they are, and whether they are one to people."""

    one: str
    other: str
    kind: Kind
    same: bool


@dataclass(frozen=True, slots=True)
class Scored:
    """F1 with the counts behind it, and the microseconds of a processor for a pair that was not seen before."""

    f1: float
    right: int
    false: int
    missed: int
    micros: float


def read(file: Path) -> list[Pair]:
    """The pairs of a file with columns schema, name1, name2, is_match."""
    with file.open(encoding="utf-8", newline="") as opened:
        return [
            Pair(row["name1"], row["name2"], _KINDS.get(row["schema"], Kind.THING), row["is_match"] == "true")
            for row in csv.DictReader(opened)
        ]


def ours(file: Path, tell: Tell) -> Scored:
    """Our own judgement, with no bar to choose."""
    pairs = read(file)
    tell("Names", 0, 1)
    pair("Warm", "Warm", Kind.PERSON)
    times = []
    for turn in range(_TURNS):  # other names in each turn, so that nothing is remembered
        started = process_time()
        for each in pairs:
            pair(f"{each.one}{' ' * turn}", f"{each.other}{' ' * turn}", each.kind)
        times.append((process_time() - started) / len(pairs) * 1e6)
    said = [pair(each.one, each.other, each.kind).may_be_one for each in pairs]
    tell("Names", 1, 1)
    return _scored(said, pairs, min(times))


def fuzzy(file: Path, how: str, tell: Tell) -> Scored:
    """A string distance at the bar that is best for these very pairs."""
    pairs = read(file)
    tell("Names", 0, 1)
    score = DISTANCES[how]
    started = process_time()
    scores = [score(each.one, each.other) for each in pairs]
    micros = (process_time() - started) / len(pairs) * 1e6
    tell("Names", 1, 1)
    found = (_scored([score >= bar for score in scores], pairs, micros) for bar in _BARS)
    return max(found, key=lambda one: one.f1)


def told(row: str, who: str, scored: Scored, *, wanted: bool, note: str) -> list[Result]:
    """F1 and time as results."""
    counts = f"{scored.right} right, {scored.false} wrong, {scored.missed} missed; {note}"
    return [
        Result(row, f"{who}: F1", scored.f1, least=0.88 if wanted else None, note=counts),
        Result(row, f"{who}: time of a pair", scored.micros, "µs", most=20 if wanted else None),
    ]


def _sorted(one: str, other: str) -> float:
    return fuzz.token_sort_ratio(one, other, processor=utils.default_process) / 100


def _jaro_winkler(one: str, other: str) -> float:
    return JaroWinkler.normalized_similarity(one, other, processor=utils.default_process)


DISTANCES: dict[str, Callable[[str, str], float]] = {"token sort": _sorted, "Jaro-Winkler": _jaro_winkler}


def _scored(said: Sequence[bool], pairs: Sequence[Pair], micros: float) -> Scored:
    right = sum(yes and each.same for yes, each in zip(said, pairs, strict=True))
    false = sum(yes and not each.same for yes, each in zip(said, pairs, strict=True))
    missed = sum(each.same for each in pairs) - right
    return Scored(2 * right / max(2 * right + false + missed, 1), right, false, missed, micros)
