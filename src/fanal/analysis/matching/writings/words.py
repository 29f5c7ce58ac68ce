"""From a name as typed to its words, each with the writing it is in and the units that writing is read by."""

import re
import unicodedata
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Word:
    """A word: `latin` in a–z (romanised sign by sign where it is not Latin), `units` as its writing is read."""

    latin: str
    writing: Writing
    units: tuple[str, ...] = ()


_RANGES = (
    (0x0041, 0x024F, Writing.LATIN),
    (0x1E00, 0x1EFF, Writing.LATIN),
    (0x0400, 0x052F, Writing.CYRILLIC),
    (0x0590, 0x05FF, Writing.HEBREW),
    (0x0600, 0x06FF, Writing.ARABIC),
    (0x0750, 0x077F, Writing.ARABIC),
    (0xFB50, 0xFEFC, Writing.ARABIC),
    (0x1100, 0x11FF, Writing.HANGUL),
    (0xAC00, 0xD7A3, Writing.HANGUL),
    (0x3400, 0x9FFF, Writing.HAN),
    (0x20000, 0x2FA1F, Writing.HAN),
)
_INSIDE = frozenset("'’ʼ`´")
_NOT_LETTERS = re.compile(r"[^a-z]+")
_PLAIN, _SIGNS = re.compile(r"[a-z0-9'`]+"), str.maketrans("", "", "0123456789'`")
_LONGEST = 60  # letters of one word that are read; nobody's name is told apart by what follows
_MOST = 12  # words of one name that are read


@lru_cache(maxsize=100_000)
def words(name: str) -> tuple[Word, ...]:
    """The words of a name in the order written: case, accents, apostrophes, invisible and control signs do not count.

    At most 12 words of 60 letters are read, so that a name of ten thousand signs costs no more than a long one. A name
    without a single letter gives no word.
    """
    read = name[: 4 * _MOST * _LONGEST]
    if read.isascii():  # the same, without asking what each sign is
        plain = (part[:_LONGEST].translate(_SIGNS) for part in _PLAIN.findall(read.lower()))
        return tuple(Word(latin, Writing.LATIN) for latin in plain if latin)[:_MOST]
    text = unicodedata.normalize("NFKC", read)
    kept = (
        sign if unicodedata.category(sign)[0] in "LMN" or sign in _INSIDE else " "
        for sign in text
        if visible(sign)
    )
    found = (_word(part[:_LONGEST]) for part in "".join(kept).split())
    return tuple(word for word in found if word.latin)[:_MOST]


def visible(sign: str) -> bool:
    """Not a mark of direction, a joiner or a code without a sign: these hide inside names copied from elsewhere."""
    return unicodedata.category(sign) not in ("Cf", "Cs", "Co", "Cn")


def writing_of(text: str) -> Writing:
    """The writing of the first letter that has one."""
    for sign in text:
        if sign.isalpha():
            return _writing(ord(sign))
    return Writing.OTHER


@lru_cache(maxsize=4096)
def _writing(code: int) -> Writing:
    return next((writing for first, last, writing in _RANGES if first <= code <= last), Writing.OTHER)


def _word(part: str) -> Word:
    writing = writing_of(part)
    latin = _NOT_LETTERS.sub("", anyascii(part).lower())
    if writing in (Writing.LATIN, Writing.OTHER):
        return Word(latin, writing)
    return Word(latin, writing, units(part, writing))


def units(part: str, writing: Writing) -> tuple[str, ...]:
    """What a writing is read by: letters, the parts of a Korean syllable, the syllable of a Chinese character."""
    if writing is Writing.HANGUL:
        return tuple(unicodedata.normalize("NFD", part))
    if writing is Writing.HAN:  # the old and the new form of a character have one syllable
        return tuple(anyascii(sign).lower().strip() or sign for sign in part)
    plain = unicodedata.normalize("NFC" if writing is Writing.CYRILLIC else "NFKD", part.lower())
    letters = [sign for sign in plain if sign.isalpha()]
    return tuple(sign for n, sign in enumerate(letters) if n == 0 or sign != letters[n - 1])
