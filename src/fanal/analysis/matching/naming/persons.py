"""Words in names of persons that do not say who: titles, words of the generation, links, what very many have."""

from collections.abc import Iterable, Sequence

from ..writings import Word, skeletons, words
from .aligning import LINK, TELLING, WEAK
from .vocabulary import listed, table

_TITLES, _HONOURS = listed("persons", "titles"), listed("persons", "honours")
PARTICLES, SON_OF = listed("persons", "particles"), listed("persons", "son_of")
_LINKS = PARTICLES | SON_OF | listed("persons", "links")
_MUHAMMAD = listed("persons", "muhammad")
_WEAK = _MUHAMMAD | _HONOURS | listed("persons", "beginnings")
GENERATIONS: dict[str, int] = table("words")["generations"]
_SPECIAL = _TITLES | _LINKS | _WEAK | GENERATIONS.keys()
_ROLES = dict.fromkeys(_WEAK, WEAK) | dict.fromkeys(_LINKS, LINK)
_BEFORE = _TITLES | _HONOURS


def without_titles(name: str, its: tuple[Word, ...]) -> tuple[tuple[Word, ...], bool]:
    """The words of a name without the titles that begin it, or begin what follows its comma; whether there was one.

    `its`: all words of the name. A title with no name after it is a name: `King, Stephen`.
    """
    if "," not in name:
        named = _untitled(its)
        return named, len(named) < len(its)
    parts = [words(part) for part in name.split(",", 2)]
    plain = [_untitled(part) for part in parts]
    return tuple([word for part in plain for word in part]), sum(map(len, plain)) < sum(map(len, parts))


def without_generation(its: tuple[Word, ...]) -> tuple[tuple[Word, ...], int]:
    """The words of a name without those that say a generation, and which it is: of two, the first."""
    said = [GENERATIONS[word.latin] for word in its[1:] if word.latin in GENERATIONS]
    if not said:
        return its, 0
    return its[:1] + tuple([word for word in its[1:] if word.latin not in GENERATIONS]), said[0]


def _untitled(part: tuple[Word, ...]) -> tuple[Word, ...]:
    for n, word in enumerate(part):
        if word.latin not in _BEFORE:
            return part[n:]
    return part


def plain(latin: Iterable[str]) -> bool:
    """Whether every word tells, as in most names."""
    return _SPECIAL.isdisjoint(latin)


def role(latin: str) -> int:
    """What a word of a person's name is."""
    return _ROLES.get(latin, TELLING)


def spelled(its: tuple[Word, ...]) -> tuple[Word, ...]:
    """All that is written for Muhammad in one way: it is written in more ways than slips can tell."""
    if _MUHAMMAD.isdisjoint([word.latin for word in its]):
        return its
    return tuple([word._replace(latin="muhammad") if word.latin in _MUHAMMAD else word for word in its])


def descent(named: Sequence[Word]) -> tuple[str, str] | None:
    """Skeletons of son and father, where the name says who is whose: `A bin B`."""
    for n in range(1, len(named) - 1):
        if named[n].latin in SON_OF:
            return skeletons(named[n - 1])[0], skeletons(named[n + 1])[0]
    return None
