"""The commands of an index: fill it from files, take records out, and ask it."""

import json
from collections.abc import Collection, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from .explaining import sentence
from .files import Problem
from .identifiers import doubtful
from .matcher import Match, Matcher, Question
from .model import Model
from .record import Identifier, Record
from .terminal import (
    Files,
    Language,
    Mapped,
    Modelled,
    Secret,
    bars,
    demand_language,
    err,
    out,
    records_of,
    refusing,
    secret_of,
    tell_problems,
)

index = typer.Typer(
    help="Keep an index of records: build it, add to it, take out of it.", no_args_is_help=True
)

Folder = Annotated[Path, typer.Option("--index", file_okay=False, help="The folder of the index.")]
Day = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="The last day on which they are found; none: for good."),
]
On = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="What has expired before this day counts no more; none: today."),
]


@index.command()
def build(
    files: Files, mapping: Mapped, model: Modelled, folder: Folder, secret: Secret = None, until: Day = None
) -> None:
    """Make the index anew from files: it then holds their records and no others."""
    problems: list[Problem] = []
    with refusing(), bars() as tell:
        records = records_of(files, mapping, problems, tell)
        made = Matcher.build(
            folder, Model.load(model), secret_of(secret), records, until=day_of(until), tell=tell
        )
    tell_problems(problems)
    out.print(f"{folder}: {made.index.size():,} records, {_lost(problems):,} rows or values left out.")


@index.command()
def add(
    files: Files, mapping: Mapped, model: Modelled, folder: Folder, secret: Secret = None, until: Day = None
) -> None:
    """Add the records of files; those with a known identifier are replaced."""
    problems: list[Problem] = []
    with refusing(), bars() as tell:
        matcher = Matcher(folder, Model.load(model), secret_of(secret))
        number = matcher.fill(records_of(files, mapping, problems, tell), until=day_of(until), tell=tell)
    tell_problems(problems)
    out.print(
        f"{folder}: {number:,} records added, {_lost(problems):,} rows or values left out; "
        f"it holds {matcher.index.size():,}."
    )


@index.command()
def remove(
    model: Modelled,
    folder: Folder,
    identifiers: Annotated[list[str] | None, typer.Argument(help="Identifiers of records.")] = None,
    listed: Annotated[
        Path | None,
        typer.Option("--listed", exists=True, dir_okay=False, help="A file of identifiers, one a line."),
    ] = None,
    secret: Secret = None,
    on: On = None,
) -> None:
    """Take records out: nobody finds them from now on, and their bytes leave the disk, with all that has expired."""
    with refusing(), bars() as tell:
        matcher = Matcher(folder, Model.load(model), secret_of(secret))
        before = matcher.index.size()
        named = [*(identifiers or ()), *(listed.read_text(encoding="utf-8").splitlines() if listed else ())]
        matcher.index.remove(named)
        removed = before - matcher.index.size()
        tell("Writing", 0, 1)
        matcher.index.compact(day_of(on) or date.today())
        tell("Writing", 1, 1)
    out.print(f"{folder}: {removed:,} records taken out; it holds {matcher.index.size():,}.")
    if removed < len(set(named)):
        err.print(f"{len(set(named)) - removed:,} identifiers were not in the index.")
        raise typer.Exit(1)


def query(
    model: Modelled,
    folder: Folder,
    files: Annotated[
        list[Path] | None,
        typer.Argument(exists=True, dir_okay=False, help="Records to ask about; none: the options say it."),
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Which column is what (TOML).")
    ] = None,
    name: Annotated[list[str] | None, typer.Option(help="A name; may be given more than once.")] = None,
    birth: Annotated[list[str] | None, typer.Option(help="A date of birth, as written.")] = None,
    place: Annotated[list[str] | None, typer.Option(help="A place.")] = None,
    identifier: Annotated[
        list[str] | None, typer.Option(help=f"KIND=TEXT; the kinds: {', '.join(Identifier)}.")
    ] = None,
    most: Annotated[int, typer.Option(min=1, max=100, help="Matches for each record.")] = 10,
    to: Annotated[
        Path | None,
        typer.Option("--to", dir_okay=False, help="A file for the answers (JSON Lines); none: the screen."),
    ] = None,
    secret: Secret = None,
    on: On = None,
    language: Language = "en",
) -> None:
    """Ask who in the index may be the same, and why: records of files, or one from names and dates."""
    demand_language(language)
    problems: list[Problem] = []
    written = _written(name or [], birth or [], place or [], identifier or [])
    if bool(files) == (written is not None) or bool(files) != (mapping is not None):
        raise typer.BadParameter(
            "ask about files with their --mapping, or about a --name, --birth and the like"
        )
    with refusing(), bars() as tell:
        matcher = Matcher(folder, Model.load(model), secret_of(secret))
        records = records_of(files, mapping, problems, tell) if files and mapping else iter([written])
        answers = _answers(
            matcher, (each for each in records if each), day_of(on) or date.today(), most, language
        )
        if to:
            number = 0
            with to.open("w", encoding="utf-8") as opened:
                for number, answer in enumerate(answers, 1):  # noqa: B007
                    opened.write(json.dumps(answer, ensure_ascii=False) + "\n")
            out.print(f"{to}: {number:,} answers.")
        else:
            for answer in answers:
                _show(answer)
    tell_problems(problems)


def _written(names: list[str], births: list[str], places: list[str], identifiers: list[str]) -> Record | None:
    """A record of what stands on the command line; none where nothing does."""
    known: dict[Identifier, tuple[str, ...]] = {}
    for each in identifiers:
        kind, _, text = each.partition("=")
        if kind not in tuple(Identifier) or not text:
            raise typer.BadParameter(f"{each!r} is not KIND=TEXT with a kind of {', '.join(Identifier)}")
        known[Identifier(kind)] = (*known.get(Identifier(kind), ()), text)
    if not (names or births or places or known):
        return None
    return Record("", names=tuple(names), births=tuple(births), places=tuple(places), identifiers=known)


def _answers(
    matcher: Matcher, records: Iterator[Record], on: date, most: int, language: str
) -> Iterator[dict[str, Any]]:
    for record in records:
        question = matcher.prepare(record)
        found, wrong = matcher.ask(question, on=on, most=most), doubtful(record)
        yield {
            "asked": record.id,
            "found": [_said(matcher, question, each, language, wrong) for each in found],
        }


def _said(
    matcher: Matcher, question: Question, match: Match, language: str, wrong: Collection[str]
) -> dict[str, Any]:
    why = matcher.explain(question, match)
    return {
        "id": match.id,
        "band": why.band,
        "bits": round(why.bits, 3),
        "prior": round(why.prior, 3),
        "others": round(why.others, 3),
        "comparisons": {line.comparison: round(line.bits, 3) for line in why.lines if line.code >= 0},
        "doubtful": [line.comparison for line in why.lines if line.code >= 0 and line.comparison in wrong],
        "why": sentence(why, language, wrong),
    }


def _show(answer: dict[str, Any]) -> None:
    if answer["asked"]:
        out.print(answer["asked"], style="bold")
    if not answer["found"]:
        out.print("  –")
    for match in answer["found"]:
        out.print(
            f"  {match['band']:<8} {match['bits']:+6.1f}  {match['id']}\n    {match['why']}", markup=False
        )


def day_of(said: datetime | None) -> date | None:
    """The day that an option says."""
    return said.date() if said else None


def _lost(problems: list[Problem]) -> int:
    return sum(each.lost for each in problems)
