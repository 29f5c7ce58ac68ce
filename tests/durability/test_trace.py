"""A restore holds the trace against what was signed over it, and finds what a database administrator did before."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.durability.conftest import TRACES, Make, fill, silent

from fanal.audit.services.sealing import seal
from fanal.config.durability.backup import backup
from fanal.config.durability.faults import BadArchive
from fanal.config.durability.reach import Reach
from fanal.config.durability.restore import restore
from fanal.database.secrets import Secrets

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def sealed(suite: Reach) -> Reach:
    """The suite's own database, whose trace is sealed in two statements; three lines came after."""
    with suite.connect(autocommit=True) as connection:
        fill(connection, TRACES)
        seal(at=AT)
        fill(connection, TRACES)
        seal(at=AT)
        fill(connection, 3)
    return suite


def saved(reach: Reach, folder: Path, key: str, ours: Secrets) -> Path:
    return backup(target=folder, recipients=[key], to=reach, secrets=ours, at=AT, tell=silent)[0]


def test_what_was_signed_is_what_came_back(
    sealed: Reach, make: Make, folder: Path, keys: tuple[str, Path], ours: Secrets
) -> None:
    path = saved(sealed, folder, keys[0], ours)
    done = restore(source=path, keyfile=keys[1], to=make(), secrets=ours, tell=silent)
    assert (done.trace.lines, done.trace.sealed, done.trace.problems) == (2 * TRACES + 3, 2 * TRACES, [])


REWRITTEN = "UPDATE audit_entry SET reference = 'x' WHERE reference = 'invented 7'"
LEAF = "UPDATE audit_entry e SET leaf = sha256('\\x00'::bytea || convert_to(audit_canonical(e), 'UTF8'))"
FORGERIES = {
    "a line, and every hash": ((REWRITTEN, LEAF), "not what statement 2 signed"),
    "a line that is gone": (
        (
            "DELETE FROM audit_sealed WHERE position = 99",
            "DELETE FROM audit_entry WHERE id NOT IN (SELECT entry_id FROM audit_sealed)",
        ),
        "99 lines instead of 100",
    ),
    "a statement": (("UPDATE audit_seal SET text = replace(text, '\"size\":50', '\"size\":49')",), "altered"),
    "the first statement": (("DELETE FROM audit_seal WHERE number = 1",), "altered"),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_what_was_rewritten_before_the_backup_is_refused(
    sealed: Reach, make: Make, folder: Path, keys: tuple[str, Path], ours: Secrets, forgery: str
) -> None:
    statements, said = FORGERIES[forgery]
    with sealed.connect() as connection:
        connection.execute("SET session_replication_role = replica")  # as a superuser would: no trigger runs
        for statement in statements:
            assert connection.execute(statement).rowcount
        connection.commit()
    path = saved(sealed, folder, keys[0], ours)
    with pytest.raises(BadArchive, match=said):
        restore(source=path, keyfile=keys[1], to=make(), secrets=ours, tell=silent)
