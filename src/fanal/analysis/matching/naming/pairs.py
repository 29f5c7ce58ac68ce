"""Whether two names may be those of one person, organisation or thing."""

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from ..record import Kind
from ..spelling import SLIP
from ..writings import Word
from .aligning import align, align_backwards, apart, told
from .forms import Form, ends_meet, family, form, sounds, whole
from .legal_forms import contradict

Found = tuple[int, int, int, int]  # what align answers
_LEAST_WHOLE = 6  # letters of a name that is compared as a whole, without its spaces


class NameLevel(IntEnum):
    """How alike, from nothing to the same. From PROBABLE on the two may be one, and somebody should look."""

    NONE = -1  # one of them has no letter
    DIFFERENT = 0
    CONTRADICTED = 1  # something is shared, and each says what the other does not
    LITTLE = 2  # the shorter is part of the longer and says too little of it
    PROBABLE = 3  # the shorter is part of the longer
    ALIKE = 4  # every word of one is a word of the other, up to slips of the hand or the ear
    SAME = 5  # the same words, in whatever order


# By their own names: to ask an enumeration for a member costs as much as to hash a word.
_NONE, _DIFFERENT, _CONTRADICTED, _LITTLE, _PROBABLE, _ALIKE, _SAME = NameLevel
_PERSON = Kind.PERSON
_LEVELS = 6  # from DIFFERENT on


class NameMatch(NamedTuple):
    """`score`: from 0 to 1, growing with the level; `reason`: what decided, in a few words."""

    level: NameLevel
    score: float
    reason: str

    @property
    def may_be_one(self) -> bool:
        return self.level >= _PROBABLE


def pair(one: str, other: str, kind: Kind = Kind.PERSON) -> NameMatch:
    """Compare two names as they are written: any script, any order, with titles, particles, initials, legal forms.

    Which of the two comes first changes nothing. Only the names are compared: who shares a name need not be one person.
    """
    if other < one:
        one, other = other, one
    a, b = form(one, kind), form(other, kind)
    if not a.words or not b.words:
        return _match(_NONE, 0, "one of them has no letter")
    if a.letters == b.letters:
        return _complete(a, b, 0)
    found = align(a.letters, b"", b.letters, b"", False)
    if _every(a, b, found):
        return _complete(a, b, found[2])
    found = align(a.letters, sounds(a, kind), b.letters, sounds(b, kind), True)
    if kind is not _PERSON and not _every(a, b, found):
        found = _with_acronyms(a, b, found)
    return _complete(a, b, found[2]) if _every(a, b, found) else _incomplete(kind, a, b, found)


def _every(one: Form, other: Form, found: Found) -> bool:
    return one.needed & ~found[0] == 0 and other.needed & ~found[1] == 0


def _with_acronyms(one: Form, other: Form, found: Found) -> Found:
    paired, its, slips, worst = found
    its, paired = _initials(one.words, paired, other.words, its)
    paired, its = _initials(other.words, its, one.words, paired)
    return paired, its, slips + (paired != found[0]), worst


def _initials(words: Sequence[Word], paired: int, others: Sequence[Word], its: int) -> tuple[int, int]:
    """Pairs a word with others beside each other that begin with its letters: `PLA`, `People's Liberation Army`."""
    first = "".join("." if its >> n & 1 else word.latin[0] for n, word in enumerate(others))
    for n, word in enumerate(words):
        size = len(word.latin)
        if not paired >> n & 1 and 1 < size <= len(others) and (at := first.find(word.latin)) >= 0:
            paired |= 1 << n
            its |= (1 << size) - 1 << at
            first = first[:at] + "." * size + first[at + size :]
    return its, paired


def _complete(a: Form, b: Form, slips: int) -> NameMatch:
    if reason := _contradiction(a, b):
        return _match(_CONTRADICTED, 1, reason)
    if slips:
        exact = 1 - slips / (SLIP * max(len(a.together), len(b.together)))
        return _match(_ALIKE, exact, "the words are alike")
    return _match(_SAME, 1, "the words are the same")


def _incomplete(kind: Kind, a: Form, b: Form, found: Found) -> NameMatch:
    paired, its, _, worst = found
    said, left, most, also, over, more = told(a.letters, paired, b.letters, its)
    share = min(said, also) / max(min(said, also) + left + over, 1)
    if (left and over) or not (said and also):
        return _as_a_whole(a, b) or _from_its_end(a, b) or _from_its_end(b, a) or _unlike(said, share)
    if reason := _contradiction(a, b):
        return _match(_CONTRADICTED, share, reason)
    if not left and not over:
        return _match(_PROBABLE, share, "another number")
    if worst > SLIP:
        return _match(_LITTLE, share, "words are left out and others differ by more than a slip")
    return _part(kind, a, b, max(said, also), left + over, max(most, more), share)


def _match(level: NameLevel, share: float, reason: str) -> NameMatch:
    return NameMatch(level, (max(level, 0) + share) / _LEVELS, reason)


def _unlike(said: int, share: float) -> NameMatch:
    if said:
        return _match(_CONTRADICTED, share, "each has a word that the other has not")
    return _match(_DIFFERENT, 0, "no word is alike")


def _part(kind: Kind, one: Form, other: Form, said: int, left: int, most: int, share: float) -> NameMatch:
    if kind is _PERSON:
        if (one.titled or other.titled) and family(one) == family(other):
            return _match(_PROBABLE, share, "a title stands before the last word of the other")
        enough = said > 2 and left <= said
    else:
        enough = most < 2 or said >= 3 * left
    if enough:
        return _match(_PROBABLE, share, "the longer name has more words")
    return _match(_LITTLE, share, "one name says too little of the other")


def _contradiction(one: Form, other: Form) -> str:
    if one.generation and other.generation and one.generation != other.generation:
        return "the elder and the younger"
    if one.descent and other.descent and one.descent != other.descent and one.descent == other.descent[::-1]:
        return "father and son exchanged"
    if contradict(one.legal, other.legal):
        return "two legal forms that one company cannot have at once"
    return ""


def _as_a_whole(one: Form, other: Form) -> NameMatch | None:
    """Spaces in other places."""
    size, long = len(one.together), len(other.together)
    if min(size, long) < _LEAST_WHOLE or abs(size - long) > SLIP:
        return None
    if (slips := apart(whole(one), whole(other))) > SLIP:
        return None
    return _match(_ALIKE, 1 - slips / (SLIP * size), "the same but for spaces")


def _from_its_end(one: Form, other: Form) -> NameMatch | None:
    """Text that ran from right to left: each word has its last letter first."""
    if not ends_meet(one, other):
        return None
    found = align_backwards(one.letters, other.letters)
    return _match(_PROBABLE, 0, "one is written from its end") if _every(one, other, found) else None
