"""A backup comes back as it was, or not at all."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from tests.durability.conftest import SUBJECTS, TRACES, Make, new_key, silent
from tests.processes import environment

from fanal.config.durability import archive
from fanal.config.durability.backup import backup
from fanal.config.durability.faults import BadArchive, NotEmpty
from fanal.config.durability.reach import Reach, program
from fanal.config.durability.restore import Restored, restore
from fanal.config.durability.standing import walls
from fanal.database import binaries, safety
from fanal.database.cluster import Cluster
from fanal.database.errors import DatabaseFault, Unsafe
from fanal.database.secrets import Secrets
from fanal.errors import Invalid

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
Keys = tuple[str, Path]


@pytest.fixture
def saved(full: Reach, folder: Path, keys: Keys, ours: Secrets) -> Path:
    path, _ = backup(target=folder, recipients=[keys[0]], to=full, secrets=ours, at=AT, tell=silent)
    return path


def back(path: Path, to: Reach, key: Path, secrets: Secrets) -> Restored:
    return restore(source=path, keyfile=key, to=to, secrets=secrets, tell=silent)


def ask(reach: Reach, query: str) -> list[tuple[object, ...]]:
    with reach.connect() as connection:
        return connection.execute(query.encode()).fetchall()


def refused_to_serve(reach: Reach, postgres: Cluster) -> None:
    address = postgres.url(reach.runtime.database, reach.runtime.role)
    with psycopg.connect(address) as connection, pytest.raises(Unsafe, match="interrupted"):
        safety.refuse_unfinished(connection)


def test_it_comes_back_with_its_walls(
    saved: Path, full: Reach, empty: Reach, keys: Keys, ours: Secrets, postgres: Cluster
) -> None:
    done = back(saved, empty, keys[1], ours)
    assert saved.name == "fanal-20261122T120000Z.age"
    assert done.trace.lines == TRACES
    for query in ("SELECT * FROM audit_entry ORDER BY id", "SELECT * FROM access_subjectkey ORDER BY 1"):
        assert ask(full, query) == ask(empty, query)
    with full.connect() as one, empty.connect() as other:
        assert walls(one) == walls(other)
    assert ask(full, "SELECT * FROM access_context_key") == ask(empty, "SELECT * FROM access_context_key")
    with psycopg.connect(postgres.url(empty.runtime.database, "fanal_runtime")) as connection:
        safety.check(connection)
        safety.refuse_unfinished(connection)
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="no reader"):
            connection.execute("SELECT context_units()")


def test_nothing_clear_stands_in_the_file_and_nobody_else_reads_it(saved: Path) -> None:
    content = saved.read_bytes()
    assert content.startswith(b"age-encryption.org/v1\n")
    for clear in (b"manifest", b"PGDMP", b"invented", b"audit_entry"):
        assert clear not in content
    assert saved.stat().st_mode & 0o077 == 0
    assert [path.name for path in saved.parent.glob("*.part")] == []


def test_a_session_that_was_open_does_not_come_back(
    full: Reach, empty: Reach, keys: Keys, ours: Secrets, folder: Path
) -> None:
    with full.connect() as connection:
        connection.execute("INSERT INTO django_session VALUES ('k', 'd', now() + interval '1 day')")
    path, told = backup(target=folder, recipients=[keys[0]], to=full, secrets=ours, at=AT, tell=silent)
    assert "public.django_session" not in told.tables
    back(path, empty, keys[1], ours)
    assert ask(empty, "SELECT count(*) FROM django_session") == [(0,)]


def test_what_was_erased_since_is_erased_before_anybody_is_served(
    saved: Path, empty: Reach, keys: Keys, ours: Secrets, postgres: Cluster
) -> None:
    def erase() -> int:
        refused_to_serve(empty, postgres)
        with empty.connect(autocommit=True) as connection:
            gone = "DELETE FROM access_subjectkey WHERE subject_id = ANY(%s)"
            return connection.execute(gone, [[SUBJECTS[0], SUBJECTS[3]]]).rowcount

    done = restore(source=saved, keyfile=keys[1], to=empty, secrets=ours, erase=erase, tell=silent)
    assert done.erased == 2
    left = ask(empty, "SELECT subject_id FROM access_subjectkey ORDER BY 1")
    assert [row[0] for row in left] == [SUBJECTS[1], SUBJECTS[2], SUBJECTS[4]]


def test_a_list_of_erasures_that_cannot_be_read_leaves_the_marker(
    saved: Path, empty: Reach, keys: Keys, ours: Secrets, postgres: Cluster
) -> None:
    def erase() -> int:
        raise Invalid("erased_list", "not whole")

    with pytest.raises(Invalid):
        restore(source=saved, keyfile=keys[1], to=empty, secrets=ours, erase=erase, tell=silent)
    refused_to_serve(empty, postgres)


@pytest.mark.parametrize("where", ["table", "function"])
def test_a_database_that_holds_anything_is_refused_untouched(
    saved: Path, empty: Reach, keys: Keys, ours: Secrets, where: str
) -> None:
    with empty.connect() as connection:
        connection.execute(
            "CREATE TABLE kept AS SELECT 42 AS n"
            if where == "table"
            else "CREATE FUNCTION kept() RETURNS integer LANGUAGE sql RETURN 42"
        )
    with pytest.raises(NotEmpty, match=r"holds .*kept"):
        back(saved, empty, keys[1], ours)
    assert ask(empty, "SELECT n FROM kept" if where == "table" else "SELECT kept()") == [(42,)]


def test_another_key_opens_nothing(saved: Path, empty: Reach, ours: Secrets, folder: Path) -> None:
    _, other = new_key(folder / "other.key")
    with pytest.raises(BadArchive, match="does not open with this key"):
        back(saved, empty, other, ours)
    assert ask(empty, "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace") == [(0,)]


def test_the_secrets_of_another_installation_are_refused(
    saved: Path, empty: Reach, keys: Keys, ours: Secrets
) -> None:
    with pytest.raises(DatabaseFault, match="vault_key: identities and free text would stay sealed"):
        back(saved, empty, keys[1], replace(ours, vault_key="00" * 32))
    assert ask(empty, "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace") == [(0,)]


@pytest.mark.parametrize("kept", [0.0, 0.02, 0.5, 0.999])
def test_a_cut_file_is_refused(saved: Path, empty: Reach, keys: Keys, ours: Secrets, kept: float) -> None:
    content = saved.read_bytes()
    saved.write_bytes(content[: int(len(content) * kept)])
    with pytest.raises(BadArchive):
        back(saved, empty, keys[1], ours)


@pytest.mark.parametrize("missing", ["end", "database", "manifest"])
def test_a_whole_encryption_of_half_a_backup_is_refused(
    folder: Path, keys: Keys, empty: Reach, ours: Secrets, missing: str
) -> None:
    """Written by hand or by a dump that died: age finds it authentic, and still it is no backup."""
    path = folder / "half.age"
    with archive.sealed_file(path, archive.recipients([keys[0]])) as stream:
        written = archive.Writer(stream)
        for name in {"manifest", "database"} - {missing}:
            written.part(name, iter([b"{}"]))
        if missing != "end":
            written.end()
    with pytest.raises(BadArchive):
        back(path, empty, keys[1], ours)


def test_other_content_than_the_manifest_says_is_refused_and_marked(
    full: Reach, empty: Reach, keys: Keys, ours: Secrets, folder: Path, postgres: Cluster, saved: Path
) -> None:
    """A backup whose manifest was written for other rows: the table is named, and nobody serves the database."""
    forged = folder / "forged.age"
    identities = archive.identities(keys[1])
    with (
        archive.opened_file(saved, identities) as source,
        archive.sealed_file(forged, archive.recipients([keys[0]])) as stream,
    ):
        written = archive.Writer(stream)
        for name, pieces in archive.parts(source):
            if name == "manifest":
                told = json.loads(b"".join(pieces))
                told["tables"]["public.access_subjectkey"][1] = "1:1"
                told["tables"]["public.audit_entry"][0] += 1
                told["walls"]["policies"] = ""
                pieces = iter([json.dumps(told).encode()])
            written.part(name, pieces)
        written.end()
    with pytest.raises(BadArchive) as refused:
        back(forged, empty, keys[1], ours)
    for line in (
        "subjectkey holds other content",
        "audit_entry holds 50 rows instead of 51",
        "the policies differ",
    ):
        assert line in str(refused.value)
    refused_to_serve(empty, postgres)
    back(saved, empty, keys[1], ours)  # the next restore begins by removing it


def test_a_trace_that_was_changed_before_the_backup_is_found(
    full: Reach, empty: Reach, keys: Keys, ours: Secrets, folder: Path
) -> None:
    with full.connect() as connection:
        connection.execute("ALTER TABLE audit_entry DISABLE TRIGGER append_only")
        connection.execute("UPDATE audit_entry SET reference = 'another' WHERE reference = 'invented 7'")
        connection.execute("ALTER TABLE audit_entry ENABLE TRIGGER append_only")
    path, _ = backup(target=folder, recipients=[keys[0]], to=full, secrets=ours, at=AT, tell=silent)
    with pytest.raises(BadArchive, match="1 lines of the trace do not match"):
        back(path, empty, keys[1], ours)


def test_a_role_that_the_walls_hold_makes_no_backup(
    full: Reach, folder: Path, keys: Keys, ours: Secrets
) -> None:
    held = replace(
        full,
        url=f"{full.url.partition('://')[0]}://{full.owner.role}:{full.owner.password}@{full.url.partition('@')[2]}",
    )
    with pytest.raises(DatabaseFault, match="held by the walls"):
        backup(target=folder, recipients=[keys[0]], to=held, secrets=ours, at=AT, tell=silent)
    assert list(folder.glob("*.age")) == []


def test_names_that_the_server_does_not_have_are_refused(
    saved: Path, empty: Reach, keys: Keys, ours: Secrets
) -> None:
    with pytest.raises(
        DatabaseFault, match="belong to the role fanal_owner, DATABASE_OWNER_URL names someone"
    ):
        back(saved, replace(empty, owner=replace(empty.owner, role="someone")), keys[1], ours)


def test_a_file_is_never_written_over(saved: Path, full: Reach, keys: Keys, ours: Secrets) -> None:
    before = saved.read_bytes()
    with pytest.raises(DatabaseFault, match="never writes over"):
        backup(target=saved, recipients=[keys[0]], to=full, secrets=ours, at=AT, tell=silent)
    assert saved.read_bytes() == before


@pytest.mark.parametrize("recipient", ["", "age1nonsense", "AGE-SECRET-KEY-1"])
def test_what_is_no_public_key_is_refused(full: Reach, folder: Path, ours: Secrets, recipient: str) -> None:
    with pytest.raises(DatabaseFault, match="recipient"):
        backup(
            target=folder,
            recipients=[recipient] if recipient else [],
            to=full,
            secrets=ours,
            at=AT,
            tell=silent,
        )


def test_a_full_disk_leaves_nothing_behind(full: Reach, folder: Path, keys: Keys, ours: Secrets) -> None:
    """A limit on the size of files stands for the disk: the same error comes from the same call."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(DatabaseFault, match=r"could not be written: File too large\. Nothing was kept"):
            backup(target=folder, recipients=[keys[0]], to=full, secrets=ours, at=AT, tell=silent)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [path.name for path in folder.iterdir()] == ["keeper.key"]


def test_programs_older_than_the_server_are_named() -> None:
    with pytest.raises(DatabaseFault, match="pg_dump of PostgreSQL 99 or newer is needed; this machine has"):
        program("pg_dump", at_least=99, like=99)
    assert binaries.version(program("pg_dump", at_least=15, like=18).parent) == 18


RESTORE = """
import django, os, sys
django.setup()
from datetime import UTC, datetime
from pathlib import Path
from fanal.config.durability import reach, restore
from fanal.database import roles, secrets
login = [roles.Login(role, "-", sys.argv[5]) for role in ("fanal_owner", "fanal_runtime")]
def tell(label, done, total):
    if label == sys.argv[4]:
        print("now", flush=True)
        sys.stdin.read()
restore.restore(source=Path(sys.argv[1]), keyfile=Path(sys.argv[2]), to=reach.Reach(sys.argv[3], *login),
    secrets=secrets.load(Path(os.environ["FANAL_VAR"])), tell=tell)
"""


@pytest.mark.parametrize("label", ["Restoring (MB)", "Comparing"])
def test_a_restore_that_is_killed_cannot_be_served_and_is_run_again(
    saved: Path, empty: Reach, keys: Keys, ours: Secrets, label: str, postgres: Cluster
) -> None:
    surroundings = environment(Path(os.environ["FANAL_VAR"])) | {
        "DJANGO_SETTINGS_MODULE": "fanal.config.settings"
    }
    process = subprocess.Popen(
        [sys.executable, "-c", RESTORE, saved, keys[1], empty.url, label, empty.runtime.database],
        env=surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    with process:
        said = process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    assert said == "now\n"
    refused_to_serve(empty, postgres)
    _until_nobody_restores(empty)
    assert back(saved, empty, keys[1], ours).trace.lines == TRACES


def _until_nobody_restores(reach: Reach) -> None:
    limit = time.monotonic() + 20
    query = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    while ask(reach, query) != [(0,)]:
        assert time.monotonic() < limit
        time.sleep(0.1)


def test_two_databases_at_once_are_one_restore_each(
    make: Make, saved: Path, keys: Keys, ours: Secrets
) -> None:
    target = make()
    with target.connect(autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(hashtext('fanal.restore'))")
        with pytest.raises(DatabaseFault, match="Another restore"):
            back(saved, target, keys[1], ours)
