"""How alike two records are, one comparison at a time: the levels that the model gives their weight.

These loops are the only place where alike is decided; the batch calls the same ones.
"""

import numpy as np
import numpy.typing as npt

from .compiled import compiled

NULL = -1
NAME_LEVELS = (
    "nothing alike",
    "one of several words alike",
    "one of several words the same",
    "the only word the same",
    "two words alike, others differ",
    "all words of the shorter name alike",
    "all words of the shorter name the same",
    "all words the same",
)
RARITIES = ("common", "ordinary", "rare")  # by the bits of the words that agree: below 14, below 22, above
BIRTH_LEVELS = (
    "different",
    "years at most two apart",
    "same year, or same day and month",
    "same year, the rest unknown",
    "one slip apart: a digit, or day and month exchanged",
    "same date, the first of January",
    "same date",
)
VALUE_LEVELS = (
    "different",
    "the same, which many have",
    "the same, which some have",
    "the same, which few have",
)
_ORDINARY, _RARE = 14, 22
_SOME, _FEW = 6, 12  # bits: one in 64, one in 4,096
Letters = npt.NDArray[np.uint8]
Sounds = npt.NDArray[np.uint16]
Small = npt.NDArray[np.int16]
Numbers = npt.NDArray[np.uint32]


@compiled
def size(word: Letters) -> int:
    length = 0
    while length < len(word) and word[length]:
        length += 1
    return length


@compiled
def slips(one: Letters, other: Letters, most: int) -> int:
    """Signs added, left out, replaced or exchanged with their neighbour; `most` + 1 where there are more."""
    m, n = size(one), size(other)
    if abs(m - n) > most:
        return most + 1
    before = np.zeros(n + 1, np.int64)
    line = np.arange(n + 1)
    for i in range(1, m + 1):
        older = before
        before = line
        line = np.zeros(n + 1, np.int64)
        line[0] = i
        best = i
        for j in range(1, n + 1):
            same = one[i - 1] == other[j - 1]
            cost = min(before[j] + 1, line[j - 1] + 1, before[j - 1] + (0 if same else 1))
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                cost = min(cost, older[j - 2] + 1)
            line[j] = cost
            best = min(best, cost)
        if best > most:
            return most + 1
    return int(min(line[n], most + 1))


@compiled
def word(one: Letters, sounds: Sounds, other: Letters, heard: Sounds) -> int:
    """2: the same word. 1: one slip apart (two in eight letters or more), heard alike, or an initial. 0: another."""
    m, n = size(one), size(other)
    if m == n and slips(one, other, 0) == 0:
        return 2
    if min(m, n) == 1:
        return 1 if one[0] == other[0] else 0
    if min(m, n) > 3 and slips(one, other, 1 if max(m, n) < 8 else 2) <= (1 if max(m, n) < 8 else 2):
        return 1
    for s in sounds:
        for h in heard:
            if s and s == h and min(m, n) > 2:
                return 1
    return 0


@compiled
def names(
    letters: Letters, sounds: Sounds, rarity: Letters, others: Letters, heard: Sounds, rarities: Letters
) -> tuple[int, int]:
    """(level, bits of the words that agree); (-1, 0) where one has no name.

    Words are paired, the same ones first, each used once; which record comes first changes nothing.
    """
    if _after(letters, others):
        letters, sounds, rarity, others, heard, rarities = others, heard, rarities, letters, sounds, rarity
    m, n = 0, 0
    while m < len(letters) and letters[m, 0]:
        m += 1
    while n < len(others) and others[n, 0]:
        n += 1
    if m == 0 or n == 0:
        return NULL, 0
    used, taken = np.zeros(m, np.bool_), np.zeros(n, np.bool_)
    agree = np.zeros(3, np.int64)
    bits = 0
    for wanted in (2, 1):
        for i in range(m):
            for j in range(n):
                if (
                    not used[i]
                    and not taken[j]
                    and word(letters[i], sounds[i], others[j], heard[j]) == wanted
                ):
                    used[i] = taken[j] = True
                    agree[wanted] += 1
                    bits += min(rarity[i], rarities[j]) if wanted == 2 else min(rarity[i], rarities[j]) // 2
    return _name_level(m, n, agree[2], agree[1]), bits


@compiled
def _after(these: Letters, those: Letters) -> bool:
    for one, other in zip(these.flat, those.flat):  # noqa: B905 (both have the layout's size)
        if one != other:
            return bool(one > other)
    return False


@compiled
def _name_level(m: int, n: int, same: int, alike: int) -> int:
    shorter = min(m, n)
    if same + alike == 0:
        return 0
    if shorter == 1:
        return 3 if same else 1
    if same == m == n:
        return 7
    if same == shorter:
        return 6
    if same + alike == shorter:
        return 5
    if same + alike >= 2:
        return 4
    return 2 if same else 1


@compiled
def rarity_class(bits: int) -> int:
    """0 common, 1 ordinary, 2 rare."""
    return 2 if bits >= _RARE else 1 if bits >= _ORDINARY else 0


@compiled
def births(these: Small, those: Small) -> int:
    """The best level of any pair of dates."""
    best = NULL
    for a in range(len(these)):
        for b in range(len(those)):
            if these[a, 0] and those[b, 0]:
                best = max(best, _birth(these[a], those[b]))
    return best


@compiled
def _birth(one: Small, other: Small) -> int:
    whole = one[1] and one[2] and other[1] and other[2]
    year = one[0] == other[0]
    if not whole:
        return 3 if year else 1 if abs(one[0] - other[0]) <= 2 else 0
    day = one[1] == other[1] and one[2] == other[2]
    if year and day:
        return 5 if one[1] == 1 and one[2] == 1 else 6
    exchanged = one[1] == other[2] and one[2] == other[1]
    if year and (exchanged or _digits(one[1] * 100 + one[2], other[1] * 100 + other[2]) == 1):
        return 4
    if day and _digits(one[0], other[0]) == 1:
        return 4
    if year or day:
        return 2
    return 1 if abs(one[0] - other[0]) <= 2 else 0


@compiled
def _digits(one: int, other: int) -> int:
    """How many of four digits differ."""
    differ = 0
    for _ in range(4):
        differ += one % 10 != other % 10
        one //= 10
        other //= 10
    return differ


@compiled
def shared(
    kinds: Letters,
    values: Numbers,
    bits: Letters,
    others: Letters,
    those: Numbers,
    rarities: Letters,
    kind: int,
) -> int:
    """For one kind of value: a level of VALUE_LEVELS, the rarest that they share; -1 where one of them has none."""
    mine = theirs = False
    best = -1
    for i in range(len(kinds)):
        if kinds[i] != kind:
            continue
        mine = True
        for j in range(len(others)):
            if others[j] == kind:
                theirs = True
                if those[j] == values[i]:
                    best = max(best, int(min(bits[i], rarities[j])))
    if not mine or not theirs:
        return NULL
    return 0 if best < 0 else 3 if best >= _FEW else 2 if best >= _SOME else 1
