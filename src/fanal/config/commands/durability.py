"""`fanal backup` and `fanal restore`: how they are called. The work stands in `config.durability`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from fanal.config.commands import house
from fanal.config.commands.console import bars, out
from fanal.database import connect, secrets

app = typer.Typer()
Recipient = Annotated[
    list[str], typer.Option("--recipient", help="Public key (age1…) that opens it; repeat for several.")
]
Identity = Annotated[
    Path,
    typer.Option(
        "--identity", exists=True, dir_okay=False, help="File with the secret key, as age-keygen makes it."
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
    from fanal.config.durability import reach

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
    rows = sum(int(count) for count, _ in told.tables.values())
    out.print(f"{path}: {len(told.tables)} tables, {rows} rows, {path.stat().st_size / 1e6:.1f} MB")
    out.print(f"Not in it: {var / 'secrets.json'}. Keep a copy elsewhere; a restore needs both.")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    identity: Identity,
    erased: Annotated[
        Path | None,
        typer.Option(
            exists=True, dir_okay=False, help="List of `fanal erased`: what was erased since stays erased."
        ),
    ] = None,
) -> None:
    """Bring a backup back into an empty database, and check it table by table and against the trace.

    All or nothing: what is interrupted is refused by every other command until the restore is run again. A database
    that holds anything is refused. The secrets of the installation it was made on must stand in FANAL_VAR before.
    """
    var = connect.var_dir()
    with house.open_house():
        from fanal.audit.services import sealing
        from fanal.config.durability import erased as erasures
        from fanal.config.durability import reach
        from fanal.config.durability import restore as reading

        gone = erasures.read(erased)
        with bars() as tell:
            done = reading.restore(
                source=file, keyfile=identity, to=reach.reach(var), secrets=secrets.load(var), erased=gone, tell=tell
            )  # fmt: skip
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
