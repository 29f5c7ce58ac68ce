"""Pairs of names that people judged: how many are judged the same way, and how long a pair takes."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
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
    """F1 with the counts behind it, and the microseconds of a processor for a pair.

    `micros`: of names that were not met before; `again`: of names that were, as when one is compared with a list.
    """

    f1: float
    right: int
    false: int
    missed: int
    micros: float
    again: float | None = None


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
    times = [
        _micros(pairs, " " * turn) for turn in range(_TURNS)
    ]  # other names in each, so none is remembered
    again = min(_micros(pairs, "") for _ in range(_TURNS))
    said = [pair(each.one, each.other, each.kind).may_be_one for each in pairs]
    tell("Names", 1, 1)
    return replace(_scored(said, pairs, min(times)), again=again)


def _micros(pairs: Sequence[Pair], after: str) -> float:
    """Microseconds of our judgement of a pair, each name followed by so many spaces."""
    started = process_time()
    for each in pairs:
        pair(f"{each.one}{after}", f"{each.other}{after}", each.kind)
    return (process_time() - started) / len(pairs) * 1e6


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
    most = 20 if wanted else None
    read = (
        "" if scored.again is None else f"{scored.micros - scored.again:.1f} µs of it to read the two names"
    )
    found = [
        Result(row, f"{who}: F1", scored.f1, least=0.88 if wanted else None, note=counts),
        Result(row, f"{who}: time of a pair", scored.micros, "µs", most=most, note=read),
    ]
    if scored.again is not None:
        found.append(Result(row, f"{who}: time of a pair of names met before", scored.again, "µs", most=most))
    return found


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
