"""Each thing that must stop the start, done to a real server and undone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest

from fanal.database import safety
from fanal.database.cluster import SUPERUSER, Cluster
from fanal.database.errors import Unsafe

RELOAD = "SELECT pg_reload_conf(), pg_sleep(0.2)"


@contextmanager
def done(cluster: Cluster, act: list[str], undo: list[str]) -> Iterator[None]:
    def execute(statements: list[str]) -> None:
        with psycopg.connect(cluster.url("fanal", SUPERUSER), autocommit=True) as superuser:
            for statement in statements:
                superuser.execute(statement)

    execute(act)
    try:
        yield
    finally:
        execute(undo)


def problems(cluster: Cluster, role: str = "fanal_runtime") -> list[str]:
    with psycopg.connect(cluster.url("fanal", role)) as connection:
        try:
            safety.check(connection)
        except Unsafe as refusal:
            return list(refusal.problems)
    return []


@pytest.fixture
def problem_of(ready: Cluster) -> Callable[[list[str], list[str]], str]:
    """Does, asks what is found, undoes, and sees that it is gone."""

    def find(act: list[str], undo: list[str]) -> str:
        assert problems(ready) == []
        with done(ready, act, undo):
            found = problems(ready)
        assert problems(ready) == []
        return "\n".join(found)

    return find


Find = Callable[[list[str], list[str]], str]


@pytest.mark.parametrize("setting", ["fsync", "full_page_writes"])
def test_a_server_that_may_lose_data(problem_of: Find, setting: str) -> None:
    found = problem_of(
        [f"ALTER SYSTEM SET {setting} = off", RELOAD], [f"ALTER SYSTEM RESET {setting}", RELOAD]
    )
    assert found.startswith(f"{setting} is off.")


@pytest.mark.parametrize("scope", ["SYSTEM", "DATABASE fanal", "ROLE fanal_runtime"])
def test_synchronous_commit_off_wherever_it_is_set(problem_of: Find, scope: str) -> None:
    found = problem_of(
        [f"ALTER {scope} SET synchronous_commit = off", RELOAD],
        [f"ALTER {scope} RESET synchronous_commit", RELOAD],
    )
    assert found.startswith("synchronous_commit is off.")


@pytest.mark.parametrize("value", ["local", "remote_write", "remote_apply"])
def test_synchronous_commit_with_replicas_is_fine(ready: Cluster, value: str) -> None:
    with done(
        ready,
        [f"ALTER ROLE fanal_runtime SET synchronous_commit = {value}"],
        ["ALTER ROLE fanal_runtime RESET synchronous_commit"],
    ):
        assert problems(ready) == []


@pytest.mark.asvs("13.2.2")
@pytest.mark.parametrize("power", ["BYPASSRLS", "CREATEROLE", "REPLICATION"])
def test_a_role_with_powers(problem_of: Find, power: str) -> None:
    found = problem_of([f"ALTER ROLE fanal_runtime {power}"], [f"ALTER ROLE fanal_runtime NO{power}"])
    assert f"({power})" in found


def test_a_superuser(ready: Cluster) -> None:
    found = problems(ready, SUPERUSER)
    assert any("is a superuser" in problem for problem in found)


@pytest.mark.parametrize(
    "group", ["fanal_owner", "fanal_keeper", "pg_read_all_data", "pg_execute_server_program"]
)
def test_a_role_that_can_act_as_another(problem_of: Find, group: str) -> None:
    found = problem_of([f"GRANT {group} TO fanal_runtime"], [f"REVOKE {group} FROM fanal_runtime"])
    assert f'REVOKE "{group}"' in found


@pytest.mark.parametrize(
    ("act", "undo", "named"),
    [
        ("ALTER TABLE t OWNER TO fanal_runtime", "DROP TABLE t", "table t"),
        ("ALTER FUNCTION f() OWNER TO fanal_runtime", "DROP FUNCTION f()", "function f"),
        (
            "ALTER DATABASE fanal OWNER TO fanal_runtime",
            "ALTER DATABASE fanal OWNER TO fanal_owner; GRANT CONNECT ON DATABASE fanal TO fanal_runtime",
            "database fanal",
        ),
    ],
)
def test_a_role_that_owns(ready: Cluster, act: str, undo: str, named: str) -> None:
    make = ["CREATE TABLE t (id int)", "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'"]
    with done(ready, [*make, act], [undo, "DROP TABLE IF EXISTS t", "DROP FUNCTION IF EXISTS f()"]):
        assert any(named in problem and "owns" in problem for problem in problems(ready))
    assert problems(ready) == []


def test_a_role_that_may_create(problem_of: Find) -> None:
    found = problem_of(
        ["GRANT CREATE ON SCHEMA public TO fanal_runtime"],
        ["REVOKE CREATE ON SCHEMA public FROM fanal_runtime"],
    )
    assert "may create tables" in found


def test_a_role_that_may_switch_triggers_off(problem_of: Find) -> None:
    found = problem_of(
        ["GRANT SET ON PARAMETER session_replication_role TO fanal_runtime"],
        ["REVOKE SET ON PARAMETER session_replication_role FROM fanal_runtime"],
    )
    assert "switch triggers off" in found


@pytest.mark.parametrize("right", ["TRUNCATE", "TRIGGER"])
def test_a_role_that_may_empty_or_hook(problem_of: Find, right: str) -> None:
    found = problem_of(
        ["CREATE TABLE t (id int)", f"GRANT {right} ON t TO fanal_runtime"],
        ["DROP TABLE t"],
    )
    assert "1 tables (t…)" in found


def test_another_version(ready: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety, "SUPPORTED", range(90, 92))
    (found,) = problems(ready)
    assert "Use a version from 90 to 91." in found


def test_all_problems_at_once(ready: Cluster) -> None:
    with (
        done(
            ready,
            ["ALTER SYSTEM SET fsync = off", RELOAD, "ALTER ROLE fanal_runtime BYPASSRLS"],
            ["ALTER SYSTEM RESET fsync", RELOAD, "ALTER ROLE fanal_runtime NOBYPASSRLS"],
        ),
        psycopg.connect(ready.url("fanal", "fanal_runtime")) as connection,
        pytest.raises(Unsafe) as refusal,
    ):
        safety.check(connection)
    assert len(refusal.value.problems) == 2
    assert all(problem in str(refusal.value) for problem in refusal.value.problems)


def test_without_checksums(cluster: Cluster) -> None:
    from fanal.database import roles

    cluster.ensure_initialised()
    disabled = cluster._run("pg_checksums", "--disable", "-D", str(cluster.data_dir))
    assert disabled.returncode == 0, disabled.stdout
    cluster.start()
    roles.prepare(cluster, "fanal")
    (found,) = problems(cluster)
    assert found.startswith("data_checksums is off.")
