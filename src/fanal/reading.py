"""What one page asks several times of the same tables is read once."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar, cast

from django.utils.translation import get_language

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

_kept: ContextVar[dict[Hashable, object] | None] = ContextVar("fanal_reading", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """A stretch that changes nothing, as a page or what an act reads first: what is marked `once` is asked once."""
    before = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(before)


def is_reading() -> bool:
    """Whether nothing is changed here."""
    return _kept.get() is not None


def once(ask: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Keeps each answer, by its arguments and the reader's language, until the end of the `reading` around it.

    Only for tables without a wall: what a member sees there does not hang on who is acting.
    """

    @wraps(ask)
    def asked(*args: Asked.args, **more: Asked.kwargs) -> Answer:
        kept = _kept.get()
        if kept is None:
            return ask(*args, **more)
        key = (ask, args, tuple(sorted(more.items())), get_language())
        if key not in kept:
            kept[key] = ask(*args, **more)
        return cast(Answer, kept[key])

    return asked
