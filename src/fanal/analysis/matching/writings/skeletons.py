"""The skeletons of a word in any writing, likeliest first: rules for Latin letters, what was learned for the others."""

from functools import lru_cache

from .latin import EMPTY, readings
from .learned import likeliest
from .learned import readings as learned
from .scripts import Writing
from .words import Word

_TOGETHER = 16  # fewer are looked for as so many are, and so but once


def skeletons(word: Word, limit: int = 8) -> tuple[str, ...]:
    """At most `limit` skeletons under which the word may be found, likeliest first; never empty."""
    if not word.units:
        return readings(word.latin, limit)
    return read(word.units, word.writing, limit)


def read(units: tuple[str, ...], writing: Writing, limit: int) -> tuple[str, ...]:
    """The same of the units of a writing that was learned."""
    return _read(units, writing, max(limit, _TOGETHER))[:limit]


@lru_cache(maxsize=50_000)
def _read(units: tuple[str, ...], writing: Writing, limit: int) -> tuple[str, ...]:
    found = likeliest(units, learned("sounds.json")[writing], limit, 2 * limit)
    return tuple([skeleton or EMPTY for skeleton in found])
