"""From a record to the keys under which its like may be found.

A key is the keyed hash of one fact or a pair of facts ("these two words occur in the name", "this word and that year of
birth"). Without the caller's secret a key says nothing; two services that share a secret can compare keys and nothing
else.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from hashlib import blake2b
from itertools import combinations, pairwise, product
from struct import unpack

from .dates import Birth, birth
from .identifiers import normal
from .naming import SON_OF, telling
from .record import Identifier, Kind, Record, Trait
from .writings import Word, full_forms, plain, readings, skeletons, spellings, words

VERSION = 6  # changes with every change of a key: an index of another version cannot be asked
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
    LETTERS = 8  # one word alone as it is spelled, roughly: for names of one word
    WHOLE = 9  # an identifier
    HALF = 10
    NEAR = 11  # an identifier with one sign left out
    WORD_AREA = 12  # a word, and the area of a postcode
    WORD_TRAIT = 13  # a word, and an occupation or nationality
    DATE_AREA = 14
    SOUND = 15  # how one word alone sounds: for names of one word
    NEAR_SOUND = 16  # the same with one sound left out


Key = tuple[KeyKind, str]
_FATHERS = ("ovich", "evich", "ovitch", "evitch", "ovna", "evna", "ovytch", "ivna", "oglu", "qizi", "kizi")
_READINGS = 3  # skeletons of a word that enter a pair
_RANKS = 9  # of two skeletons, the likeliest being 1: pairs whose product is larger are not worth a key
LONGEST_NEAR = 16  # signs of an identifier of which each is left out once


@dataclass(frozen=True, slots=True)
class Guesses:
    """How many skeletons are kept of a word whose letters leave its sound open."""

    pair: int  # of a word beside another word or a date
    ranks: int  # as _RANKS
    alone: int  # of a name of one word
    near: int  # of these, with one sound left out
    spelled: int  # spellings in Latin letters


_STORED = Guesses(pair=6, ranks=_RANKS, alone=6, near=2, spelled=2)
_ASKED = Guesses(pair=10, ranks=24, alone=48, near=12, spelled=16)


def keys(record: Record, secret: bytes) -> dict[int, KeyKind]:
    """The keys of a record (unsigned 64-bit numbers) with their kinds, under a secret of 16 to 64 bytes.

    The order of names, words, dates and identifiers changes nothing. Refuses a shorter or longer secret with
    ValueError.
    """
    return _keyed(facts(record), secret)


def asked(record: Record, secret: bytes) -> dict[int, KeyKind]:
    """The keys to look up for a record: those of `keys`, and more for words that are not in Latin letters.

    An index stores few keys, a question costs little: it tries less likely readings too. Refuses as `keys` does.
    """
    return _keyed(facts(record, _ASKED), secret)


def _keyed(found: Iterable[Key], secret: bytes) -> dict[int, KeyKind]:
    if not 16 <= len(secret) <= 64:
        raise ValueError("the secret of the keys has 16 to 64 bytes")
    begun, every, hashes = blake2b(digest_size=8, key=secret, person=_SPACE), list(found), []
    for key in every:
        one = begun.copy()
        one.update(("%d|%s" % key).encode())  # noqa: UP031 (an enum in an f-string takes three times as long)
        hashes.append(one.digest())
    return dict(zip(unpack(f"<{len(every)}Q", b"".join(hashes)), (kind for kind, _ in every), strict=True))


def facts(record: Record, guesses: Guesses = _STORED) -> set[Key]:
    """The same keys before hashing: for explanation and tests, never for storage."""
    found: set[Key] = set()
    births = [known for written in record.births if (known := birth(written))]
    around = list(beside(record))
    for name in record.names:
        found.update(of_name(name, births, record.kind, guesses))
        found.update(
            (kind, f"{skeletons(word)[0]}|{text}")
            for word, (kind, _, text) in product(telling(name, record.kind), around)
        )
    found.update(
        (kind, f"{day.year}-{day.month}-{day.day}|{text}")
        for day, (_, kind, text) in product(births, around)
        if day.whole and not day.conventional and kind is not KeyKind.WORD_TRAIT
    )
    for kind, written in record.identifiers.items():
        for text in written:
            found.update(_of_identifier(kind, text))
    return found


def beside(record: Record) -> Iterator[tuple[KeyKind, KeyKind, str]]:
    """(kind with a word, kind with a date, text) of what many share and what narrows with a name or a date."""
    for place in record.places:
        for word in words(place):
            if len(word.latin) > 2:
                yield KeyKind.WORD_PLACE, KeyKind.DATE_PLACE, word.latin
    for code in record.traits.get(Trait.POSTCODE, ()):
        yield KeyKind.WORD_AREA, KeyKind.DATE_AREA, area(code)
    for trait in (Trait.OCCUPATION, Trait.NATIONALITY):
        for text in record.traits.get(trait, ()):
            yield KeyKind.WORD_TRAIT, KeyKind.WORD_TRAIT, f"{trait}|{text.casefold()}"


def area(postcode: str) -> str:
    """What a postcode begins with: its first part where it has two, else its first two signs."""
    parts = postcode.casefold().split()
    return parts[0][:4] if len(parts) > 1 else "".join(parts)[:2]


def heard(word: Word, guesses: Guesses = _STORED) -> list[str]:
    """The skeletons of a word that enter a pair, that of the first name it may be short for among them."""
    if word.units:
        return list(skeletons(word, guesses.pair))
    full = [readings(name, 1)[0] for name in full_forms(word.latin)[:1]]
    return list(dict.fromkeys([*skeletons(word)[: _READINGS - len(full)], *full]))


def of_name(name: str, births: Sequence[Birth], kind: Kind, guesses: Guesses = _STORED) -> Iterator[Key]:
    """The keys of a name, alone and beside dates of birth."""
    told = telling(name, kind)
    read = [heard(word, guesses) for word in told]
    for one, other in combinations(read, 2):
        for (m, first), (n, second) in product(enumerate(one, 1), enumerate(other, 1)):
            if m * n <= guesses.ranks:
                yield KeyKind.WORDS, "|".join(sorted((first, second)))
    if len(told) == 1:
        yield from _alone(told[0], guesses)
    if kind is Kind.PERSON:
        yield from _of_descent(words(name))
    for several in read:
        for day in births:
            yield from _with_birth(several, day)


def _alone(word: Word, guesses: Guesses) -> Iterator[Key]:
    spelled = spellings(word.units, word.writing, guesses.spelled) if word.units else ()
    yield from ((KeyKind.LETTERS, plain(latin)) for latin in {word.latin, *spelled})
    found = skeletons(word, guesses.alone) if word.units else skeletons(word)[:_READINGS]
    yield from ((KeyKind.SOUND, sound) for sound in found)
    for sound in found[: guesses.near]:
        yield KeyKind.NEAR_SOUND, sound
        if len(sound) > 2:
            yield from ((KeyKind.NEAR_SOUND, near) for near in _left_out(sound))


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
    if 6 <= len(text) <= LONGEST_NEAR:
        middle = len(text) // 2
        yield KeyKind.HALF, f"{kind}|{text[:middle]}-"
        yield KeyKind.HALF, f"{kind}|-{text[-middle:]}"
        yield from ((KeyKind.NEAR, f"{kind}|{near}") for near in {text, *_left_out(text)})


def _left_out(text: str) -> Iterator[str]:
    return (text[:at] + text[at + 1 :] for at in range(len(text)))
