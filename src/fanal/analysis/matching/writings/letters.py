"""How likely a word in Latin letters is to be written so in another writing: the letters of both, learned together.

Each pair of chunks, a few letters with one or two units of the other writing, has a chance; all ways to cut the two
words into such pairs count. Both sides may be empty once: a vowel that is not written, a letter that is silent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from string import ascii_lowercase

import numpy as np
import numpy.typing as npt

from fanal.analysis.matching.compiled import compiled

from .learned import Chances, chances
from .scripts import Writing
from .searching import NATIVE
from .words import Word

LONGEST = 40  # letters or units of one word that are looked at
_FLOOR = 1e-8  # of one letter with one unit that were never seen together: names have slips
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Small = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Table:
    """The chances of one writing; row 0 and column 0 are nothing, row 1 a unit never seen."""

    rows: Mapping[tuple[str, ...], int]
    further: (
        Ints  # (columns, 27): the column of a chunk of letters with one more letter, 0 where there is none
    )
    together: Floats  # (rows, columns)
    alone: Floats  # (columns): of the letters, whatever they are written by

    @classmethod
    def of(cls, chances: Chances) -> "Table":
        rows = {tuple(text.split(" ")): n for n, text in enumerate(filter(None, chances), 2)}
        begun = {letters[:size] for several in chances.values() for letters in several for size in range(7)}
        columns = {letters: n for n, letters in enumerate(sorted({"", *ascii_lowercase, *begun}))}
        further = np.zeros((len(columns), 27), np.int32)
        for letters, n in columns.items():
            if letters:
                further[columns[letters[:-1]], ord(letters[-1]) - 96] = n
        together = np.zeros((len(rows) + 2, len(columns)))
        for text, several in chances.items():
            row = rows[tuple(text.split(" "))] if text else 0
            for letters, chance in several.items():
                together[row, columns[letters]] = chance
        short_rows = [0, 1, *(n for unit, n in rows.items() if len(unit) == 1)]
        short_columns = [n for letters, n in columns.items() if len(letters) <= 1]
        short = np.ix_(short_rows, short_columns)
        together[short] = np.maximum(together[short], _FLOOR)
        together[0, 0] = 0
        alone = together.sum(0)
        alone[0] = 0
        return cls(rows, further, together, alone)

    def likelihoods(self, units: Sequence[str], latin: Small) -> Floats:
        """As `likelihoods` below, of units."""
        return _fitting(self._numbers(units), latin, self.further, self.together, self.alone)

    def _numbers(self, units: Sequence[str]) -> Ints:
        """(units, longest chunk) rows of the chunks that begin at each unit, -1 where there is none."""
        found = np.full((len(units), NATIVE), -1, np.int32)
        for at in range(len(units)):
            found[at, 0] = self.rows.get((units[at],), 1)
            for size in range(2, min(NATIVE, len(units) - at) + 1):
                found[at, size - 1] = self.rows.get(tuple(units[at : at + size]), -1)
        return found


def lettered(latin: Sequence[str]) -> Small:
    """Words of a–z as rows of 1–26, 0 where the word has ended, cut at 40 letters."""
    rows = np.zeros((len(latin), max([1, *map(len, latin)])), np.uint8)
    for n, word in enumerate(latin):
        rows[n, : len(word)] = np.frombuffer(word.encode("ascii"), np.uint8) - 96
    return rows[:, :LONGEST]


def likelihoods(word: Word, latin: Small) -> Floats:
    """For each row of letters (1–26, 0 after the end) the natural logarithm of the chance that it is written `word`.

    Refuses a word in Latin letters, or in a writing that nothing was learned of, with ValueError.
    """
    table = tables().get(word.writing)
    if table is None:
        raise ValueError(f"no letters were learned of the writing {word.writing}")
    return table.likelihoods(word.units[:LONGEST], latin)


@cache
def tables() -> Mapping[Writing, Table]:
    """What was learned, by writing."""
    return {writing: Table.of(several) for writing, several in chances("letters.json").items()}


@compiled
def _fitting(units: Ints, latin: Small, further: Ints, together: Floats, alone: Floats) -> Floats:
    """For each row of letters log P(units and letters) - log P(letters)."""
    found = np.zeros(len(latin))
    u = len(units)
    ways = np.zeros((u + 1, latin.shape[1] + 1))
    whole = np.zeros(latin.shape[1] + 1)
    for n in range(len(latin)):
        m = 0
        while m < latin.shape[1] and latin[n, m]:
            m += 1
        ways[:, : m + 1] = 0
        whole[: m + 1] = 0
        ways[0, 0] = whole[0] = 1
        for i in range(m + 1):
            column = 0
            for size in range(m - i + 1):
                if size:
                    column = further[column, latin[n, i + size - 1]]
                    if column == 0:
                        break
                    whole[i + size] += whole[i] * alone[column]
                for j in range(u + 1):
                    for taken in range(0 if size else 1, min(NATIVE, u - j) + 1):
                        row = units[j, taken - 1] if taken else 0
                        if row >= 0:
                            ways[j + taken, i + size] += ways[j, i] * together[row, column]
        found[n] = np.log(ways[u, m] + 1e-300) - np.log(whole[m] + 1e-300)
    return found
