"""How far apart two written words are, in quarters of a slip: what hands and ears take for one another costs less."""

import numpy as np
import numpy.typing as npt

from .compiled import compiled

Letters = npt.NDArray[np.uint8]  # a–z as 1–26, digits as 27–36, 0 where the word has ended
Signs = Letters | bytes
Rows = npt.NDArray[np.int16]
MOST = 40  # letters that are compared
SLIP = 4  # a sign added, left out, replaced or exchanged with its neighbour
HALF, DOUBLED, GENDER = 2, 1, 6
_VOWELS = "aeiouy"
_HEARD = ("bp", "bv", "fvw", "dt", "cgkqx", "csz", "sx", "gj", "ijy", "hj", "uvw")
_LIGHT = _VOWELS + "h"  # written or not, as the writing that it comes from has it or not
_A, _E, _S = 1, 5, 19


def _code(sign: str) -> int:
    return ord(sign) - 96


def _replaced() -> Letters:
    costs = np.full((37, 37), SLIP, np.uint8)
    for alike in (_VOWELS, *_HEARD):
        for one in alike:
            for other in alike:
                costs[_code(one), _code(other)] = HALF
    np.fill_diagonal(costs, 0)
    return costs


def _added() -> Letters:
    costs = np.full(37, SLIP, np.uint8)
    for sign in _LIGHT:
        costs[_code(sign)] = HALF
    return costs


_REPLACED, _ADDED = _replaced(), _added()


@compiled
def size(word: Letters) -> int:
    length = 0
    while length < len(word) and word[length]:
        length += 1
    return length


@compiled
def _alone(sign: int, before: int, last: bool, beside: int) -> int:
    """A sign that the other word has not, `before` it in its word (0: none), `beside` being where the other one stands.

    An `a` at the end says whether it is a woman: that is no slip of the ear. An `s` at the end is the ending that
    Latvian, Lithuanian and Greek give to a man's name, or that of a family name (Janssen, Janssens).
    """
    if sign == before == beside:
        return DOUBLED
    if last and sign in (_A, _S):
        return GENDER if sign == _A else HALF
    return int(_ADDED[sign])


@compiled
def _instead(one: int, other: int, last: bool) -> int:
    """Maria and Marie are one name, Mario is another."""
    if last and one != other and (one == _A or other == _A) and one + other != _A + _E:
        return max(GENDER, int(_REPLACED[one, other]))
    return int(_REPLACED[one, other])


@compiled
def distance(one: Letters, other: Letters, most: int) -> int:
    """Quarters of a slip between two words of at most 40 letters; `most` + 1 where it is more.

    Vowels for one another, consonants heard alike, a vowel or an h that is not written: half a slip. A doubled letter:
    a quarter. Every other sign added, left out, replaced or exchanged with its neighbour: a slip.
    """
    return measured(one, 0, size(one), other, 0, size(other), most, np.empty((3, MOST + 1), np.int16))


@compiled
def measured(one: Signs, at: int, m: int, other: Signs, to: int, n: int, most: int, rows: Rows) -> int:
    """The same of the `m` signs from `at` on and the `n` signs of the other from `to` on; `rows` is room for three
    lines of the table."""
    if abs(m - n) * DOUBLED > most:
        return most + 1
    same = m == n
    for i in range(m):
        if not same or one[at + i] != other[to + i]:
            same = False
            break
    if same or most == 0:
        return 0 if same else 1
    return _distance(one, at, m, other, to, n, most, rows)


@compiled
def _distance(one: Signs, at: int, m: int, other: Signs, to: int, n: int, most: int, rows: Rows) -> int:
    """The table of all beginnings of both, three lines of it at a time."""
    rows[0, 0] = 0
    for j in range(n):
        rows[0, j + 1] = rows[0, j] + _alone(other[to + j], 0, j == n - 1, 0)
    for i in range(m):
        line, before, older = (i + 1) % 3, i % 3, (i + 2) % 3
        sign, last = one[at + i], one[at + i - 1] if i else 0
        best = rows[line, 0] = rows[before, 0] + _alone(sign, last, i == m - 1, 0)
        for j in range(n):
            its, previous = other[to + j], other[to + j - 1] if j else 0
            cost = rows[before, j] + _instead(sign, its, i == m - 1 and j == n - 1)
            cost = min(cost, rows[before, j + 1] + _alone(sign, last, i == m - 1, its))
            cost = min(cost, rows[line, j] + _alone(its, previous, j == n - 1, sign))
            if i and j and sign == previous and last == its:
                cost = min(cost, rows[older, j - 1] + SLIP)
            rows[line, j + 1] = cost
            best = min(best, cost)
        if best > most + SLIP:  # two neighbours exchanged may bring it down by one line
            return most + 1
    return int(min(rows[m % 3, n], most + 1))


@compiled
def allowed(longer: int) -> int:
    """Quarters of a slip in a word of so many letters that stays the same word: one in four letters, two in all."""
    return min(2 * SLIP, longer) if longer > 2 else 0
