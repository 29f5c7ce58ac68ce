"""A name as a pair of names reads it: its words with what each of them is, and what the name says beside."""

from collections.abc import Sequence
from functools import lru_cache
from string import ascii_lowercase, digits
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np

from ..record import Kind
from ..spelling import MOST, Letters
from ..writings import Word, Writing, full_forms, skeletons, words
from . import organisations, persons
from .aligning import FOREIGN, LETTERS, LINK, READINGS, SOUNDS, TELLING, WEAK, WORDS, Sounds
from .legal_forms import Family
from .organisations import shortened, without_legal_form
from .persons import GENERATIONS, descent, without_titles
from .persons import plain as spelled

_SILENT = 2 * WORDS * SOUNDS  # bytes
SILENT = np.frombuffer(bytes(_SILENT), np.uint16).reshape(WORDS, SOUNDS)  # where nothing is listened to
_ROWS = WORDS * (1 + LETTERS)  # bytes
_ALL = (TELLING,) * WORDS
_CODES = bytes.maketrans(ascii_lowercase.encode() + digits.encode(), bytes(range(1, 37)))


class Form(NamedTuple):
    """`words`, and for each a row of `letters`: what it is, then its letters. `needed`: which are no links, as bits.

    `generation`: 1 for the elder, 2 for the younger, 0 where nothing says it. `descent`: skeletons of son and father,
    where the name says who is whose. `titled`: a title stands before a single word. `legal`: families of its legal
    form.
    """

    words: tuple[Word, ...]
    letters: Letters
    needed: int
    generation: int = 0
    descent: tuple[str, str] | None = None
    titled: bool = False
    legal: frozenset[Family] = frozenset()


def form(name: str, kind: Kind) -> Form:
    """What the name of a person, or of an organisation or thing, says."""
    return _of_person(name) if kind is Kind.PERSON else _of_organisation(name)


def sounds(name: str, kind: Kind) -> Sounds:
    """What each word sounds like: its likeliest skeletons of two sounds or more, then the names it is short for."""
    return _person_heard(name) if kind is Kind.PERSON else _organisation_heard(name)


@lru_cache(maxsize=100_000)
def _person_heard(name: str) -> Sounds:
    return _filled([_heard(w.latin, w.writing, w.units, True) for w in _of_person(name).words])


@lru_cache(maxsize=100_000)
def _organisation_heard(name: str) -> Sounds:
    return _filled([_heard(w.latin, w.writing, w.units, False) for w in _of_organisation(name).words])


def _filled(heard: list[bytes]) -> Sounds:
    return np.frombuffer(b"".join(heard).ljust(_SILENT, b"\0"), np.uint16).reshape(WORDS, SOUNDS)


@lru_cache(maxsize=50_000)
def _heard(latin: str, writing: Writing, units: tuple[str, ...], given: bool) -> bytes:
    read = [_hashed(found) for found in skeletons(Word(latin, writing, units))[:READINGS] if len(found) > 1]
    full = full_forms(latin)[: SOUNDS - READINGS] if given else ()
    every = [*read, *[0] * (READINGS - len(read)), *map(_hashed, full)]
    return np.array(every + [0] * (SOUNDS - len(every)), np.uint16).tobytes()


def _hashed(text: str) -> int:
    return crc32(text.encode()) & 0xFFFF or 1


@lru_cache(maxsize=100_000)
def _of_person(name: str) -> Form:
    plain = words(name)
    if persons.SPECIAL.isdisjoint([word.latin for word in plain]):  # most names: every word tells
        told = list(dict.fromkeys(plain)) if len(plain) > len(set(plain)) else plain
        return _form(told, _ALL[: len(told)])
    every, titled = without_titles(name)
    generations = [GENERATIONS[word.latin] for word in every[1:] if word.latin in GENERATIONS]
    named = [word for n, word in enumerate(every) if not n or word.latin not in GENERATIONS]
    told = _once([spelled(word) for word in named])
    roles = [persons.role(word.latin) for word in told]
    return _form(
        told,
        roles if TELLING in roles or WEAK in roles else [TELLING] * len(roles),
        generation=generations[0] if generations else 0,
        descent=descent(named),
        titled=titled,
    )


def _once(told: Sequence[Word]) -> list[Word]:
    """A word that is written twice tells nothing more; `Muhammad` and `Abdul` may stand before each of several."""
    seen: set[str] = set()
    found = []
    for word in told:
        if word.latin not in seen or persons.role(word.latin) == WEAK:
            found.append(word)
        seen.add(word.latin)
    return found


@lru_cache(maxsize=100_000)
def _of_organisation(name: str) -> Form:
    core, families = without_legal_form(name)
    named = [shortened(word) for word in core]
    roles = [organisations.role(word.latin) for word in named]
    return _form(named, roles if set(roles) != {LINK} else [TELLING] * len(roles), legal=families)


def _form(named: Sequence[Word], roles: Sequence[int], **said: Any) -> Form:
    its = tuple(named[:WORDS])
    rows = b"".join([_row(word.latin, role, word.writing) for word, role in zip(its, roles, strict=False)])
    letters = np.frombuffer(rows.ljust(_ROWS, b"\0"), np.uint8).reshape(WORDS, 1 + LETTERS)
    needed = (1 << len(its)) - 1
    for n, role in enumerate(roles[:WORDS]):
        needed -= (role == LINK) << n
    return Form(its, letters, needed, **said)


def whole(its: Form) -> Letters:
    """The letters of a name without its spaces."""
    return np.frombuffer(
        "".join([word.latin for word in its.words])[:MOST].encode().translate(_CODES), np.uint8
    )


def family(its: Form) -> str:
    """The last word that tells."""
    rows = zip(its.words[::-1], its.letters[: len(its.words), 0][::-1], strict=True)
    return next((word.latin for word, role in rows if role % FOREIGN == TELLING), "")


@lru_cache(maxsize=50_000)
def _row(latin: str, role: int, writing: Writing) -> bytes:
    """What a word is, and its letters as 1–26, digits as 27–36."""
    said = role if writing is Writing.LATIN else role + FOREIGN
    return bytes([said]) + latin.encode()[:LETTERS].translate(_CODES).ljust(LETTERS, b"\0")
