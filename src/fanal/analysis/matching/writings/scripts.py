"""Which writing a sign belongs to, and the units by which a word of it is read."""

import unicodedata
from enum import StrEnum
from functools import lru_cache

from anyascii import anyascii


class Writing(StrEnum):
    LATIN = "latin"
    CYRILLIC = "cyrillic"
    ARABIC = "arabic"
    HEBREW = "hebrew"
    HAN = "han"
    HANGUL = "hangul"
    OTHER = "other"  # read letter by letter: Greek, Kana, Devanagari, Ethiopic and whatever else


_RANGES = (
    (0x0041, 0x024F, Writing.LATIN),
    (0x1E00, 0x1EFF, Writing.LATIN),
    (0x0400, 0x052F, Writing.CYRILLIC),
    (0x0590, 0x05FF, Writing.HEBREW),
    (0x0600, 0x06FF, Writing.ARABIC),
    (0x0750, 0x077F, Writing.ARABIC),
    (0xFB1D, 0xFB4F, Writing.HEBREW),
    (0xFB50, 0xFEFC, Writing.ARABIC),
    (0x1100, 0x11FF, Writing.HANGUL),
    (0xAC00, 0xD7A3, Writing.HANGUL),
    (0x3400, 0x9FFF, Writing.HAN),
    (0x20000, 0x2FA1F, Writing.HAN),
)
# One letter on the keyboards of several countries, and a stroke that only lengthens a word.
_ONE_LETTER = str.maketrans(
    {"ی": "ي", "ک": "ك", "ہ": "ه", "ھ": "ه", "ۃ": "ة", "ـ": None, "װ": "וו", "ײ": "יי"}
)
_GERESH = frozenset("'’׳`´")
_ARTICLE, _SHORTEST = "ال", 5  # letters of a word that may begin with the article
_TWICE = frozenset("וי")  # consonants when they are written twice


def ready() -> None:
    """Read the tables of all signs now, some milliseconds, and not when a name first needs one of them."""
    anyascii("".join(map(chr, (*range(0, 0xD800, 256), *range(0xF900, 0x10000, 256)))))


def writing_of(text: str) -> Writing:
    """The writing of the first letter that has one."""
    for sign in text:
        if sign.isalpha():
            return _writing(ord(sign))
    return Writing.OTHER


@lru_cache(maxsize=4096)
def _writing(code: int) -> Writing:
    return next((writing for first, last, writing in _RANGES if first <= code <= last), Writing.OTHER)


def units(part: str, writing: Writing) -> tuple[str, ...]:
    """What a writing is read by: letters, the parts of a Korean syllable, the syllable of a Chinese character.

    A letter written twice is one. The Arabic article, a Hebrew letter with its geresh and a doubled vav or yod are
    units of their own.
    """
    if writing is Writing.HANGUL:
        return tuple(unicodedata.normalize("NFD", part))
    if writing is Writing.HAN:  # the old and the new form of a character have one syllable
        return tuple(anyascii(sign).lower().strip() or sign for sign in part)
    plain = unicodedata.normalize("NFC" if writing is Writing.CYRILLIC else "NFKD", part.lower())
    plain = plain.translate(_ONE_LETTER)
    found: list[str] = []
    for sign in plain:
        if writing is Writing.HEBREW and sign in _GERESH and found:
            found[-1] = found[-1][0] + "'"
        elif sign.isalpha():
            if not found or found[-1] != sign:
                found.append(sign)
            elif sign in _TWICE:
                found[-1] = sign * 2
    if writing is Writing.ARABIC and len(found) >= _SHORTEST and part.startswith(_ARTICLE):
        found[:2] = [_ARTICLE]
    return tuple(found)
