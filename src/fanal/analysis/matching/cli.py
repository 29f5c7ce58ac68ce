"""`python -m fanal.analysis.matching`: learn a model from files, link them, keep an index and ask it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from . import blindly, by_spark, linking, online, results
from .explaining import explain, sentence
from .features import features
from .files import Problem, read_apart
from .identifiers import doubtful
from .model import Model
from .record import Record
from .terminal import (
    Files,
    Language,
    Mapped,
    Modelled,
    bars,
    demand_language,
    err,
    out,
    records_of,
    refusing,
    tell_problems,
)
from .training import Tell, train

if TYPE_CHECKING:
    from .bench.results import Result

app = typer.Typer(
    help="Same person or object? Learn from files, link them, keep an index, ask it, and say why.",
    no_args_is_help=True,
)
app.add_typer(online.index, name="index")
app.add_typer(blindly.blind, name="blind")
app.command()(online.query)


@app.command("train")
def learn(files: Files, mapping: Mapped, model: Modelled) -> None:
    """Learn a model from files: what agreement of names, dates and other values is worth in them."""
    with refusing(), bars() as tell:
        records, problems = _records(files, mapping, tell)
        train(records, tell=tell).save(model)
    tell_problems(problems)
    out.print(f"{model}: learned from {len(records):,} records.")


@app.command()
def link(
    files: Files,
    mapping: Mapped,
    model: Modelled,
    to: Annotated[
        Path, typer.Option("--to", help="A folder for clusters.csv, pairs.jsonl and problems.csv.")
    ],
    language: Language = "en",
    apart: Annotated[
        Path | None,
        typer.Option(
            exists=True, dir_okay=False, help="Pairs that are never one: CSV with the header one,other."
        ),
    ] = None,
    spark: Annotated[
        bool, typer.Option("--spark", help="Find the pairs by Splink on Spark (PySpark and Java are needed).")
    ] = False,
) -> None:
    """Link the rows of files with each other: which are one, every pair that says so, and why."""
    demand_language(language)
    with refusing(), bars() as tell:
        known, cannot = Model.load(model), read_apart(apart) if apart else []
        records, problems = _records(files, mapping, tell)
        find = by_spark.candidates if spark else linking.candidates
        linked = linking.link(records, known, cannot=cannot, find=find, tell=tell)
        to.mkdir(parents=True, exist_ok=True)
        clusters = results.write_clusters(to / "clusters.csv", records, linked)
        pairs = results.write_pairs(to / "pairs.jsonl", records, linked, known, language=language, tell=tell)
        results.write_problems(to / "problems.csv", problems)
    tell_problems(problems)
    out.print(f"{to}: {len(records):,} records, {clusters:,} clusters of two and more, {pairs:,} pairs.")


@app.command("explain")
def why(
    one: Annotated[str, typer.Argument(help="An identifier.")],
    other: Annotated[str, typer.Argument(help="Another identifier.")],
    files: Files,
    mapping: Mapped,
    model: Modelled,
    language: Language = "en",
) -> None:
    """Say why two rows may be one, part by part."""
    demand_language(language)
    with refusing(), bars() as tell:
        known = Model.load(model)
        records = {record.id: record for record in _records(files, mapping, tell)[0]}
    for identifier in (one, other):
        if identifier not in records:
            err.print(f"No row has the identifier {identifier!r}.")
            raise typer.Exit(1)
    rows = [features(records[identifier], known.rarity) for identifier in (one, other)]
    found = explain(known, rows[0], rows[1])
    wrong = doubtful(records[one]) | doubtful(records[other])
    out.print(sentence(found, language, wrong))
    for line in found.lines:
        out.print(f"  {line.bits:+7.2f}  {line.comparison}: {line.label}")
    out.print(f"  {found.prior:+7.2f}  prior\n  {found.bits:+7.2f}  {found.band}")


def _records(files: list[Path], mapping: Path, tell: Tell) -> tuple[list[Record], list[Problem]]:
    problems: list[Problem] = []
    return list(records_of(files, mapping, problems, tell)), problems


@app.command()
def bench(
    scale: Annotated[float, typer.Option(help="Of a million people, how many; 1 for all.")] = 1.0,
    only: Annotated[str, typer.Option(help="Rows by name, with commas; none: all but the ten million.")] = "",
    data: Annotated[Path, typer.Option(help="The folder of the outside data.")] = Path(
        "../shared/data/linkage"
    ),
    output: Annotated[Path, typer.Option(help="Where the JSON is written.")] = Path(
        "var/bench-matching.json"
    ),
) -> None:
    """Measure every promise on generated and real data, beside other programs under the same limits."""
    from .bench import running  # the peers are loaded here alone

    rows = [row.strip() for row in only.split(",") if row.strip()]
    if not data.is_dir():
        err.print(
            f"{data} is not there: rows of real data are not measured, and the names of generated people have fewer "
            "spellings, so that their rows compare with no run that had it."
        )
    try:
        with bars() as tell:
            table = running.run(output=output, data=data, scale=scale, only=rows, tell=tell, heard=_told)
    except ValueError as refused:
        raise typer.BadParameter(str(refused)) from None
    out.print(table)
    out.print(f"{output}: the same as JSON.")


def _told(result: "Result") -> None:
    err.print(f"{result.row}, {result.what}: {result.said}")
