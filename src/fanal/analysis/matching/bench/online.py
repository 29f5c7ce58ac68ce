"""One question against a million people: how fast, how right, how much memory, and how fast people are put in."""

from datetime import date
from time import perf_counter, thread_time

import numpy as np

from fanal.analysis.matching.matcher import Matcher
from fanal.analysis.matching.training import Tell

from . import bases
from .bases import Base
from .judging import Judged, judged
from .limits import Alone, memory
from .results import Result

ON = date(2026, 1, 1)  # nothing of the bench expires
_WARM = 300
_MOST = 20
Asked = tuple[dict[str, list[tuple[str, float]]], list[float], list[float]]


def fill(base: Base, tell: Tell) -> tuple[int, float]:
    """Put the people of a base in a durable index: (how many, seconds), their files read included."""
    started = perf_counter()
    matcher = Matcher.build(
        base.index, bases.known(base), bases.SECRET, bases.records(base.people), tell=tell
    )
    return matcher.index.size(), perf_counter() - started


def ask(base: Base, tell: Tell) -> Asked:
    """Ask every question: (answers, milliseconds of each from the record to the matches, of the processor alone)."""
    matcher = Matcher(base.index, bases.known(base), bases.SECRET)
    questions = list(bases.records(base.asked))
    for record in questions[:_WARM]:
        matcher.query(record, on=ON, most=_MOST)
    answers, times, worked = {}, [], []
    for done, record in enumerate(questions):
        started, busy = perf_counter(), thread_time()
        found = matcher.query(record, on=ON, most=_MOST)
        worked.append((thread_time() - busy) * 1000)
        times.append((perf_counter() - started) * 1000)
        answers[record.id] = [(match.id, match.bits) for match in found]
        if done % 500 == 0:
            tell("Asking", done, len(questions))
    tell("Asking", len(questions), len(questions))
    return answers, times, worked


def open_only(base: Base, tell: Tell) -> tuple[float, float]:
    """A process that does nothing but answer a thousand questions: (PSS, largest resident memory) in MB."""
    matcher = Matcher(base.index, bases.known(base), bases.SECRET)
    for done, record in enumerate(bases.records(base.asked)):
        if done == 1000:
            break
        matcher.query(record, on=ON, most=_MOST)
    tell("Asking", 1, 1)
    return memory("Pss", "smaps_rollup"), memory("VmHWM")


def judge(base: Base, asked: Asked) -> Judged:
    """The answers by the truth."""
    return judged(asked[0], bases.entities(base.people), bases.entities(base.asked))


def latency(row: str, asked: Asked, number: int, p50: float | None, p99: float) -> list[Result]:
    """Median and 99th percentile, and what they mean for a core."""
    _, times, worked = asked
    middle, late = (float(value) for value in np.percentile(times, (50, 99)))
    busy = np.percentile(worked, (50, 99))
    alone = f"of the processor alone {busy[0]:.2f} and {busy[1]:.2f} ms"
    note = (
        f"{len(times):,} questions, one core, from the record to at most {_MOST} matches, {number:,} people"
    )
    rate = 1000 * len(times) / sum(times)
    results = [
        Result(row, "p50", middle, "ms", most=p50, note=note),
        Result(row, "p99", late, "ms", most=p99, note=alone),
    ]
    return [*results, Result(row, "questions a second", rate, "/s", least=None if p50 is None else 2000)]


def recall(row: str, development: Judged, evaluation: Judged, corruptions: dict[str, int]) -> list[Result]:
    """Recall of people at the score that gives precision on development people, told of evaluation people."""
    bar = development.bar()
    right, all_ = evaluation.at(bar)
    possible = len(evaluation.possible)
    note = f"from {bar:.1f} bits on, chosen on development people; {evaluation.missed(bar, corruptions)}"
    best = evaluation.at(evaluation.bar())[0]
    return [
        Result.share(row, "people found", right, possible, least=0.95, note=note),
        Result.share(row, "precision there", right, all_, least=0.99, note="of people answered"),
        Result.share(
            row, "people found were the score chosen on themselves", best, possible, note="for orientation"
        ),
    ]


def ingested(row: str, filled: Alone) -> Result:
    """Records a second into a durable index."""
    number, seconds = filled.value
    note = f"{number:,} people in {seconds:.0f} s on two cores ({filled.processor:.0f} s of a processor)"
    note += ", read from Parquet, on disk at the end"
    return Result(row, "records a second", number / seconds, "/s", least=5000, note=note)
