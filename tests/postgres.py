"""One throwaway PostgreSQL for each worker, tests as the runtime role.

A template is migrated once and copied. A transactional test leaves rows that nobody may truncate
(the trace is append-only), so the worker's database is copied afresh after it.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections
from django.test import TransactionTestCase
from psycopg import sql
from pytest_django import DjangoDbBlocker
from tests import scratch

from fanal.config.loading import load_country
from fanal.database import roles
from fanal.database.cluster import SUPERUSER, Cluster
from fanal.database.connect import embedded

TEMPLATE = "fanal_template"
DRAFT = "fanal_draft"
_numbers = count()
DATABASE = f"fanal_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        scratch.sweep()


def pytest_unconfigure() -> None:
    scratch.remove(_var())


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """The session's running cluster."""
    cluster = embedded(_var())
    with cluster.in_use():
        yield cluster


@pytest.fixture(scope="session")
def database_url(postgres: Cluster, django_db_setup: None) -> Callable[[str], str]:
    """The address of this worker's database for a role, for tests that start a process of their own."""
    return lambda role: postgres.url(DATABASE, role)


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty folder that PostgreSQL's account can walk to, unlike `tmp_path` under root."""
    made = _var() / f"scratch-{os.getpid()}-{next(_numbers)}"
    made.mkdir()
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker, postgres: Cluster
) -> Iterator[None]:
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        _make_template(postgres)
        _copy_template(postgres)
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: _copy_template(postgres))
        yield
        connections.close_all()


def _make_template(cluster: Cluster) -> None:
    _drop(cluster, DRAFT)
    roles.prepare(cluster, DRAFT)
    _point_at(DRAFT)
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    load_country(on=date(2020, 1, 1))
    connections.close_all()
    _execute(cluster, "ALTER DATABASE {} RENAME TO {}", DRAFT, TEMPLATE)


def _copy_template(cluster: Cluster) -> None:
    connections.close_all()
    _drop(cluster, DATABASE)
    roles.prepare(cluster, DATABASE, template=TEMPLATE)
    _point_at(DATABASE)


def _point_at(database: str) -> None:
    for alias in connections:
        connections[alias].close()
        connections.settings[alias]["NAME"] = database


def _drop(cluster: Cluster, database: str) -> None:
    _execute(cluster, "DROP DATABASE IF EXISTS {} WITH (FORCE)", database)


def _execute(cluster: Cluster, statement: str, *names: str) -> None:
    with psycopg.connect(cluster.url("postgres", SUPERUSER), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _var() -> Path:
    return Path(os.environ["FANAL_VAR"])
