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


@compiled
def align(
    these: Letters, roles: Letters, sounds: Sounds, those: Letters, others: Letters, heard: Sounds, ears: bool
) -> tuple[int, int, int, int]:
    """(words of one that are paired, as bits; those of the other; quarters of a slip in all of them, in the worst).

    A word is paired once, the likest first; then two or three words beside each other with one that is written as one.
    With `ears` also words that only sound alike, or that are short for one given name, are paired.
    """
    m, n = _number(roles), _number(others)
    costs = np.full((m, n), _NEVER, np.uint8)
    for i in range(m):
        for j in range(n):
            costs[i, j] = _apart(these[i], roles[i], sounds[i], those[j], others[j], heard[j], ears)
    one = other = total = worst = 0
    for wanted in range(2 * SLIP + 1):
        for i in range(m):
            for j in range(n):
                if costs[i, j] == wanted and not one >> i & 1 and not other >> j & 1:
                    one |= 1 << i
                    other |= 1 << j
                    total, worst = total + wanted, wanted
        if wanted == 0:
            one, other, total = _joined(these, roles, those, others, one, other, total)
            other, one, total = _joined(those, others, these, roles, other, one, total)
    return one, other, total, worst


@compiled
def weights(roles: Letters, paired: int) -> tuple[int, int, int]:
    """(what the paired words tell, what the others tell, the most that one of these tells), in halves of a word."""
    told = left = most = 0
    for n in range(_number(roles)):
        weight = int(_WEIGHTS[roles[n] % FOREIGN])
        if paired >> n & 1:
            told += weight
        else:
            left += weight
            most = max(most, weight)
    return told, left, most


@compiled
def whole(roles: Letters, paired: int) -> bool:
    """Whether every word is paired but the links, numbers too."""
    left = 0
    for n in range(_number(roles)):
        left += not paired >> n & 1 and roles[n] % FOREIGN != LINK
    return left == 0


@compiled
def backwards(words: Letters) -> Letters:
    """Each word from its end."""
    turned = np.zeros_like(words)
    for n in range(len(words)):
        length = size(words[n])
        turned[n, :length] = words[n, :length][::-1]
    return turned


@compiled
def _number(roles: Letters) -> int:
    words = 0
    while words < len(roles) and roles[words]:
        words += 1
    return words


@compiled
def _apart(
    one: Letters, role: int, sounds: Sounds, other: Letters, its: int, heard: Sounds, ears: bool
) -> int:
    m, n = size(one), size(other)
    if role % FOREIGN == NUMBER or its % FOREIGN == NUMBER or m == n == 1:
        return 0 if role == its and distance(one, other, 0) == 0 else _NEVER
    if min(m, n) == 1:
        if role % FOREIGN == LINK or its % FOREIGN == LINK:
            return _NEVER
        return _INITIAL if one[0] == other[0] else _NEVER
    most = allowed(max(m, n))
    far = max(most, 3 * max(m, n) // 2) if ears else most  # ears forgive half as much again as eyes do
    cost = distance(one, other, far)
    if cost <= most:
        return cost
    if ears:
        for s in range(SOUNDS):
            for h in range(SOUNDS):
                same = sounds[s] and sounds[s] == heard[h] and (s < READINGS) == (h < READINGS)
                if same and (s >= READINGS or cost <= far or role >= FOREIGN or its >= FOREIGN):
                    return SLIP
    return _NEVER


@compiled
def _joined(
    these: Letters, roles: Letters, those: Letters, others: Letters, one: int, other: int, total: int
) -> tuple[int, int, int]:
    """Pairs up to three words with one: `Good Will` and `Goodwill`, with a slip at most."""
    for j in range(_number(others)):
        length = size(those[j])
        if other >> j & 1 or others[j] % FOREIGN == NUMBER or length <= SLIP:
            continue
        for i in range(_number(roles) - 1):
            end, slips = _written_as_one(these, roles, i, one, those[j], length)
            if end:
                other |= 1 << j
                one |= (1 << end) - (1 << i)
                total += slips
                break
    return one, other, total


@compiled
def _written_as_one(
    these: Letters, roles: Letters, i: int, one: int, word: Letters, length: int
) -> tuple[int, int]:
    """(after which word the words from `i` on are that one word, quarters of a slip in it); 0 where they never are."""
    end = 0
    for k in range(i, min(i + 3, _number(roles))):
        if one >> k & 1 or roles[k] % FOREIGN == NUMBER:
            break
        end += size(these[k])
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
        part = size(these[k])
        joined[end : end + part] = these[k, :part]
        end += part
    return distance(joined, word, SLIP)
