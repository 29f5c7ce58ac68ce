"""Continuous archiving: copies of the whole cluster, and its log segment by segment, encrypted to public keys.

`pg_receivewal` takes the log over a replication slot, so that the server keeps what was not taken yet, and fsyncs it
in a spool beside the data. From there each whole segment goes, compressed and encrypted, into the archive folder.
What stands in the spool is what stands in the server's own `pg_wal`.
"""

import subprocess
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pyrage

from fanal.config.commands.console import Tell
from fanal.config.durability import archive, probes, reach
from fanal.config.durability.copies import BASE, SEGMENT, WAL, Copy
from fanal.database.errors import DatabaseFault
from fanal.database.secrets import Secrets

SLOT = "fanal_archive"
POLL = 0.2  # seconds


def copy_cluster(
    *, folder: Path, recipients: Sequence[str], to: reach.Reach, secrets: Secrets, at: datetime, tell: Tell
) -> Path:
    """A copy of all files of the running cluster, from which any later instant of the log is reached.

    Refused with `DatabaseFault`: a role without REPLICATION, no pg_basebackup as new as the server, a full disk.
    """
    keys = archive.recipients(recipients)
    _demand_folder(folder)
    with to.connect() as connection:
        server = reach.server_version(connection)
        size = connection.execute("SELECT sum(pg_database_size(oid)) FROM pg_database").fetchone()
    program = reach.program("pg_basebackup", at_least=server, like=server)
    path = folder / f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}{BASE}"
    total = int(size[0]) if size else 0
    with archive.sealed_file(path, keys) as stream:
        written = archive.Writer(stream)
        told = Copy(at.astimezone(UTC).isoformat(), server, probes.make(secrets))
        written.part("copy", iter([told.encode()]))
        written.part("cluster", _compressed(_base(program, to, total, tell)))
        written.end()
    return path


def ship(
    *,
    folder: Path,
    recipients: Sequence[str],
    to: reach.Reach,
    spool: Path,
    every: float,
    over: Callable[[], bool],
    shipped: Callable[[str], None],
) -> None:
    """Take the log and archive each whole segment, until `over` says so; what was begun is ended.

    `every`: after how many seconds a segment that is not full is closed and sent: what a lost machine costs at most.
    Refused with `DatabaseFault`: a role without REPLICATION, an archive that cannot be written, a receiver that ends.
    """
    keys = archive.recipients(recipients)
    _demand_folder(folder)
    spool.mkdir(mode=0o700, exist_ok=True)
    with to.connect(autocommit=True) as connection, tempfile.TemporaryFile() as said:
        server = reach.server_version(connection)
        program = reach.program("pg_receivewal", at_least=server, like=server)
        _make_slot(program, to)
        command = [str(program), f"--slot={SLOT}", f"--directory={spool}", "--synchronous", "--no-loop"]
        process = subprocess.Popen(command, env=to.environment(), stderr=said)  # noqa: S603 (a program of PostgreSQL)
        try:
            _while_received(connection, process, spool, folder, keys, every, over, shipped)
        finally:
            process.terminate()
            process.wait()
        if not over():
            said.seek(0)
            raise DatabaseFault(f"pg_receivewal ended: {said.read().decode(errors='replace').strip()[-500:]}")
        _ship_whole(spool, folder, keys, shipped)


def _while_received(
    connection: psycopg.Connection,
    process: "subprocess.Popen[bytes]",
    spool: Path,
    folder: Path,
    keys: Sequence[pyrage.x25519.Recipient],
    every: float,
    over: Callable[[], bool],
    shipped: Callable[[str], None],
) -> None:
    closed = time.monotonic()
    while not over() and process.poll() is None:
        _ship_whole(spool, folder, keys, shipped)
        if time.monotonic() - closed >= every:
            connection.execute("SELECT pg_switch_wal()")
            closed = time.monotonic()
        time.sleep(POLL)


def _ship_whole(
    spool: Path,
    folder: Path,
    keys: Sequence[pyrage.x25519.Recipient],
    shipped: Callable[[str], None],
) -> None:
    for segment in sorted(path for path in spool.iterdir() if SEGMENT.fullmatch(path.name)):
        target = folder / f"{segment.name}{WAL}"
        if not target.exists():  # a kill between writing and removing leaves both
            with archive.sealed_file(target, keys) as stream, segment.open("rb") as content:
                written = archive.Writer(stream)
                written.part("segment", _compressed(archive.chunks(content)))
                written.end()
        segment.unlink()
        shipped(segment.name)


def _make_slot(program: Path, to: reach.Reach) -> None:
    done = subprocess.run(  # noqa: S603 (a program of PostgreSQL)
        [program, f"--slot={SLOT}", "--create-slot", "--if-not-exists"],
        env=to.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise DatabaseFault(f"The log cannot be taken: {done.stderr.strip()}")


def _base(program: Path, to: reach.Reach, total: int, tell: Tell) -> Iterator[bytes]:
    # The log of the time of the copy goes with it, so that it can be used alone.
    arguments = ["--pgdata=-", "--format=tar", "--wal-method=fetch", "--checkpoint=fast", "--no-password"]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603 (a program of PostgreSQL)
            [program, *arguments], env=to.environment(), stdout=subprocess.PIPE, stderr=said
        )
        assert process.stdout is not None
        try:
            done, told = 0, archive.megabytes(total, "Copying", tell)
            for piece in iter(lambda: process.stdout.read(archive.PIECE), b""):  # type: ignore[union-attr]
                yield piece
                done += len(piece)
                told(done)
            if process.wait():
                said.seek(0)
                raise DatabaseFault(
                    f"pg_basebackup failed: {said.read().decode(errors='replace').strip()[-500:]}"
                )
        finally:
            process.kill()
            process.wait()
            process.stdout.close()


def _compressed(pieces: Iterator[bytes]) -> Iterator[bytes]:
    work = zlib.compressobj(level=1)
    for piece in pieces:
        yield work.compress(piece)
    yield work.flush()


def _demand_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise DatabaseFault(f"The archive folder {folder} does not exist.")
