"""Numbers said in words or written the Roman way, in names of organisations, ships and units."""

from collections.abc import Iterable

from ..writings import Word, Writing
from .vocabulary import listed, table

_NUMBERS = table("words")["numbers"]
_SAID = {
    word: n
    for line in _NUMBERS["from_one"]
    for n, word in enumerate(line.split(), 1)
    if word not in listed("numbers", "articles")
} | {word: 10 * n for line in _NUMBERS["tens_from_twenty"] for n, word in enumerate(line.split(), 2)}
_ROMAN = {word: n for n, word in enumerate(_NUMBERS["roman_from_two"].split(), 2)}


def no_number(every: Iterable[str]) -> bool:
    """Whether none of these words says a number."""
    return _SAID.keys().isdisjoint(every)


def value(latin: str) -> int:
    """The number that a word says; 0 where it says none. A single `i`, `c` or `m` is a letter."""
    return _SAID.get(latin) or _ROMAN.get(latin, 0)


def spoken(every: Iterable[Word]) -> list[Word]:
    """The same words with `forty four` and `forty 4` as 44."""
    found: list[Word] = []
    for word in every:
        said = int(word.latin) if word.latin.isdigit() else _SAID.get(word.latin, 0)
        before = int(found[-1].latin) if found and found[-1].latin.isdigit() else 0
        if 0 < said < 10 and 20 <= before < 100 and before % 10 == 0:
            found[-1] = Word(str(before + said), Writing.LATIN)
        else:
            found.append(Word(str(said), Writing.LATIN) if said else word)
    return found
