"""What the application's role cannot do in the database, whatever statement it manages to slip in."""

import pytest
from django.db import DatabaseError, connection, transaction
from tests.cast import Cast

from fanal.access.services import acting_as

pytestmark = pytest.mark.django_db
FORBIDDEN = [
    "CREATE TEMP TABLE access_context_key (only_row boolean, inner_pad bytea, outer_pad bytea)",
    "CREATE TABLE public.mine (id integer)",
    "CREATE FUNCTION public.mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    "SELECT * FROM access_context_key",
    "SELECT * FROM access_wall",
    "SELECT access_open('{}')",
    "SELECT access_reopen('{}')",
    "SELECT access_rebuild()",
    "SET ROLE fanal_keeper",
    "SET ROLE fanal_owner",
    "ALTER TABLE alerts_alert DISABLE ROW LEVEL SECURITY",
    "TRUNCATE audit_entry",
    "DELETE FROM audit_entry",
    "UPDATE audit_entry SET act = act",
    "SET session_replication_role = 'replica'",
    "SELECT pg_read_file('/etc/hostname')",
    "COPY alerts_alert TO PROGRAM 'cat'",
]


@pytest.mark.asvs("13.2.2")
@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_runtime_may_not(cast: Cast, statement: str) -> None:
    with (
        acting_as(cast.officer),
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_what_runs_as_somebody_else_looks_up_names_where_nobody_writes() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.proname, coalesce(array_to_string(p.proconfig, ','), ''), r.rolsuper"
            " FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner JOIN pg_namespace n ON n.oid = p.pronamespace"
            " WHERE p.prosecdef AND n.nspname = 'public'"
        )
        found = cursor.fetchall()
    assert len(found) > 5
    assert all(path == "search_path=pg_catalog, public" for _name, path, _super in found), found
    assert not any(superuser for _name, _path, superuser in found)


def test_every_table_that_names_a_compartment_is_walled_and_forced() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity FROM pg_class c"
            " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'compartment_id' AND NOT a.attisdropped"
            " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname = 'public'"
        )
        found = dict(cursor.fetchall())
    assert len(found) > 15
    del found["bodies_body"]  # the list of bodies is for everybody; it says where the papers of each stand
    assert [table for table, walled in found.items() if not walled] == []
