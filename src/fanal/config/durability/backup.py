"""`fanal backup`: one snapshot of the database, encrypted to public keys while it is read."""

import re
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO, BinaryIO

import psycopg

from fanal.config.commands.console import Tell
from fanal.config.durability import archive, probes, reach
from fanal.config.durability.manifest import FORMAT, LEFT_OUT, Manifest, tables
from fanal.config.durability.standing import walls
from fanal.database import binaries
from fanal.database.errors import DatabaseFault
from fanal.database.secrets import Secrets

LOCK_WAIT = "60s"
"""How long the dump waits for a table that a migration holds, before it gives up."""


def backup(
    *, target: Path, recipients: list[str], to: reach.Reach, secrets: Secrets, at: datetime, tell: Tell
) -> tuple[Path, Manifest]:
    """Write an encrypted backup; answers its file and what it says of itself.

    `target` is a new file or a folder, in which the file is named after the instant. Manifest and dump see one
    snapshot; writers are not held up. Refused with `DatabaseFault`: a key that is none, a file that exists, a full
    disk, a role that the walls hold, no pg_dump as new as the server. Nothing half written is left.
    """
    keys = archive.recipients(recipients)
    path = target / f"fanal-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}.age" if target.is_dir() else target
    if not path.parent.is_dir():
        raise DatabaseFault(f"The folder {path.parent} does not exist.")
    with to.connect() as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        server = reach.server_version(connection)
        dump = reach.program("pg_dump", at_least=server, like=server)
        with archive.sealed_file(path, keys) as stream:
            written = archive.Writer(stream)
            told = _manifest(connection, to, secrets, dump, at, tell)
            written.part("manifest", iter([told.encode()]))
            written.part("database", _dump(dump, to, _snapshot(connection), len(told.tables), tell))
            written.end()
    return path, told


def _manifest(
    connection: psycopg.Connection, to: reach.Reach, secrets: Secrets, dump: Path, at: datetime, tell: Tell
) -> Manifest:
    return Manifest(
        format=FORMAT,
        made_at=at.astimezone(UTC).isoformat(),
        fanal=version("fanal"),
        server=reach.server_version(connection),
        dumped_by=binaries.version(dump.parent),
        owner=reach.owner_of(connection),
        runtime=to.runtime.role,
        tables=tables(connection, tell, "Counting"),
        walls=walls(connection),
        probes=probes.make(secrets),
    )


def _snapshot(connection: psycopg.Connection) -> str:
    row = connection.execute("SELECT pg_export_snapshot()").fetchone()
    assert row is not None
    return str(row[0])


def _dump(program: Path, to: reach.Reach, snapshot: str, total: int, tell: Tell) -> Iterator[bytes]:
    left_out = [f"--exclude-table-data=public.{table}" for table in LEFT_OUT]
    arguments = ["--format=custom", f"--snapshot={snapshot}", f"--lock-wait-timeout={LOCK_WAIT}", "--verbose"]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603 (a program of PostgreSQL)
            [program, *arguments, *left_out], env=to.environment(), stdout=subprocess.PIPE, stderr=said
        )
        try:
            yield from _told(process.stdout, said, total, tell)
            if process.wait():
                raise DatabaseFault(f"pg_dump failed:\n{_end(said)}")
        finally:
            process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()


def _told(stream: IO[bytes] | None, said: BinaryIO | IO[bytes], total: int, tell: Tell) -> Iterator[bytes]:
    assert stream is not None
    done = 0
    for piece in iter(lambda: stream.read(archive.PIECE), b""):
        yield piece
        said.seek(0)
        done = len(re.findall(rb"dumping contents of table", said.read()))
        tell("Writing", min(done, total), total)


def _end(said: IO[bytes]) -> str:
    said.seek(0)
    lines = [
        line
        for line in said.read().decode(errors="replace").splitlines()
        if "error" in line or "detail" in line
    ]
    return "\n".join(lines[-5:])
