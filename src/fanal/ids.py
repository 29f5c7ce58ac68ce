"""Identifiers that nobody chooses: UUIDv7 (RFC 9562) and the characters of a reference.

They come from the machine's chance. A demonstration draws them from a seed instead, and from the moment of each act,
so that the same seed makes the same identifiers.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from random import Random
from uuid import UUID

from uuid_utils.compat import uuid7


class Draws:
    """A row of draws that a seed decides; `at` is the moment that the next identifiers carry."""

    def __init__(self, seed: str, at: datetime) -> None:
        self.random = Random(seed)  # noqa: S311 (repeatable on purpose; never used outside a demonstration)
        self.at = at
        self._count = 0

    def uuid(self) -> UUID:
        """A UUIDv7 of the moment `at`, later than those drawn before it at that moment."""
        self._count = (self._count + 1) % 4096
        moment = int(self.at.timestamp() * 1000) << 80
        return UUID(int=moment | 7 << 76 | self._count << 64 | 2 << 62 | self.random.getrandbits(62))


_draws: ContextVar[Draws | None] = ContextVar("fanal_draws", default=None)


@contextmanager
def drawn_from(draws: Draws) -> Iterator[None]:
    """Inside this block identifiers and references are drawn from these draws."""
    before = _draws.set(draws)
    try:
        yield
    finally:
        _draws.reset(before)


def new_id() -> UUID:
    """A new identifier: the default of every primary key that is a UUID."""
    draws = _draws.get()
    return uuid7() if draws is None else draws.uuid()


def characters(alphabet: str, count: int) -> str:
    """So many characters of an alphabet, drawn one by one."""
    draws = _draws.get()
    choose = secrets.choice if draws is None else draws.random.choice
    return "".join(choose(alphabet) for _ in range(count))
