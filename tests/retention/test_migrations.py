"""What installations hold already is sealed, gets keys of its own and a day of review; done twice is done once."""

from collections.abc import Callable, Iterator
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.db import connections
from tests.cast import load
from tests.house.scenario import NAME, Scenario, build
from tests.walls import second_wall_open

from fanal.access import sealing, vault
from fanal.alerts.models import Person
from fanal.database.cluster import SUPERUSER
from fanal.protection.models import Procedure
from fanal.retention.models import File

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
OLD = {"identity": {"family_name": NAME}}


@pytest.fixture
def scene() -> Scenario:
    return build(load())


@pytest.fixture
def admin(database_url: Callable[[str], str]) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database_url(SUPERUSER), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")  # the past, as it was written then
        yield connection


@pytest.fixture
def editor() -> Any:
    return SimpleNamespace(connection=connections["owner"])


def test_a_column_in_clear_is_sealed(
    scene: Scenario, admin: psycopg.Connection, editor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "BATCH", 1)
    admin.execute("ALTER TABLE alerts_person ADD COLUMN old text NOT NULL DEFAULT ''")
    admin.execute("UPDATE alerts_person SET pseudonym_sealed = NULL, old = 'Lotus ' || number")
    seal = sealing.seal_column("alerts_person", "old", "pseudonym_sealed").code
    for _twice in range(2):
        seal(None, editor)
    assert admin.execute("SELECT DISTINCT old FROM alerts_person").fetchall() == [("",)]
    with second_wall_open():
        rows = list(Person.objects.filter(alert=scene.alert).order_by("number"))
    opened = vault.unseal({row.id: row.pseudonym_sealed or b"" for row in rows})
    assert [opened[row.id] for row in rows] == ["Lotus 1", "Lotus 2"]


def test_an_identity_under_a_shared_key_gets_its_own(
    scene: Scenario, admin: psycopg.Connection, editor: Any
) -> None:
    with second_wall_open():
        row = Procedure.objects.get(pk=scene.procedure.pk)
    shared = vault.seal(row.person_id, OLD)
    admin.execute("UPDATE protection_procedure SET identity = %s WHERE id = %s", [shared, row.id])
    again = import_module("fanal.protection.migrations.0004_each_service_its_own_copy").seal_again
    for _twice in range(2):
        again(None, editor)
    vault.erase([row.person_id])
    with second_wall_open():
        row.refresh_from_db()
    assert vault.unseal({row.id: row.identity or b""}) == {row.id: OLD}


def test_what_stands_gets_a_day_of_review(scene: Scenario, admin: psycopg.Connection, editor: Any) -> None:
    with second_wall_open():
        before = set(File.objects.values_list("kind", "reference", "owner_unit_id", "opened_on"))
    for table in ("answer", "erasure", "hold", "file"):
        admin.execute(f"DELETE FROM retention_{table}")  # noqa: S608
    review = import_module("fanal.retention.migrations.0003_review_what_stands").review
    for _twice in range(2):
        review(None, editor)
    with second_wall_open():
        assert set(File.objects.values_list("kind", "reference", "owner_unit_id", "opened_on")) == before
        assert all(File.objects.values_list("acl", flat=True)), "behind the wall of their file"
