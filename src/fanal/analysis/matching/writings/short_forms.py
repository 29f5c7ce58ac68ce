"""Given names and their short forms: Dick and Rick are Richard, Sasha is Aleksandr."""

import tomllib
from collections import defaultdict
from functools import cache, lru_cache
from importlib.resources import files

from nicknames import NickNamer


@lru_cache(maxsize=50_000)
def full_forms(latin: str) -> tuple[str, ...]:
    """The given names that a word may stand for, those with the most short forms first; itself where it has some."""
    names, ours, shorts = _names(), _full(), _short()
    full = {*names.canonicals_of(latin), *ours.get(latin, ())}
    if latin in shorts or names.nicknames_of(latin):
        full.add(latin)
    return tuple(
        sorted(full, key=lambda name: (-len(names.nicknames_of(name)) - len(shorts.get(name, ())), name))
    )


@cache
def _names() -> NickNamer:
    return NickNamer()


@cache
def _short() -> dict[str, frozenset[str]]:
    """By name, the short forms of languages other than English."""
    found: dict[str, set[str]] = defaultdict(set)
    for names in tomllib.loads(files(__package__).joinpath("short_forms.toml").read_text()).values():
        for full, shorts in names.items():
            found[full].update(shorts.split())
    return {full: frozenset(shorts) for full, shorts in found.items()}


@cache
def _full() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for full, shorts in _short().items():
        for short in shorts:
            found[short].add(full)
    return {short: frozenset(names) for short, names in found.items()}
