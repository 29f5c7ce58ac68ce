"""What is known of each word, date and value of a base, each looked at once, wherever it is written."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from fanal.analysis.matching.dates import birth
from fanal.analysis.matching.features import KINDS, LETTERS, PLACE, SOUNDS, sounds_of, value_of, values
from fanal.analysis.matching.keys import beside, beside_pairs, heard
from fanal.analysis.matching.naming import compared, telling
from fanal.analysis.matching.rarity import Rarity
from fanal.analysis.matching.record import Identifier, Kind, Record, Trait
from fanal.analysis.matching.writings import Word

from .texts import Members, Places, Texts, starts_of, texts

Small = npt.NDArray[np.uint8]


class Lists(NamedTuple):
    """List n has the texts `starts[n] : starts[n + 1]`, each of a kind (of key, or none)."""

    starts: Places
    kinds: Small
    texts: Texts


class Names(NamedTuple):
    """Of each name its keys but those of two words, and which of its words are looked for and which compared."""

    keys: Lists
    told: Members
    compared: Members


class Words(NamedTuple):
    """Of each word its letters in a–z, the columns of `features`, its skeletons."""

    latin: npt.NDArray[np.bytes_]
    letters: Small
    sounds: npt.NDArray[np.uint16]
    bits: Small
    heard: Lists


class Values(NamedTuple):
    """Of each value what `features` keeps of it."""

    starts: Places
    kinds: Small
    numbers: npt.NDArray[np.uint32]
    bits: Small
    valid: Small
    texts: Texts


class Items(NamedTuple):
    """Of each place, trait and identifier: its values; what stands in a key beside a word, and beside a date."""

    values: Values
    beside: Lists
    dated: Small  # the kinds of key beside a date


def names_of(names: Sequence[tuple[Kind, str]]) -> tuple[Names, list[Word]]:
    """The table of these names, in their order, and the different words that it numbers."""
    seen: dict[Word, int] = {}
    looked_for, compared_with = [], []
    for kind, name in names:
        every = compared(name, kind)
        told = telling(name, kind)
        at = [seen.setdefault(word, len(seen)) for word in every]
        compared_with.append(at)
        looked_for.append(at if told is every else [seen.setdefault(word, len(seen)) for word in told])
    keys = _lists(set(beside_pairs(name, kind)) for kind, name in names)
    return Names(keys, _members(looked_for), _members(compared_with)), list(seen)


def _members(listed: Sequence[Sequence[int]]) -> Members:
    return Members(starts_of(map(len, listed)), np.array([one for each in listed for one in each], np.int64))


def words_of(words: Sequence[Word], rarity: Rarity) -> Words:
    """The table of these words, in their order."""
    latin = np.array([word.latin for word in words] or [""], np.bytes_)[: len(words)]
    signs = latin.astype(f"S{LETTERS}").view(np.uint8).reshape(-1, LETTERS)
    sounds = np.zeros((len(words), SOUNDS), np.uint16)
    for n, word in enumerate(words):
        its = sounds_of(word)
        sounds[n, : len(its)] = its
    return Words(
        latin,
        np.where(signs, signs - 96, 0).astype(np.uint8),
        sounds,
        np.array([rarity.of_word(word.latin) for word in words], np.uint8),
        _lists([(0, skeleton) for skeleton in heard(word)] for word in words),
    )


def _lists(several: Iterable[Iterable[tuple[int, str]]]) -> Lists:
    listed = [list(each) for each in several]
    flat = [one for each in listed for one in each]
    kinds = np.array([kind for kind, _ in flat], np.uint8)
    return Lists(starts_of(map(len, listed)), kinds, texts([text for _, text in flat]))


def births_of(written: Sequence[str]) -> npt.NDArray[np.int16]:
    """Year, month and day of each text; 0 where unknown."""
    known = (birth(text) for text in written)
    days = [(day.year or 0, day.month or 0, day.day or 0) if day else (0, 0, 0) for day in known]
    return np.array(days, np.int16).reshape(-1, 3)


def items_of(items: Sequence[tuple[str, str]], rarity: Rarity) -> Items:
    """The table of these values: (kind of identifier, kind of trait or PLACE; text as written)."""
    records = [_only(kind, text) for kind, text in items]
    found = [list(values(record)) for record in records]
    flat = [one for each in found for one in each]
    columns = [value_of(kind, text, rarity, valid=valid) for kind, text, valid in flat]
    around = [() if record.identifiers else tuple(beside(record)) for record in records]
    return Items(
        Values(
            starts_of(map(len, found)),
            np.array([KINDS[kind] for kind, _, _ in flat], np.uint8),
            np.array([number for number, _ in columns], np.uint32),
            np.array([bits for _, bits in columns], np.uint8),
            np.array([valid for _, _, valid in flat], np.uint8),
            texts([text for _, text, _ in flat]),
        ),
        _lists([(kind, text) for kind, _, text in each] for each in around),
        np.array([kind for each in around for _, kind, _ in each], np.uint8),
    )


def _only(kind: str, text: str) -> Record:
    """A record with nothing but this value."""
    if kind == PLACE:
        return Record("", places=(text,))
    if kind in _TRAITS:
        return Record("", traits={Trait(kind): (text,)})
    return Record("", identifiers={Identifier(kind): (text,)})


_TRAITS = frozenset(Trait)
