"""Back to an instant: the copy of the cluster before it, and the log up to it. For the PostgreSQL that Fanal runs."""

import shutil
import tarfile
import time
import zlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, cast

import psycopg
import pyrage

from fanal.config.commands.console import Tell
from fanal.config.durability import archive, copies, probes
from fanal.config.durability.faults import BadArchive, NotEmpty
from fanal.database.cluster import SUPERUSER, Cluster, tail
from fanal.database.errors import DatabaseFault
from fanal.database.secrets import Secrets

SETTINGS = ("restore_command", "recovery_target_time", "recovery_target_action", "recovery_target_timeline")


PATIENCE = 6 * 3600  # seconds for the replay of the log


def recover(
    *, folder: Path, keyfile: Path, cluster: Cluster, secrets: Secrets, until: datetime | None, tell: Tell
) -> datetime:
    """Make the cluster anew as it was at `until` (None: at the end of the archived log); answers the instant reached.

    Every transaction whose commit was recorded until then is there, and no later one. The cluster runs afterwards.
    Refused with `NotEmpty` (a data folder stands there), `BadArchive`, `DatabaseFault` (no copy from before, other
    secrets, a log that ends before the instant): nothing stays behind.
    """
    if cluster.data_dir.exists():
        raise NotEmpty(
            f"{cluster.data_dir} exists. A recovery never writes over anything: move it away, keep it, then recover."
        )
    keys = archive.identities(keyfile)
    copy = copies.newest_before(folder, until)
    draft = cluster.data_dir.with_name(f"{cluster.data_dir.name}.recovering")
    spool = cluster.data_dir.with_name(f"{cluster.data_dir.name}.log")
    try:
        for place in (draft, spool):
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir(parents=True, mode=0o700)
        _unpack(copy, keys, draft, secrets, tell)
        _unpack_log(folder, keys, spool, tell)
        _aim(draft, spool, until)
        for path in (draft, *draft.rglob("*"), spool, *spool.iterdir()):
            cluster.account.own(path)
        draft.rename(cluster.data_dir)
        return _replay(cluster)
    except BaseException:
        cluster.stop()
        shutil.rmtree(cluster.data_dir, ignore_errors=True)
        raise
    finally:
        for place in (draft, spool):
            shutil.rmtree(place, ignore_errors=True)


def _unpack(
    copy: Path, keys: Sequence[pyrage.x25519.Identity], into: Path, secrets: Secrets, tell: Tell
) -> None:
    told = archive.megabytes(copy.stat().st_size, "Unpacking the copy", tell)
    with archive.opened_file(copy, keys, told) as stream:
        for name, pieces in archive.parts(stream):
            if name == "copy":
                probes.check(copies.Copy.decode(b"".join(pieces)).probes, secrets)
            elif name == "cluster":
                source = cast(IO[bytes], _Stream(_expanded(pieces)))
                with tarfile.open(fileobj=source, mode="r|", bufsize=archive.PIECE) as files:
                    files.extractall(into, filter="data")
    if not (into / "PG_VERSION").exists():
        raise BadArchive(f"{copy} holds no cluster.")


def _unpack_log(folder: Path, keys: Sequence[pyrage.x25519.Identity], spool: Path, tell: Tell) -> None:
    archived = copies.segments(folder)
    for number, path in enumerate(archived, start=1):
        target = spool / path.name.removesuffix(copies.WAL)
        with archive.opened_file(path, keys) as stream, target.open("wb") as file:
            for _, pieces in archive.parts(stream):
                for piece in _expanded(pieces):
                    file.write(piece)
        tell("Opening the log", number, len(archived))


def _aim(data: Path, spool: Path, until: datetime | None) -> None:
    lines = [f'restore_command = \'cp "{spool}/%f" "%p"\'', "recovery_target_action = 'promote'"]
    if until is not None:
        lines.append(f"recovery_target_time = '{until.astimezone(UTC).isoformat(sep=' ')}'")
    with (data / "postgresql.auto.conf").open("a") as settings:
        settings.write("\n".join(lines) + "\n")
    (data / "recovery.signal").touch()


def _replay(cluster: Cluster) -> datetime:
    """Refused with `DatabaseFault`: the server ended on the way, as it does where the log ends before the instant."""
    cluster.start()
    try:
        with psycopg.connect(cluster.url("postgres", SUPERUSER), autocommit=True) as connection:
            return _end_of_recovery(connection)
    except psycopg.OperationalError as problem:
        raise DatabaseFault(
            f"The recovery ended before the instant was reached. The server said:\n"
            f"{tail(cluster.data_dir / 'server.log')}"
        ) from problem


def _end_of_recovery(connection: psycopg.Connection) -> datetime:
    limit = time.monotonic() + PATIENCE
    while _one(connection, "SELECT pg_is_in_recovery()"):
        if time.monotonic() > limit:
            raise DatabaseFault(f"The log was not replayed within {PATIENCE} seconds.")
        time.sleep(0.1)
    reached = _one(connection, "SELECT coalesce(pg_last_xact_replay_timestamp(), now())")
    for name in SETTINGS:
        connection.execute(f"ALTER SYSTEM RESET {name}".encode())
    connection.execute("CHECKPOINT")  # from here on it starts without the log
    return cast(datetime, reached)


def _one(connection: psycopg.Connection, query: str) -> object:
    row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None


def _expanded(pieces: Iterator[bytes]) -> Iterator[bytes]:
    work = zlib.decompressobj()
    for piece in pieces:
        yield work.decompress(piece)
    yield work.flush()


class _Stream:
    """Pieces as something to read from."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._left = pieces, b""

    def read(self, size: int) -> bytes:
        while len(self._left) < size:
            piece = next(self._pieces, None)
            if piece is None:
                break
            self._left += piece
        found, self._left = self._left[:size], self._left[size:]
        return found
