"""A server of one's own: how it is reached, by whom, and which versions fit."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from tests.durability.conftest import Make, silent

from fanal.config.durability import archive
from fanal.config.durability.backup import backup
from fanal.config.durability.reach import Reach, reach
from fanal.config.durability.restore import restore
from fanal.database.cluster import SUPERUSER, Cluster
from fanal.database.errors import DatabaseFault
from fanal.database.secrets import Secrets

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
Keys = tuple[str, Path]
BACKUP_ROLE = "fanal_backup_tried"


@pytest.fixture
def theirs(full: Reach, postgres: Cluster, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The addresses of a server of one's own in the environment; answers that of a role for backups alone."""
    name = full.runtime.database
    monkeypatch.setenv("DATABASE_URL", postgres.url(name, "fanal_runtime"))
    monkeypatch.setenv("DATABASE_OWNER_URL", postgres.url(name, "fanal_owner"))
    monkeypatch.setenv("DATABASE_ADMIN_URL", postgres.url(name, SUPERUSER))
    with psycopg.connect(postgres.url("postgres", SUPERUSER), autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {BACKUP_ROLE} LOGIN PASSWORD 'p%/w' BYPASSRLS REPLICATION")
        connection.execute(f"GRANT pg_read_all_data TO {BACKUP_ROLE}")
        connection.execute(f"GRANT CONNECT ON DATABASE {name} TO {BACKUP_ROLE}")
        yield (
            postgres.url(name, SUPERUSER)
            .replace(quote(postgres.parameters(SUPERUSER)["password"], safe=""), quote("p%/w", safe=""))
            .replace(f"//{SUPERUSER}:", f"//{BACKUP_ROLE}:")
        )
        connection.execute(f"REVOKE CONNECT ON DATABASE {name} FROM {BACKUP_ROLE}")
        connection.execute(f"DROP ROLE {BACKUP_ROLE}")


def test_a_role_for_backups_alone_sees_every_row(
    theirs: str, make: Make, folder: Path, keys: Keys, ours: Secrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_ADMIN_URL", theirs)
    monkeypatch.delenv("DATABASE_OWNER_URL")  # as in the nightly job: what migrates has no business there
    target = make()
    path, told = backup(
        target=folder, recipients=[keys[0]], to=reach(folder), secrets=ours, at=AT, tell=silent
    )
    assert told.tables["public.audit_entry"][0] == 50
    assert (told.owner, told.runtime) == ("fanal_owner", "fanal_runtime")
    with pytest.raises(DatabaseFault, match="Set DATABASE_OWNER_URL"):
        restore(source=path, keyfile=keys[1], to=reach(folder), secrets=ours, tell=silent)
    restored = restore(source=path, keyfile=keys[1], to=target, secrets=ours, tell=silent)
    assert restored.trace.lines == 50


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DATABASE_ADMIN_URL", "", "Set DATABASE_ADMIN_URL"),
        ("DATABASE_ADMIN_URL", "postgresql://a:b@localhost/another", "must name the same database"),
    ],
)
def test_addresses_that_do_not_fit_are_refused(
    theirs: str, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(DatabaseFault, match=said):
        reach(folder)


def test_a_server_that_does_not_answer_is_told(
    theirs: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = reach(folder).runtime.database
    monkeypatch.setenv("DATABASE_ADMIN_URL", f"postgresql://a:secret@127.0.0.1:1/{name}")
    with pytest.raises(DatabaseFault, match="does not answer") as refused:
        reach(folder).connect()
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"server": 99}, "comes from PostgreSQL 99, this server is 18"),
        ({"dumped_by": 99}, "pg_restore of PostgreSQL 99 or newer is needed"),
        ({"format": 2}, "has format 2, this version reads 1"),
    ],
)
def test_versions_that_do_not_fit_are_refused(
    full: Reach, make: Make, folder: Path, keys: Keys, ours: Secrets, change: dict[str, int], said: str
) -> None:
    saved, _ = backup(target=folder, recipients=[keys[0]], to=full, secrets=ours, at=AT, tell=silent)
    other = folder / "other.age"
    with (
        archive.opened_file(saved, archive.identities(keys[1])) as source,
        archive.sealed_file(other, archive.recipients([keys[0]])) as stream,
    ):
        written = archive.Writer(stream)
        for name, pieces in archive.parts(source):
            if name == "manifest":
                pieces = iter([json.dumps(json.loads(b"".join(pieces)) | change).encode()])
            written.part(name, pieces)
        written.end()
    with pytest.raises(DatabaseFault, match=said):
        restore(source=other, keyfile=keys[1], to=make(), secrets=ours, tell=silent)


def test_no_password_stands_in_an_argument(theirs: str, folder: Path) -> None:
    environment = reach(folder).environment()
    assert environment["PGPASSWORD"]
    assert environment["PGDATABASE"].startswith("fanal_durable_")
