"""Which word of one name is which of the other: the loop behind a pair of names."""

import numpy as np

from ..compiled import compiled
from ..spelling import MOST, SLIP, Rows, Signs, allowed, measured

WORDS, LETTERS, READINGS, SOUNDS = 12, 20, 4, 7
ROW = (
    3 + LETTERS
)  # bytes of a word: what it is, how many letters follow, its first letters, its very last one
FIRST, LAST = 2, ROW - 1
HEARD = 2 * SOUNDS  # bytes of its sounds
TELLING, WEAK, PLACE, NUMBER, LINK = 1, 2, 3, 4, 5  # what a word is
FOREIGN = 8  # added to it: the word is not written in Latin letters
_WEIGHTS = np.array(
    [0, 2, 1, 1, 0, 0], np.uint8
)  # what a word tells, in halves; a number is what hands slip on most
_INITIAL = SLIP - 1  # an initial is less than a slip: it contradicts nothing
_NEVER = 99


@compiled
def align(these: bytes, sounds: bytes, those: bytes, heard: bytes, ears: bool) -> tuple[int, int, int, int]:
    """(words of one that are paired, as bits; those of the other; quarters of a slip in all of them, in the worst).

    Each ROW of `these` and `those` is a word. A word is paired once, the likest first; then two or three words beside
    each other with one that is written as one. With `ears` also words that only sound alike, or that are short for one
    given name, are paired: HEARD of `sounds` and `heard` are those of a word.
    """
    return _aligned(these, sounds, those, heard, ears)


@compiled
def align_backwards(these: bytes, those: bytes) -> tuple[int, int, int, int]:
    """The same without ears, of each word of one from its end."""
    turned = np.zeros(len(these), np.uint8)
    for row in range(0, len(these), ROW):
        length = int(these[row + 1])
        turned[row], turned[row + 1] = these[row], length
        for i in range(length):
            turned[row + FIRST + i] = these[row + FIRST + length - 1 - i]
    return _aligned(turned, these, those, those, False)


@compiled
def told(these: bytes, paired: int, those: bytes, its: int) -> tuple[int, int, int, int, int, int]:
    """(what the paired words tell, what the others tell, the most that one of these tells), in halves of a word; then
    the same of the other name."""
    said, left, most = _told(these, paired)
    also, over, more = _told(those, its)
    return said, left, most, also, over, more


@compiled
def apart(one: bytes, other: bytes) -> int:
    """Quarters of a slip between two words given by their letters alone, as numbers; no more than SLIP + 1."""
    return measured(one, 0, len(one), other, 0, len(other), SLIP, np.empty((3, MOST + 1), np.int16))


@compiled
def _told(words: bytes, paired: int) -> tuple[int, int, int]:
    said = left = most = 0
    for n in range(len(words) // ROW):
        weight = int(_WEIGHTS[words[n * ROW] % FOREIGN])
        if paired >> n & 1:
            said += weight
        else:
            left += weight
            most = max(most, weight)
    return said, left, most


@compiled
def _aligned(
    these: Signs, sounds: bytes, those: bytes, heard: bytes, ears: bool
) -> tuple[int, int, int, int]:
    m, n = len(these) // ROW, len(those) // ROW
    one = other = total = worst = 0
    for i in range(m):
        for j in range(n):
            if not other >> j & 1 and _same(these, i * ROW, those, j * ROW):
                one |= 1 << i
                other |= 1 << j
                break
    if one == (1 << m) - 1 and other == (1 << n) - 1:
        return one, other, 0, 0
    room = np.empty((3, MOST + 1), np.int16)
    one, other, total = _joined(these, those, one, other, total, room)
    other, one, total = _joined(those, these, other, one, total, room)
    costs = np.empty((m, n), np.uint8)
    for i in range(m):
        for j in range(n):
            if not one >> i & 1 and not other >> j & 1:
                alike = _alike(sounds, i * HEARD, heard, j * HEARD) if ears else 0
                costs[i, j] = _apart(these, i * ROW, those, j * ROW, alike, room)
    for wanted in range(1, 2 * SLIP + 1):
        for i in range(m):
            for j in range(n):
                if not one >> i & 1 and not other >> j & 1 and costs[i, j] == wanted:
                    one |= 1 << i
                    other |= 1 << j
                    total, worst = total + wanted, wanted
        if one == (1 << m) - 1 and other == (1 << n) - 1:
            break
    return one, other, total, worst


@compiled
def _same(these: Signs, a: int, those: bytes, b: int) -> bool:
    """Nothing is between two words, whose rows begin there: they have the same letters, or both are links."""
    role, its, size = these[a] % FOREIGN, those[b] % FOREIGN, int(these[a + 1])
    if role == LINK and its == LINK and size + those[b + 1] > 2:
        return True  # bin and ibn, de and van: no link says more than another
    if size != those[b + 1] or (role != its and (role == NUMBER or its == NUMBER or size == 1)):
        return False
    at = FIRST
    while at < FIRST + size and these[a + at] == those[b + at]:
        at += 1
    return at == FIRST + size


@compiled
def _apart(these: Signs, a: int, those: bytes, b: int, alike: int, room: Rows) -> int:
    """Of two words that are not the same."""
    role, its, m, n = these[a] % FOREIGN, those[b] % FOREIGN, int(these[a + 1]), int(those[b + 1])
    if role == NUMBER or its == NUMBER or m == n == 1:
        return _NEVER
    if min(m, n) == 1:
        return _INITIAL if these[a + FIRST] == those[b + FIRST] and role != LINK and its != LINK else _NEVER
    if alike == 1 and (these[a] >= FOREIGN or those[b] >= FOREIGN):
        alike = 2
    most = allowed(max(m, n))
    far = max(most, 3 * max(m, n) // 2) if alike == 1 else most  # ears forgive half as much again as eyes do
    cost = measured(these, a + FIRST, m, those, b + FIRST, n, far, room)
    if cost <= most:
        return cost
    return SLIP if alike == 2 or (alike == 1 and cost <= far) else _NEVER


@compiled
def _alike(sounds: bytes, a: int, heard: bytes, b: int) -> int:
    """2 where two words may be short for one name, 1 where they share a skeleton, else 0."""
    for s in range(READINGS, SOUNDS):
        for h in range(READINGS, SOUNDS):
            if _one_sound(sounds, a + 2 * s, heard, b + 2 * h):
                return 2
    for s in range(READINGS):
        for h in range(READINGS):
            if _one_sound(sounds, a + 2 * s, heard, b + 2 * h):
                return 1
    return 0


@compiled
def _one_sound(sounds: bytes, a: int, heard: bytes, b: int) -> bool:
    return sounds[a] == heard[b] and sounds[a + 1] == heard[b + 1] and sounds[a] + sounds[a + 1] > 0


@compiled
def _joined(these: Signs, those: Signs, one: int, other: int, total: int, room: Rows) -> tuple[int, int, int]:
    """Pairs up to three words with one: `Good Will` and `Goodwill`, with a slip at most."""
    for j in range(len(those) // ROW):
        if other >> j & 1 or those[j * ROW] % FOREIGN == NUMBER or those[j * ROW + 1] <= SLIP:
            continue
        for i in range(len(these) // ROW - 1):
            end, slips = _written_as_one(these, i, one, those, j * ROW, room)
            if end:
                other |= 1 << j
                one |= (1 << end) - (1 << i)
                total += slips
                break
    return one, other, total


@compiled
def _written_as_one(these: Signs, i: int, one: int, those: Signs, b: int, room: Rows) -> tuple[int, int]:
    """(after which word the words from `i` on are that one word, quarters of a slip in it); 0 where they never are."""
    end, length = 0, int(those[b + 1])
    for k in range(i, min(i + 3, len(these) // ROW)):
        if one >> k & 1 or these[k * ROW] % FOREIGN == NUMBER:
            break
        end += int(these[k * ROW + 1])
        if k > i and abs(end - length) <= 2:
            joined = _together(these, i, k + 1, end)
            slips = measured(joined, 0, end, those, b + FIRST, length, SLIP, room)
            if slips <= SLIP:
                return k + 1, slips
    return 0, 0


@compiled
def _together(these: Signs, first: int, last: int, size: int) -> Signs:
    joined = np.empty(size, np.uint8)
    end = 0
    for row in range(first * ROW, last * ROW, ROW):
        for i in range(these[row + 1]):
            joined[end] = these[row + FIRST + i]
            end += 1
    return joined
