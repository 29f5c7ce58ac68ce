"""The rows of the table: what is measured, beside whom, and what is wanted of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pyarrow import parquet

from fanal.analysis.matching.training import Tell

from . import bases, batch, blind, conformance, cross_script, name_pairs, online, spark
from .bases import Base
from .judging import Judged, best, judged
from .limits import Alone
from .peers import by_splink
from .results import Result
from .sharing import MILLION, QUESTIONS, TRIGRAMS_ASKED, Bench

_SPLINK_ASKED = 20
_SPARK_MOST = 600  # seconds: it starts slowly
_SCRIPTS = {"russian": 0.95, "arabic": 0.85, "hebrew": 0.85, "korean": 0.85, "chinese": 0.75}
Measure = Callable[[str, Bench], Iterable[Result]]


@dataclass(frozen=True, slots=True)
class Part:
    """One measurement of a row; `what`, `most` and `least` are told where it fails."""

    measure: Measure
    what: str
    most: float | None = None
    least: float | None = None


def _online(row: str, bench: Bench) -> list[Result]:
    return online.latency(row, bench.asked, bench.evaluation.number, p50=0.5, p99=1)


def _online_splink(row: str, bench: Bench) -> list[Result]:
    times = bench.alone(by_splink.one_by_one, bench.evaluation, _SPLINK_ASKED).value
    note = (
        f"predict_between, {_SPLINK_ASKED} questions, two cores; version 5 has no look-up of a single record"
    )
    return _times(row, "Splink 5", times, note)


def _online_trigrams(row: str, bench: Bench) -> list[Result]:
    times = bench.trigrams[1]
    return _times(row, "pg_trgm", times, f"GIN, names alone, {len(times)} questions, two cores")


def _times(row: str, who: str, times: list[float], note: str) -> list[Result]:
    middle, late = (float(value) for value in np.percentile(times, (50, 99)))
    return [Result(row, f"{who}: p50", middle, "ms", note=note), Result(row, f"{who}: p99", late, "ms")]


def _ingest(row: str, bench: Bench) -> list[Result]:
    return [online.ingested(row, bench.filled)]


def _entities(row: str, bench: Bench) -> list[Result]:
    return online.recall(row, bench.judged, bench.judged_best, _corruptions(bench.evaluation))


def _entities_trigrams(row: str, bench: Bench) -> list[Result]:
    asked = dict(list(bases.entities(bench.evaluation.asked).items())[:TRIGRAMS_ASKED])
    found = judged(bench.trigrams[0], bases.entities(bench.evaluation.people), asked)
    right, all_ = found.at(-np.inf)
    possible = len(found.possible)
    best = found.at(found.bar())[0]
    return [
        Result.share(row, "pg_trgm: people found among the first 20", right, possible, note="names alone"),
        Result.share(row, "pg_trgm: precision there", right, all_, note="of people answered"),
        Result.share(
            row, "pg_trgm: people found at precision 0.99", best, possible, note="bar chosen on themselves"
        ),
    ]


def _corruptions(base: Base) -> dict[str, int]:
    known = parquet.read_table(base.asked, columns=["mention", "corruptions"])
    return dict(zip(known["mention"].to_pylist(), known["corruptions"].to_pylist(), strict=True))


def _memory(row: str, bench: Bench) -> list[Result]:
    bench.asked  # noqa: B018 (the index is filled)
    pss, peak = bench.alone(online.open_only, bench.evaluation, cores=1).value
    note = f"resident at most {peak:.0f} MB; a process that answered 1,000 questions about {bench.evaluation.number:,}"
    return [Result(row, "index and matcher (PSS)", pss, "MB", most=600, note=note)]


def _batch(row: str, bench: Bench) -> list[Result]:
    base = bench.evaluation
    done = bench.alone(batch.ours, base)
    found: batch.Done = done.value
    steps = ", ".join(f"{label.lower()} {seconds:.1f} s" for label, seconds in found.steps.items())
    note = f"{base.number:,} records in memory to clusters: {steps}; {_took(done)}"
    more = f"; {found.looked_at:.3f} of the pairs that are one have a key in common and bits that may matter"
    return batch.told(row, "ours", found.seconds, found.scores, note, wanted=True, more=more)


def _batch_splink(row: str, bench: Bench) -> list[Result]:
    done = bench.alone(by_splink.whole, bench.evaluation)
    note = f"its own comparisons, rules and learning, best of four bars; {_took(done)}"
    seconds, scores = done.value
    return batch.told(row, "Splink 5", seconds, scores, note, wanted=False)


def _took(done: Alone) -> str:
    return f"two cores, {done.processor:.0f} s of a processor with reading, {done.peak:.0f} MB"


def _historical(row: str, bench: Bench) -> list[Result]:
    seconds, (f1, precision, recall), number = bench.alone(
        batch.historical, bench.outside(batch.HISTORICAL)
    ).value
    note = (
        f"{number:,} records of the unseen half in {seconds:.0f} s with learning;"
        f" precision {precision:.3f}, recall {recall:.3f}"
    )
    return [Result(row, "ours: cluster F1", f1, least=0.93, note=note)]


def _historical_splink(row: str, bench: Bench) -> list[Result]:
    seconds, (f1, precision, recall) = bench.alone(
        by_splink.historical, bench.outside(batch.HISTORICAL)
    ).value
    note = f"the rules of its guide to these records, best of four bars, {seconds:.0f} s;"
    note += f" precision {precision:.3f}, recall {recall:.3f}"
    return [Result(row, "Splink 5: cluster F1", f1, note=note)]


def _names(row: str, bench: Bench) -> list[Result]:
    file = bench.outside(name_pairs.FILE)
    found = bench.alone(name_pairs.ours, file, cores=1).value
    return name_pairs.told(row, "ours", found, wanted=True, note="no bar to choose; names not met before")


def _names_fuzzy(row: str, bench: Bench) -> list[Result]:
    note = "rapidfuzz, best bar on these pairs; nomenklatura needs a compiler (pyicu has no wheel)"
    return [
        result
        for how in name_pairs.DISTANCES
        for found in [bench.alone(name_pairs.fuzzy, bench.outside(name_pairs.FILE), how, cores=1).value]
        for result in name_pairs.told(row, how, found, wanted=False, note=note)
    ]


def _script(language: str, least: float) -> Part:
    def measure(row: str, bench: Bench) -> list[Result]:
        found = bench.alone(_recall, language, bench.outside("transliteration")).value
        note = f"{found.met:,} share a key; {found.candidates:.0f} candidates; check file, never learned from"
        return [Result.share(row, f"{language}: recall@50", found.found, found.asked, least=least, note=note)]

    return Part(measure, f"{language}: recall@50", least=least)


def _recall(language: str, folder: Path, tell: Tell) -> cross_script.Recall:
    tell(f"Reading {language}", 0, 1)
    found = cross_script.recall(language, folder)
    tell(f"Reading {language}", 1, 1)
    return found


def _blind(row: str, bench: Bench) -> list[Result]:
    weights = bench.alone(blind.weights_of, bench.development).value
    bench.making(blind.fill, bench.evaluation)
    answers, times = bench.alone(blind.ask, bench.evaluation, weights, cores=1).value
    naive = bench.alone(blind.ask_naively, bench.evaluation, cores=1).value
    every = bench.judged[1], online.judge(bench.evaluation, answers)
    blindly, plainly = (online.judge(bench.evaluation, best(each)) for each in (answers, naive))
    openly = bench.judged_best[1]
    middle, late = (float(value) for value in np.percentile(times, (50, 99)))
    note = f"of each question its best answer, which is what hit or no hit says, as of the {_found(openly):.3f} found"
    note += f" openly among {bench.evaluation.number:,} people; all bars where precision is 0.99; weights learned on"
    note += f" development people; {blindly.told(blindly.bar())}"
    all_ = f"of {_found(every[0]):.3f} found openly, whose answers are weighed against each other"
    return [
        Result(row, "recall lost, learned weights", _lost(openly, blindly), "points", most=2, note=note),
        Result(row, "recall lost, naive: keys summed by rarity", _lost(openly, plainly), "points"),
        Result(
            row, "recall lost were every answer of a question to count", _lost(*every), "points", note=all_
        ),
        Result(row, "p50", middle, "ms", most=1, note="one core, from the keys to the hits"),
        Result(row, "p99", late, "ms", most=1),
    ]


def _lost(openly: Judged, blindly: Judged) -> float:
    return 100 * (_found(openly) - _found(blindly))


def _found(one: Judged) -> float:
    return one.at(one.bar())[0] / max(len(one.possible), 1)


def _same(row: str, bench: Bench) -> list[Result]:
    number = max(int(MILLION * bench.scale), 10_000)
    within, of, largest = bench.alone(conformance.conformance, bench.evaluation, number).value
    note = f"against Splink's SQL on DuckDB; largest difference {largest:.2g} bits"
    return [Result.share(row, "within 0.01 bit", within, of, least=1.0, note=note)]


def _spark(row: str, bench: Bench) -> list[Result]:
    folder = bench.folder / "spark"
    folder.mkdir()
    base = bench.base("development", spark.RECORDS, folder)
    found: spark.Same = bench.alone(spark.same, base, most=_SPARK_MOST).value
    note = f"of {spark.RECORDS:,} records, found by Splink on Spark or by our own join, those that both found"
    bits = f"largest difference {found.largest:.2g} bits"
    return [
        Result.share(row, "the same pairs", found.both, found.either, least=1.0, note=note),
        Result.share(row, "their bits within 0.01", found.within, found.both, least=1.0, note=bits),
        Result.share(row, "found by the same keys", found.found_by, found.both, least=1.0),
        Result(
            row,
            "Spark: wall",
            found.spark,
            "s",
            note=f"two cores, its start counted; our own join {found.ours:.1f} s",
        ),
    ]


def _ten(row: str, bench: Bench) -> list[Result]:
    folder = bench.folder / "ten"
    folder.mkdir()
    base = bench.base("evaluation", int(10 * MILLION * bench.scale) - QUESTIONS, folder)
    filled = bench.making(online.fill, base)
    asked = bench.ask(base, filled)
    return [*online.latency(row, asked, base.number, p50=None, p99=5), online.ingested(row, filled)]


_TEN = "ten million"
ALONE = frozenset({_TEN})  # measured only when asked for by name
ROWS: dict[str, tuple[Part, ...]] = {  # what takes long, and what needs much before it, comes last
    "names": (
        Part(_names, "ours: F1", least=0.88),
        Part(_names_fuzzy, "token sort: F1"),
    ),
    "scripts": tuple(_script(language, least) for language, least in _SCRIPTS.items()),
    "historical": (
        Part(_historical, "ours: cluster F1", least=0.93),
        Part(_historical_splink, "Splink 5: cluster F1"),
    ),
    "spark": (Part(_spark, "the same pairs", least=1.0),),
    "online": (
        Part(_online, "p50", most=0.5),
        Part(_online_trigrams, "pg_trgm: p50"),
        Part(_online_splink, "Splink 5: p50"),
    ),
    "ingest": (Part(_ingest, "records a second", least=5000),),
    "memory": (Part(_memory, "index and matcher (PSS)", most=600),),
    "conformance": (Part(_same, "within 0.01 bit", least=1.0),),
    "entities": (
        Part(_entities, "people found", least=0.95),
        Part(_entities_trigrams, "pg_trgm: people found among the first 20"),
    ),
    "batch": (Part(_batch, "ours: wall", most=30), Part(_batch_splink, "Splink 5: wall")),
    "blind": (Part(_blind, "recall lost, learned weights", most=2),),
    _TEN: (Part(_ten, "p99", most=5),),
}
