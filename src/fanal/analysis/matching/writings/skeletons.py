"""The skeletons of a word in any writing, likeliest first: rules for Latin letters, what was learned for the others."""

import json
from functools import cache, lru_cache
from heapq import nlargest
from importlib.resources import files

from .latin import EMPTY, readings
from .words import Word, Writing

_FORMAT = 1
Readings = dict[str, tuple[tuple[str, float], ...]]


def skeletons(word: Word, limit: int = 8) -> tuple[str, ...]:
    """At most `limit` skeletons under which the word may be found, likeliest first; never empty."""
    learned = _learned().get(word.writing)
    if learned is None or not word.units:
        return readings(word.latin, limit)
    return tuple(skeleton for skeleton, _ in likeliest(word.units, word.writing, limit))


@lru_cache(maxsize=50_000)
def likeliest(units: tuple[str, ...], writing: Writing, limit: int) -> tuple[tuple[str, float], ...]:
    """(skeleton, chance) of a word by what was learned of its writing: every way to read each unit, beam search."""
    learned = _learned()[writing]
    unknown = learned[""]
    found = {"": 1.0}
    for unit in units:
        grown: dict[str, float] = {}
        for skeleton, chance in found.items():
            for sounds, share in learned.get(unit, unknown):
                longer = skeleton + sounds
                grown[longer] = grown.get(longer, 0.0) + chance * share
        found = dict(nlargest(max(2 * limit, 32), grown.items(), key=_chance))
    best = nlargest(limit, found.items(), key=_chance)
    return tuple((skeleton or EMPTY, chance) for skeleton, chance in best)


def _chance(item: tuple[str, float]) -> tuple[float, str]:
    return item[1], item[0]  # equal chances in the same order everywhere


@cache
def _learned() -> dict[Writing, Readings]:
    data = json.loads(files(__package__).joinpath("learned.json").read_text())
    if data["format"] != _FORMAT:
        raise ValueError(f"learned.json has format {data['format']}; this program reads format {_FORMAT}")
    return {
        Writing(name): {unit: tuple((s, p) for s, p in options) for unit, options in readings.items()}
        for name, readings in data["writings"].items()
    }
