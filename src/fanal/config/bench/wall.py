"""The wall taken away, to see what it costs."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet

from fanal.access import queries as access
from fanal.access.rules import Member
from fanal.database.cluster import SUPERUSER
from fanal.database.connect import embedded


class NoWall:
    """Neither wall stands inside `with no_wall.open():` the queries let every row through, and the connection is one
    that no policy holds. Both connections stay open, so that the two ways can be measured in turn."""

    def __init__(self, folder: Path) -> None:
        self._walled = connections["default"]
        self._open = connections.create_connection("default")
        password = embedded(folder).parameters(SUPERUSER)["password"]
        self._open.settings_dict = self._open.settings_dict | {"USER": SUPERUSER, "PASSWORD": password}
        self._first_wall = access.visible
        self._holders = [
            module
            for module in list(sys.modules.values())
            if getattr(module, "visible", None) is access.visible
        ]

    @contextmanager
    def open(self) -> Iterator[None]:
        self._stand(self._open, _everything)
        try:
            yield
        finally:
            self._stand(self._walled, self._first_wall)

    def close(self) -> None:
        self._open.close()

    def _stand(self, connection: BaseDatabaseWrapper, visible: object) -> None:
        connections["default"] = connection
        for module in self._holders:
            module.visible = visible  # type: ignore[attr-defined]


def _everything(model: type, by: Member) -> QuerySet:  # type: ignore[type-arg]  # noqa: ARG001 (as `visible`)
    return model._default_manager.all()  # type: ignore[attr-defined, no-any-return]
