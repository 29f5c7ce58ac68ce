"""The words of a name that tell who: what an index looks for, and what a comparison of records compares."""

from functools import lru_cache

from ..record import Kind
from ..writings import Word, words
from . import organisations
from .aligning import LINK, NUMBER, PLACE, TELLING
from .organisations import shortened, without_legal_form
from .persons import GENERATIONS, PARTICLES, plain, without_titles


@lru_cache(maxsize=100_000)
def telling(name: str, kind: Kind) -> tuple[Word, ...]:
    """The words to look for: of a person without titles and particles, else without legal form, places, numbers and
    what many organisations are called. Where nothing else is there, these.
    """
    if kind is Kind.PERSON:
        return compared(name, kind)
    return tuple(word for word in compared(name, kind) if _role(word) == TELLING) or compared(name, kind)


@lru_cache(maxsize=100_000)
def compared(name: str, kind: Kind) -> tuple[Word, ...]:
    """The words to compare: those to look for, and the places in the name of an organisation."""
    if kind is Kind.PERSON:
        named, _ = without_titles(name)
        found = [plain(word) for n, word in enumerate(named) if not n or word.latin not in GENERATIONS]
        return tuple(word for word in found if word.latin not in PARTICLES) or tuple(found)
    core, _ = without_legal_form(name)
    named = [word for word in map(shortened, core) if _role(word) not in (LINK, NUMBER)] or list(words(name))
    told = {_role(word) for word in named}
    return tuple(word for word in named if _role(word) in (TELLING, PLACE) or TELLING not in told)


def _role(word: Word) -> int:
    return organisations.role(word.latin)
