"""From a record to the keys under which its like may be found.

A key is the keyed hash of one fact or a pair of facts ("these two words occur in the name", "this word and that year of
birth"). Without the caller's secret a key says nothing; two services that share a secret can compare keys and nothing
else.
"""

from collections.abc import Iterable, Iterator
from enum import IntEnum
from hashlib import blake2b
from itertools import combinations, pairwise, product

from .dates import Birth, birth
from .identifiers import normal
from .record import Identifier, Kind, Record
from .writings import Word, skeletons, words

VERSION = 1  # changes with every change of a key: an index of another version cannot be asked
_SPACE = b"fanal.keys.1"  # names the use of the hash, 16 bytes at most


class KeyKind(IntEnum):
    """What a key is made of. The number is part of the key: never reuse one."""

    WORDS = 1  # two words of a name, in any order
    FATHER = 2  # a given name and the father's, in this order
    WORD_YEAR = 3
    WORD_DAY = 4  # with day and month, exchanged or not
    NEAR_YEAR = 5  # a word with one sound left out, and the year
    WORD_PLACE = 6
    DATE_PLACE = 7
    LETTERS = 8  # one word alone, letter by letter: for names of one word
    WHOLE = 9  # an identifier
    HALF = 10
    NEAR = 11  # an identifier with one sign left out


Key = tuple[KeyKind, str]
PARTICLES = frozenset(
    {
        "abu",
        "al",
        "bin",
        "ibn",
        "ben",
        "bint",
        "binti",
        "ould",
        "el",
        "oulad",
        "da",
        "das",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "e",
        "la",
        "las",
        "le",
        "los",
        "san",
        "st",
        "ter",
        "van",
        "vander",
        "vanden",
        "von",
        "zu",
        "y",
        "und",
        "et",
    }
)
SON_OF = frozenset({"bin", "ibn", "ben", "bint", "binti", "ould", "wuld", "walad"})
_FATHERS = ("ovich", "evich", "ovitch", "evitch", "ovna", "evna", "ovytch", "ivna", "oglu", "qizi", "kizi")
_READINGS = 3  # skeletons of a word that enter a pair
_LONGEST_NEAR = 16  # signs of an identifier of which each is left out once


def keys(record: Record, secret: bytes) -> dict[int, KeyKind]:
    """The keys of a record (unsigned 64-bit numbers) with their kinds, under a secret of 16 to 64 bytes.

    The order of names, words, dates and identifiers changes nothing. Refuses a shorter or longer secret with
    ValueError.
    """
    if not 16 <= len(secret) <= 64:
        raise ValueError("the secret of the keys has 16 to 64 bytes")
    return {_hashed(key, secret): key[0] for key in facts(record)}


def _hashed(key: Key, secret: bytes) -> int:
    text = f"{key[0].value}|{key[1]}".encode()
    return int.from_bytes(blake2b(text, digest_size=8, key=secret, person=_SPACE).digest(), "little")


def facts(record: Record) -> set[Key]:
    """The same keys before hashing: for explanation and tests, never for storage."""
    found: set[Key] = set()
    births = [known for written in record.births if (known := birth(written))]
    places = sorted({word.latin for place in record.places for word in words(place) if len(word.latin) > 2})
    for name in record.names:
        found.update(_of_name(words(name), births, places, record.kind))
    found.update(
        (KeyKind.DATE_PLACE, f"{day.year}-{day.month}-{day.day}|{place}")
        for day, place in product(births, places)
        if day.whole and not day.conventional
    )
    for kind, written in record.identifiers.items():
        for text in written:
            found.update(_of_identifier(kind, text))
    return found


def _of_name(name: tuple[Word, ...], births: list[Birth], places: list[str], kind: Kind) -> Iterator[Key]:
    telling = [word for word in name if word.latin not in PARTICLES] or list(name)
    read = [skeletons(word)[:_READINGS] for word in telling]
    for one, other in combinations(read, 2):
        yield from ((KeyKind.WORDS, "|".join(sorted(pair))) for pair in product(one, other))
    if len(telling) == 1:
        yield KeyKind.LETTERS, telling[0].latin
    if kind is Kind.PERSON:
        yield from _of_descent(name)
    for several in read:
        yield from ((KeyKind.WORD_PLACE, f"{word}|{place}") for word, place in product(several[:1], places))
        for day in births:
            yield from _with_birth(several, day)


def _with_birth(read: Iterable[str], day: Birth) -> Iterator[Key]:
    for rank, word in enumerate(read):
        yield KeyKind.WORD_YEAR, f"{word}|{day.year}"
        if day.month and day.day:
            yield KeyKind.WORD_DAY, f"{word}|{min(day.month, day.day)}-{max(day.month, day.day)}"
        if rank == 0:
            yield from (
                (KeyKind.NEAR_YEAR, f"{near}|{day.year}")
                for near in {word, *_left_out(word)}
                if len(word) > 3
            )


def _of_descent(name: tuple[Word, ...]) -> Iterator[Key]:
    """Given name and father's name where the name says which is which: `A bin B`, `Ivan Petrovich`."""
    for before, word in pairwise(name):
        if word.latin.endswith(_FATHERS) and before.latin not in SON_OF:
            yield KeyKind.FATHER, f"{skeletons(before)[0]}|{skeletons(word)[0]}"
    for before, link, word in zip(name, name[1:], name[2:], strict=False):
        if link.latin in SON_OF:
            yield KeyKind.FATHER, f"{skeletons(before)[0]}|{skeletons(word)[0]}"


def _of_identifier(kind: Identifier, written: str) -> Iterator[Key]:
    form = normal(kind, written)
    if form is None:
        return
    text = form.text
    yield KeyKind.WHOLE, f"{kind}|{text}"
    if 6 <= len(text) <= _LONGEST_NEAR:
        middle = len(text) // 2
        yield KeyKind.HALF, f"{kind}|{text[:middle]}-"
        yield KeyKind.HALF, f"{kind}|-{text[-middle:]}"
        yield from ((KeyKind.NEAR, f"{kind}|{near}") for near in {text, *_left_out(text)})


def _left_out(text: str) -> Iterator[str]:
    return (text[:at] + text[at + 1 :] for at in range(len(text)))
