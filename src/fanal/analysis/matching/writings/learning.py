"""Learns how a writing is read from pairs of one name in Latin letters and in that writing.

`python -m fanal.analysis.matching.writings.learning FOLDER` reads `wd_<language>_64.gz` (Latin, native, count) and
writes `learned.json`. The method: each unit (a letter, half a syllable, a syllable) becomes no, one or two sounds of
the Latin skeleton, at unknown chances that expectation-maximisation finds; the fifth of the pairs that fit worst are
taken for two different names and weigh next to nothing (Wikidata pairs given with family names).
"""

import gzip
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from fanal.analysis.matching.compiled import compiled

from .latin import readings
from .words import Writing, units, words

LANGUAGES = {
    "russian": (Writing.CYRILLIC, 2),
    "arabic": (Writing.ARABIC, 2),
    "hebrew": (Writing.HEBREW, 2),
    "korean": (Writing.HANGUL, 2),
    "chinese": (Writing.HAN, 3),
}
_VARIANTS, _ROUNDS, _SETTLED, _WRONG = 4, 12, 3, 0.2
_LONGEST = 34
_KEPT, _LEAST = 12, 0.003  # readings of a unit that are kept, and the smallest chance worth keeping
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Pair:
    """One name twice: in a–z and in the units of the other writing; `count` persons bear it."""

    latin: str
    units: tuple[str, ...]
    count: int


def pairs(file: Path, writing: Writing) -> list[Pair]:
    """The usable pairs of a file of lines `latin TAB native letters apart TAB count`."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    found = (
        Pair(
            "".join(word.latin for word in words(latin)), units(native.replace(" ", ""), writing), int(count)
        )
        for latin, native, count in rows
    )
    return [pair for pair in found if 0 < len(pair.latin) <= _LONGEST and 0 < len(pair.units) <= _LONGEST]


def learn(given: Sequence[Pair], longest: int) -> dict[str, list[tuple[str, float]]]:
    """For each unit its sounds and their chances, likeliest first; under "" those of a unit never seen."""
    variants = [readings(pair.latin, _VARIANTS) for pair in given]
    owner = np.array([n for n, several in enumerate(variants) for _ in several], np.int32)
    rank = np.array([r for several in variants for r in range(len(several))])
    flat = [skeleton for several in variants for skeleton in several]
    sounds = _sounds(flat, longest)
    known = {unit: n for n, unit in enumerate(sorted({unit for pair in given for unit in pair.units}), 1)}
    chunks, lengths = _chunked(flat, sounds, longest)
    sequence, size = _sequences([[known[unit] for unit in pair.units] for pair in given])
    weight = np.array([1 + np.log(pair.count) for pair in given])
    chance = np.ones((len(known) + 1, len(sounds) + 1))
    chance *= 0.1 ** np.abs(np.array([0, *map(len, sounds)]) - 0.8)
    chance /= chance.sum(1, keepdims=True)
    share = weight[owner] * np.where(rank == 0, 1, 0.2)
    for turn in range(_ROUNDS):
        seen = np.zeros_like(chance)
        fit = np.zeros(len(flat))
        _expect(chunks, lengths, sequence[owner], size[owner], share, chance, seen, fit)
        seen += 1e-3 * chance.mean(0)
        chance = seen / seen.sum(1, keepdims=True)
        if turn >= _SETTLED:
            share = _shares(fit * 0.5**rank, owner, weight, size)
    names = ["", *sounds]
    return {unit: _best(names, chance[n]) for unit, n in [("", 0), *known.items()]}


def _sounds(skeletons: Sequence[str], longest: int) -> list[str]:
    counted = Counter(
        s[i : i + k] for s in skeletons for k in range(1, longest + 1) for i in range(len(s) - k + 1)
    )
    return sorted(sound for sound, times in counted.items() if times > 2 or len(sound) == 1)


def _chunked(skeletons: Sequence[str], sounds: Sequence[str], longest: int) -> tuple[Ints, Ints]:
    number = {sound: n for n, sound in enumerate(sounds, 1)}
    chunks = np.full((len(skeletons), _LONGEST + 2, longest), -1, np.int32)
    for n, skeleton in enumerate(skeletons):
        for i in range(len(skeleton)):
            for k in range(1, min(longest, len(skeleton) - i) + 1):
                chunks[n, i, k - 1] = number.get(skeleton[i : i + k], -1)
    return chunks, np.array([len(s) for s in skeletons], np.int32)


def _sequences(rows: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    filled = np.zeros((len(rows), _LONGEST), np.int32)
    for n, row in enumerate(rows):
        filled[n, : len(row)] = row
    return filled, np.array([len(row) for row in rows], np.int32)


def _shares(fit: Floats, owner: Ints, weight: Floats, size: Ints) -> Floats:
    """How much each variant of each pair counts in the next turn."""
    total = np.bincount(owner, fit, minlength=len(weight))
    per_unit = np.log(total + 1e-300) / (size + 1)
    trusted = np.where(per_unit >= np.quantile(per_unit, _WRONG), weight, 0.02)
    shares: Floats = trusted[owner] * fit / np.maximum(total[owner], 1e-300)
    return shares


def _best(names: Sequence[str], chances: Floats) -> list[tuple[str, float]]:
    order = sorted(range(len(names)), key=lambda n: (-chances[n], names[n]))[:_KEPT]
    return [(names[n], round(float(chances[n]), 4)) for n in order if chances[n] > _LEAST]


@compiled
def _expect(
    chunks: Ints,
    lengths: Ints,
    sequence: Ints,
    size: Ints,
    share: Floats,
    chance: Floats,
    seen: Floats,
    fit: Floats,
) -> None:
    """One turn: adds to `seen` how often each unit became each sound, and sets `fit` to each variant's likelihood."""
    longest = chunks.shape[2]
    before = np.zeros((40, 40))
    after = np.zeros((40, 40))
    for n in range(len(lengths)):
        m, u = lengths[n], size[n]
        before[: u + 1, : m + 1] = 0
        after[: u + 1, : m + 1] = 0
        before[0, 0] = 1
        for j in range(u):
            s = sequence[n, j]
            for i in range(m + 1):
                x = before[j, i]
                if x == 0:
                    continue
                before[j + 1, i] += x * chance[s, 0]
                for k in range(1, min(longest, m - i) + 1):
                    c = chunks[n, i, k - 1]
                    if c >= 0:
                        before[j + 1, i + k] += x * chance[s, c]
        total = before[u, m]
        fit[n] = total
        if total < 1e-60:
            continue
        after[u, m] = share[n] / total
        for j in range(u - 1, -1, -1):
            s = sequence[n, j]
            for i in range(m + 1):
                x = before[j, i]
                y = chance[s, 0] * after[j + 1, i]
                seen[s, 0] += x * y
                for k in range(1, min(longest, m - i) + 1):
                    c = chunks[n, i, k - 1]
                    if c >= 0:
                        z = chance[s, c] * after[j + 1, i + k]
                        seen[s, c] += x * z
                        y += z
                after[j, i] = y


def main(folder: Path) -> None:
    learned = {
        writing: learn(pairs(folder / f"wd_{language}_64.gz", writing), longest)
        for language, (writing, longest) in LANGUAGES.items()
    }
    data = {"format": 1, "writings": learned}
    Path(__file__).with_name("learned.json").write_text(
        json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
