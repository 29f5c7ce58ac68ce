"""`fanal audit`: sealing the trace, handing it out, and checking what was handed out."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated

import typer

from fanal.config.commands.console import err, out

# Nothing of Django at the top: `verify` runs where there is no Fanal to speak of.
app = typer.Typer(no_args_is_help=True, help="The trace: seal it, hand it out, check what was handed out.")

BAD_DATA = 4
Existing = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)]


@app.command()
def key() -> None:
    """Print the public key. Give it to whoever will check your exports; it is no secret."""
    with _house():
        from fanal.audit.rules.statements import key_id, public_text
        from fanal.audit.services.sealing import public_half

        found = public_half()
        out.print(public_text(found))
        err.print(f"Key {key_id(found)}")


@app.command()
def seal() -> None:
    """Seal every line that is not sealed yet. The worker does it every minute; after a restore do it by hand once."""
    with _house():
        from fanal.audit.services import sealing

        count = sealing.seal(at=datetime.now(UTC), everything=True)
    out.print(f"{count} lines sealed." if count else "Every line is sealed.")


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="A new file.")],
    begins: Annotated[
        str, typer.Option("--from", metavar="YYYY-MM-DD", help="Sealed from this day on.")
    ] = "",
    ends: Annotated[
        str, typer.Option("--to", metavar="YYYY-MM-DD", help="Sealed until the end of this day.")
    ] = "",
) -> None:
    """Write the sealed trace and what verifies it to a file (JSON Lines, docs/audit.md).

    For the operator alone: it needs the owner's address of the database. The export is itself in the trace. The file
    holds no name, but who opened which file and when: keep it as you keep the files themselves.
    """
    first, last = _day(begins, "--from"), _day(ends, "--to")
    with _house():
        from django.db import connections

        from fanal.access.services import as_clockwork
        from fanal.audit import services as audit
        from fanal.audit.services import exporting, sealing
        from fanal.database.errors import DatabaseFault

        if "owner" not in connections:
            raise DatabaseFault(
                "An export reads the whole trace: set DATABASE_OWNER_URL to the owner's address."
            )
        now = datetime.now(UTC)
        with as_clockwork():
            audit.record(
                by=audit.SYSTEM, verb=audit.Verb.DISCLOSE, act="audit.export", at=now,
                reference=f"operator {getpass.getuser()}"[:120], facts={"from": begins, "to": ends},
            )  # fmt: skip
        sealing.seal(at=now, everything=True)
        ends_at = _midnight(last + timedelta(days=1) if last else None)
        done = exporting.export(to=file, at=now, begins=_midnight(first), ends=ends_at)
    out.print(f"{file}: lines {done.first} to {done.first + done.rows - 1}, {done.statements} statements.")


@app.command()
def witness(
    file: Annotated[Path, typer.Argument(help="A witness file; it is made if there is none.")],
) -> None:
    """Append the signed statements that a witness file does not hold yet.

    Give the file to another institution after each run, or have it fetched: what it keeps cannot be written anew
    behind its back. Refused (exit code 4) when the file holds what this installation no longer does.
    """
    with _house():
        from fanal.audit.services import exporting

        new, held = exporting.witness(path=file)
    out.print(f"{file}: {new} statements added, {held} in all.")


@app.command()
def verify(
    file: Existing,
    key: Annotated[str, typer.Option(help="The public key, or a file with it (fanal audit key).")],
    witness: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Statements that you kept.")
    ] = None,
    tsa: Annotated[
        list[Path] | None,
        typer.Option(exists=True, dir_okay=False, help="Certificate (PEM) of a time stamp authority."),
    ] = None,
    tolerance: Annotated[
        int, typer.Option(min=0, help="Minutes that a line may be dated away from the statements around it.")
    ] = 60,
) -> None:
    """Check an export: needs the file and the public key, no database and no settings.

    Exit code 0: every line is as it was sealed. 4: the first line that was altered, removed, inserted, duplicated,
    reordered or back-dated is named, or the file cannot be used.
    """
    from fanal.audit.rules.statements import public_key
    from fanal.audit.verify import Unreadable
    from fanal.audit.verify import verify as check

    try:
        found = check(
            file,
            key=public_key(_key(key)),
            kept=witness,
            authorities=[path.read_bytes() for path in tsa or ()],
            tolerance=timedelta(minutes=tolerance),
        )
    except (Unreadable, OSError) as problem:
        err.print(str(problem), markup=False)
        raise typer.Exit(BAD_DATA) from problem
    until = f", until {found.until:%Y-%m-%d %H:%M} UTC" if found.until else ""
    out.print(f"{found.rows} lines ({found.first} to {found.last}), {found.statements} statements{until}.")
    if witness:
        out.print(f"{found.witnessed} statements are those that the witness kept.")
    for line in (*found.stamped, *found.notes):
        out.print(line, markup=False)
    if not found.findings:
        out.print("Every line is as it was sealed.")
        return
    for finding in found.findings:
        err.print(f"{finding.kind}: {finding.words}", markup=False)
    raise typer.Exit(BAD_DATA)


def _key(given: str) -> str:
    try:
        return Path(given).read_text("utf-8") if Path(given).is_file() else given
    except OSError:  # a key is too long for a file name
        return given


def _day(text: str, option: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as problem:
        raise typer.BadParameter(f"{text!r} is not a day such as 2026-02-28", param_hint=option) from problem


def _midnight(day: date | None) -> datetime | None:
    """The beginning of a day where the country is."""
    from django.utils import timezone

    return timezone.make_aware(datetime.combine(day, time())) if day else None


@contextmanager
def _house() -> Iterator[None]:
    from fanal.config.commands import house

    with house.ready_house():
        yield
