"""Back to an instant: exactly what was committed before it, or a refusal that leaves nothing behind."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from tests.durability.conftest import new_key, silent

from fanal.config.durability import drill, recovering, shipping
from fanal.config.durability.faults import BadArchive, NotEmpty
from fanal.config.durability.reach import Reach
from fanal.database import binaries, roles, secrets
from fanal.database.cluster import SUPERUSER, Cluster
from fanal.database.errors import DatabaseFault


def test_a_drill_finds_exactly_what_was_committed() -> None:
    """Also with the archive taken while rows are written; each time the data is destroyed."""
    found = drill.drill(rows=12, keep=0.3, tell=silent, instants=2)
    assert [one.passed for one in found] == [True, True]
    assert [len(one.found) for one in found] == [4, 8]


@pytest.fixture(scope="module")
def kept() -> Iterator[tuple[Path, Cluster, Path]]:
    """An archive with one copy of a cluster that holds a row, and no log; its cluster is gone."""
    from tests import scratch

    folder = scratch.session_folder() / "kept"
    folder.mkdir()
    folder.chmod(0o711)
    archive = folder / "archive"
    archive.mkdir()
    public, keyfile = new_key(folder / "keeper.key")
    cluster = Cluster(folder / "var" / "postgres", binaries.find(), secrets.load(folder / "var"))
    cluster.start()
    roles.prepare(cluster, "fanal")
    login = roles.Login("-", "-", "-")
    to = Reach(cluster.url("fanal", SUPERUSER), login, login)
    with to.connect(autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS n")
    shipping.copy_cluster(
        folder=archive,
        recipients=[public],
        to=to,
        secrets=secrets.load(folder / "var"),
        at=datetime.now(UTC),
        tell=silent,
    )
    cluster.stop()
    shutil.rmtree(cluster.data_dir)
    yield archive, cluster, keyfile
    shutil.rmtree(folder)


def recover(
    kept: tuple[Path, Cluster, Path], until: datetime | None = None, key: Path | None = None
) -> datetime:
    archive, cluster, keyfile = kept
    ours = secrets.load(cluster.data_dir.parent)
    return recovering.recover(
        folder=archive, keyfile=key or keyfile, cluster=cluster, secrets=ours, until=until, tell=silent
    )


def test_a_copy_alone_is_whole(kept: tuple[Path, Cluster, Path]) -> None:
    cluster = kept[1]
    recover(kept)
    try:
        with psycopg.connect(cluster.url("fanal", SUPERUSER)) as connection:
            assert connection.execute("SELECT n FROM kept").fetchall() == [(42,)]
            assert connection.execute("SELECT pg_is_in_recovery()").fetchone() == (False,)
        with pytest.raises(NotEmpty, match="never writes over anything"):
            recover(kept)
        cluster.stop()
        cluster.start()  # without the log, which is gone
    finally:
        cluster.stop()
        shutil.rmtree(cluster.data_dir)


def test_refusals_leave_nothing_behind(kept: tuple[Path, Cluster, Path], folder: Path) -> None:
    archive, cluster, keyfile = kept
    yesterday = datetime.now(UTC) - timedelta(days=1)
    with pytest.raises(DatabaseFault, match="no copy of the cluster from before"):
        recover(kept, until=yesterday)
    with pytest.raises(BadArchive, match="does not open with this key"):
        recover(kept, key=new_key(folder / "other.key")[1])
    with pytest.raises(DatabaseFault, match="recovery ended before configured recovery target"):
        recover(kept, until=datetime.now(UTC) + timedelta(hours=1))
    strange = replace(secrets.load(cluster.data_dir.parent), vault_key="00" * 32)
    with pytest.raises(DatabaseFault, match="not those of the backup"):
        recovering.recover(
            folder=archive, keyfile=keyfile, cluster=cluster, secrets=strange, until=None, tell=silent
        )
    left = {path.name for path in cluster.data_dir.parent.iterdir()}
    assert left <= {"secrets.json", "postgres.lock", "postgres.users", ".secrets.lock"}


def test_a_damaged_copy_is_refused(kept: tuple[Path, Cluster, Path], folder: Path) -> None:
    archive, cluster, keyfile = kept
    (copy,) = archive.glob("*.base.age")
    content = bytearray(copy.read_bytes())
    content[len(content) // 2] ^= 1
    (folder / copy.name).write_bytes(content)
    with pytest.raises(BadArchive, match="damaged or cut"):
        recover((folder, cluster, keyfile))
    assert not cluster.data_dir.exists()
