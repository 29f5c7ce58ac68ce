"""How often a name in another writing finds its form in Latin letters: candidate recall across scripts.

`python -m fanal.analysis.matching.bench.cross_script FOLDER` measures the five files `wd_<language>_16.gz`. All Latin
forms of a file are indexed, each as a record of one word under the keys that the engine stores; each native form asks
with the keys that the engine asks, of which the rarest name candidates, as in a question to the index; these are ranked
by how likely their letters are to be written so.
"""

import gzip
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from fanal.analysis.matching.index.lookup import rarest
from fanal.analysis.matching.keys import asked, keys
from fanal.analysis.matching.matcher import MOST, ROOM
from fanal.analysis.matching.record import Record
from fanal.analysis.matching.writings import lettered, likelihoods, words

LANGUAGES = ("russian", "arabic", "hebrew", "korean", "chinese")
_SECRET = b"of a measurement"


@dataclass(frozen=True, slots=True)
class Recall:
    """`found`: native forms whose own Latin form is among the best; `met`: among the candidates."""

    language: str
    asked: int
    met: int
    found: int
    candidates: float  # in the mean
    keys: float  # of an indexed form, in the mean

    @property
    def share(self) -> float:
        return self.found / self.asked


def recall(language: str, folder: Path, most: int = 50) -> Recall:
    """Of the check file of a language; every line counts, also one that cannot be read.

    Refuses a folder without the file with FileNotFoundError.
    """
    with gzip.open(folder / f"wd_{language}_16.gz", "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    return measured(language, [row[0] for row in rows], [row[1].replace(" ", "") for row in rows], most)


def measured(language: str, latin: Sequence[str], native: Sequence[str], most: int) -> Recall:
    """The same of forms side by side."""
    index, stored = _index(latin)
    letters = lettered(["".join(word.latin for word in words(form)) for form in latin])
    met = found = candidates = 0
    for row, form in enumerate(native):
        rows = _candidates(index, form)
        candidates += len(rows)
        if row in rows:
            met += 1
            fit = likelihoods(words(form)[0], letters[rows])
            found += row in rows[np.argsort(-fit, kind="stable")[:most]]
    return Recall(language, len(native), met, found, candidates / len(native), stored / len(latin))


def _index(latin: Sequence[str]) -> tuple[dict[int, list[int]], int]:
    """Key → rows, and how many keys of rows there are."""
    index: dict[int, list[int]] = defaultdict(list)
    stored = 0
    for row, form in enumerate(latin):
        found = keys(Record(str(row), names=(form,)), _SECRET)
        stored += len(found)
        for key in found:
            index[key].append(row)
    return index, stored


def _candidates(index: dict[int, list[int]], form: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    postings = [index.get(key, []) for key in asked(Record("", names=(form,)), _SECRET)]
    told = rarest(np.array([len(rows) for rows in postings], np.int64), MOST, ROOM)
    rows = {row for key in np.flatnonzero(told) for row in postings[key]}
    return np.array(sorted(rows), np.int64)


def main(folder: Path) -> None:
    for language in LANGUAGES:
        one = recall(language, folder)
        sys.stdout.write(
            f"{language:8} recall@50 {one.share:.3f} ({one.found} of {one.asked}; {one.met} among"
            f" {one.candidates:.0f} candidates; {one.keys:.1f} keys a record)\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
