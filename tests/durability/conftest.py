"""A database with invented rows in every kind of table, and an empty one beside it, in the session's cluster."""

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pyrage
import pytest
from psycopg import sql
from tests.postgres import DATABASE, TEMPLATE

from fanal.config.durability.reach import Reach
from fanal.database import roles, secrets
from fanal.database.cluster import SUPERUSER, Cluster
from fanal.database.secrets import Secrets

_numbers = count()
TRACES = 50
SUBJECTS = [UUID(int=number) for number in range(1, 6)]
Make = Callable[..., Reach]


@pytest.fixture
def make(postgres: Cluster, django_db_setup: None) -> Iterator[Make]:
    """Makes databases prepared as at an installation; `template` names what they are copied from."""
    made: list[str] = []

    def _make(template: str = "template0") -> Reach:
        name = f"fanal_durable_{os.getpid()}_{next(_numbers)}"
        made.append(name)
        roles.prepare(postgres, name, template=template)
        owner, runtime = (
            roles.Login(role, postgres.parameters(role)["password"], name)
            for role in (roles.Names.owner, roles.Names.runtime)
        )
        return Reach(postgres.url(name, SUPERUSER), owner, runtime)

    yield _make
    with psycopg.connect(postgres.url("postgres", SUPERUSER), autocommit=True) as connection:
        for name in made:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def full(make: Make) -> Reach:
    """The invented country, keys of persons, and a trace."""
    reach = make(TEMPLATE)
    with reach.connect() as connection:
        fill(connection)
        connection.commit()
    return reach


def fill(connection: psycopg.Connection, traces: int = TRACES) -> None:
    """Keys of the same persons anew, and so many lines of the trace more."""
    connection.execute("DELETE FROM access_subjectkey")
    for subject in SUBJECTS:
        connection.execute("INSERT INTO access_subjectkey VALUES (%s, %s, now())", [subject, os.urandom(60)])
    for number in range(traces):
        connection.execute(
            "INSERT INTO audit_entry (id, at, verb, act, object_ids, purpose, reference, facts) "
            "VALUES (%s, now(), 'consult', 'alerts.read', '{}', '', %s, '{}')",
            [uuid4(), f"invented {number}"],
        )


@pytest.fixture
def suite(postgres: Cluster, db: None) -> Reach:
    """The suite's own database, past its walls."""
    owner, runtime = (
        roles.Login(role, postgres.parameters(role)["password"], DATABASE)
        for role in (roles.Names.owner, roles.Names.runtime)
    )
    return Reach(postgres.url(DATABASE, SUPERUSER), owner, runtime)


@pytest.fixture
def empty(make: Make) -> Reach:
    return make()


@pytest.fixture
def keys(folder: Path) -> tuple[str, Path]:
    """(public key, file of the secret key)."""
    return new_key(folder / "keeper.key")


def new_key(path: Path) -> tuple[str, Path]:
    identity = pyrage.x25519.Identity.generate()
    path.write_text(f"# a comment, as age-keygen writes one\n{identity}\n")
    return str(identity.to_public()), path


@pytest.fixture
def ours() -> Secrets:
    return secrets.load(Path(os.environ["FANAL_VAR"]))


def silent(label: str, done: int, total: int) -> None:
    """Nobody watches."""
