"""Words in names of organisations and ships that say little: legal forms, links, places, numbers, `group`."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from babel import Locale

from ..writings import Word, Writing, words
from .aligning import LINK, NUMBER, PLACE, TELLING, WEAK
from .legal_forms import Family, attached_forms, initials_joined, stripped
from .numbers import no_number, spoken, value
from .vocabulary import listed, table

_LINKS = listed("organisations", "links")
_MANY_HAVE, _SHIPS = listed("organisations", "many_have"), listed("organisations", "ships")
_SHORTENED: dict[str, str] = table("words")["shortened"]
_DIGITS, _ANY = re.compile(r"\d+"), re.compile(r"[^\0-/:-\x7f]")
_LANGUAGES = ["en", "fr", "nl", "de", "es", "it", "pt", "pl", "ro", "tr", "nb", "sv", "da", "fi", "cs", "hu"]
_REGIONS = frozenset(
    ["150", "142", "002", "019", "003", "005", "021", "145", "030"]
)  # UN M49: Europe, Asia, Africa, the Americas …


def without_legal_form(name: str) -> tuple[Sequence[Word], frozenset[Family]]:
    """The words of a name, numbers in digits among them, without its legal form; and the families of that form."""
    plain, attached = attached_forms(name)
    every = _with_numbers(plain)
    latin = [word.latin for word in every]
    if 1 in map(len, latin):
        every = initials_joined(every)
        latin = [word.latin for word in every]
    its, families = stripped(latin)
    core = every[its]
    if not _SHIPS.isdisjoint(latin):
        core = [word for word in core if word.latin not in _SHIPS] or core
    return core, families | attached if attached else families


def _with_numbers(name: str) -> Sequence[Word]:
    if not _ANY.search(name) or not _DIGITS.search(name):  # the second is slow, as it knows the digits of all
        its = words(name)
        return its if no_number([word.latin for word in its]) else spoken(its)
    found: list[Word] = []
    at = 0
    for number in _DIGITS.finditer(name):
        found += words(name[at : number.start()])
        found.append(_number(int(number.group()[:9])))
        at = number.end()
    return spoken([*found, *words(name[at:])])


def _number(of: int) -> Word:
    return Word(str(of), Writing.LATIN)


@lru_cache(maxsize=50_000)
def read(word: Word) -> tuple[Word, int]:
    """The word that is meant, and what it is."""
    meant = _shortened(word)
    return meant, role(meant.latin)


def _shortened(word: Word) -> Word:
    """The word that a common short form stands for, and a Roman number in digits."""
    if number := value(word.latin):
        return _number(number)
    full = _SHORTENED.get(word.latin)
    return Word(full, word.writing) if full else word


def role(latin: str) -> int:
    """What a word of an organisation's name is."""
    if latin.isdigit():
        return NUMBER
    if latin in _LINKS:
        return LINK
    if latin in places():
        return PLACE
    return WEAK if latin in _MANY_HAVE else TELLING


@cache
def places() -> frozenset[str]:
    """Words that are the whole name of a country or a part of the world, in the languages of companies (CLDR)."""
    named = (
        name
        for language in _LANGUAGES
        for code, name in Locale(language).territories.items()
        if len(code) == 2 or code in _REGIONS
    )
    return listed("organisations", "places") | {
        found[0].latin for name in named if len(found := words(name)) == 1
    }
