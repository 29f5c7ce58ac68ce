"""Given names and their short forms: Dick and Rick are Richard."""

from functools import cache, lru_cache

from nicknames import NickNamer


@lru_cache(maxsize=50_000)
def full_forms(latin: str) -> tuple[str, ...]:
    """The given names that a word may stand for, those with the most short forms first; itself where it has some."""
    names = _names()
    full = names.canonicals_of(latin)
    if names.nicknames_of(latin):
        full = {latin, *full}
    return tuple(sorted(full, key=lambda name: (-len(names.nicknames_of(name)), name)))


@cache
def _names() -> NickNamer:
    return NickNamer()
