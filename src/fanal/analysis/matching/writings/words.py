"""From a name as typed to its words, each with the writing it is in and the units that writing is read by."""

import unicodedata
from functools import lru_cache
from itertools import chain, islice
from typing import NamedTuple

from .learned import spelled
from .romanised import romanised
from .scripts import Writing, units, writing_of
from .surnames import foreign, parted


class Word(NamedTuple):
    """A word: `latin` in a–z, `units` as its writing is read.

    Where it is not in Latin letters, `latin` is the likeliest spelling by what was learned, else sign by sign.
    """

    latin: str
    writing: Writing
    units: tuple[str, ...] = ()


_INSIDE = frozenset("'’‘ʼ`´׳״")
_LINKS = {  # words that link names, by the one spelling under which they are known
    "بن": "bin",
    "ابن": "ibn",
    "بنت": "bint",
    "ابو": "abu",
    "أبو": "abu",
    "ولد": "ould",
    "ال": "al",
    "آل": "al",
    "אבו": "abu",
    "אבן": "ibn",
    "בן": "ben",
    "בת": "bat",
    "אל": "el",
    "ибн": "ibn",
    "бин": "bin",
    "бинт": "bint",
    "бен": "ben",
    "абу": "abu",
    "аль": "al",
    "ал": "al",
    "эль": "el",
    "оглы": "oglu",
    "кызы": "qizi",
    "ван": "van",
    "фон": "von",
    "де": "de",
    "ди": "di",
    "да": "da",
    "дер": "der",
    "ла": "la",
}
_PLAIN = bytes(  # of each plain sign what is left of it, as of any other by _KEPT
    ord(sign.lower()) if sign.isascii() and (sign.isalnum() or sign in "'`") else ord(" ")
    for sign in map(chr, range(256))
)
_SIGNS = str.maketrans("", "", "0123456789'`")
_LONGEST = 60  # letters of one word that are read; nobody's name is told apart by what follows
_MOST = 12  # words of one name that are read


class _Kept(dict[int, int | str | None]):
    """Of each sign what is left of it: itself, a space, or nothing where it is invisible. Asked once of a sign."""

    def __missing__(self, code: int) -> int | str | None:
        sign = chr(code)
        kept = unicodedata.category(sign)[0] in "LMN" or sign in _INSIDE
        self[code] = (code if kept else " ") if visible(sign) else None
        return self[code]


_KEPT = _Kept()


def words(name: str) -> tuple[Word, ...]:
    """The words of a name in the order written: case, accents, apostrophes, invisible and control signs do not count.

    At most 12 words of 60 letters are read, so that a name of ten thousand signs costs no more than a long one. A name
    without a single letter gives no word.
    """
    read = name[: 4 * _MOST * _LONGEST]
    if read.isascii():  # the same, without asking what each sign is
        parts = read.encode("ascii").translate(_PLAIN).decode("ascii").split()
    else:
        parts = unicodedata.normalize("NFKC", read).translate(_KEPT).split()
    return tuple(islice(chain.from_iterable(map(_words, parts)), _MOST))


def visible(sign: str) -> bool:
    """Not a mark of direction, a joiner or a code without a sign: these hide inside names copied from elsewhere."""
    return unicodedata.category(sign) not in ("Cf", "Cs", "Co", "Cn")


@lru_cache(maxsize=100_000)  # words are met again far more often than names
def _words(part: str) -> tuple[Word, ...]:
    """The words of a part without a space; none where it has no letter."""
    part = part[:_LONGEST]
    if part.isascii():
        latin = part.lower().translate(_SIGNS)
        return (Word(latin, Writing.LATIN),) if latin else ()
    found = [
        Word(latin, Writing.HANGUL)
        if latin
        else _word(signs)  # letters that are known need no learned reading
        for signs, latin in parted(part)
    ]
    return tuple(word for word in found if word.latin)


def _word(part: str) -> Word:
    writing = writing_of(part)
    latin = romanised(part)
    if writing in (Writing.LATIN, Writing.OTHER):
        return Word(latin, writing)
    read = units(part, writing)
    if writing is not Writing.HAN or foreign(part):  # a Chinese name has its own syllables
        latin = spelled(read, writing) or latin
    return Word(_LINKS.get(part.lower(), latin), writing, read)
