"""The commands of blind mode: one service asks by keys alone, another answers hit or no hit from a register of keys."""

import csv
import json
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from .blind import Register, Weights, learn, read_questions, write_questions
from .explaining.bands import FLOORS, Band
from .files import Problem
from .online import Day, On, day_of
from .record import Record
from .terminal import (
    BadClusters,
    Files,
    Mapped,
    Secret,
    bars,
    out,
    records_of,
    refusing,
    secret_of,
    tell_problems,
)

blind = typer.Typer(
    help="Hit or no hit without a name: ask by keys, answer from a register of keys.", no_args_is_help=True
)

Folder = Annotated[Path, typer.Option("--register", file_okay=False, help="The folder of the register.")]
Weighed = Annotated[Path, typer.Option("--weights", help="What keys are worth (JSON).")]


@blind.command()
def register(files: Files, mapping: Mapped, folder: Folder, secret: Secret = None, until: Day = None) -> None:
    """Make the register anew from files: keys of their records and no others, and no name."""
    problems: list[Problem] = []
    with refusing(), bars() as tell:
        records = records_of(files, mapping, problems, tell)
        made = Register.build(folder, secret_of(secret), records, until=day_of(until), tell=tell)
    tell_problems(problems)
    out.print(f"{folder}: keys of {made.index.size():,} records.")


@blind.command("learn")
def weigh(
    files: Files,
    mapping: Mapped,
    clusters: Annotated[
        Path,
        typer.Option(
            exists=True, dir_okay=False, help="Who is who: CSV with the header id,cluster, as link writes."
        ),
    ],
    weights: Weighed,
) -> None:
    """Learn what keys are worth from files of which it is known, or was found by link, who is who."""
    problems: list[Problem] = []
    with refusing(), bars() as tell:
        known = _clusters(clusters)
        records = list(records_of(files, mapping, problems, tell))
        learn(records, _who(records, known, clusters), tell=tell).save(weights)
    tell_problems(problems)
    out.print(f"{weights}: learned from {len(records):,} records.")


@blind.command()
def ask(
    files: Files,
    mapping: Mapped,
    to: Annotated[Path, typer.Option("--to", dir_okay=False, help="The questions (JSON Lines): to be sent.")],
    kept: Annotated[
        Path, typer.Option(dir_okay=False, help="Which question is which record (CSV): never to be sent.")
    ],
    secret: Secret = None,
) -> None:
    """Write questions about the records of files: keys and their kinds, and nothing else."""
    problems: list[Problem] = []
    number = 0
    with refusing(), bars() as tell, kept.open("w", encoding="utf-8", newline="") as opened:
        rows = csv.writer(opened)
        rows.writerow(["question", "id"])
        for number, name in write_questions(
            to, records_of(files, mapping, problems, tell), secret_of(secret)
        ):
            rows.writerow([number, name])
    tell_problems(problems)
    out.print(f"{to}: {number:,} questions. {kept} says about whom, and stays here.")


@blind.command()
def answer(
    questions: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="As ask writes them.")],
    folder: Folder,
    weights: Weighed,
    to: Annotated[
        Path, typer.Option("--to", dir_okay=False, help="Hit or no hit (JSON Lines): to be sent back.")
    ],
    own: Annotated[
        Path | None,
        typer.Option(dir_okay=False, help="Which own records are hit (JSON Lines): never to be sent."),
    ] = None,
    least: Annotated[Band, typer.Option(help="The band from which on it is a hit.")] = Band.PROBABLE,
    secret: Secret = None,
    on: On = None,
) -> None:
    """Answer questions from the register: hit or no hit, and for oneself which records, with bits and bands."""
    if least not in FLOORS:
        raise typer.BadParameter("every record would be a hit")
    problems: list[Problem] = []
    number = hits = 0
    with refusing(), bars() as tell, ExitStack() as files:
        opened = Register(folder, secret_of(secret))
        known, read = Weights.load(weights), read_questions(questions, secret_of(secret))
        sent = files.enter_context(to.open("w", encoding="utf-8"))
        kept = files.enter_context(own.open("w", encoding="utf-8")) if own else None
        for each in read:
            if isinstance(each, Problem):
                problems.append(each)
                continue
            found = opened.hits(each[1], known, on=day_of(on) or date.today(), least=FLOORS[least])
            number, hits = number + 1, hits + bool(found)
            sent.write(json.dumps({"question": each[0], "hit": bool(found)}) + "\n")
            if kept and found:
                said = [{"id": hit.id, "band": hit.band, "bits": round(hit.bits, 3)} for hit in found]
                kept.write(json.dumps({"question": each[0], "found": said}, ensure_ascii=False) + "\n")
            if number % 100 == 0:
                tell("Answering", number, number)
    tell_problems(problems)
    out.print(f"{to}: {number:,} questions answered, {hits:,} hits; {len(problems):,} lines left out.")


def _clusters(file: Path) -> dict[str, str]:
    """Identifier → cluster. Refuses with BadClusters another header, a line without both, an identifier twice."""
    found: dict[str, str] = {}
    with file.open(encoding="utf-8-sig", newline="") as opened:
        lines = csv.reader(opened)
        if (header := next(lines, [])) != ["id", "cluster"]:
            raise BadClusters(f"{file.name} begins with {','.join(header)!r} instead of 'id,cluster'.")
        for cells in filter(any, lines):
            if len(cells) != 2 or not all(cells) or cells[0] in found:
                raise BadClusters(f"{file.name}, line {lines.line_num}: no identifier with its one cluster")
            found[cells[0]] = cells[1]
    return found


def _who(records: Sequence[Record], known: dict[str, str], file: Path) -> list[str]:
    if missing := [record.id for record in records if record.id not in known]:
        raise BadClusters(f"{file.name} does not say who {len(missing):,} are, {missing[0]!r} among them.")
    return [known[record.id] for record in records]
