"""Splink with a model of its own comparisons and blocking rules, as its guides teach: a whole base, and one record."""

import logging
from pathlib import Path
from time import perf_counter
from typing import Any

import duckdb
import pyarrow as pa
from anyascii import anyascii
from pyarrow import parquet
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink import comparison_library as cl

from fanal.analysis.matching.bench.bases import Base, entities
from fanal.analysis.matching.bench.batch import Row, Scores, halves, pair_scores
from fanal.analysis.matching.dates import birth
from fanal.analysis.matching.identifiers import normal
from fanal.analysis.matching.record import Identifier
from fanal.analysis.matching.training import Tell

_IDENTIFIERS = {
    "phone": ("phones", Identifier.PHONE),
    "document": ("documents", Identifier.DOCUMENT),
    "national": ("nationals", Identifier.NATIONAL),
    "iban": ("ibans", Identifier.IBAN),
    "plate": ("plates", Identifier.PLATE),
    "email": ("emails", Identifier.EMAIL),
    "handle": ("handles", Identifier.HANDLE),
}
_TEXTS = ("given", "family", "birth", *_IDENTIFIERS, "birth_place", "postcode", "nationality")
_COLUMNS = pa.schema([("unique_id", pa.string()), *((name, pa.string()) for name in _TEXTS)])
_BARS = (0.5, 0.9, 0.99, 0.999)
_RANDOM_PAIRS = 2_000_000


def table(file: Path) -> pa.Table:
    """Mentions as Splink likes them: plain names in two columns, whole dates, the first identifier of each kind.

    Kept beside the file for who asks again.
    """
    kept = file.with_suffix(".splink.parquet")
    if not kept.exists():
        batches = parquet.ParquetFile(file).iter_batches(20_000)
        made = (pa.Table.from_pylist(list(map(_prepared, each.to_pylist())), _COLUMNS) for each in batches)
        parquet.write_table(pa.concat_tables(made), kept)
    return parquet.read_table(kept)


def _prepared(row: Row) -> Row:
    found: Row = {"unique_id": row["mention"], "given": _plain(row["given"]), "family": _plain(row["family"])}
    found["birth"] = _whole(row["births"][0]) if row["births"] else None
    for name, (column, kind) in _IDENTIFIERS.items():
        form = normal(kind, row[column][0]) if row[column] else None
        found[name] = form.text if form else None
    return found | {name: row[name] for name in ("birth_place", "postcode", "nationality")}


def _plain(text: str | None) -> str | None:
    return anyascii(text).lower() if text else None


def _whole(written: str) -> str | None:
    day = birth(written)
    return f"{day.year}-{day.month:02}-{day.day:02}" if day and day.whole else None


def trained(rows: pa.Table, *, generated: bool) -> tuple[Linker, Any]:
    """A linker that learned from the rows, and its table there."""
    api = DuckDBAPI(connection=duckdb.connect(config={"threads": "2"}))
    there = api.register(rows)
    linker = Linker(there, SettingsCreator(**_settings(generated)), log_level=logging.ERROR)
    learning = linker.training
    exact: list[Any] = [block_on("given", "family", "birth")]
    learning.estimate_probability_two_random_records_match(exact, recall=0.5)
    learning.estimate_u_using_random_sampling(max_pairs=_RANDOM_PAIRS, seed=1)
    for rule in (block_on("given", "family"), block_on("birth")):
        learning.estimate_parameters_using_expectation_maximisation(rule, max_pairs=_RANDOM_PAIRS)
    return linker, there


def _settings(generated: bool) -> Row:
    names = cl.ForenameSurnameComparison("given", "family")
    dates = cl.DateOfBirthComparison("birth", input_is_string=True)
    rules = [block_on("given", "birth"), block_on("family", "birth")]
    if generated:
        kinds: list[Any] = [cl.ExactMatch(name) for name in _IDENTIFIERS]
        others = [cl.ExactMatch(name) for name in ("birth_place", "postcode", "nationality")]
        rules += [
            block_on("given", "family", "substr(birth, 1, 4)"),
            block_on("given", "family", "birth_place"),
        ]
        rules += [*(block_on(name) for name in _IDENTIFIERS if name != "phone")]
        rules += [block_on("phone", "substr(given, 1, 1)")]  # hubs: thousands have one number
    else:  # the rules of Splink's own guide to these very records
        kinds = [cl.PostcodeComparison("postcode")]
        others = [_common("birth_place"), _common("occupation")]
        rules += [block_on("substr(given, 1, 3)", "substr(family, 1, 4)"), block_on("birth", "birth_place")]
        rules += [block_on("postcode", "given"), block_on("postcode", "family")]
        rules += [block_on("substr(postcode, 1, 3)", column) for column in ("birth", "given", "family")]
        rules += [block_on("substr(given, 1, 2)", "substr(family, 1, 2)", "substr(birth, 1, 4)")]
    return {
        "link_type": "dedupe_only",
        "comparisons": [names, dates, *kinds, *others],
        "blocking_rules_to_generate_predictions": rules,
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
    }


def _common(column: str) -> Any:
    return cl.ExactMatch(column).configure(term_frequency_adjustments=True)


def whole(base: Base, tell: Tell) -> tuple[float, Scores]:
    """Link the people of a base: (seconds of learning, scoring and clustering, scores at the best of four bars)."""
    rows = table(base.people)
    tell("Splink", 0, 1)
    truth = entities(base.people)
    found = _linked(rows, truth, generated=True)
    tell("Splink", 1, 1)
    return found


def historical(file: Path, tell: Tell) -> tuple[float, Scores]:
    """The same half of the persons of history that our model never saw."""
    tell("Splink", 0, 1)
    _, unseen = halves(file)
    rows = [
        {
            "unique_id": row["unique_id"],
            "given": row["first_name"],
            "family": row["surname"],
            "birth": row["dob"],
            "postcode": row["postcode_fake"],
            "birth_place": row["birth_place"],
            "occupation": row["occupation"],
        }
        for row in unseen
    ]
    found = _linked(
        pa.Table.from_pylist(rows), {row["unique_id"]: row["cluster"] for row in unseen}, generated=False
    )
    tell("Splink", 1, 1)
    return found


def _linked(rows: pa.Table, truth: dict[str, Any], *, generated: bool) -> tuple[float, Scores]:
    started = perf_counter()
    linker, _ = trained(rows, generated=generated)
    pairs = linker.inference.predict(threshold_match_probability=_BARS[0])
    seconds = perf_counter() - started
    best: tuple[float, Scores] = (0.0, (0.0, 0.0, 0.0))
    for bar in _BARS:
        started = perf_counter()
        groups = linker.clustering.cluster_pairwise_predictions_at_threshold(
            pairs, threshold_match_probability=bar
        )
        took = perf_counter() - started
        known = groups.as_duckdbpyrelation().select("unique_id, cluster_id").fetchall()
        scores = pair_scores([cluster for _, cluster in known], [truth[name] for name, _ in known])
        best = max(best, (took, scores), key=lambda one: one[1][0])
    return seconds + best[0], best[1]


def one_by_one(base: Base, number: int, tell: Tell) -> list[float]:
    """Ask single records of a trained linker in memory: milliseconds of each."""
    rows = table(base.people)
    linker, there = trained(rows, generated=True)
    questions = table(base.asked).slice(0, number)
    times = []
    for done in range(len(questions)):
        tell("Asking Splink", done, number)
        started = perf_counter()
        asked = there.db_api.register(questions.slice(done, 1))
        linker.inference.predict_between(asked, there, threshold_match_probability=0.5).as_record_list()
        times.append((perf_counter() - started) * 1000)
    tell("Asking Splink", number, number)
    return times
