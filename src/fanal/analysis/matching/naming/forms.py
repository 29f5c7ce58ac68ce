"""A name as a pair of names reads it: its words with what each of them is, and what the name says beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_lowercase, digits
from zlib import crc32

import numpy as np

from ..record import Kind
from ..spelling import Letters
from ..writings import Word, Writing, full_forms, skeletons
from . import organisations, persons
from .aligning import FOREIGN, LETTERS, LINK, READINGS, SOUNDS, TELLING, WEAK, WORDS, Sounds
from .legal_forms import Family
from .organisations import shortened, without_legal_form
from .persons import GENERATIONS, descent, without_titles
from .persons import plain as spelled

SILENT = np.zeros((WORDS, SOUNDS), np.uint16)  # where nothing is listened to
_WHOLE = 40  # letters of a name without its spaces
_CODES = bytes.maketrans(ascii_lowercase.encode() + digits.encode(), bytes(range(1, 37)))


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """`letters` and `roles` by word (aligning.WORDS rows); `words` the same as text; `whole` without the spaces.

    `generation`: 1 for the elder, 2 for the younger, 0 where nothing says it. `descent`: skeletons of son and father,
    where the name says who is whose. `family`: the last word. `titled`: a title stands before a single word. `legal`:
    families of the legal form.
    """

    words: tuple[Word, ...]
    letters: Letters
    roles: Letters
    whole: Letters
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
    found = np.zeros((WORDS, SOUNDS), np.uint16)
    for n, word in enumerate(form(name, kind).words):
        read = [skeleton for skeleton in skeletons(word)[:READINGS] if len(skeleton) > 1]
        found[n, : len(read)] = [_hashed(skeleton) for skeleton in read]
        full = full_forms(word.latin)[: SOUNDS - READINGS] if kind is Kind.PERSON else ()
        found[n, READINGS : READINGS + len(full)] = [_hashed(name) for name in full]
    return found


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


def _form(named: Sequence[Word], roles: Sequence[int], **said: object) -> Form:
    marked = bytearray(WORDS)
    for n, (word, role) in enumerate(zip(named[:WORDS], roles, strict=False)):
        marked[n] = role if word.writing is Writing.LATIN else role + FOREIGN
    written = b"".join(_signs(word.latin, LETTERS) for word in named[:WORDS]).ljust(WORDS * LETTERS, b"\0")
    together = "".join(word.latin for word in named)[:_WHOLE]
    return Form(
        tuple(named[:WORDS]),
        np.frombuffer(bytearray(written), np.uint8).reshape(WORDS, LETTERS),
        np.frombuffer(marked, np.uint8),
        np.frombuffer(bytearray(_signs(together, 0)), np.uint8),
        next(
            (word.latin for word, role in zip(named[::-1], roles[::-1], strict=True) if role == TELLING), ""
        ),
        **said,  # type: ignore[arg-type]
    )


def _signs(latin: str, room: int) -> bytes:
    """Letters as 1–26, digits as 27–36."""
    signs = latin.encode().translate(_CODES)
    return signs[:room].ljust(room, b"\0") if room else signs
