"""The house made ready for a command: database answering, Django loaded, tables in order, walls checked."""

import io
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from psycopg.errors import LockNotAvailable

from fanal.config.commands.console import Tell, bars
from fanal.database import connect, safety
from fanal.database.errors import DatabaseFault
from fanal.errors import Invalid

LOCK_WAIT = "5s"
"""Whoever reads or writes a table waits behind a migration that waits for it: no longer than this."""

if TYPE_CHECKING:  # it needs Django's models, which are not loaded yet
    from django.db.backends.base.base import BaseDatabaseWrapper

    from fanal.config.loading import Line


@contextmanager
def open_house() -> Iterator[None]:
    """The database answers and Django is loaded inside this block; nothing is checked or changed."""
    import django  # here: `fanal audit verify` runs without it

    os.environ["FANAL_VAR"] = str(connect.var_dir())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanal.config.settings")
    with connect.available(connect.var_dir()):
        django.setup()
        try:
            yield
        finally:
            let_go()


def let_go() -> None:
    """Closes every connection; the next query opens a new one."""
    from django.db import connections

    connections.close_all()


@contextmanager
def ready_house() -> Iterator[None]:
    """As `open_house`, with the tables of this version and a database that passed the safety check."""
    with open_house():
        migrate()
        check_safety()
        yield


@contextmanager
def checked_house() -> Iterator[None]:
    """As `open_house`, with nothing changed. Refused: `DatabaseFault` for other tables, `Unsafe` for weak walls."""
    with open_house():
        if waiting := pending_migrations():
            raise DatabaseFault(f"{waiting} migrations wait. Run first: fanal migrate")
        check_safety()
        yield


def check_safety() -> None:
    """Refuses with `Unsafe` a database on which the walls or the trace would not hold."""
    from django.db import connection

    safety.check(connection)


def pending_migrations() -> int:
    """How many migrations this version has that the database has not seen."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate() -> int:
    """Brings the tables to this version as the owner role; answers how many migrations that took.

    Refused with `Unsafe`: a restore that did not finish. With `DatabaseFault`: migrations to do, and no address of
    the owner; or a table that others held longer than `LOCK_WAIT`: nothing of that migration was done.
    """
    from django.core.management import call_command
    from django.db import OperationalError, connection, connections

    safety.refuse_unfinished(connection)
    pending = pending_migrations()
    if not pending:
        return 0
    if "owner" not in connections:
        raise DatabaseFault(
            f"{pending} migrations wait. Set DATABASE_OWNER_URL to the owner's address to do them."
        )
    try:
        with bars() as tell:
            _wait_briefly(connections["owner"])
            call_command("migrate", database="owner", interactive=False, stdout=_Steps(tell, pending))
    except OperationalError as problem:
        if not isinstance(problem.__cause__, LockNotAvailable):
            raise
        raise DatabaseFault(
            f"A migration waited {LOCK_WAIT} for a table that others use, and was given up so that they need not wait "
            f"for it. The migrations before it are done. Run fanal migrate again in a quieter moment."
        ) from problem
    finally:
        connections["owner"].close()  # what owns the tables does not stay connected
    return pending


def _wait_briefly(owner: "BaseDatabaseWrapper") -> None:
    with owner.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [LOCK_WAIT])


def load_country() -> "list[Line]":
    """Copies the country pack into the tables; answers what that did to each kind of row.

    Refused with `Invalid`: a country without a pack, or a pack that contradicts itself, with every problem.
    """
    from fanal.config import loading
    from fanal.country.schema import BadPack

    try:
        return loading.load_country(on=date.today())
    except BadPack as refusal:
        raise Invalid("bad_pack", str(refusal)) from refusal
    except ModuleNotFoundError as absent:
        if not (absent.name or "").startswith("fanal.countries."):
            raise
        raise Invalid("no_pack", f"There is no country pack {absent.name}. Check FANAL_COUNTRY.") from absent


class _Steps(io.StringIO):
    """Reads what `migrate` prints and turns it into a bar."""

    def __init__(self, tell: Tell, total: int) -> None:
        super().__init__()
        self._tell, self._total, self._done = tell, total, 0

    def write(self, text: str) -> int:
        self._done += len(re.findall(r" OK\b", text))
        self._tell("Migrating", min(self._done, self._total), self._total)
        return len(text)
