"""What the commands share: options, rows of files, progress, refusals and the secret."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from .blind import BadQuestions, BadWeights, TooFew
from .by_spark import NoSpark
from .explaining import LANGUAGES
from .files import BadApart, BadMapping, Mapping, Problem, read
from .index import IndexFault
from .linking import Unknown
from .model import BadModel
from .record import Record
from .training import Tell, TooLittle

SECRET = "FANAL_MATCH_SECRET"  # noqa: S105 (the name of a variable)
out, err = Console(highlight=False, soft_wrap=True), Console(stderr=True, highlight=False, soft_wrap=True)
_SHOWN = 10

Files = Annotated[
    list[Path], typer.Argument(exists=True, dir_okay=False, help="CSV, TSV, Parquet or JSON Lines.")
]
Mapped = Annotated[
    Path, typer.Option("--mapping", exists=True, dir_okay=False, help="Which column is what (TOML).")
]
Modelled = Annotated[Path, typer.Option("--model", help="The model (JSON).")]
Language = Annotated[str, typer.Option(help=f"Of explanations: {', '.join(LANGUAGES)}.")]
Secret = Annotated[
    Path | None,
    typer.Option(
        "--secret-file", dir_okay=False, help=f"Holds the secret of the keys; none: the variable {SECRET}."
    ),
]


class BadSecret(Exception):
    """There is no secret, or none that keys can be made with."""


class BadClusters(Exception):
    """Who is who is not said as it must be; the text says where."""


def demand_language(language: str) -> None:
    if language not in LANGUAGES:
        raise typer.BadParameter(f"{language!r} is none of {', '.join(LANGUAGES)}")


def secret_of(file: Path | None) -> bytes:
    """The secret in a file, else in the variable of the environment; never an argument, which others can read.

    Refused with BadSecret where there is none of 16 to 64 bytes. Line ends around it do not count.
    """
    try:
        found = file.read_bytes().strip(b"\r\n") if file else os.environ.get(SECRET, "").encode()
    except OSError as problem:
        raise BadSecret(f"{file} cannot be read: {problem.strerror}") from problem
    if not 16 <= len(found) <= 64:
        where = file or f"The variable {SECRET}"
        raise BadSecret(
            f"{where} holds {len(found)} bytes; a secret has 16 to 64. Keep it: others open nothing."
        )
    return found


def records_of(files: Sequence[Path], mapping: Path, problems: list[Problem], tell: Tell) -> Iterator[Record]:
    """The records of files, one after the other; what is wrong is added to `problems`. An identifier counts once."""
    how = Mapping.load(mapping)
    known: dict[str, tuple[int, int]] = {}
    for done, file in enumerate(files):
        tell("Reading files", done, len(files))
        for row in read(file, how):
            if isinstance(row, Problem):
                problems.append(row)
            elif (first := known.setdefault(row.record.id, (done, row.line)))[0] != done:
                where = f"{files[first[0]].name}, line {first[1]}"
                what = f"the identifier {row.record.id!r} stands already in {where}"
                problems.append(Problem(file.name, row.line, how.id, what, lost=True))
            else:
                problems += row.problems
                yield row.record
    tell("Reading files", len(files), len(files))


def tell_problems(problems: Sequence[Problem]) -> None:
    for each in problems[:_SHOWN]:
        err.print(str(each))
    if len(problems) > _SHOWN:
        err.print(f"… and {len(problems) - _SHOWN:,} more.")


@contextmanager
def refusing() -> Iterator[None]:
    """A refusal of ours is a line on the screen and exit code 2, never a trace of the program."""
    try:
        yield
    except (
        BadApart,
        BadClusters,
        BadMapping,
        BadModel,
        BadQuestions,
        BadSecret,
        BadWeights,
        IndexFault,
        NoSpark,
        TooFew,
        TooLittle,
        Unknown,
        FileExistsError,
    ) as refused:
        err.print(str(refused))
        raise typer.Exit(2) from None


@contextmanager
def bars() -> Iterator[Tell]:
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=err) as progress:
        tasks = {}

        def tell(label: str, done: int, total: int) -> None:
            if label not in tasks:
                tasks[label] = progress.add_task(label, total=total)
            progress.update(tasks[label], completed=done, total=total)

        yield tell
