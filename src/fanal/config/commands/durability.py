"""`fanal backup`, `fanal restore` and `fanal archive`: how they are called. The work stands in `config.durability`."""

import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from fanal.config.commands import house
from fanal.config.commands.console import bars, out
from fanal.database import connect, secrets

app = typer.Typer()
archives = typer.Typer(
    no_args_is_help=True, help="Continuous archiving: any instant back, drilled (see docs/durability.md)."
)
app.add_typer(archives, name="archive")
Recipient = Annotated[
    list[str], typer.Option("--recipient", help="Public key (age1…) that opens it; repeat for several.")
]
Identity = Annotated[
    Path,
    typer.Option(
        "--identity", exists=True, dir_okay=False, help="File with the secret key, as age-keygen makes it."
    ),
]
ErasedList = Annotated[
    Path | None,
    typer.Option(
        exists=True, dir_okay=False, help="List made by `fanal erased`: what was erased since stays erased."
    ),
]


@app.command()
def backup(
    to: Annotated[Path, typer.Option("--to", help="A new file, or a folder to make one in.")],
    recipient: Recipient,
) -> None:
    """Write an encrypted backup of the database, while people work.

    It is encrypted to public keys; the secret key stays where backups are restored, never on this machine. The
    secrets of the installation (secrets.json in FANAL_VAR) are not in it: keep them elsewhere, or nobody reads
    an identity again. On a server of your own set DATABASE_ADMIN_URL (see docs/durability.md).
    """
    from fanal.config.durability import backup as writing
    from fanal.config.durability import noted, reach

    var = connect.var_dir()
    with connect.available(var), bars() as tell:
        path, told = writing.backup(
            target=to,
            recipients=recipient,
            to=reach.reach(var),
            secrets=secrets.load(var),
            at=datetime.now(UTC),
            tell=tell,
        )
    noted.write(var, at=datetime.now(UTC), path=path)
    rows = sum(int(count) for count, _ in told.tables.values())
    out.print(f"{path}: {len(told.tables)} tables, {rows} rows, {path.stat().st_size / 1e6:.1f} MB")
    out.print(f"Not in it: {var / 'secrets.json'}. Keep a copy elsewhere; a restore needs both.")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    identity: Identity,
    erased: ErasedList = None,
) -> None:
    """Bring a backup back into an empty database, and check it table by table and against the trace.

    All or nothing: what is interrupted is refused by every other command until the restore is run again. A database
    that holds anything is refused. The secrets of the installation it was made on must stand in FANAL_VAR before.
    """
    var = connect.var_dir()
    with house.open_house():
        from fanal.audit.services import sealing
        from fanal.config.durability import reach
        from fanal.config.durability import restore as reading

        with bars() as tell:
            done = reading.restore(
                source=file,
                keyfile=identity,
                to=reach.reach(var),
                secrets=secrets.load(var),
                erase=lambda: _erase_again(erased),
                tell=tell,
            )
        house.check_safety()
        waiting = house.pending_migrations()
        if not waiting:  # a new server counts its transactions anew: lines that waited for a seal get it here
            sealing.seal(at=datetime.now(UTC), everything=True)
    out.print(
        f"{len(done.manifest.tables)} tables, {done.rows} rows: equal to the backup of {done.manifest.made_at}."
    )
    out.print(
        f"{done.trace.lines} lines of the trace match their leaf hash, {done.trace.sealed} of them what was signed. "
        f"{done.erased} keys destroyed again."
    )
    if erased is None:
        out.print("No --erased list was given: what was erased after the backup is back. Erase it again.")
    out.print(
        "Everybody logs in again. Tokens and grants revoked after the backup are in force: look at them."
    )
    if waiting:
        out.print(f"{waiting} migrations wait: fanal migrate.")


@app.command("erased")
def list_erased() -> None:
    """Print the list of what was erased, for a restore: random numbers and moments, no name.

    Keep it beside each backup: fanal erased > erased.jsonl
    """
    with house.open_house():
        from fanal.retention import services as retention

        retention.write_erased(sys.stdout)


def _erase_again(listed: Path | None) -> int:
    from fanal.retention import services as retention

    if listed is None:
        return 0
    with listed.open() as lines:
        return retention.replay(lines)


@archives.command("copy")
def copy_cluster(
    to: Annotated[Path, typer.Option("--to", exists=True, file_okay=False, help="The archive folder.")],
    recipient: Recipient,
) -> None:
    """Put an encrypted copy of the running cluster into the archive, from which later instants are reached."""
    from fanal.config.durability import reach, shipping

    var = connect.var_dir()
    with connect.available(var), bars() as tell:
        path = shipping.copy_cluster(
            folder=to,
            recipients=recipient,
            to=reach.reach(var),
            secrets=secrets.load(var),
            at=datetime.now(UTC),
            tell=tell,
        )
    out.print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")
    out.print(f"Not in it: {var / 'secrets.json'}. Keep a copy elsewhere; a recovery needs both.")


@archives.command("log")
def ship_log(
    to: Annotated[Path, typer.Option("--to", exists=True, file_okay=False, help="The archive folder.")],
    recipient: Recipient,
    every: Annotated[
        float, typer.Option(min=1, help="Seconds after which a part that is not full is sent too.")
    ] = 60,
) -> None:
    """Send the log of the database into the archive, encrypted, until stopped; runs beside `fanal serve`.

    The server keeps what was not sent: while this does not run, its disk fills.
    """
    from fanal.config.durability import reach, shipping

    var = connect.var_dir()
    asked: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda which, _: asked.append(which))
    with connect.available(var):
        shipping.ship(
            folder=to, recipients=recipient, to=reach.reach(var), spool=var / "wal", every=every,
            over=lambda: bool(asked), shipped=lambda name: out.print(f"sent {name}"),
        )  # fmt: skip


@archives.command("recover")
def recover(
    folder: Annotated[Path, typer.Option("--from", exists=True, file_okay=False, help="The archive folder.")],
    identity: Identity,
    until: Annotated[
        str,
        typer.Option(metavar="INSTANT", help="2026-11-22T14:30:00+01:00; without it: the end of the log."),
    ] = "",
    erased: ErasedList = None,
) -> None:
    """Make the database anew as it was at an instant. For the PostgreSQL that Fanal runs itself.

    A data folder that exists is refused: move it away first. The secrets of the installation must stand in FANAL_VAR.
    """
    from fanal.config.durability import recovering

    if connect.is_external():
        raise typer.BadParameter("a server of your own is recovered by its own means: docs/durability.md")
    try:
        instant = datetime.fromisoformat(until).astimezone(UTC) if until else None
    except ValueError as problem:
        raise typer.BadParameter(f"{until!r} is no instant", param_hint="--until") from problem
    var = connect.var_dir()
    cluster = connect.embedded(var)
    with bars() as tell:
        reached = recovering.recover(
            folder=folder, keyfile=identity, cluster=cluster, secrets=secrets.load(var), until=instant, tell=tell
        )  # fmt: skip
    cluster.stop()
    out.print(f"Recovered up to the last commit before it, at {reached.isoformat()}.")
    if erased is None:
        out.print("No --erased list was given: what was erased after that instant is back. Erase it again.")
        return
    with house.open_house():
        out.print(f"{_erase_again(erased)} keys destroyed again.")


@archives.command("drill")
def drill(
    rows: Annotated[int, typer.Option(min=10, help="Rows written at known instants.")] = 100,
    instants: Annotated[
        int, typer.Option(min=1, help="Instants that are recovered, one after the other.")
    ] = 3,
) -> None:
    """Try the recovery in a house that is thrown away: rows, a lost disk, an instant back. Exit code 1 if it fails."""
    from fanal.config.durability import drill as drilling

    with bars() as tell:
        found = drilling.drill(rows=rows, keep=0.3, tell=tell, instants=instants)
    for one in found:
        verdict = "exactly what was committed" if one.passed else "NOT what was committed"
        out.print(f"{one.until.isoformat()}: {len(one.found)} of {rows} rows, {verdict}, {one.seconds:.1f} s")
    if not all(one.passed for one in found):
        raise typer.Exit(1)
