"""Which word of one name is which of the other: the loop behind a pair of names."""

import numpy as np
import numpy.typing as npt

from ..compiled import compiled
from ..spelling import SLIP, Letters, allowed, distance, size

WORDS, LETTERS, READINGS, SOUNDS = 12, 20, 4, 7
TELLING, WEAK, PLACE, NUMBER, LINK = 1, 2, 3, 4, 5  # what a word is; 0 where there is none
FOREIGN = 8  # added to it: the word is not written in Latin letters
_WEIGHTS = np.array(
    [0, 2, 1, 1, 0, 0], np.uint8
)  # what a word tells, in halves; a number is what hands slip on most
_INITIAL = SLIP - 1  # an initial is less than a slip: it contradicts nothing
_NEVER = 99
Sounds = npt.NDArray[np.uint16]
Told = tuple[
    int, int, int, bool
]  # what the paired words tell, what the others, the most of these; no word is left


@compiled
def align(
    these: Letters, sounds: Sounds, those: Letters, heard: Sounds, ears: bool
) -> tuple[int, int, int, int]:
    """(words of one that are paired, as bits; those of the other; quarters of a slip in all of them, in the worst).

    Each row of `these` and `those` is a word: what it is, then its letters. A word is paired once, the likest first;
    then two or three words beside each other with one that is written as one. With `ears` also words that only sound
    alike, or that are short for one given name, are paired.
    """
    m, n = _number(these), _number(those)
    costs = np.empty((m, n), np.uint8)
    for i in range(m):
        for j in range(n):
            costs[i, j] = _apart(these[i], sounds[i], those[j], heard[j], ears)
    one = other = total = worst = 0
    for wanted in range(2 * SLIP + 1):
        for i in range(m):
            for j in range(n):
                if costs[i, j] == wanted and not one >> i & 1 and not other >> j & 1:
                    one |= 1 << i
                    other |= 1 << j
                    total, worst = total + wanted, wanted
        if one == (1 << m) - 1 and other == (1 << n) - 1:
            break
        if wanted == 0:
            one, other, total = _joined(these, those, one, other, total)
            other, one, total = _joined(those, these, other, one, total)
    return one, other, total, worst


@compiled
def told(words: Letters, paired: int) -> tuple[int, int, int]:
    """(what the paired words tell, what the others tell, the most that one of these tells), in halves of a word."""
    said = left = most = 0
    for n in range(_number(words)):
        weight = int(_WEIGHTS[words[n, 0] % FOREIGN])
        if paired >> n & 1:
            said += weight
        else:
            left += weight
            most = max(most, weight)
    return said, left, most


@compiled
def backwards(words: Letters) -> Letters:
    """Each word from its end."""
    turned = np.zeros_like(words)
    for n in range(_number(words)):
        length = size(words[n, 1:])
        turned[n, 0] = words[n, 0]
        for i in range(length):
            turned[n, 1 + i] = words[n, length - i]
    return turned


@compiled
def _number(words: Letters) -> int:
    number = 0
    while number < len(words) and words[number, 0]:
        number += 1
    return number


@compiled
def _apart(these: Letters, sounds: Sounds, those: Letters, heard: Sounds, ears: bool) -> int:
    role, its, one, other = these[0] % FOREIGN, those[0] % FOREIGN, these[1:], those[1:]
    m, n = size(one), size(other)
    if role == NUMBER or its == NUMBER or m == n == 1:
        return 0 if role == its and distance(one, other, 0) == 0 else _NEVER
    if role == LINK and its == LINK:
        return 0  # bin and ibn, de and van: no link says more than another
    if min(m, n) == 1:
        return _INITIAL if one[0] == other[0] and role != LINK and its != LINK else _NEVER
    most = allowed(max(m, n))
    far = max(most, 3 * max(m, n) // 2) if ears else most  # ears forgive half as much again as eyes do
    cost = distance(one, other, far)
    if cost <= most:
        return cost
    foreign = these[0] >= FOREIGN or those[0] >= FOREIGN
    if ears:
        for s in range(SOUNDS):
            for h in range(SOUNDS):
                same = sounds[s] and sounds[s] == heard[h] and (s < READINGS) == (h < READINGS)
                if same and (s >= READINGS or cost <= far or foreign):
                    return SLIP
    return _NEVER


@compiled
def _joined(these: Letters, those: Letters, one: int, other: int, total: int) -> tuple[int, int, int]:
    """Pairs up to three words with one: `Good Will` and `Goodwill`, with a slip at most."""
    for j in range(_number(those)):
        length = size(those[j, 1:])
        if other >> j & 1 or those[j, 0] % FOREIGN == NUMBER or length <= SLIP:
            continue
        for i in range(_number(these) - 1):
            end, slips = _written_as_one(these, i, one, those[j, 1:], length)
            if end:
                other |= 1 << j
                one |= (1 << end) - (1 << i)
                total += slips
                break
    return one, other, total


@compiled
def _written_as_one(these: Letters, i: int, one: int, word: Letters, length: int) -> tuple[int, int]:
    """(after which word the words from `i` on are that one word, quarters of a slip in it); 0 where they never are."""
    end = 0
    for k in range(i, min(i + 3, _number(these))):
        if one >> k & 1 or these[k, 0] % FOREIGN == NUMBER:
            break
        end += size(these[k, 1:])
        if k > i and abs(end - length) <= 2:
            slips = _together(these, i, k + 1, word)
            if slips <= SLIP:
                return k + 1, slips
    return 0, 0


@compiled
def _together(these: Letters, first: int, last: int, word: Letters) -> int:
    joined = np.zeros(LETTERS + 3, np.uint8)
    end = 0
    for k in range(first, last):
        for i in range(size(these[k, 1:])):
            joined[end] = these[k, 1 + i]
            end += 1
    return distance(joined, word, SLIP)
