"""The skeletons of a word in any writing, likeliest first: rules for Latin letters, what was learned for the others."""

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from heapq import nlargest
from importlib.resources import files

from anyascii import anyascii

from .latin import EMPTY, readings
from .letters import NATIVE
from .words import Word, Writing

_FORMAT = 1
_KEPT, _LEAST = (
    12,
    0.002,
)  # sounds of a chunk that are tried, and the smallest part of its chances worth trying
_UNKNOWN = 1e-6  # chance of a sign that was never met, read as it is romanised
Sounds = tuple[tuple[str, float], ...]


def skeletons(word: Word, limit: int = 8) -> tuple[str, ...]:
    """At most `limit` skeletons under which the word may be found, likeliest first; never empty."""
    if word.writing not in _learned() or not word.units:
        return readings(word.latin, limit)
    return tuple(skeleton for skeleton, _ in likeliest(word.units, word.writing, limit))


@lru_cache(maxsize=50_000)
def likeliest(units: tuple[str, ...], writing: Writing, limit: int) -> tuple[tuple[str, float], ...]:
    """(skeleton, chance) of a word by what was learned of its writing: every way to cut and read it, beam search."""
    learned = _learned()[writing]
    width = max(2 * limit, 32)
    found: list[dict[str, float]] = [{} for _ in range(len(units) + 1)]
    found[0] = {"": 1.0}
    for at in range(len(units)):
        reached = nlargest(width, found[at].items(), key=_chance)
        for size in range(1, min(NATIVE, len(units) - at) + 1):
            options = learned.get(units[at : at + size]) or (_unknown(units[at]) if size == 1 else ())
            grown = found[at + size]
            for skeleton, chance in reached:
                for sounds, share in options:
                    longer = skeleton + sounds
                    grown[longer] = grown.get(longer, 0.0) + chance * share
    best = nlargest(limit, found[-1].items(), key=_chance)
    return tuple((skeleton or EMPTY, chance) for skeleton, chance in best)


def _unknown(unit: str) -> Sounds:
    latin = "".join(sign for sign in anyascii(unit).lower() if "a" <= sign <= "z")
    return tuple(("" if sounds == EMPTY else sounds, _UNKNOWN) for sounds in readings(latin, 2))


def _chance(item: tuple[str, float]) -> tuple[float, str]:
    return item[1], item[0]  # equal chances in the same order everywhere


@cache
def _learned() -> dict[Writing, dict[tuple[str, ...], Sounds]]:
    data = json.loads(files(__package__).joinpath("sounds.json").read_text())
    if data["format"] != _FORMAT:
        raise ValueError(f"sounds.json has format {data['format']}; this program reads format {_FORMAT}")
    return {
        Writing(name): {tuple(units.split(" ")): _tried(sounds) for units, sounds in chunks.items() if units}
        for name, chunks in data["writings"].items()
    }


def _tried(sounds: Mapping[str, float]) -> Sounds:
    least = _LEAST * sum(sounds.values())
    return tuple(
        nlargest(_KEPT, ((s, chance) for s, chance in sounds.items() if chance > least), key=_chance)
    )
