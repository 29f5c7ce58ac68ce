"""What each role can and cannot do, tried on the server; and the script for somebody else's server."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import errors

from fanal.database import roles, safety
from fanal.database.cluster import SUPERUSER, Cluster
from fanal.database.errors import DatabaseFault

WALLED = """
CREATE TABLE walled (id int PRIMARY KEY);
INSERT INTO walled VALUES (1);
ALTER TABLE walled ENABLE ROW LEVEL SECURITY;
ALTER TABLE walled FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody ON walled USING (false) WITH CHECK (true);
CREATE FUNCTION count_walled() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM walled';
ALTER FUNCTION count_walled() OWNER TO fanal_keeper;
"""


@pytest.fixture
def runtime(ready: Cluster) -> Iterator[psycopg.Connection]:
    """The runtime role, in a database where the owner has put up a table behind a wall."""
    with psycopg.connect(ready.url("fanal", "fanal_owner")) as owner:
        owner.execute(WALLED)
    with psycopg.connect(ready.url("fanal", "fanal_runtime"), autocommit=True) as connection:
        yield connection
    with psycopg.connect(ready.url("fanal", "fanal_owner")) as owner:
        owner.execute("DROP FUNCTION count_walled(); DROP TABLE walled")


@pytest.mark.asvs("13.2.2")
@pytest.mark.parametrize(
    "attempt",
    [
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE walled (id int)",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE ROLE mine",
        "CREATE DATABASE mine",
        "SET ROLE fanal_owner",
        "SET ROLE fanal_keeper",
        "SET ROLE postgres",
        "SET session_replication_role = replica",
        "ALTER TABLE walled DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE walled NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE walled DISABLE TRIGGER ALL",
        "CREATE POLICY mine ON walled USING (true)",
        "DROP POLICY nobody ON walled",
        "CREATE TRIGGER mine AFTER INSERT ON walled EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "TRUNCATE walled",
        "DROP TABLE walled",
        "ALTER ROLE fanal_runtime BYPASSRLS",
        "GRANT fanal_keeper TO fanal_runtime",
        "COPY walled TO PROGRAM 'cat'",
        "SELECT pg_read_file('postgresql.conf')",
        "SELECT * FROM pg_authid",
    ],
)
def test_the_runtime_role_is_refused(runtime: psycopg.Connection, attempt: str) -> None:
    with pytest.raises((errors.InsufficientPrivilege, errors.InvalidGrantOperation)):
        runtime.execute(attempt)


def test_the_runtime_role_sees_the_wall_and_works_before_it(runtime: psycopg.Connection) -> None:
    runtime.execute("INSERT INTO walled VALUES (2)")
    assert runtime.execute("SELECT * FROM walled").fetchall() == []
    assert runtime.execute("SET row_security = off") is not None
    with pytest.raises(errors.InsufficientPrivilege):
        runtime.execute("SELECT * FROM walled")


def test_neither_owner_nor_keeper_sees_through_a_forced_wall(
    runtime: psycopg.Connection, ready: Cluster
) -> None:
    with psycopg.connect(ready.url("fanal", "fanal_owner")) as owner:
        assert owner.execute("SELECT count(*) FROM walled").fetchone() == (0,)
        owner.execute("GRANT SELECT ON walled TO fanal_keeper")
        owner.execute("SET LOCAL ROLE fanal_keeper")
        assert owner.execute("SELECT count(*) FROM walled").fetchone() == (0,)


def test_the_owner_replaces_a_function_it_gave_to_the_keeper(
    runtime: psycopg.Connection, ready: Cluster
) -> None:
    with psycopg.connect(ready.url("fanal", "fanal_owner")) as owner:
        owner.execute(
            "CREATE OR REPLACE FUNCTION count_walled() RETURNS bigint LANGUAGE sql AS 'SELECT 7::bigint'"
        )
    assert runtime.execute("SELECT count_walled()").fetchone() == (7,)
    with psycopg.connect(ready.url("fanal", "fanal_owner")) as owner:
        found = owner.execute("SELECT proowner::regrole::text FROM pg_proc WHERE proname = 'count_walled'")
        assert found.fetchone() == ("fanal_keeper",)


def test_the_owner_is_neither_superuser_nor_above_the_walls(ready: Cluster) -> None:
    with psycopg.connect(ready.url("fanal", "fanal_owner")) as owner:
        powers = owner.execute(
            "SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole OR rolreplication OR rolcreatedb, rolcanlogin"
            " FROM pg_roles WHERE rolname LIKE 'fanal%' ORDER BY 1"
        ).fetchall()
    assert powers == [
        ("fanal_keeper", False, False),
        ("fanal_owner", False, True),
        ("fanal_runtime", False, True),
    ]


def test_preparing_again_takes_back_what_was_given(ready: Cluster) -> None:
    with psycopg.connect(ready.url("fanal", SUPERUSER), autocommit=True) as superuser:
        superuser.execute("ALTER ROLE fanal_runtime BYPASSRLS PASSWORD 'changed'")
        superuser.execute("GRANT CREATE ON SCHEMA public TO fanal_runtime")
    roles.prepare(ready, "fanal")
    with psycopg.connect(ready.url("fanal", "fanal_runtime")) as connection:
        safety.check(connection)


def test_a_wrong_password_is_refused(ready: Cluster) -> None:
    password = ready.parameters("fanal_runtime")["password"]
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(ready.url("fanal", "fanal_runtime").replace(password, "wrong"))


def test_the_script_for_another_server(ready: Cluster, bin_dir: Path) -> None:
    """An administrator runs it in psql; afterwards both addresses work and the check is content."""
    reach = f"@{str(ready.socket_dir).replace('/', '%2F')}:5432/other-base"
    owner_url = f"postgresql://Lead%20Owner:s%27ecret{reach}"
    runtime_url = f"postgresql://web:pa%24%24word{reach}"
    script = roles.administrator_sql(owner_url, runtime_url)
    assert "ecret" not in script
    assert "pa$$word" not in script
    address = ready.url("postgres", SUPERUSER)
    psql = [bin_dir / "psql", "-X", "-v", "ON_ERROR_STOP=1", address]
    try:
        subprocess.run(psql, input=script, text=True, check=True, capture_output=True)
        with psycopg.connect(owner_url) as owner:
            owner.execute(
                "CREATE TABLE things (id int); CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'"
            )
            owner.execute("ALTER FUNCTION f() OWNER TO fanal_keeper")
        with psycopg.connect(runtime_url) as connection:
            safety.check(connection)
            connection.execute("INSERT INTO things VALUES (1)")
    finally:
        undo = (
            'DROP DATABASE IF EXISTS "other-base"; DROP ROLE IF EXISTS "Lead Owner"; DROP ROLE IF EXISTS web;'
        )
        subprocess.run(psql, input=undo, text=True, check=True, capture_output=True)


@pytest.mark.asvs("11.4.4")
def test_scram_verifier_is_the_one_of_the_standard() -> None:
    """Salt, password and iterations of RFC 7677, section 3; keys as PostgreSQL's own tests have them."""
    import base64

    made = roles.scram_verifier("pencil", base64.b64decode("W22ZaJ0SNY7soEsUEjb6gQ=="))
    assert made == (
        "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$"
        "WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU="
    )


def test_a_password_that_could_be_changed_on_the_way_is_refused() -> None:
    with pytest.raises(DatabaseFault, match="ASCII"):
        roles.scram_verifier("pâté")


@pytest.mark.parametrize(
    ("owner", "runtime"),
    [
        ("postgresql://a:b@h/one", "postgresql://c:d@h/two"),
        ("postgresql://a:b@h/one", "postgresql://a:b@h/one"),
        ("postgresql://a@h/one", "postgresql://c:d@h/one"),
        ("nonsense", "postgresql://c:d@h/one"),
    ],
)
def test_addresses_that_do_not_fit_are_refused(owner: str, runtime: str) -> None:
    with pytest.raises(DatabaseFault):
        roles.administrator_sql(owner, runtime)


def test_names_follow_the_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    assert roles.names() == roles.Names("fanal_owner", "fanal_runtime", "fanal_keeper")
    monkeypatch.setenv("DATABASE_URL", "postgresql://web:x@host/base")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://lead:x@host/base")
    assert roles.names() == roles.Names("lead", "web", "fanal_keeper")
