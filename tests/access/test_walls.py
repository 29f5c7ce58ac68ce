"""The two walls of compartments and grants, each alone, and the context that the second one trusts."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone
from tests.access.rows import NOW, member, unit
from tests.walls import second_wall_open

from fanal.access import queries, services
from fanal.access.context import set_units
from fanal.access.models import Compartment, Grant
from fanal.access.services import Kind, Level, Opening, acting_as
from fanal.errors import Invalid, NotAllowed, NotFound

pytestmark = pytest.mark.django_db


def open_to(owner, *openings: Opening) -> Compartment:
    with acting_as(owner):
        compartment = services.open_compartment(by=owner, kind=Kind.ALERT, at=NOW)
        services.grant(by=owner, compartment=compartment, openings=openings, at=NOW)
    return compartment


def reading(unit_id: int, **more) -> Opening:
    return Opening(unit_id, Level.READ, "follow_up", "law", **more)


@pytest.mark.asvs("8.4.1")
def test_only_the_owner_and_the_granted_unit_see_a_compartment() -> None:
    owner, reader, stranger = member(unit()), member(unit()), member(unit())
    compartment = open_to(owner, reading(reader.unit_id))
    for who, seen in ((owner, 1), (reader, 1), (stranger, 0)):
        with acting_as(who):
            assert Compartment.objects.filter(pk=compartment.pk).count() == seen
            assert Grant.objects.filter(compartment=compartment).count() == seen


def test_a_unit_that_may_know_of_it_reads_nothing_in_it() -> None:
    owner, partner = member(unit()), member(unit())
    compartment = open_to(owner, Opening(partner.unit_id, Level.EXISTS, "clock", "law"))
    with acting_as(partner):
        assert queries.compartment_for(compartment.id, partner).acl == [owner.unit_id]
        assert not Grant.objects.filter(compartment=compartment).exists()


def test_a_reader_may_not_write_and_a_contributor_may() -> None:
    owner, reader, writer = member(unit()), member(unit()), member(unit())
    compartment = open_to(
        owner, reading(reader.unit_id), Opening(writer.unit_id, Level.CONTRIBUTE, "follow_up", "law")
    )
    compartment.refresh_from_db()
    assert compartment.acl_write == sorted([owner.unit_id, writer.unit_id])
    with acting_as(reader), pytest.raises(NotAllowed):
        services.grant(by=reader, compartment=compartment, openings=[reading(writer.unit_id)], at=NOW)


@pytest.mark.asvs("8.3.1")
def test_the_database_refuses_a_grant_by_another_unit_when_the_service_forgets() -> None:
    owner, reader = member(unit()), member(unit())
    compartment = open_to(owner, reading(reader.unit_id))
    with pytest.raises(ProgrammingError, match="row-level security"), acting_as(reader):
        Grant.objects.create(
            compartment=compartment,
            unit_id=reader.unit_id,
            level=Level.CONTRIBUTE,
            purpose="x",
            ground="x",
            valid_from=NOW.date(),
            granted_by=uuid4(),
            granted_at=NOW,
        )


def test_a_compartment_cannot_be_opened_for_another_unit() -> None:
    owner, other = member(unit()), member(unit())
    with pytest.raises(ProgrammingError, match="row-level security"), acting_as(owner):
        Compartment.objects.create(kind=Kind.ALERT, owner_unit_id=other.unit_id, created_at=NOW)


def test_acl_is_kept_by_the_database_whatever_is_written() -> None:
    owner, stranger = member(unit()), member(unit())
    compartment = open_to(owner)
    with acting_as(owner):
        Compartment.objects.filter(pk=compartment.pk).update(
            acl=[stranger.unit_id], acl_exists=[stranger.unit_id]
        )
        compartment.refresh_from_db()
    assert compartment.acl == compartment.acl_exists == [owner.unit_id]


def test_revoking_takes_effect_at_once_and_twice_changes_nothing() -> None:
    owner, reader = member(unit()), member(unit())
    compartment = open_to(owner, reading(reader.unit_id))
    with acting_as(owner):
        grant = Grant.objects.get(compartment=compartment)
        services.revoke(by=owner, grant=grant, at=NOW)
        services.revoke(by=owner, grant=grant, at=NOW + timedelta(days=1))
        assert Grant.objects.get(pk=grant.pk).revoked_at == NOW
    with acting_as(reader):
        assert not Compartment.objects.filter(pk=compartment.pk).exists()
        with pytest.raises(NotFound):
            queries.compartment_for(compartment.id, reader)


def test_a_grant_that_ends_is_closed_by_the_database() -> None:
    owner, reader = member(unit()), member(unit())
    compartment = open_to(owner, reading(reader.unit_id, valid_to=NOW.date() + timedelta(days=3650)))
    assert services.sweep_grants() == 0
    with acting_as(owner):
        Grant.objects.filter(compartment=compartment).update(valid_to=NOW.date())
    with acting_as(reader):
        assert not Compartment.objects.filter(pk=compartment.pk).exists()


def test_nobody_grants_to_the_owner_itself() -> None:
    owner = member(unit())
    with pytest.raises(Invalid):
        open_to(owner, reading(owner.unit_id))


def say(setting: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [setting, value])


@pytest.mark.asvs("16.5.3")
def test_without_a_context_nothing_is_read() -> None:
    open_to(member(unit()))
    say("fanal.context", "")
    with pytest.raises(ProgrammingError, match="context is not set"), transaction.atomic():
        Compartment.objects.count()


@pytest.mark.asvs("8.3.1")
def test_a_forged_context_is_refused() -> None:
    owner = member(unit())
    open_to(owner)
    set_units([owner.unit_id])
    say("fanal.context", "{1,2,3}")
    with pytest.raises(ProgrammingError, match="forged"), transaction.atomic():
        Compartment.objects.count()


@pytest.mark.asvs("13.3.2")
def test_the_key_of_the_context_is_out_of_reach() -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT * FROM access_context_key")


def test_the_first_wall_stands_alone() -> None:
    owner, reader, stranger = member(unit()), member(unit()), member(unit())
    compartment = open_to(owner, reading(reader.unit_id))
    with second_wall_open():
        assert Compartment.objects.filter(pk=compartment.pk).exists(), "the second wall is open in this test"
        assert not queries.visible(Grant, stranger).exists()
        with pytest.raises(NotFound):
            queries.compartment_for(compartment.id, stranger)
        with pytest.raises(NotFound):
            queries.wall_of(compartment.id, stranger)


def test_every_walled_table_is_behind_row_level_security() -> None:
    """A table with an `acl` that lacks forced security, a policy or the keeping trigger is a hole."""
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity,
                   (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'readers'),
                   (SELECT count(*) FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'keep')
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE c.relkind = 'r' AND a.attname = 'acl' AND NOT a.attisdropped ORDER BY 1""")
        tables = cursor.fetchall()
    assert len(tables) >= 2
    assert [table for table in tables if table[1:] != (True, 1, 1)] == []


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Niue"])
def test_a_day_is_that_of_the_country_whatever_the_zone_of_the_connection(zone: str) -> None:
    """Of these two one always has another day than we have."""
    owner, reader, today = member(unit()), member(unit()), timezone.localdate()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('TimeZone', %s, true)", [zone])
    with acting_as(owner):
        compartment = services.open_compartment(by=owner, kind=Kind.ALERT, at=timezone.now())
        services.grant(
            by=owner,
            compartment=compartment,
            openings=[reading(reader.unit_id, valid_to=today)],
            at=timezone.now(),
        )
        compartment.refresh_from_db()
        assert reader.unit_id in compartment.acl
        assert services.sweep_grants() == 0
