"""How alike two records are, one comparison at a time: the levels that the model gives their weight.

These loops are the only place where alike is decided; the batch calls the same ones.
"""

import numpy as np
import numpy.typing as npt

from .compiled import lean as compiled
from .spelling import size

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
RARITIES = (
    "common",
    "ordinary",
    "rare",
    "very rare",
)  # bits of the words that agree: below 14, 22, 30, above
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
_ORDINARY, _RARE, _VERY_RARE = 14, 22, 30
_ONLY_WORD, _ALL_WORDS = (
    3,
    5,
)  # of NAME_LEVELS: one word, and from where on all words of the shorter name are alike
_SAME_DATE = len(BIRTH_LEVELS) - 1
_SOME, _FEW = 6, 12  # bits: one in 64, one in 4,096
Letters = npt.NDArray[np.uint8]
Sounds = npt.NDArray[np.uint16]
Small = npt.NDArray[np.int16]
Numbers = npt.NDArray[np.uint32]


@compiled
def slips(one: Letters, other: Letters, most: int) -> int:
    """Signs added, left out, replaced or exchanged with their neighbour; `most` + 1 where there are more.

    All cells of a column of the table are bits of one number (H. Hyyrö, A bit-vector algorithm for computing
    Levenshtein and Damerau edit distances, 2003): words have 64 letters at most, and nothing is allocated.
    """
    m, n = size(one), size(other)
    if abs(m - n) > most:
        return most + 1
    if m == 0:
        return n
    last, none = np.uint64(1) << np.uint64(m - 1), np.uint64(0)
    more, less = ~none, none  # rows that are one more, one less than the row above
    diagonal = before = none
    cost = m
    for j in range(n):
        same = none
        for i in range(m):
            if one[i] == other[j]:
                same |= np.uint64(1) << np.uint64(i)
        exchanged = ((~diagonal & same) << np.uint64(1)) & before
        diagonal = (((same & more) + more) ^ more) | same | less | exchanged
        rises, falls = less | ~(diagonal | more), diagonal & more
        if rises & last:
            cost += 1
        if falls & last:
            cost -= 1
        rises = (rises << np.uint64(1)) | np.uint64(1)
        falls = falls << np.uint64(1)
        more, less = falls | ~(diagonal | rises), rises & diagonal
        before = same
        if cost - (n - 1 - j) > most:
            return most + 1
    return min(cost, most + 1)


@compiled
def same_word(one: Letters, other: Letters) -> bool:
    """Letter by letter."""
    for i in range(len(one)):
        if one[i] != other[i]:
            return False
        if one[i] == 0:
            break
    return True


@compiled
def word(one: Letters, sounds: Sounds, other: Letters, heard: Sounds) -> int:
    """2: the same word. 1: one slip apart (two in eight letters or more), heard alike, or an initial. 0: another."""
    if same_word(one, other):
        return 2
    m, n = size(one), size(other)
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
    used = taken = same = alike = bits = 0  # words that have found theirs, as bits of a number
    for i in range(m):
        for j in range(n):
            if not taken >> j & 1 and same_word(letters[i], others[j]):
                used, taken, same = used | 1 << i, taken | 1 << j, same + 1
                bits += min(rarity[i], rarities[j])
                break
    for i in range(m):
        for j in range(n):
            if used >> i & 1:
                break
            if not taken >> j & 1 and word(letters[i], sounds[i], others[j], heard[j]):
                used, taken, alike = used | 1 << i, taken | 1 << j, alike + 1
                bits += min(rarity[i], rarities[j]) // 2
    return _name_level(m, n, same, alike), bits


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
def name_code(level: int, bits: int) -> int:
    """A level of NAME_LEVELS and the class of its bits as one number; -1 and 0 have no class."""
    return level if level <= 0 else 1 + len(RARITIES) * (level - 1) + rarity_class(bits)


@compiled
def class_of(name: int, birth: int) -> int:
    """Beside what a value is seen, by the codes of names and births: 0 nothing alike or no name, 1 a word or two,
    2 all words of the shorter name, 3 a word or two of several and the same date, as brothers and sisters have."""
    if name <= 0:
        return 0
    level = (name - 1) // len(RARITIES) + 1
    if level >= _ALL_WORDS:
        return 2
    return 3 if birth == _SAME_DATE and level != _ONLY_WORD else 1


@compiled
def rarity_class(bits: int) -> int:
    """The place in RARITIES."""
    return 3 if bits >= _VERY_RARE else 2 if bits >= _RARE else 1 if bits >= _ORDINARY else 0


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
    return value_level(best)


@compiled
def value_level(bits: int) -> int:
    """Of two who both have a value of a kind, by the bits of the rarest that they share; -1 where they share none."""
    return 0 if bits < 0 else 3 if bits >= _FEW else 2 if bits >= _SOME else 1
