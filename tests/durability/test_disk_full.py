"""A disk that is full in the middle of an act: refused in plain words, nothing half written."""

import json
import os
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from psycopg import sql
from tests.cast import Cast, load, token
from tests.durability.conftest import Make, silent

from fanal.access.services import acting_as
from fanal.alerts.models import Alert
from fanal.audit.models import Entry
from fanal.config.durability.backup import backup
from fanal.config.durability.reach import Reach
from fanal.config.durability.restore import restore
from fanal.database.cluster import Cluster
from fanal.database.errors import DatabaseFault
from fanal.database.secrets import Secrets
from fanal.web.models import Idempotency

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
SIZE = 32_000_000  # bytes of the small disk

PERSON = {"subject": "presumed_victim", "age_basis": "estimated", "estimated_age": 30, "sex": "F"}
BODY = {"phenomenon": "trafficking", "forms": ["WORK"], "municipality": "T01", "persons": [PERSON]}


class Disk:
    """A small disk that PostgreSQL knows as the tablespace `small`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, *, leave: int = 0) -> None:
        with (self.folder / "filler").open("wb", buffering=0) as filler:
            try:
                while filler.write(bytes(4096)) == 4096:
                    pass
            except OSError:
                if leave:
                    filler.truncate(filler.tell() - leave)

    def free(self) -> None:
        (self.folder / "filler").unlink()


@pytest.fixture
def disk(folder: Path, postgres: Cluster, suite: Reach) -> Iterator[Disk]:
    place = folder / "small"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", place], check=False).returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    try:
        (place / "data").mkdir()
        os.chown(place / "data", postgres.account.uid, postgres.account.gid)
        with suite.connect(autocommit=True) as connection:
            make = sql.SQL("CREATE TABLESPACE small LOCATION {}").format(sql.Literal(str(place / "data")))
            connection.execute(make)
        yield Disk(place)
        with suite.connect(autocommit=True) as connection:
            connection.execute("ALTER TABLE alerts_person SET TABLESPACE pg_default")
            connection.execute("DROP TABLESPACE small")
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def test_an_act_on_a_full_disk_is_refused_whole_and_done_later(disk: Disk, suite: Reach) -> None:
    with transaction.atomic():
        cast: Cast = load()
    with suite.connect(autocommit=True) as connection:
        connection.execute("ALTER TABLE alerts_person SET TABLESPACE small")
    headers = {"Authorization": f"Bearer {token(cast.officer)}", "Idempotency-Key": "once"}
    browser = Client(headers=headers, raise_request_exception=False)
    disk.fill()
    refused = browser.post("/api/alerts", BODY, content_type="application/json")
    assert refused.status_code >= 500
    assert "Nothing was saved" in refused.content.decode()
    with acting_as(cast.officer):
        assert Alert.objects.count() == 0
        assert not Entry.objects.filter(act="alerts.record").exists()
    assert Idempotency.objects.count() == 0, "the key is free for the next try"
    disk.free()
    done = browser.post("/api/alerts", BODY, content_type="application/json")
    assert done.status_code == 201
    with acting_as(cast.officer):
        assert Alert.objects.get().reference == json.loads(done.content)["reference"]
        assert Entry.objects.filter(act="alerts.record").count() == 1


def test_a_restore_on_a_full_disk_leaves_nothing_and_is_run_again(
    disk: Disk, suite: Reach, full: Reach, make: Make, folder: Path, keys: tuple[str, Path], ours: Secrets
) -> None:
    saved, _ = backup(target=folder, recipients=[keys[0]], to=full, secrets=ours, at=NOON, tell=silent)
    target = make()
    name = sql.Identifier(target.runtime.database)
    with suite.connect(autocommit=True) as connection:
        connection.execute(sql.SQL("ALTER DATABASE {} SET TABLESPACE small").format(name))
    disk.fill(leave=1_000_000)
    with pytest.raises(DatabaseFault, match=r"(?s)pg_restore failed.*No space left"):
        restore(source=saved, keyfile=keys[1], to=target, secrets=ours, tell=silent)
    with target.connect() as connection:
        assert connection.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        ).fetchone() == (0,)
    disk.free()
    assert restore(source=saved, keyfile=keys[1], to=target, secrets=ours, tell=silent).rows > 0
    with suite.connect(autocommit=True) as connection:
        connection.execute(sql.SQL("ALTER DATABASE {} SET TABLESPACE pg_default").format(name))


def test_a_backup_onto_a_full_disk_leaves_nothing(
    disk: Disk, full: Reach, keys: tuple[str, Path], ours: Secrets
) -> None:
    disk.fill()
    with pytest.raises(DatabaseFault, match="No space left on device"):
        backup(target=disk.folder, recipients=[keys[0]], to=full, secrets=ours, at=NOON, tell=silent)
    assert {path.name for path in disk.folder.iterdir()} == {"data", "filler"}
