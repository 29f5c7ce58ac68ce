"""A record as the comparison reads it: fixed columns of numbers, the same online and in a batch."""

from collections.abc import Mapping
from hashlib import blake2b
from typing import cast

import numpy as np

from .dates import Birth, birth
from .identifiers import normal
from .keys import PARTICLES
from .record import Identifier, Record
from .writings import Word, skeletons, words

WORDS, LETTERS, SOUNDS, BIRTHS, PLACES, IDENTIFIERS = 6, 14, 2, 2, 3, 8
UNKNOWN_RARITY = 20  # bits of a word that the model has never met: 1 in a million
LAYOUT = np.dtype(
    [
        ("letters", np.uint8, (WORDS, LETTERS)),  # a–z as 1–26, 0 where the word has ended
        ("sounds", np.uint16, (WORDS, SOUNDS)),  # its likeliest skeletons
        ("rarity", np.uint8, (WORDS,)),  # bits: one name in 2^rarity has this word
        ("births", np.int16, (BIRTHS, 3)),  # year, month, day; 0 where unknown
        ("places", np.uint16, (PLACES,)),
        ("kinds", np.uint8, (IDENTIFIERS,)),  # 0 where there is none, else the place in Identifier, from 1
        ("identifiers", np.uint32, (IDENTIFIERS,)),
    ]
)
_KINDS = {kind: n for n, kind in enumerate(Identifier, 1)}
Row = np.void


def features(record: Record, rarity: Mapping[str, int]) -> Row:
    """The columns of a record (LAYOUT). `rarity`: bits of each known word of names, by its Latin letters.

    Of all names together the rarest six different words are kept; of births two, of places three, of identifiers eight.
    The order in which they are given changes nothing.
    """
    row = np.zeros((), LAYOUT)
    chosen = _telling(record, rarity)
    for n, (bits, word) in enumerate(chosen):
        row["letters"][n, : min(len(word.latin), LETTERS)] = [ord(sign) - 96 for sign in word.latin[:LETTERS]]
        sounds = [_small(skeleton) for skeleton in skeletons(word)[:SOUNDS]]
        row["sounds"][n, : len(sounds)] = sounds
        row["rarity"][n] = bits
    known = {found for written in record.births if (found := birth(written))}
    for n, day in enumerate(sorted(known, key=_date)[:BIRTHS]):
        row["births"][n] = _date(day)
    places = sorted(
        {_small(word.latin) for place in record.places for word in words(place) if len(word.latin) > 2}
    )
    row["places"][: len(places[:PLACES])] = places[:PLACES]
    for n, (kind, number) in enumerate(_identified(record)[:IDENTIFIERS]):
        row["kinds"][n], row["identifiers"][n] = kind, number
    return cast(Row, row[()])


def _telling(record: Record, rarity: Mapping[str, int]) -> list[tuple[int, Word]]:
    every = {word.latin: word for name in record.names for word in words(name)}
    telling = {latin: word for latin, word in every.items() if latin not in PARTICLES} or every
    scored = [(rarity.get(latin, UNKNOWN_RARITY), word) for latin, word in telling.items()]
    return sorted(scored, key=lambda one: (-one[0], one[1].latin))[:WORDS]


def _date(day: Birth) -> tuple[int, int, int]:
    return day.year or 0, day.month or 0, day.day or 0


def _identified(record: Record) -> list[tuple[int, int]]:
    forms = (
        (_KINDS[kind], form.text)
        for kind, written in record.identifiers.items()
        for text in written
        if (form := normal(kind, text))
    )
    return sorted({(kind, _hashed(text, 4) or 1) for kind, text in forms})


def _small(text: str) -> int:
    return _hashed(text, 2) or 1


def _hashed(text: str, size: int) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=size).digest(), "little")
