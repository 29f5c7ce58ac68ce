"""Words in names of organisations and ships that say little: legal forms, links, places, numbers, `group`."""

import re
from functools import cache

from babel import Locale

from ..writings import Word, Writing, words
from .aligning import LINK, NUMBER, PLACE, TELLING, WEAK
from .legal_forms import Family, attached_forms, initials_joined, stripped
from .numbers import spoken, value
from .vocabulary import listed, table

_LINKS = listed("organisations", "links")
_MANY_HAVE, _SHIPS = listed("organisations", "many_have"), listed("organisations", "ships")
_SHORTENED: dict[str, str] = table("words")["shortened"]
_DIGITS = re.compile(r"\d+")
_LANGUAGES = ["en", "fr", "nl", "de", "es", "it", "pt", "pl", "ro", "tr", "nb", "sv", "da", "fi", "cs", "hu"]
_REGIONS = frozenset(
    ["150", "142", "002", "019", "003", "005", "021", "145", "030"]
)  # UN M49: Europe, Asia, Africa, the Americas …


def without_legal_form(name: str) -> tuple[list[Word], frozenset[Family]]:
    """The words of a name, numbers in digits among them, without its legal form; and the families of that form."""
    plain, attached = attached_forms(name)
    every = initials_joined(_with_numbers(plain))
    its, families = stripped([word.latin for word in every])
    core = every[its]
    return [word for word in core if word.latin not in _SHIPS] or core, families | attached


def _with_numbers(name: str) -> list[Word]:
    if not _DIGITS.search(name):
        return spoken(words(name))
    found: list[Word] = []
    at = 0
    for number in _DIGITS.finditer(name):
        found += words(name[at : number.start()])
        found.append(_number(int(number.group()[:9])))
        at = number.end()
    return spoken([*found, *words(name[at:])])


def _number(of: int) -> Word:
    return Word(str(of), Writing.LATIN)


def shortened(word: Word) -> Word:
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
