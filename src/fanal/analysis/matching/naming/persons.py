"""Words in names of persons that do not say who: titles, words of the generation, links, what very many have."""

from collections.abc import Iterator, Sequence

from ..writings import Word, skeletons, words
from .aligning import LINK, TELLING, WEAK
from .vocabulary import listed, table

_TITLES, _HONOURS = listed("persons", "titles"), listed("persons", "honours")
PARTICLES, SON_OF = listed("persons", "particles"), listed("persons", "son_of")
_LINKS = PARTICLES | SON_OF | listed("persons", "links")
_MUHAMMAD = listed("persons", "muhammad")
_WEAK = _MUHAMMAD | _HONOURS | listed("persons", "beginnings")
GENERATIONS: dict[str, int] = table("words")["generations"]
SPECIAL = _TITLES | _LINKS | _WEAK | GENERATIONS.keys()


def without_titles(name: str) -> tuple[list[Word], bool]:
    """The words of a name without the titles that begin it, or begin what follows its comma; whether there was one.

    A title with no name after it is a name: `King, Stephen`.
    """
    parts = [words(part) for part in name.split(",", 2)] if "," in name else [words(name)]
    plain = [list(_untitled(part)) or list(part) for part in parts]
    return [word for part in plain for word in part], sum(map(len, plain)) < sum(map(len, parts))


def _untitled(part: Sequence[Word]) -> Iterator[Word]:
    begun = False
    for word in part:
        begun = begun or (word.latin not in _TITLES and word.latin not in _HONOURS)
        if begun:
            yield word


def role(latin: str) -> int:
    """What a word of a person's name is."""
    if latin in _LINKS:
        return LINK
    return WEAK if latin in _WEAK else TELLING


def plain(word: Word) -> Word:
    """All that is written for Muhammad in one way: it is written in more ways than slips can tell."""
    return Word("muhammad", word.writing, word.units) if word.latin in _MUHAMMAD else word


def descent(named: Sequence[Word]) -> tuple[str, str] | None:
    """Skeletons of son and father, where the name says who is whose: `A bin B`."""
    for before, link, after in zip(named, named[1:], named[2:], strict=False):
        if link.latin in SON_OF:
            return skeletons(before)[0], skeletons(after)[0]
    return None
