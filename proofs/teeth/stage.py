"""Where a fault is set: a connection that may change the house inside the world's own transaction, and one wall open.

The session belongs to the superuser and speaks as the runtime role, so that a policy can be dropped, tried and brought
back without a second connection, which would wait for the locks of the first.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from django.db import connection, transaction

from fanal.access import context, middleware, services
from fanal.database import roles
from fanal.database.cluster import SUPERUSER
from fanal.directory.models import Unit

Set = Callable[[Iterable[int]], None]


@contextmanager
def in_disguise() -> Iterator[None]:
    """The default connection as the superuser's, speaking as the runtime role."""
    login = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict["USER"] = SUPERUSER
    connection.settings_dict["PASSWORD"] = _password()
    try:
        _speak_as(roles.names().runtime)
        yield
    finally:
        connection.close()
        connection.settings_dict.update(login)


def _password() -> str:
    from django.conf import settings

    return str(settings.SECRETS.superuser_password)


def _speak_as(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'SET SESSION AUTHORIZATION "{role}"')


def change_house(statements: str) -> None:
    """Run statements as the superuser in the transaction that is open; what it undoes, undoes them too."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("RESET SESSION AUTHORIZATION")
        cursor.execute(statements)
    _speak_as(roles.names().runtime)


@contextmanager
def second_wall_open_everywhere() -> Iterator[None]:
    """Whoever asks, the context carries every unit: only what Python filters is filtered."""
    everybody = [0, *Unit.objects.values_list("pk", flat=True)]
    real: Set = context.set_units
    with ExitStack() as stack:
        for module in (context, middleware, services):
            stack.enter_context(patch.object(module, "set_units", lambda units: real([*units, *everybody])))
        yield


@contextmanager
def undone() -> Iterator[None]:
    """Whatever the block does to the database is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
