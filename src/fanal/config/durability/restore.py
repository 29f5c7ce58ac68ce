"""`fanal restore`: a backup into an empty database, all of it or nothing, then held against what the backup says.

The file is read twice. First to its end without touching the database: what was damaged, cut or encrypted to another
key is refused there. Then the dump goes through pg_restore in one transaction. A marker (an own schema) stands from
before the first row until after the last check, and the safety check refuses a database that carries it: what was
interrupted cannot be served, and the next restore begins by removing it.
"""

import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

from fanal.access.context import install_key
from fanal.audit.services.sealing import public_half
from fanal.config.commands.console import Tell
from fanal.config.durability import archive, probes, reach
from fanal.config.durability.faults import BadArchive, NotEmpty
from fanal.config.durability.manifest import Manifest, differences, tables
from fanal.config.durability.standing import walls
from fanal.config.durability.trace import Trace, check
from fanal.database import roles
from fanal.database.errors import DatabaseFault
from fanal.database.safety import RESTORING
from fanal.database.secrets import Secrets

_FOREIGN = """
SELECT format('%s.%s', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND c.relpersistence <> 't'
UNION ALL SELECT format('%s()', proname) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
ORDER BY 1 LIMIT 3
"""


@dataclass(frozen=True)
class Restored:
    """What came back."""

    manifest: Manifest
    rows: int
    trace: Trace
    erased: int


def restore(
    *,
    source: Path,
    keyfile: Path,
    to: reach.Reach,
    secrets: Secrets,
    erase: Callable[[], int] = lambda: 0,
    tell: Tell,
) -> Restored:
    """Bring a backup back into the empty database that `to` reaches, and check it table by table.

    `erase` destroys again what was erased since the backup, before the marker falls; it answers how many keys.
    Refused with `BadArchive` (damaged, cut, another key, other content), `NotEmpty`, or `DatabaseFault` (other
    secrets, other names of the roles, an older server or pg_restore, a full disk): the database is empty then, or
    carries the marker.
    """
    keys = archive.identities(keyfile)
    told = _read_whole(source, keys, tell)
    probes.check(told.probes, secrets)
    if to.owner is None:
        raise DatabaseFault("Set DATABASE_OWNER_URL: what is restored belongs to that role.")
    with _plainly(), to.connect(autocommit=True) as connection:
        program = _fitting(connection, told, to.owner, to.runtime)
        if not _only_one(connection):
            raise DatabaseFault("Another restore into this database is running.")
        _begin(connection, to.owner, to.runtime)
        _fill(program, to, source, keys, tell)
        found = _verify(connection, told, tell)
        install_key(connection)
        gone = erase()
        connection.execute("ANALYZE")
        connection.execute(_schema("DROP SCHEMA {}"))
    return Restored(told, sum(int(rows) for rows, _ in told.tables.values()), found, gone)


@contextmanager
def _plainly() -> Iterator[None]:
    """What the database refuses on the way (a full disk, a lost server) in words for an operator."""
    try:
        yield
    except psycopg.Error as problem:
        raise DatabaseFault(
            f"The restore was interrupted, and the database stays marked as unusable until it is run again: {problem}"
        ) from problem


def _read_whole(source: Path, keys: Sequence[object], tell: Tell) -> Manifest:
    """The manifest, after every byte of the file was found authentic."""
    told: Manifest | None = None
    seen = []
    with archive.opened_file(
        source, keys, archive.megabytes(source.stat().st_size, "Reading", tell)
    ) as stream:
        for name, pieces in archive.parts(stream):
            seen.append(name)
            if name == "manifest":
                told = Manifest.decode(b"".join(pieces))
    if told is None or seen != ["manifest", "database"]:
        raise BadArchive("This is no whole backup of Fanal: the manifest or the database is missing.")
    return told


def _fitting(
    connection: psycopg.Connection, told: Manifest, owner: roles.Login, runtime: roles.Login
) -> Path:
    server = reach.server_version(connection)
    if server < told.server:
        raise DatabaseFault(
            f"The backup comes from PostgreSQL {told.server}, this server is {server}. "
            f"Restore into PostgreSQL {told.server} or newer."
        )
    for variable, theirs, ours in (
        ("DATABASE_OWNER_URL", told.owner, owner.role),
        ("DATABASE_URL", told.runtime, runtime.role),
    ):
        if theirs != ours:
            raise DatabaseFault(
                f"In the backup the rights belong to the role {theirs}, {variable} names {ours}. "
                f"Prepare the server for {theirs} (fanal migrate --print-roles-sql) and name it there."
            )
    return reach.program("pg_restore", at_least=told.dumped_by, like=server)


def _only_one(connection: psycopg.Connection) -> bool:
    row = connection.execute("SELECT pg_try_advisory_lock(hashtext('fanal.restore'))").fetchone()
    return bool(row and row[0])


def _begin(connection: psycopg.Connection, owner: roles.Login, runtime: roles.Login) -> None:
    """The marker stands, and nothing else. Refused with `NotEmpty`."""
    marked = connection.execute("SELECT to_regnamespace(%s)", [RESTORING]).fetchone()
    with connection.transaction():
        if marked and marked[0]:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
        if foreign := [row[0] for row in connection.execute(_FOREIGN).fetchall()]:
            raise NotEmpty(
                f"The database is not empty: it holds {', '.join(foreign)} and perhaps more. "
                f"A restore never writes over anything. Name an empty database, or a new folder in FANAL_VAR."
            )
        connection.execute(_schema("CREATE SCHEMA IF NOT EXISTS {}"))
        for statement in roles.database_sql(owner, runtime):
            connection.execute(statement)


def _fill(program: Path, to: reach.Reach, source: Path, keys: Sequence[object], tell: Tell) -> None:
    with archive.opened_file(
        source, keys, archive.megabytes(source.stat().st_size, "Restoring", tell)
    ) as stream:
        for name, pieces in archive.parts(stream):
            if name == "database":
                _pipe_into(program, to, pieces)


def _pipe_into(program: Path, to: reach.Reach, pieces: Iterator[bytes]) -> None:
    environment = to.environment()
    arguments = ["--single-transaction", "--exit-on-error", f"--dbname={environment['PGDATABASE']}"]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603 (a program of PostgreSQL)
            [program, *arguments], env=environment, stdin=subprocess.PIPE, stderr=said
        )
        assert process.stdin is not None
        try:
            for piece in pieces:
                process.stdin.write(piece)
            process.stdin.close()
        except BrokenPipeError:
            pass  # it ended early, and says why below
        except BaseException:
            process.kill()  # before its input closes: an end of input could be taken for the end of the dump
            raise
        finally:
            failed = process.wait()
        if failed:
            raise DatabaseFault(
                f"pg_restore failed, and the database is empty as before:\n{_complaint(said)}"
            )


def _complaint(said: IO[bytes]) -> str:
    """Its first error, with the hint below it; what follows is only the statement."""
    said.seek(0)
    lines = said.read().decode(errors="replace").strip().splitlines()
    first = next((number for number, line in enumerate(lines) if "error:" in line), 0)
    return "\n".join(lines[first : first + 3])


def _verify(connection: psycopg.Connection, told: Manifest, tell: Tell) -> Trace:
    """Refused with `BadArchive`: the database is not what the backup says, or its trace not what was signed."""
    wrong = differences(told, tables(connection, tell, "Comparing"), walls(connection))
    found = check(connection, public_half())
    if wrong := [*wrong, *found.problems]:
        raise BadArchive(
            "What was restored is not what was backed up, and stays marked as unusable:\n"
            + "\n".join(f"  - {line}" for line in wrong)
        )
    return found


def _schema(statement: str) -> sql.Composed:
    return sql.SQL(statement).format(sql.Identifier(RESTORING))
