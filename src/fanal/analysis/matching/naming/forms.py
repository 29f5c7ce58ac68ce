"""A name as a pair of names reads it: its words with what each of them is, and what the name says beside."""

from collections.abc import Sequence
from functools import lru_cache
from string import ascii_lowercase, digits
from typing import NamedTuple
from zlib import crc32

import numpy as np

from ..record import Kind
from ..spelling import MOST
from ..writings import Word, Writing, full_forms, skeletons, words
from . import organisations, persons
from .aligning import FIRST, FOREIGN, LAST, LETTERS, LINK, READINGS, ROW, SOUNDS, TELLING, WEAK, WORDS
from .legal_forms import Family
from .organisations import without_legal_form
from .persons import descent, spelled, without_generation, without_titles

_PERSON, _LATIN = Kind.PERSON, Writing.LATIN
_CODES = bytes.maketrans(ascii_lowercase.encode() + digits.encode(), bytes(range(1, 37)))


class Form(NamedTuple):
    """`words`, and for each a ROW of `letters`. `together`: their letters without spaces. `needed`: which are no links,
    as bits.

    `generation`: 1 for the elder, 2 for the younger, 0 where nothing says it. `descent`: skeletons of son and father,
    where the name says who is whose. `titled`: a title stands before a single word. `legal`: families of its legal
    form.
    """

    words: tuple[Word, ...]
    letters: bytes
    together: str
    needed: int
    generation: int = 0
    descent: tuple[str, str] | None = None
    titled: bool = False
    legal: frozenset[Family] = frozenset()


def form(name: str, kind: Kind) -> Form:
    """What the name of a person, or of an organisation or thing, says."""
    return _of_person(name) if kind is _PERSON else _of_organisation(name)


def sounds(its: Form, kind: Kind) -> bytes:
    """What each word sounds like: its likeliest skeletons of two sounds or more, then the names it is short for."""
    return b"".join(map(_given_heard if kind is _PERSON else _heard, its.words))


@lru_cache(maxsize=50_000)
def _given_heard(word: Word) -> bytes:
    return _sounds(word, full_forms(word.latin)[: SOUNDS - READINGS])


@lru_cache(maxsize=50_000)
def _heard(word: Word) -> bytes:
    return _sounds(word, ())


def _sounds(word: Word, full: Sequence[str]) -> bytes:
    read = [_hashed(found) for found in skeletons(word)[:READINGS] if len(found) > 1]
    every = [*read, *[0] * (READINGS - len(read)), *map(_hashed, full)]
    return np.array(every + [0] * (SOUNDS - len(every)), np.uint16).tobytes()


def _hashed(text: str) -> int:
    return crc32(text.encode()) & 0xFFFF or 1


@lru_cache(maxsize=100_000)
def _of_person(name: str) -> Form:
    its = words(name)
    latin = [word.latin for word in its]
    if persons.plain(latin):
        if len(set(latin)) < len(latin):
            its = tuple(dict.fromkeys(its))
            latin = [word.latin for word in its]
        return Form(its, b"".join(map(_row, its)), "".join(latin)[:MOST], (1 << len(its)) - 1)
    every, titled = without_titles(name, its)
    named, generation = without_generation(every)
    its = _once(spelled(named))
    rows, needed = _rows(its, [persons.role(word.latin) for word in its])
    its = its[:WORDS]
    return Form(its, rows, _together(its), needed, generation, descent(named), titled)


def _once(told: tuple[Word, ...]) -> tuple[Word, ...]:
    """A word that is written twice tells nothing more; `Muhammad` and `Abdul` may stand before each of several."""
    if len({word.latin for word in told}) == len(told):
        return told
    seen: set[str] = set()
    found = []
    for word in told:
        if word.latin not in seen or persons.role(word.latin) == WEAK:
            found.append(word)
        seen.add(word.latin)
    return tuple(found)


@lru_cache(maxsize=100_000)
def _of_organisation(name: str) -> Form:
    core, families = without_legal_form(name)
    its = [organisations.read(word) for word in core]
    named = tuple([word for word, _ in its[:WORDS]])
    rows, needed = _rows(named, [role for _, role in its])
    return Form(named, rows, _together(named), needed, 0, None, False, families)


def _rows(named: Sequence[Word], roles: Sequence[int]) -> tuple[bytes, int]:
    """The letters of a form, and which of its words are needed; links tell where there is nothing else."""
    if LINK not in roles:
        return b"".join(map(_row, named[:WORDS], roles)), (1 << min(len(named), WORDS)) - 1
    if set(roles) == {LINK}:
        return _rows(named, [TELLING] * len(roles))
    needed = [1 << n for n, role in enumerate(roles[:WORDS]) if role != LINK]
    return b"".join(map(_row, named[:WORDS], roles)), sum(needed)


def _together(named: Sequence[Word]) -> str:
    return "".join([word.latin for word in named])[:MOST]


def whole(its: Form) -> bytes:
    """The letters of a name without its spaces, as in its rows."""
    return its.together.encode().translate(_CODES)


def ends_meet(one: Form, other: Form) -> bool:
    """Whether each word of one ends as a word of the other begins."""
    return frozenset(other.letters[FIRST::ROW]).issuperset(one.letters[LAST::ROW])


def family(its: Form) -> str:
    """The last word that tells."""
    rows = zip(its.words[::-1], its.letters[::ROW][::-1], strict=True)
    return next((word.latin for word, role in rows if role % FOREIGN == TELLING), "")


@lru_cache(maxsize=50_000)
def _row(word: Word, role: int = TELLING) -> bytes:
    """What a word is, its first letters as 1–26, digits as 27–36, and its last one."""
    said = role if word.writing is _LATIN else role + FOREIGN
    letters = word.latin.encode().translate(_CODES)
    first = letters[:LETTERS]
    return bytes([said, len(first)]) + first.ljust(LETTERS, b"\0") + letters[-1:]
