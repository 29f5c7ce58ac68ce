"""What records have of the tables, put together: their rows and their keys. Compiled; several stretches at once."""

from typing import Any, NamedTuple

import numpy as np

from fanal.analysis.matching.compiled import compiled
from fanal.analysis.matching.features import KINDS
from fanal.analysis.matching.keys import LONGEST_NEAR, RANKS, KeyKind
from fanal.analysis.matching.record import Identifier

from .texts import Members, Numbers, Places, Texts, mixed, number_of

_IDENTIFIERS = max(KINDS[kind] for kind in Identifier)  # the kinds of values up to this one
_YEAR, _DAY, _NEAR_YEAR = int(KeyKind.WORD_YEAR), int(KeyKind.WORD_DAY), int(KeyKind.NEAR_YEAR)
_WHOLE, _HALF, _NEAR = int(KeyKind.WHOLE), int(KeyKind.HALF), int(KeyKind.NEAR)
_WORDS, _TRAIT = int(KeyKind.WORDS), int(KeyKind.WORD_TRAIT)


class Known(NamedTuple):
    """The tables of a base: of names, of words (`rank`: in the order of their Latin letters), of dates, of items."""

    names: Places  # starts of keys of names
    named: Numbers  # these keys, without those of two words
    told: Members
    compared: Members
    rank: Places
    letters: Any
    sounds: Any
    bits: Any
    heard: Places  # starts of skeletons
    skeletons: Numbers
    near: Places  # starts of skeletons with a sound left out
    missed: Numbers
    days: Any
    values: Places  # starts of values of items
    kinds: Any
    numbers: Any
    rare: Any
    valid: Any
    texts: Texts
    beside: Places  # starts of what stands beside a word or date
    worded: Any
    dated: Any
    around: Numbers


class Written(NamedTuple):
    """What each record has, as places in the tables."""

    names: Members
    births: Members
    items: Members


@compiled
def near_starts(several: Texts, which: Any) -> Places:
    """Starts of the texts that `which` says, whole and with each sign left out once."""
    starts = np.zeros(len(which) + 1, np.int64)
    for n in range(len(which)):
        size = several.starts[which[n] + 1] - several.starts[which[n]] if which[n] >= 0 else 0
        starts[n + 1] = starts[n] + (size + 1 if size > 3 else 0)
    return starts


@compiled
def near_numbers(several: Texts, which: Any, starts: Places) -> Numbers:
    found = np.empty(starts[-1], np.uint64)
    for n in range(len(which)):
        for at in range(starts[n + 1] - starts[n]):
            first, last = several.starts[which[n]], several.starts[which[n] + 1]
            found[starts[n] + at] = number_of(several.signs, first, last, first + at - 1 if at else -1)
    return found


@compiled
def keys_of(known: Known, written: Written, first: int, last: int) -> tuple[Numbers, Places]:
    """The keys of records from first to last, each once, and how many each has."""
    counts = np.zeros(last - first, np.int64)
    scratch = np.empty(1024, np.uint64)
    found = np.empty((last - first) * 64, np.uint64)
    used = 0
    for record in range(first, last):
        size = _all(known, written, record, scratch)
        if size > len(scratch):
            scratch = np.empty(2 * size, np.uint64)
            _all(known, written, record, scratch)
        if used + size > len(found):
            grown = np.empty(2 * (used + size), np.uint64)
            grown[:used] = found[:used]
            found = grown
        begun = used
        for key in np.sort(scratch[:size]):
            if used == begun or found[used - 1] != key:
                found[used] = key
                used += 1
        counts[record - first] = used - begun
    return found[:used].copy(), counts


@compiled
def _put(out: Numbers, at: int, key: int) -> int:
    """The next place; what finds no place is counted all the same."""
    if at < len(out):
        out[at] = key
    return at + 1


@compiled
def _all(known: Known, written: Written, record: int, out: Numbers) -> int:
    at = 0
    for n in range(written.names.starts[record], written.names.starts[record + 1]):
        name = written.names.of[n]
        for k in range(known.names[name], known.names[name + 1]):
            at = _put(out, at, known.named[k])
        at = _of_pairs(known, name, out, at)
        for w in range(known.told.starts[name], known.told.starts[name + 1]):
            at = _with_births(known, written, record, known.told.of[w], out, at)
            at = _with_items(known, written, record, known.told.of[w], out, at)
    at = _of_dates(known, written, record, out, at)
    return _of_identifiers(known, written, record, out, at)


@compiled
def _of_pairs(known: Known, name: int, out: Numbers, at: int) -> int:
    """Two words in any order, by what they may sound like: the likelier ones with each other."""
    told = known.told.of[known.told.starts[name] : known.told.starts[name + 1]]
    for i in range(len(told)):
        for j in range(i + 1, len(told)):
            one, other = known.heard[told[i]], known.heard[told[j]]
            for m in range(known.heard[told[i] + 1] - one):
                for n in range(min(known.heard[told[j] + 1] - other, RANKS // (m + 1))):
                    a, b = known.skeletons[one + m], known.skeletons[other + n]
                    at = _put(out, at, mixed(_WORDS, min(a, b), max(a, b)))
    return at


@compiled
def _with_births(known: Known, written: Written, record: int, word: int, out: Numbers, at: int) -> int:
    for b in range(written.births.starts[record], written.births.starts[record + 1]):
        year, month, day = known.days[written.births.of[b]]
        if year == 0:
            continue
        for n in range(known.heard[word], known.heard[word + 1]):
            at = _put(out, at, mixed(_YEAR, known.skeletons[n], year))
            if month and day:
                at = _put(out, at, mixed(_DAY, known.skeletons[n], min(month, day) * 32 + max(month, day)))
        for n in range(known.near[word], known.near[word + 1]):
            at = _put(out, at, mixed(_NEAR_YEAR, known.missed[n], year))
    return at


@compiled
def _with_items(known: Known, written: Written, record: int, word: int, out: Numbers, at: int) -> int:
    first = known.skeletons[known.heard[word]]
    for i in range(written.items.starts[record], written.items.starts[record + 1]):
        item = written.items.of[i]
        for n in range(known.beside[item], known.beside[item + 1]):
            at = _put(out, at, mixed(known.worded[n], first, known.around[n]))
    return at


@compiled
def _of_dates(known: Known, written: Written, record: int, out: Numbers, at: int) -> int:
    for b in range(written.births.starts[record], written.births.starts[record + 1]):
        year, month, day = known.days[written.births.of[b]]
        if not year or not month or not day or (month == 1 and day == 1):
            continue
        for i in range(written.items.starts[record], written.items.starts[record + 1]):
            item = written.items.of[i]
            for n in range(known.beside[item], known.beside[item + 1]):
                if known.dated[n] != _TRAIT:
                    date = (year * 16 + month) * 32 + day
                    at = _put(out, at, mixed(known.dated[n], date, known.around[n]))
    return at


@compiled
def _of_identifiers(known: Known, written: Written, record: int, out: Numbers, at: int) -> int:
    for i in range(written.items.starts[record], written.items.starts[record + 1]):
        item = written.items.of[i]
        for n in range(known.values[item], known.values[item + 1]):
            kind = known.kinds[n]
            if kind > _IDENTIFIERS:
                continue
            signs, first, last = known.texts.signs, known.texts.starts[n], known.texts.starts[n + 1]
            at = _put(out, at, mixed(_WHOLE, kind, number_of(signs, first, last, -1)))
            if not 6 <= last - first <= LONGEST_NEAR:
                continue
            half = (last - first) // 2
            at = _put(out, at, mixed(_HALF, 2 * kind, number_of(signs, first, first + half, -1)))
            at = _put(out, at, mixed(_HALF, 2 * kind + 1, number_of(signs, last - half, last, -1)))
            for without in range(first - 1, last):
                at = _put(out, at, mixed(_NEAR, kind, number_of(signs, first, last, without)))
    return at
