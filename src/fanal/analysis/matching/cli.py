"""`python -m fanal.analysis.matching`: learn a model from files, and link them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from . import linking, results
from .explaining import LANGUAGES, explain, sentence
from .features import features
from .files import BadApart, BadMapping, Mapping, Problem, read, read_apart
from .model import BadModel, Model
from .record import Record
from .training import Tell, TooLittle, train

app = typer.Typer(
    help="Same person or object? Learn from files, link them, and say why.", no_args_is_help=True
)
_out, _err = Console(highlight=False, soft_wrap=True), Console(stderr=True, highlight=False, soft_wrap=True)
_SHOWN = 10

Files = Annotated[
    list[Path], typer.Argument(exists=True, dir_okay=False, help="CSV, TSV, Parquet or JSON Lines.")
]
Mapped = Annotated[
    Path, typer.Option("--mapping", exists=True, dir_okay=False, help="Which column is what (TOML).")
]
Modelled = Annotated[Path, typer.Option("--model", help="The model (JSON).")]
Language = Annotated[str, typer.Option(help=f"Of explanations: {', '.join(LANGUAGES)}.")]


@app.command("train")
def learn(files: Files, mapping: Mapped, model: Modelled) -> None:
    """Learn a model from files: what agreement of names, dates and other values is worth in them."""
    with _refusing(), _bars() as tell:
        records, problems = _records(files, mapping, tell)
        train(records, tell=tell).save(model)
    _tell_problems(problems)
    _out.print(f"{model}: learned from {len(records):,} records.")


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
) -> None:
    """Link the rows of files with each other: which are one, every pair that says so, and why."""
    if language not in LANGUAGES:
        raise typer.BadParameter(f"{language!r} is none of {', '.join(LANGUAGES)}")
    with _refusing(), _bars() as tell:
        known, cannot = Model.load(model), read_apart(apart) if apart else []
        records, problems = _records(files, mapping, tell)
        linked = linking.link(records, known, cannot=cannot, tell=tell)
        to.mkdir(parents=True, exist_ok=True)
        clusters = results.write_clusters(to / "clusters.csv", records, linked)
        pairs = results.write_pairs(to / "pairs.jsonl", records, linked, known, language=language, tell=tell)
        results.write_problems(to / "problems.csv", problems)
    _tell_problems(problems)
    _out.print(f"{to}: {len(records):,} records, {clusters:,} clusters of two and more, {pairs:,} pairs.")


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
    with _refusing(), _bars() as tell:
        known = Model.load(model)
        records = {record.id: record for record in _records(files, mapping, tell)[0]}
    for identifier in (one, other):
        if identifier not in records:
            _err.print(f"No row has the identifier {identifier!r}.")
            raise typer.Exit(1)
    rows = [features(records[identifier], known.rarity) for identifier in (one, other)]
    found = explain(known, rows[0], rows[1])
    _out.print(sentence(found, language))
    for line in found.lines:
        _out.print(f"  {line.bits:+7.2f}  {line.comparison}: {line.label}")
    _out.print(f"  {found.prior:+7.2f}  prior\n  {found.bits:+7.2f}  {found.band}")


def _records(files: list[Path], mapping: Path, tell: Tell) -> tuple[list[Record], list[Problem]]:
    how = Mapping.load(mapping)
    records: list[Record] = []
    problems: list[Problem] = []
    for done, file in enumerate(files):
        tell("Reading files", done, len(files))
        for row in read(file, how):
            if isinstance(row, Problem):
                problems.append(row)
            else:
                records.append(row.record)
                problems += row.problems
    tell("Reading files", len(files), len(files))
    return records, problems


def _tell_problems(problems: list[Problem]) -> None:
    for each in problems[:_SHOWN]:
        _err.print(str(each))
    if len(problems) > _SHOWN:
        _err.print(f"… and {len(problems) - _SHOWN:,} more.")


@contextmanager
def _refusing() -> Iterator[None]:
    """A refusal of ours is a line on the screen and exit code 2, never a trace of the program."""
    try:
        yield
    except (BadApart, BadMapping, BadModel, TooLittle, linking.Unknown) as refused:
        _err.print(str(refused))
        raise typer.Exit(2) from None


@contextmanager
def _bars() -> Iterator[Tell]:
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=_err) as progress:
        tasks = {}

        def tell(label: str, done: int, total: int) -> None:
            if label not in tasks:
                tasks[label] = progress.add_task(label, total=total)
            progress.update(tasks[label], completed=done, total=total)

        yield tell
