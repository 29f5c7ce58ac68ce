"""From a record to the keys under which its like may be found.

A key is the keyed hash of one fact or a pair of facts ("these two words occur in the name", "this word and that year of
birth"). Without the caller's secret a key says nothing; two services that share a secret can compare keys and nothing
else.
"""

from collections.abc import Iterator, Sequence
from enum import IntEnum
from functools import lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple

from .dates import Birth, birth
from .hashing import hashes
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


# By their own names: to ask an enumeration for a member takes longer than to make a key.
_WORDS, _FATHER, _WORD_YEAR, _WORD_DAY, _NEAR_YEAR, _WORD_PLACE, _DATE_PLACE, _LETTERS = tuple(KeyKind)[:8]
_WHOLE, _HALF, _NEAR, _WORD_AREA, _WORD_TRAIT, _DATE_AREA, _SOUND, _NEAR_SOUND = tuple(KeyKind)[8:]
_PERSON, _POSTCODE = Kind.PERSON, Trait.POSTCODE
_BEGINS = {kind: f"{kind.value}|" for kind in KeyKind}
_OF_IDENTIFIER = {kind: f"{kind}|" for kind in Identifier}
_OF_TRAIT = {trait: f"{trait}|" for trait in (Trait.OCCUPATION, Trait.NATIONALITY)}
Key = tuple[KeyKind, str]
_FATHERS = ("ovich", "evich", "ovitch", "evitch", "ovna", "evna", "ovytch", "ivna", "oglu", "qizi", "kizi")
_READINGS = 3  # skeletons of a word that enter a pair
RANKS = 9  # of two skeletons, the likeliest being 1: pairs whose product is larger are not worth a key
LONGEST_NEAR = 16  # signs of an identifier of which each is left out once


class Guesses(NamedTuple):
    """How many skeletons are kept of a word whose letters leave its sound open."""

    pair: int  # of a word beside another word or a date
    ranks: int  # as RANKS
    alone: int  # of a name of one word
    near: int  # of these, with one sound left out
    spelled: int  # spellings in Latin letters


_STORED = Guesses(pair=6, ranks=RANKS, alone=6, near=2, spelled=2)
_ASKED = Guesses(pair=10, ranks=24, alone=48, near=12, spelled=16)


def keys(record: Record, secret: bytes) -> dict[int, KeyKind]:
    """The keys of a record (unsigned 64-bit numbers) with their kinds, under a secret of 16 to 64 bytes.

    The order of names, words, dates and identifiers changes nothing. Refuses a shorter or longer secret with
    ValueError.
    """
    return _keyed(_facts(record, _STORED), secret)


def asked(record: Record, secret: bytes) -> dict[int, KeyKind]:
    """The keys to look up for a record: those of `keys`, and more for words that are not in Latin letters.

    An index stores few keys, a question costs little: it tries less likely readings too. Refuses as `keys` does.
    """
    return _keyed(_facts(record, _ASKED), secret)


def _keyed(found: Sequence[Key], secret: bytes) -> dict[int, KeyKind]:
    if not 16 <= len(secret) <= 64:
        raise ValueError("the secret of the keys has 16 to 64 bytes")
    numbers = hashes([_BEGINS[kind] + text for kind, text in found], secret, _SPACE).tolist()
    return dict(zip(numbers, [kind for kind, _ in found], strict=True))


def facts(record: Record) -> set[Key]:
    """The same keys before hashing: for explanation and tests, never for storage."""
    return set(_facts(record, _STORED))


def _facts(record: Record, guesses: Guesses) -> list[Key]:
    """The keys before hashing, some more than once."""
    births = [known for written in record.births if (known := birth(written))]
    around = list(beside(record))
    found: list[Key] = []
    for name in record.names:
        found += of_name(name, births, record.kind, guesses)
        for word in telling(name, record.kind):
            first = heard(word, guesses)[0]
            found += [(kind, f"{first}|{text}") for kind, _, text in around]
    for day in births:
        if day.whole and not day.conventional:
            whole = f"{day.year}-{day.month}-{day.day}|"
            found += [(kind, whole + text) for _, kind, text in around if kind is not _WORD_TRAIT]
    for kind, written in record.identifiers.items():
        for text in written:
            found += _of_identifier(kind, text)
    return found


def beside(record: Record) -> Iterator[tuple[KeyKind, KeyKind, str]]:
    """(kind with a word, kind with a date, text) of what many share and what narrows with a name or a date."""
    for place in record.places:
        for latin in place_words(place):
            yield _WORD_PLACE, _DATE_PLACE, latin
    if record.traits:
        for code in record.traits.get(_POSTCODE, ()):
            yield _WORD_AREA, _DATE_AREA, area(code)
        for trait, begin in _OF_TRAIT.items():
            for text in record.traits.get(trait, ()):
                yield _WORD_TRAIT, _WORD_TRAIT, begin + text.casefold()


@lru_cache(maxsize=20_000)
def place_words(place: str) -> tuple[str, ...]:
    """The words of a place in a–z that say where, one and two letters left out."""
    return tuple([word.latin for word in words(place) if len(word.latin) > 2])


def area(postcode: str) -> str:
    """What a postcode begins with: its first part where it has two, else its first two signs."""
    parts = postcode.casefold().split()
    return parts[0][:4] if len(parts) > 1 else "".join(parts)[:2]


@lru_cache(maxsize=50_000)
def heard(word: Word, guesses: Guesses = _STORED) -> tuple[str, ...]:
    """The skeletons of a word that enter a pair, that of the first name it may be short for among them."""
    if word.units:
        return skeletons(word, guesses.pair)
    full = [readings(name, 1)[0] for name in full_forms(word.latin)[:1]]
    return tuple(dict.fromkeys([*skeletons(word)[: _READINGS - len(full)], *full]))


def of_name(name: str, births: Sequence[Birth], kind: Kind, guesses: Guesses = _STORED) -> list[Key]:
    """The keys of a name, alone and beside dates of birth; some may come twice."""
    told = telling(name, kind)
    read = [heard(word, guesses) for word in told]
    found: list[Key] = []
    for one, other in combinations(read, 2):
        for rank, first in enumerate(one, 1):
            found += [
                (_WORDS, f"{first}|{second}" if first <= second else f"{second}|{first}")
                for second in other[: guesses.ranks // rank]
            ]
    found += beside_pairs(name, kind, guesses)
    for day in births:
        for several in read:
            found += _with_birth(several, day)
    return found


def beside_pairs(name: str, kind: Kind, guesses: Guesses = _STORED) -> list[Key]:
    """The keys of a name that are no two words in any order, and stand alone."""
    told = telling(name, kind)
    found = list(_alone(told[0], guesses)) if len(told) == 1 else []
    return [*found, *_of_descent(name)] if kind is _PERSON else found


def _alone(word: Word, guesses: Guesses) -> Iterator[Key]:
    spelled = spellings(word.units, word.writing, guesses.spelled) if word.units else ()
    yield from ((_LETTERS, plain(latin)) for latin in {word.latin, *spelled})
    found = skeletons(word, guesses.alone) if word.units else skeletons(word)[:_READINGS]
    yield from ((_SOUND, sound) for sound in found)
    for sound in found[: guesses.near]:
        yield _NEAR_SOUND, sound
        if len(sound) > 2:
            yield from ((_NEAR_SOUND, near) for near in _left_out(sound))


def _with_birth(read: Sequence[str], day: Birth) -> list[Key]:
    year, month, its = f"|{day.year}", day.month, day.day
    found = [(_WORD_YEAR, word + year) for word in read]
    if month and its:
        both = f"|{month}-{its}" if month <= its else f"|{its}-{month}"
        found += [(_WORD_DAY, word + both) for word in read]
    if len(read[0]) > 3:
        found += [(_NEAR_YEAR, near + year) for near in (read[0], *_left_out(read[0]))]
    return found


def _of_descent(name: str) -> Iterator[Key]:
    """Given name and father's name where the name says which is which: `A bin B`, `Ivan Petrovich`."""
    its = words(name)
    for before, word in pairwise(its):
        if word.latin.endswith(_FATHERS) and before.latin not in SON_OF:
            yield _FATHER, f"{skeletons(before)[0]}|{skeletons(word)[0]}"
    for n in range(1, len(its) - 1):
        if its[n].latin in SON_OF:
            yield _FATHER, f"{skeletons(its[n - 1])[0]}|{skeletons(its[n + 1])[0]}"


def _of_identifier(kind: Identifier, written: str) -> list[Key]:
    form = normal(kind, written)
    if form is None:
        return []
    text, begin = form.text, _OF_IDENTIFIER[kind]
    found = [(_WHOLE, begin + text)]
    if 6 <= len(text) <= LONGEST_NEAR:
        middle = len(text) // 2
        found += [(_HALF, f"{begin}{text[:middle]}-"), (_HALF, f"{begin}-{text[-middle:]}")]
        found += [(_NEAR, begin + near) for near in (text, *_left_out(text))]
    return found


def _left_out(text: str) -> list[str]:
    return [text[:at] + text[at + 1 :] for at in range(len(text))]
