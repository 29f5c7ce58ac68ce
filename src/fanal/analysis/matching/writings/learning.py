"""Learns how a writing is read from pairs of one name in Latin letters and in that writing.

`python -m fanal.analysis.matching.writings.learning FOLDER` reads `wd_<language>_64.gz` (Latin, native, count; COLING
2018 data of S. Ash, MIT) and writes `sounds.json`, which sounds of a skeleton signs stand for, `letters.json`, which
letters (see `aligning`), and `abroad.json`, by which signs foreign names are written; none holds a name.
"""

import gzip
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .aligning import learn
from .latin import readings
from .letters import LONGEST
from .scripts import Writing, units
from .words import words

LANGUAGES = {
    "russian": Writing.CYRILLIC,
    "arabic": Writing.ARABIC,
    "hebrew": Writing.HEBREW,
    "korean": Writing.HANGUL,
    "chinese": Writing.HAN,
}
_LETTERS = {writing: 5 if writing is Writing.HAN else 3 for writing in LANGUAGES.values()}
_ABROAD = (("chinese", Writing.HAN), ("korean", Writing.HANGUL))
_MANY = 60
_VARIANTS, _SOUNDS = 4, 3


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
    return [pair for pair in found if 0 < len(pair.latin) <= LONGEST and 0 < len(pair.units) <= LONGEST]


def learn_sounds(given: Sequence[Pair]) -> dict[str, dict[str, float]]:
    """Units → sounds → chance; one of the likeliest skeletons of the Latin form is the right one."""
    return learn([readings(pair.latin, _VARIANTS) for pair in given], _units(given), _weights(given), _SOUNDS)


def learn_letters(given: Sequence[Pair], longest: int) -> dict[str, dict[str, float]]:
    """Units → letters, at most `longest` → chance."""
    return learn([[pair.latin] for pair in given], _units(given), _weights(given), longest)


def _units(given: Sequence[Pair]) -> list[tuple[str, ...]]:
    return [pair.units for pair in given]


def _weights(given: Sequence[Pair]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """A name of many persons weighs more, by its logarithm."""
    return 1 + np.log(np.array([pair.count for pair in given], np.float64))


def main(folder: Path, into: Path) -> None:
    sounds, letters = {}, {}
    for language, writing in LANGUAGES.items():
        given = pairs(folder / f"wd_{language}_64.gz", writing)
        sounds[writing] = learn_sounds(given)
        letters[writing] = learn_letters(given, _LETTERS[writing])
    _write(into / "sounds.json", sounds)
    _write(into / "letters.json", letters)
    _write(
        into / "abroad.json",
        {writing: signs(folder / f"wd_{language}_64.gz") for language, writing in _ABROAD},
    )


def signs(file: Path) -> str:
    """The signs that many names of a file are written with."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        met = Counter(sign for line in lines for sign in set(line.split("\t")[1].split(" ")))
    return "".join(sorted(sign for sign, times in met.items() if times >= _MANY))


def _write(file: Path, writings: Mapping[Writing, object]) -> None:
    data = {"format": 1, "writings": writings}
    file.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).parent)
