"""The skeletons of a word in any writing, likeliest first: rules for Latin letters, what was learned for the others."""

from functools import lru_cache

from .latin import EMPTY, readings
from .learned import likeliest, options
from .scripts import Writing
from .words import Word


def skeletons(word: Word, limit: int = 8) -> tuple[str, ...]:
    """At most `limit` skeletons under which the word may be found, likeliest first; never empty."""
    if not word.units:
        return readings(word.latin, limit)
    return read(word.units, word.writing, limit)


@lru_cache(maxsize=50_000)
def read(units: tuple[str, ...], writing: Writing, limit: int) -> tuple[str, ...]:
    """The same of the units of a writing that was learned."""
    found = likeliest(units, options("sounds.json")[writing], limit, max(2 * limit, 32))
    return tuple(skeleton or EMPTY for skeleton, _ in found)
