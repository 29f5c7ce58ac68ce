"""A record as the comparison reads it: fixed columns of numbers, the same online and in a batch."""

from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from struct import Struct
from typing import cast

import numpy as np

from .dates import Birth, birth
from .identifiers import normal
from .keys import area, place_words
from .naming import compared
from .rarity import Rarity
from .record import Identifier, Record, Trait
from .writings import Word, full_forms, skeletons

WORDS, LETTERS, SOUNDS, BIRTHS, VALUES = 6, 14, 5, 2, 12
_READINGS = (
    2  # skeletons of a word in Latin letters; the rest of its sounds are the names that it may be short for
)
NAME = np.dtype(
    [
        ("letters", np.uint8, (WORDS, LETTERS)),  # a–z as 1–26, 0 where the word has ended
        ("sounds", np.uint16, (WORDS, SOUNDS)),  # its likeliest skeletons, then the names it is short for
        ("bits", np.uint8, (WORDS,)),  # one name in 2^bits has this word
    ]
)
BIRTH = np.dtype([("days", np.int16, (BIRTHS, 3))])  # year, month, day; 0 where unknown
SHARED = np.dtype(
    [
        ("values", np.uint32, (VALUES,)),  # hashed
        ("kinds", np.uint8, (VALUES,)),  # 0 where there is none, else KINDS
        ("bits", np.uint8, (VALUES,)),  # one record in 2^bits has this value
    ]
)
LAYOUT = np.dtype([("name", NAME), ("birth", BIRTH), ("shared", SHARED)])
PLACE, AREA = "place", "postcode area"
KINDS = {kind: n for n, kind in enumerate((*Identifier, PLACE, AREA, *Trait), 1)}
WEAK = 4  # bits of an identifier whose check digits do not hold, at most: weak evidence
Row = np.void
_DAY, _VALUE = Struct("<hhh"), Struct("<I")
_POSTCODE = Trait.POSTCODE


def features(record: Record, rarity: Rarity) -> Row:
    """The columns of a record (LAYOUT).

    Of all names together the rarest six different words are kept; of births two, of other values twelve, identifiers
    first. The order in which they are given changes nothing.
    """
    told = _telling(record, rarity)
    columns = [column(word) for _, word in told]
    known = sorted({_date(found) for written in record.births if (found := birth(written))})[:BIRTHS]
    every = sorted(set(values(record)))[:VALUES]
    numbers = [value_of(kind, text, rarity, valid=valid) for kind, text, valid in every]
    row = b"".join(
        [
            b"".join([letters for letters, _ in columns]).ljust(WORDS * LETTERS, b"\0"),
            b"".join([sounds for _, sounds in columns]).ljust(WORDS * SOUNDS * 2, b"\0"),
            bytes([bits for bits, _ in told]).ljust(WORDS, b"\0"),
            b"".join([_DAY.pack(*day) for day in known]).ljust(BIRTHS * _DAY.size, b"\0"),
            b"".join([_VALUE.pack(number) for number, _ in numbers]).ljust(VALUES * _VALUE.size, b"\0"),
            bytes([KINDS[kind] for kind, _, _ in every]).ljust(VALUES, b"\0"),
            bytes([bits for _, bits in numbers]).ljust(VALUES, b"\0"),
        ]
    )
    return cast(Row, np.frombuffer(bytearray(row), LAYOUT)[0])


@lru_cache(maxsize=50_000)
def column(word: Word) -> tuple[bytes, bytes]:
    """The letters and the sounds of a word, as they stand in LAYOUT."""
    letters = bytes([ord(sign) - 96 for sign in word.latin[:LETTERS]])
    sounds = np.array(sounds_of(word), np.uint16).tobytes()
    return letters.ljust(LETTERS, b"\0"), sounds.ljust(2 * SOUNDS, b"\0")


def sounds_of(word: Word) -> list[int]:
    """The sounds of a word as numbers, SOUNDS at most."""
    readings = skeletons(word, SOUNDS if word.units else _READINGS)
    sounds = [*readings, *(f"={full}" for full in full_forms(word.latin))][:SOUNDS]
    return [_hashed(sound, 2) or 1 for sound in sounds]


def value_of(kind: str, text: str, rarity: Rarity, *, valid: bool) -> tuple[int, int]:
    """A value as a number, and its bits: few where it may not be right."""
    bits = rarity.of_value(kind, text)
    return _hashed(text, 4), bits if valid else min(bits, WEAK)


def telling_words(record: Record) -> dict[str, Word]:
    """The words of all names that are compared, by their Latin letters."""
    return {word.latin: word for name in record.names for word in compared(name, record.kind)}


def _telling(record: Record, rarity: Rarity) -> list[tuple[int, Word]]:
    scored = [(rarity.of_word(latin), word) for latin, word in telling_words(record).items()]
    return sorted(scored, key=lambda one: (-one[0], one[1].latin))[:WORDS]


def _date(day: Birth) -> tuple[int, int, int]:
    return day.year or 0, day.month or 0, day.day or 0


def values(record: Record) -> Iterator[tuple[str, str, bool]]:
    """(kind, text in its one form, whether it may be right) of everything that is the same or is not."""
    for kind, written in record.identifiers.items():
        for text in written:
            if form := normal(kind, text):
                yield kind, form.text, form.valid is not False
    for place in record.places:
        yield from [(PLACE, latin, True) for latin in place_words(place)]
    for trait, written in record.traits.items():
        for text in written:
            plain = " ".join(text.casefold().split())
            yield trait, plain, True
            if trait is _POSTCODE:
                yield AREA, area(text), True


@lru_cache(maxsize=20_000)
def _hashed(text: str, size: int) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=size).digest(), "little")
