"""The trace: written with the act or the act is not, never changed, read by the owner of the file alone."""

from uuid import uuid4

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction
from tests.access.rows import NOW, member, unit

from fanal.access.services import acting_as
from fanal.audit import queries, services
from fanal.audit.models import Entry
from fanal.audit.services import Verb

pytestmark = pytest.mark.django_db


@pytest.mark.asvs("16.2.1")
def test_the_owner_of_a_file_sees_who_looked_and_nobody_else() -> None:
    owner, reader = member(unit()), member(unit())
    compartment = uuid4()
    with acting_as(reader):
        services.record(
            by=reader,
            verb=Verb.CONSULT,
            act="alerts.consult",
            at=NOW,
            compartment_id=compartment,
            owner_unit_id=owner.unit_id,
            purpose="follow_up",
        )
        assert not queries.looked_at(compartment_id=compartment, owner_unit_id=reader.unit_id).exists()
        assert not Entry.objects.filter(compartment_id=compartment).exists(), "the database hides it too"
    with acting_as(owner):
        (entry,) = queries.looked_at(compartment_id=compartment, owner_unit_id=owner.unit_id)
    assert (entry.person_id, entry.unit_id, entry.purpose) == (reader.person_id, reader.unit_id, "follow_up")


def test_nobody_writes_a_line_in_the_name_of_another_unit() -> None:
    actor, other = member(unit()), member(unit())
    with pytest.raises(ProgrammingError, match="row-level security"), acting_as(actor):
        services.record(by=other, verb=Verb.CONSULT, act="x", at=NOW)


@pytest.mark.asvs("16.4.2")
@pytest.mark.parametrize(
    "sql", ["UPDATE audit_entry SET act = 'x'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"]
)
def test_the_runtime_role_cannot_change_the_trace(sql: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


@pytest.mark.asvs("16.4.2")
@pytest.mark.parametrize(
    "sql", ["UPDATE audit_entry SET act = 'x'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"]
)
def test_not_even_the_owner_of_the_tables_changes_the_trace(sql: str, database_url) -> None:
    with psycopg.connect(database_url("fanal_owner")) as owner, owner.cursor() as cursor:
        if "TRUNCATE" in sql:
            with pytest.raises(Exception, match="append-only"):
                cursor.execute(sql)
        else:
            cursor.execute(sql)
            assert cursor.rowcount == 0, "forced row-level security shows the owner no line to change"


def test_each_line_carries_its_leaf() -> None:
    actor = member(unit())
    with acting_as(actor):
        for act in ("one", "two"):
            services.record(by=actor, verb=Verb.COLLECT, act=act, at=NOW)
        leaves = {bytes(entry.leaf or b"") for entry in Entry.objects.filter(unit_id=actor.unit_id)}
    assert len(leaves) == 2
    assert all(len(leaf) == 32 for leaf in leaves)
