"""The cache that every process of an installation shares: one table, JSON values, keys that nobody can read.

Login limits and used codes of a second factor are kept here. In the memory of a process each worker would count for
itself, and a code used on one would be good on the other.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection
from django.utils.crypto import salted_hmac

_FOREVER = timedelta(days=3650)
_STATEMENTS = {
    "get": "SELECT value FROM web_cached WHERE key = %s AND expires_at > clock_timestamp()",
    "set": "INSERT INTO web_cached VALUES (%s, %s, %s)"
    " ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at RETURNING 1",
    "add": "INSERT INTO web_cached VALUES (%s, %s, %s)"
    " ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at"
    " WHERE web_cached.expires_at <= clock_timestamp() RETURNING 1",
    "touch": "UPDATE web_cached SET expires_at = %s WHERE key = %s AND expires_at > clock_timestamp() RETURNING 1",
    "delete": "DELETE FROM web_cached WHERE key = %s RETURNING 1",
}


class SharedCache(BaseCache):
    """Django's cache on `web_cached`. Values are JSON: what can write the table cannot make a process run anything."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        found = _one("get", self._digest(key, version))
        return default if found is None else json.loads(found[0])

    def set(
        self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        _one("set", self._digest(key, version), json.dumps(value), self._end(timeout))

    def add(
        self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Whether the key was free. Two at once: the second waits for the first to commit, and is told no."""
        return _one("add", self._digest(key, version), json.dumps(value), self._end(timeout)) is not None

    def touch(self, key: str, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return _one("touch", self._end(timeout), self._digest(key, version)) is not None

    def delete(self, key: str, version: int | None = None) -> bool:
        return _one("delete", self._digest(key, version)) is not None

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM web_cached")

    def _digest(self, key: str, version: int | None) -> bytes:
        # Keys hold addresses of machines and of people.
        return salted_hmac("fanal.cache", self.make_key(key, version), algorithm="sha256").digest()

    def _end(self, timeout: float | object | None) -> datetime:
        seconds = self.get_backend_timeout(timeout)  # type: ignore[arg-type]
        return datetime.now(UTC) + _FOREVER if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _one(statement: str, *values: Any) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENTS[statement], values)
        found: tuple[Any, ...] | None = cursor.fetchone()
    return found


def sweep(at: datetime) -> int:
    """Remove what has expired; returns how many rows. Run by the clock."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM web_cached WHERE expires_at <= %s", [at])
        return int(cursor.rowcount)
