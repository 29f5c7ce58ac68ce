"""A migration waits briefly for a table that others use, then lets them work on."""

import time
from collections.abc import Callable

import psycopg
import pytest
from django.db import connections

from fanal.config.commands import house
from fanal.database.cluster import SUPERUSER
from fanal.database.errors import DatabaseFault

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_it_gives_up_so_that_nobody_waits_behind_it(
    monkeypatch: pytest.MonkeyPatch, database_url: Callable[[str], str]
) -> None:
    def alter(*_: object, **__: object) -> None:
        with connections["owner"].cursor() as cursor:
            cursor.execute("ALTER TABLE alerts_alert ADD COLUMN sample integer")

    monkeypatch.setattr("django.core.management.call_command", alter)
    monkeypatch.setattr(house, "pending_migrations", lambda: 1)
    monkeypatch.setattr(house, "LOCK_WAIT", "300ms")
    with psycopg.connect(database_url(SUPERUSER)) as reader:
        reader.execute("SELECT count(*) FROM alerts_alert")  # and her transaction goes on
        begun = time.monotonic()
        with pytest.raises(DatabaseFault, match="waited 300ms for a table that others use"):
            house.migrate()
        assert time.monotonic() - begun < 5
    assert house.migrate() == 1
