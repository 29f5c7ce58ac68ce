"""What was learned of writings, and the likeliest ways to read a word by it."""

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from operator import itemgetter

from anyascii import anyascii

from .scripts import Writing
from .searching import Readings

Chances = Mapping[str, Mapping[str, float]]  # units apart by a space → letters or sounds → chance
_FORMAT = 1
_TRIED, _LEAST = (
    12,
    0.002,
)  # readings of a chunk that are tried, and the smallest part of its chances worth trying
_UNKNOWN = 1e-6  # chance of a sign that was never met, read as it is romanised


@cache
def chances(file: str) -> Mapping[Writing, Chances]:
    """By writing, from a file of the package. Refuses a file of another format with ValueError."""
    data = json.loads(files(__package__).joinpath(file).read_text())
    if data["format"] != _FORMAT:
        raise ValueError(f"{file} has format {data['format']}; this program reads format {_FORMAT}")
    return {Writing(name): several for name, several in data["writings"].items()}


@cache
def readings(file: str) -> Mapping[Writing, Readings]:
    """The readings of each chunk that are worth trying."""
    return {
        writing: Readings.of(
            {tuple(units.split(" ")): _tried(several) for units, several in chunks.items() if units}
        )
        for writing, chunks in chances(file).items()
    }


def _tried(several: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    least = _LEAST * sum(several.values())
    worth = [(text, chance) for text, chance in several.items() if chance > least]
    return tuple(sorted(worth, key=itemgetter(1), reverse=True)[:_TRIED])


def likeliest(units: tuple[str, ...], tried: Readings, limit: int, width: int) -> list[str]:
    """At most `limit` readings of a word: every way to cut and read it, `width` kept on the way."""
    return tried.likeliest(units, _unknown, _UNKNOWN, limit, width)


def _unknown(unit: str) -> str:
    return "".join(sign for sign in anyascii(unit).lower() if "a" <= sign <= "z")


@lru_cache(maxsize=50_000)
def spelled(units: tuple[str, ...], writing: Writing) -> str:
    """The likeliest spelling of a word in a–z, maybe empty."""
    return spellings(units, writing, 1)[0]


def spellings(units: tuple[str, ...], writing: Writing, limit: int) -> list[str]:
    """At most `limit` spellings of a word in a–z, likeliest first."""
    return likeliest(units, readings("letters.json")[writing], limit, max(limit * 3 // 2, 6))
