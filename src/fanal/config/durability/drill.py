"""A drill of the recovery, in a house that is thrown away: rows at known instants, the data destroyed, an instant back.

Nobody knows that a backup works before it was brought back. The drill does it with the same functions as the
commands, on the same programs, and compares what came back with what was committed.
"""

import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import psycopg
import pyrage

from fanal.config.commands.console import Tell
from fanal.config.durability import reach, recovering, shipping
from fanal.config.durability.copies import WAL
from fanal.database import connect, postmaster, roles, secrets
from fanal.database.cluster import SUPERUSER, Cluster
from fanal.database.errors import DatabaseFault

APART = timedelta(milliseconds=20)
"""Between two commits, so that every instant between them is unambiguous."""


@dataclass(frozen=True)
class Drilled:
    """`expected`, `found`: the numbers of the rows committed until `until`; `clear`: files that hold them in clear."""

    until: datetime
    expected: list[int]
    found: list[int]
    clear: list[str]
    seconds: float

    @property
    def passed(self) -> bool:
        return self.expected == self.found and not self.clear and self.seconds > 0


def drill(*, rows: int, keep: float, tell: Tell, instants: int = 1) -> list[Drilled]:
    """Write `rows`, lose everything, recover to the instant at which the share `keep` of them was committed.

    More `instants` are spread over the time after it. The house, its keys and its archive are removed afterwards.
    """
    root = Path(tempfile.mkdtemp(prefix="fanal-drill-"))
    root.chmod(0o711)
    try:
        return _drill(root, rows, keep, instants, tell)
    finally:
        with suppress(DatabaseFault):
            connect.embedded(root / "var").stop()
        shutil.rmtree(root, ignore_errors=True)


def _drill(root: Path, rows: int, keep: float, instants: int, tell: Tell) -> list[Drilled]:
    var, kept = root / "var", root / "archive"
    for folder in (var, kept):
        folder.mkdir()
        folder.chmod(0o711)
    identity = pyrage.x25519.Identity.generate()
    keyfile = root / "keeper.key"
    keyfile.write_text(f"{identity}\n")
    cluster = connect.embedded(var)
    committed = _live(cluster, var, kept, str(identity.to_public()), rows, tell)
    found = []
    for number in range(instants):
        index = min(rows - 2, int(rows * keep) + number * (rows - int(rows * keep)) // instants)
        begun = time.monotonic()
        until = committed[index] + APART / 2
        recovering.recover(
            folder=kept, keyfile=keyfile, cluster=cluster, secrets=secrets.load(var), until=until, tell=tell
        )  # fmt: skip
        seconds = time.monotonic() - begun
        came_back = _rows(cluster)
        found.append(Drilled(until, list(range(index + 1)), came_back, _in_clear(kept), seconds))
        _destroy(cluster)
        tell("Instants recovered", number + 1, instants)
    return found


def _live(cluster: Cluster, var: Path, kept: Path, key: str, rows: int, tell: Tell) -> list[datetime]:
    """The life of the house until it is destroyed; answers when each row was certainly committed."""
    over = threading.Event()
    faults: list[BaseException] = []
    cluster.start()
    roles.prepare(cluster, connect.DATABASE)
    to = reach.reach(var)
    with to.connect(autocommit=True) as connection:
        connection.execute("CREATE TABLE drill (number integer PRIMARY KEY, words text)")
    shipping.copy_cluster(
        folder=kept, recipients=[key], to=to, secrets=secrets.load(var), at=datetime.now(UTC), tell=tell
    )  # fmt: skip

    def ship() -> None:
        try:
            shipping.ship(
                folder=kept,
                recipients=[key],
                to=to,
                spool=var / "wal",
                every=1,
                over=over.is_set,
                shipped=lambda _: None,
            )
        except BaseException as fault:
            faults.append(fault)

    shipper = threading.Thread(target=ship)
    shipper.start()
    try:
        committed = _write(to, rows, tell)
        last = kept / f"{_last_segment(to)}{WAL}"
        _until(lambda: bool(faults) or last.exists())
    finally:
        over.set()
        shipper.join()
    if faults:
        raise faults[0]
    _destroy(cluster)
    return committed


def _write(to: reach.Reach, rows: int, tell: Tell) -> list[datetime]:
    committed = []
    with to.connect(autocommit=True) as connection:
        for number in range(rows):
            connection.execute("INSERT INTO drill VALUES (%s, %s)", [number, f"lantern-{number}"])
            committed.append(datetime.now(UTC))
            time.sleep(APART.total_seconds())
            tell("Rows committed", number + 1, rows)
    return committed


def _last_segment(to: reach.Reach) -> str:
    """The segment that holds the last row, closed, so that it is sent."""
    with to.connect(autocommit=True) as connection:
        row = connection.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchone()
    assert row is not None
    return str(row[0])


def _until(reached: Callable[[], bool], seconds: float = 60) -> None:
    limit = time.monotonic() + seconds
    while not reached():
        if time.monotonic() > limit:
            raise DatabaseFault(f"The log did not reach the archive within {seconds:.0f} seconds.")
        time.sleep(0.1)


def _destroy(cluster: Cluster) -> None:
    """The server killed, its files gone, the socket too."""
    main = postmaster.find(cluster.data_dir)
    with suppress(psutil.Error):
        everybody = [main, *main.children()] if main else []
        for process in everybody:
            process.kill()
        psutil.wait_procs(everybody, timeout=10)
    shutil.rmtree(cluster.data_dir)


def _rows(cluster: Cluster) -> list[int]:
    with psycopg.connect(cluster.url(connect.DATABASE, SUPERUSER)) as connection:
        return [row[0] for row in connection.execute("SELECT number FROM drill ORDER BY number")]


def _in_clear(kept: Path) -> list[str]:
    return [path.name for path in kept.iterdir() if b"lantern-" in path.read_bytes()]
