"""What was learned of writings, and the likeliest ways to read a word by it."""

import json
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from operator import itemgetter

from anyascii import anyascii

from .scripts import Writing

NATIVE = 2  # units of the longest chunk
Chances = Mapping[str, Mapping[str, float]]  # units apart by a space → letters or sounds → chance
Options = Mapping[tuple[str, ...], tuple[tuple[str, float], ...]]
_FORMAT = 1
_TRIED, _LEAST = (
    12,
    0.002,
)  # readings of a chunk that are tried, and the smallest part of its chances worth trying
_HOPELESS = 1e-4  # of the chance of the best beside it
_UNKNOWN = 1e-6  # chance of a sign that was never met, read as it is romanised


@cache
def chances(file: str) -> Mapping[Writing, Chances]:
    """By writing, from a file of the package. Refuses a file of another format with ValueError."""
    data = json.loads(files(__package__).joinpath(file).read_text())
    if data["format"] != _FORMAT:
        raise ValueError(f"{file} has format {data['format']}; this program reads format {_FORMAT}")
    return {Writing(name): several for name, several in data["writings"].items()}


@cache
def options(file: str) -> Mapping[Writing, Options]:
    """The readings of each chunk that are worth trying, likeliest first."""
    return {
        writing: {tuple(units.split(" ")): _tried(several) for units, several in chunks.items() if units}
        for writing, chunks in chances(file).items()
    }


def _tried(several: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    least = _LEAST * sum(several.values())
    return tuple(_best(((s, chance) for s, chance in several.items() if chance > least), _TRIED))


def likeliest(units: tuple[str, ...], tried: Options, limit: int, width: int) -> list[tuple[str, float]]:
    """(reading, chance) of a word: every way to cut and read it, `width` kept on the way."""
    found: list[dict[str, float]] = [{} for _ in range(len(units) + 1)]
    found[0] = {"": 1.0}
    for at in range(len(units)):
        reached = _best(found[at].items(), width)
        for size in range(1, min(NATIVE, len(units) - at) + 1):
            readings = tried.get(units[at : at + size]) or (_unknown(units[at]) if size == 1 else ())
            grown = found[at + size]
            for before, chance in reached:
                for reading, share in readings:
                    longer = before + reading
                    grown[longer] = grown.get(longer, 0.0) + chance * share
    return _best(found[-1].items(), limit)


def _best(found: Iterable[tuple[str, float]], most: int) -> list[tuple[str, float]]:
    """The likeliest, without those that are next to impossible beside them; equal ones in the order they came."""
    ordered = sorted(found, key=itemgetter(1), reverse=True)[:most]
    least = ordered[0][1] * _HOPELESS if ordered else 0.0
    return [one for one in ordered if one[1] > least]


def _unknown(unit: str) -> tuple[tuple[str, float], ...]:
    return (("".join(sign for sign in anyascii(unit).lower() if "a" <= sign <= "z"), _UNKNOWN),)


@lru_cache(maxsize=50_000)
def spelled(units: tuple[str, ...], writing: Writing) -> str:
    """The likeliest spelling of a word in a–z, maybe empty."""
    return spellings(units, writing, 1)[0]


def spellings(units: tuple[str, ...], writing: Writing, limit: int) -> list[str]:
    """At most `limit` spellings of a word in a–z, likeliest first."""
    found = likeliest(units, options("letters.json")[writing], limit, max(limit * 3 // 2, 6))
    return [latin for latin, _ in found]
