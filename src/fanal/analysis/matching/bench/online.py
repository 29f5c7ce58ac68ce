"""One question against a million people: how fast, how right, how much memory, and how fast people are put in."""

import gc
from dataclasses import dataclass
from datetime import date
from time import perf_counter, thread_time

import numpy as np

from fanal.analysis.matching.matcher import Matcher
from fanal.analysis.matching.training import Tell

from . import bases
from .bases import Base
from .judging import Answers, Judged, judged
from .limits import Alone, memory
from .results import Result

ON = date(2026, 1, 1)  # nothing of the bench expires
_WARM = 300
_MOST = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """Of each question its answers (mention, bits), and milliseconds: from the record to the matches, of the processor
    alone, and of these for reading the record before anything is looked up."""

    answers: dict[str, list[tuple[str, float]]]
    times: list[float]
    worked: list[float]
    reading: list[float]


def fill(base: Base, tell: Tell) -> tuple[int, float]:
    """Put the people of a base in a durable index: (how many, seconds), their files read included."""
    started = perf_counter()
    matcher = Matcher.build(
        base.index, bases.known(base), bases.SECRET, bases.records(base.people), tell=tell
    )
    return matcher.index.size(), perf_counter() - started


def ask(base: Base, tell: Tell) -> Asked:
    """Ask every question."""
    matcher = Matcher(base.index, bases.known(base), bases.SECRET)
    questions = list(bases.records(base.asked))
    for record in questions[:_WARM]:
        matcher.query(record, on=ON, most=_MOST)
    gc.freeze()  # what stands before the first question is not looked through again at each collection
    found = Asked({}, [], [], [])
    for done, record in enumerate(questions):
        started, busy = perf_counter(), thread_time()
        question = matcher.prepare(record)
        read = thread_time()
        matches = matcher.ask(question, on=ON, most=_MOST)
        found.worked.append((thread_time() - busy) * 1000)
        found.times.append((perf_counter() - started) * 1000)
        found.reading.append((read - busy) * 1000)
        found.answers[record.id] = [(match.id, match.left) for match in matches]
        if done % 500 == 0:
            tell("Asking", done, len(questions))
    tell("Asking", len(questions), len(questions))
    return found


def open_only(base: Base, tell: Tell) -> tuple[float, float]:
    """A process that does nothing but answer a thousand questions: (PSS, largest resident memory) in MB."""
    matcher = Matcher(base.index, bases.known(base), bases.SECRET)
    for done, record in enumerate(bases.records(base.asked)):
        if done == 1000:
            break
        matcher.query(record, on=ON, most=_MOST)
    tell("Asking", 1, 1)
    return memory("Pss", "smaps_rollup"), memory("VmHWM")


def judge(base: Base, answers: Answers) -> Judged:
    """The answers by the truth."""
    return judged(answers, bases.entities(base.people), bases.entities(base.asked))


def latency(row: str, asked: Asked, number: int, p50: float | None, p99: float) -> list[Result]:
    """Median and 99th percentile, what they are made of, and what they mean for a core."""
    middle, late = _percentiles(asked.times)
    note = f"{len(asked.times):,} questions, one core, from the record to at most {_MOST} matches, {number:,} people"
    parts = {
        "of the processor alone": asked.worked,
        "reading the record": asked.reading,
        "looking up and comparing": np.subtract(asked.worked, asked.reading).tolist(),
    }
    told = "; ".join(
        f"{what} {{0:.2f}} / {{1:.2f}}".format(*_percentiles(took)) for what, took in parts.items()
    )
    rate = 1000 * len(asked.times) / sum(asked.times)
    return [
        Result(row, "p50", middle, "ms", most=p50, note=note),
        Result(row, "p99", late, "ms", most=p99, note=f"p50 / p99 in ms: {told}"),
        Result(row, "questions a second", rate, "/s", least=None if p50 is None else 2000),
    ]


def _percentiles(times: list[float]) -> tuple[float, float]:
    middle, late = np.percentile(times, (50, 99)).tolist()
    return middle, late


def recall(
    row: str,
    judged: tuple[Judged, Judged],
    judged_best: tuple[Judged, Judged],
    corruptions: dict[str, int],
) -> list[Result]:
    """Recall of people at the score that gives precision on development people, told of evaluation people.

    Once where all answers count, once (`judged_best`) the best of each question alone.
    """
    development, evaluation = judged
    bar = development.bar()
    right, all_ = evaluation.at(bar)
    possible = len(evaluation.possible)
    note = f"from {bar:.1f} bits on, chosen on development people; {evaluation.missed(bar, corruptions)}"
    most = evaluation.at(evaluation.bar())[0]
    first, told = judged_best[1].at(judged_best[0].bar())
    note_best = f"precision there {first / max(told, 1):.3f}; for orientation"
    return [
        Result.share(row, "people found", right, possible, least=0.95, note=note),
        Result.share(row, "precision there", right, all_, least=0.99, note="of people answered"),
        Result.share(
            row, "people found were the score chosen on themselves", most, possible, note="for orientation"
        ),
        Result.share(
            row, "people found were the best answer alone to count", first, possible, note=note_best
        ),
    ]


def ingested(row: str, filled: Alone) -> Result:
    """Records a second into a durable index."""
    number, seconds = filled.value
    note = f"{number:,} people in {seconds:.0f} s on two cores ({filled.processor:.0f} s of a processor)"
    note += ", read from Parquet, on disk at the end"
    return Result(row, "records a second", number / seconds, "/s", least=5000, note=note)
