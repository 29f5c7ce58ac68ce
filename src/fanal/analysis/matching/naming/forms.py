"""A name as a pair of names reads it: its words with what each of them is, and what the name says beside."""

from collections.abc import Sequence
from functools import lru_cache
from string import ascii_lowercase, digits
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np

from ..record import Kind
from ..spelling import MOST, Letters
from ..writings import Word, Writing, full_forms, skeletons
from . import organisations, persons
from .aligning import FOREIGN, LETTERS, LINK, READINGS, SOUNDS, TELLING, WEAK, WORDS, Sounds
from .legal_forms import Family
from .organisations import shortened, without_legal_form
from .persons import GENERATIONS, descent, without_titles
from .persons import plain as spelled

SILENT = np.frombuffer(bytes(2 * WORDS * SOUNDS), np.uint16).reshape(
    WORDS, SOUNDS
)  # where nothing is listened to
_CODES = bytes.maketrans(ascii_lowercase.encode() + digits.encode(), bytes(range(1, 37)))


class Form(NamedTuple):
    """`words`, and for each a row of `letters`: what it is, then its letters. `whole`: the name without its spaces.

    `needed`: the words that are no links, as bits. `family`: the last of those that tell.

    `generation`: 1 for the elder, 2 for the younger, 0 where nothing says it. `descent`: skeletons of son and father,
    where the name says who is whose. `titled`: a title stands before a single word. `legal`:
    families of the legal form.
    """

    words: tuple[Word, ...]
    letters: Letters
    whole: Letters
    needed: int
    family: str
    generation: int = 0
    descent: tuple[str, str] | None = None
    titled: bool = False
    legal: frozenset[Family] = frozenset()


@lru_cache(maxsize=100_000)
def form(name: str, kind: Kind) -> Form:
    """What the name of a person, or of an organisation or thing, says."""
    return _of_person(name) if kind is Kind.PERSON else _of_organisation(name)


@lru_cache(maxsize=100_000)
def sounds(name: str, kind: Kind) -> Sounds:
    """What each word sounds like: its likeliest skeletons of two sounds or more, then the names it is short for."""
    heard = b"".join([_heard(word, kind) for word in form(name, kind).words])
    return np.frombuffer(heard.ljust(2 * WORDS * SOUNDS, b"\0"), np.uint16).reshape(WORDS, SOUNDS)


@lru_cache(maxsize=50_000)
def _heard(word: Word, kind: Kind) -> bytes:
    read = [_hashed(skeleton) for skeleton in skeletons(word)[:READINGS] if len(skeleton) > 1]
    full = full_forms(word.latin)[: SOUNDS - READINGS] if kind is Kind.PERSON else ()
    every = [*read, *[0] * (READINGS - len(read)), *map(_hashed, full)]
    return np.array(every + [0] * (SOUNDS - len(every)), np.uint16).tobytes()


def _hashed(text: str) -> int:
    return crc32(text.encode()) & 0xFFFF or 1


def _of_person(name: str) -> Form:
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


def _of_organisation(name: str) -> Form:
    core, families = without_legal_form(name)
    named = [shortened(word) for word in core]
    roles = [organisations.role(word.latin) for word in named]
    return _form(named, roles if set(roles) != {LINK} else [TELLING] * len(roles), legal=families)


def _form(named: Sequence[Word], roles: Sequence[int], **said: Any) -> Form:
    its = tuple(named[:WORDS])
    rows = b"".join([_row(word.latin, role, word.writing) for word, role in zip(its, roles, strict=False)])
    needed = sum([1 << n for n, role in enumerate(roles[:WORDS]) if role != LINK])
    whole = "".join([word.latin for word in its])[:MOST].encode().translate(_CODES)
    family = next(
        (word.latin for word, role in zip(its[::-1], roles[::-1], strict=False) if role == TELLING), ""
    )
    letters = np.frombuffer(rows.ljust(WORDS * (1 + LETTERS), b"\0"), np.uint8).reshape(WORDS, 1 + LETTERS)
    return Form(its, letters, np.frombuffer(whole, np.uint8), needed, family, **said)


@lru_cache(maxsize=50_000)
def _row(latin: str, role: int, writing: Writing) -> bytes:
    """What a word is, and its letters as 1–26, digits as 27–36."""
    said = role if writing is Writing.LATIN else role + FOREIGN
    return bytes([said]) + latin.encode()[:LETTERS].translate(_CODES).ljust(LETTERS, b"\0")
