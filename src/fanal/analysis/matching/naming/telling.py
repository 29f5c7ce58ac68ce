"""The words of a name that tell who: what an index looks for, and what a comparison of records compares."""

from functools import lru_cache

from ..record import Kind
from ..writings import Word, words
from .aligning import LINK, NUMBER, PLACE, TELLING
from .organisations import read, role, without_legal_form
from .persons import PARTICLES, plain, spelled, without_generation, without_titles

_PERSON = Kind.PERSON


def telling(name: str, kind: Kind) -> tuple[Word, ...]:
    """The words to look for: of a person without titles and particles, else without legal form, places, numbers and
    what many organisations are called. Where nothing else is there, these.
    """
    its = compared(name, kind)
    if kind is _PERSON:
        return its
    return tuple([word for word in its if role(word.latin) == TELLING]) or its


@lru_cache(maxsize=100_000)
def compared(name: str, kind: Kind) -> tuple[Word, ...]:
    """The words to compare: those to look for, and the places in the name of an organisation."""
    if kind is _PERSON:
        its = words(name)
        if "," not in name and plain([word.latin for word in its]):
            return its
        found = spelled(without_generation(without_titles(name, its)[0])[0])
        return tuple([word for word in found if word.latin not in PARTICLES]) or found
    core, _ = without_legal_form(name)
    named = [(word, its) for word, its in map(read, core) if its not in (LINK, NUMBER)]
    named = named or [(word, role(word.latin)) for word in words(name)]
    told = {its for _, its in named}
    return tuple([word for word, its in named if its in (TELLING, PLACE) or TELLING not in told])
