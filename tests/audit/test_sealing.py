"""The sealer: every line once, in an order that nothing can come before, whatever commits, dies or runs twice."""

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction
from tests.access.rows import member, unit
from tests.audit.log import BOTH, NOW, as_administrator, checked, handed_out, sealed, statements, written

from fanal.access.services import acting_as
from fanal.audit import services
from fanal.audit.models import Entry
from fanal.audit.rules.statements import read_line
from fanal.audit.services import Verb, sealing
from fanal.audit.services.sealing import as_signed, seal
from fanal.database.cluster import SUPERUSER
from fanal.errors import Refusal

pytestmark = pytest.mark.django_db(transaction=True, databases=BOTH)
Address = Callable[[str], str]


def places(url: Address) -> list[tuple[int, str]]:
    with psycopg.connect(url("fanal_owner")) as owner:
        return owner.execute(
            "SELECT d.position, e.reference FROM audit_sealed d JOIN audit_entry e ON e.id = d.entry_id ORDER BY 1"
        ).fetchall()


def test_each_line_gets_one_place_and_a_second_round_does_nothing(database_url: Address) -> None:
    written(3)
    assert seal(at=NOW) == 3
    assert seal(at=NOW) == seal(at=NOW, everything=True) == 0
    written(2)
    assert seal(at=NOW) == 2
    assert [position for position, _ in places(database_url)] == [0, 1, 2, 3, 4]
    assert [(row.number, row.size, row.complete) for row in statements()] == [(1, 3, True), (2, 5, True)]


def test_the_leaf_that_is_sealed_is_that_of_the_line_that_is_handed_out(tmp_path: Path) -> None:
    written(4)
    seal(at=NOW)
    found = checked(handed_out(tmp_path))
    assert (found.findings, found.rows) == ((), 4)


def test_a_transaction_that_commits_late_is_neither_lost_nor_overtaken(
    database_url: Address, tmp_path: Path
) -> None:
    by = member(unit())
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        try:
            with acting_as(by):
                services.record(by=by, verb=Verb.COLLECT, act="slow", at=NOW, reference="slow")
                begun.set()
                assert go_on.wait(30)
        finally:
            connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert begun.wait(30)
    written(3, by=by)  # later transactions that are over first
    assert seal(at=NOW) == 0, "a line below could still come"
    go_on.set()
    thread.join()
    assert seal(at=NOW) == 4
    assert places(database_url)[0][1] == "slow", "its transaction began first"
    assert checked(handed_out(tmp_path)).findings == ()


def test_a_long_transaction_elsewhere_holds_the_sealer_back_and_loses_nothing(database_url: Address) -> None:
    written(1)
    seal(at=NOW)
    with psycopg.connect(database_url(SUPERUSER)) as other:
        other.execute("SELECT pg_current_xact_id()")
        written(2)
        assert seal(at=NOW) == 0
        other.rollback()
    assert seal(at=NOW) == 2


def test_killed_in_the_middle_it_begins_again(monkeypatch: pytest.MonkeyPatch, database_url: Address) -> None:
    written(5)
    monkeypatch.setattr(sealing, "BATCH", 2)
    before, calls = sealing._append, []

    def dies(*args: object) -> object:
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return before(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(sealing, "_append", dies)
    with pytest.raises(KeyboardInterrupt):
        seal(at=NOW)
    assert statements() == []
    assert places(database_url) == []
    monkeypatch.setattr(sealing, "_append", before)
    assert seal(at=NOW) == 5
    assert [row.size for row in statements()] == [2, 4, 5]
    assert [row.complete for row in statements()] == [False, False, True]


def test_many_sealers_at_once_seal_each_line_once(database_url: Address) -> None:
    by = written(20)
    stop = threading.Event()
    counts: list[int] = []

    def round_after_round() -> None:
        try:
            while not stop.is_set():
                counts.append(seal(at=NOW))
        finally:
            connection.close()

    threads = [threading.Thread(target=round_after_round) for _nth in range(3)]
    for thread in threads:
        thread.start()
    written(40, by=by)
    stop.set()
    for thread in threads:
        thread.join()
    counts.append(seal(at=NOW))
    assert sum(counts) == 60
    assert [position for position, _ in places(database_url)] == list(range(60))


def test_rounds_smaller_than_what_waits_go_on_until_nothing_is_left(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sealing, "BATCH", 3)
    written(10)
    assert seal(at=NOW, most=4) == 10
    assert checked(handed_out(tmp_path)).findings == ()


def test_lines_of_before_the_sealer_get_their_places_too(database_url: Address, tmp_path: Path) -> None:
    written(3)
    as_administrator(database_url(SUPERUSER), "UPDATE audit_entry SET transaction = NULL")
    written(1)
    assert seal(at=NOW, most=2) == 4
    assert checked(handed_out(tmp_path)).findings == ()


def test_after_a_restore_transactions_count_anew_and_nothing_is_forgotten(database_url: Address) -> None:
    sealed(2, 2)
    written(1)
    far = "1000000000000"
    as_administrator(
        database_url(SUPERUSER),
        f"UPDATE audit_entry SET transaction = transaction + {far}",  # noqa: S608
        f"UPDATE audit_seal SET horizon = horizon + {far}",  # noqa: S608
    )
    written(1)
    assert seal(at=NOW) == 2


def test_a_clock_that_steps_back_dates_no_statement_before_the_last(tmp_path: Path) -> None:
    sealed(2)
    written(1, at=NOW - timedelta(minutes=20))
    seal(at=NOW - timedelta(minutes=20))
    first, second = (as_signed(row).statement for row in statements())
    assert first.time == second.time == NOW
    assert checked(handed_out(tmp_path)).findings == (), "within the tolerance"
    written(1, at=NOW - timedelta(hours=5))
    seal(at=NOW)
    (found,) = checked(handed_out(tmp_path, "later.jsonl")).findings
    assert (found.kind, found.position) == ("misdated", 3)


def test_the_past_of_an_installation_is_not_back_dated(tmp_path: Path) -> None:
    written(2, at=NOW - timedelta(days=400))
    written(2, at=NOW)
    seal(at=NOW, most=1)
    assert checked(handed_out(tmp_path)).findings == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_seal SET size = 0",
        "DELETE FROM audit_seal",
        "TRUNCATE audit_seal",
        "INSERT INTO audit_seal VALUES (9, now(), 1, 'x', 'x', 'x', 1, true)",
        "SELECT * FROM audit_sealed",
        "DELETE FROM audit_sealed",
        "INSERT INTO audit_sealed VALUES (99, gen_random_uuid())",
        "INSERT INTO audit_stamp VALUES (1, 'x', now())",
        "UPDATE audit_stamp SET token = 'x'",
        "INSERT INTO audit_finding SELECT * FROM audit_finding",
        "UPDATE audit_finding SET count = 0",
        "DELETE FROM audit_finding",
    ],
)
def test_the_runtime_role_alters_no_seal(statement: str) -> None:
    sealed(1)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.parametrize("table", ["audit_seal", "audit_sealed", "audit_entry"])
def test_nor_does_the_owner_of_the_tables(table: str, database_url: Address) -> None:
    sealed(1)
    column = {"audit_seal": "size", "audit_sealed": "position", "audit_entry": "act"}[table]
    with psycopg.connect(database_url("fanal_owner")) as owner, owner.cursor() as cursor:
        if table == "audit_entry":  # row-level security shows it no line to change
            assert cursor.execute(f"UPDATE {table} SET {column} = {column}").rowcount == 0  # noqa: S608
            assert cursor.execute(f"DELETE FROM {table}").rowcount == 0  # noqa: S608
        else:
            for verb in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):  # noqa: S608
                with pytest.raises(psycopg.Error, match="append-only"), owner.transaction():
                    cursor.execute(verb)


def test_a_statement_that_does_not_go_on_is_refused(database_url: Address) -> None:
    sealed(2)
    (entry,) = ids_of(database_url, 1)
    call = "SELECT audit_append_seal(%s, now(), %s, 'x', 'x', 'x', 1, true, %s)"
    for number, size, ids in ((2, 3, [entry]), (3, 3, [entry]), (2, 4, [entry]), (2, 2, [])):
        with pytest.raises(Exception, match=r"does not go on|duplicate key"), transaction.atomic():
            connection.cursor().execute(call, [number, size, ids])


def ids_of(url: Address, count: int) -> list[object]:
    with psycopg.connect(url("fanal_owner")) as owner:
        return [row[0] for row in owner.execute("SELECT id FROM audit_entry LIMIT %s", [count])]


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE audit_seal SET text = replace(text, '\"size\":2', '\"size\":3')",
        "UPDATE audit_seal SET signature = sha256('x') || sha256('y')",
        "UPDATE audit_seal SET peaks = sha256('x')",
        "UPDATE audit_seal SET text = 'nothing'",
    ],
)
def test_nothing_is_built_upon_a_statement_that_was_altered(tampering: str, database_url: Address) -> None:
    sealed(2)
    as_administrator(database_url(SUPERUSER), tampering)
    written(1)
    with pytest.raises(Refusal) as refused:
        seal(at=NOW)
    assert refused.value.code == "seals_altered"


def test_a_key_that_is_not_that_of_the_log_is_refused(settings) -> None:
    sealed(1)
    settings.FANAL_AUDIT_KEY = "ab" * 32
    written(1)
    with pytest.raises(Refusal) as refused:
        seal(at=NOW)
    assert refused.value.code == "other_audit_key"
    settings.FANAL_AUDIT_KEY = "not a key"
    with pytest.raises(Refusal) as refused:
        seal(at=NOW)
    assert refused.value.code == "no_audit_key"


def test_the_sealer_sees_leaves_and_no_line() -> None:
    written(2)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM audit_unsealed(10, false)")
        assert [column.name for column in cursor.description] == ["entry_id", "leaf", "horizon"]
        assert len(cursor.fetchall()) == 2
    with pytest.raises(ProgrammingError, match="no reader"), transaction.atomic():
        Entry.objects.count()


def test_a_statement_is_read_back_as_it_was_written() -> None:
    sealed(3)
    (row,) = statements()
    signed = as_signed(row)
    assert read_line(signed.line()) == signed
    assert (signed.statement.first, signed.statement.last, len(signed.statement.marks)) == (0, 2, 12)
