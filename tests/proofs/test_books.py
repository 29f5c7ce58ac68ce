"""What the crash proof counts, it sees: each damage done by hand is counted by its name."""

from collections.abc import Callable, Iterator

import psycopg
import pytest
from django.db import transaction
from proofs.crash import books
from proofs.crash.senders import Book
from tests.alerts.conftest import report
from tests.cast import Cast, load
from tests.protection.acts import NOW

from fanal.access.services import acting_as
from fanal.alerts import services
from fanal.database.cluster import SUPERUSER

pytestmark = pytest.mark.django_db(transaction=True)

DAMAGE = {
    "writes without their trace, or with two": "DELETE FROM audit_entry WHERE act = 'alerts.record'",
    "traces of a write that is not there": "DELETE FROM alerts_alert",
    "traces without their write": "DELETE FROM access_compartment",
    "files without content": "DELETE FROM alerts_alert",
    "writes without persons or recipients": "DELETE FROM alerts_transmission",
    "walls that are not those of the file": "UPDATE alerts_alert SET acl = '{}'",
}


@pytest.fixture
def past_the_walls(database_url: Callable[[str], str]) -> Iterator[psycopg.Connection]:
    """A connection that no wall and no trigger holds."""
    with psycopg.connect(database_url(SUPERUSER), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        yield connection


@pytest.fixture
def written() -> Book:
    with transaction.atomic():
        cast: Cast = load()
    book = Book()
    for key in ("one", "two"):
        with acting_as(cast.officer):
            alert = services.record(by=cast.officer, report=report(), at=NOW, idempotency_key=key)
        book.keys.add(key)
        book.acknowledged[key] = alert.reference
    return book


def test_what_is_whole_counts_nothing(written: Book, past_the_walls: psycopg.Connection) -> None:
    assert set(books.broken(past_the_walls).values()) == {0}
    assert books.lost(past_the_walls, written.acknowledged) == set()
    assert books.not_once(past_the_walls, written) == 0


@pytest.mark.parametrize("name", books.BROKEN)
def test_each_damage_is_counted(written: Book, past_the_walls: psycopg.Connection, name: str) -> None:
    past_the_walls.execute(DAMAGE[name].encode())
    assert books.broken(past_the_walls)[name] > 0


def test_a_lost_write_and_a_second_one_are_counted(written: Book, past_the_walls: psycopg.Connection) -> None:
    gone = written.acknowledged["one"]
    past_the_walls.execute("DELETE FROM alerts_alert WHERE reference = %s", [gone])
    assert books.lost(past_the_walls, written.acknowledged) == {gone}
    assert books.not_once(past_the_walls, written) == 1
    written.acknowledged["one"] = written.acknowledged["two"]
    assert books.not_once(past_the_walls, written) == 2
