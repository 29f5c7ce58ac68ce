"""The rows (LAYOUT) of records, put together from the tables as `features` says it. Compiled."""

from typing import Any

import numpy as np

from fanal.analysis.matching.compiled import compiled
from fanal.analysis.matching.features import BIRTHS, KINDS, VALUES, WORDS

from .assembling import Known, Written
from .texts import Places, Texts

_RANKED = np.argsort(np.argsort(np.array(["", *KINDS])))  # the kinds of values in the order of their names


@compiled
def fill(known: Known, written: Written, parts: Any, first: int, last: int) -> None:
    """Fill the rows from first to last; `parts`: the arrays of LAYOUT, all zero."""
    letters, sounds, bits, days, kinds, values, rare = parts
    for record in range(first, last):
        chosen = _words(known, written, record)
        for n in range(len(chosen)):
            letters[record, n] = known.letters[chosen[n]]
            sounds[record, n] = known.sounds[chosen[n]]
            bits[record, n] = known.bits[chosen[n]]
        _births(known, written, record, days[record])
        every = _values(known, written, record)
        for n in range(len(every)):
            kinds[record, n] = known.kinds[every[n]]
            values[record, n] = known.numbers[every[n]]
            rare[record, n] = known.rare[every[n]]


@compiled
def _words(known: Known, written: Written, record: int) -> Places:
    """The rarest words of all names, of two in the same Latin letters the last one."""
    names, told = written.names, known.compared
    most = 0
    for n in range(names.starts[record], names.starts[record + 1]):
        most += told.starts[names.of[n] + 1] - told.starts[names.of[n]]
    found = np.empty(most, np.int64)
    number = 0
    for n in range(names.starts[record], names.starts[record + 1]):
        for w in range(told.starts[names.of[n]], told.starts[names.of[n] + 1]):
            at = 0
            while at < number and known.rank[found[at]] != known.rank[told.of[w]]:
                at += 1
            found[at] = told.of[w]
            number = max(number, at + 1)
    for n in range(1, number):
        word, at = found[n], n
        while at > 0 and _rarer(known, word, found[at - 1]):
            found[at] = found[at - 1]
            at -= 1
        found[at] = word
    return found[: min(number, WORDS)]


@compiled
def _rarer(known: Known, one: int, other: int) -> bool:
    if known.bits[one] != known.bits[other]:
        return bool(known.bits[one] > known.bits[other])
    return bool(known.rank[one] < known.rank[other])


@compiled
def _births(known: Known, written: Written, record: int, days: Any) -> None:
    """The first dates in order, each once."""
    number = 0
    before = -1
    while number < BIRTHS:
        best, which = 1 << 40, -1
        for n in range(written.births.starts[record], written.births.starts[record + 1]):
            day = known.days[written.births.of[n]]
            size = (np.int64(day[0]) * 16 + day[1]) * 32 + day[2]
            if day[0] and before < size < best:
                best, which = size, written.births.of[n]
        if which < 0:
            return
        days[number] = known.days[which]
        before = best
        number += 1


@compiled
def _values(known: Known, written: Written, record: int) -> Places:
    """The first values in the order of (kind, text, whether it may be right), each once."""
    found = np.empty(VALUES + 1, np.int64)
    number = 0
    for i in range(written.items.starts[record], written.items.starts[record + 1]):
        item = written.items.of[i]
        for value in range(known.values[item], known.values[item + 1]):
            at = number
            while at > 0 and _order(known, value, found[at - 1]) < 0:
                at -= 1
            if at > 0 and _order(known, value, found[at - 1]) == 0:
                continue
            for n in range(min(number, VALUES - 1), at, -1):
                found[n] = found[n - 1]
            if at < VALUES:
                found[at] = value
                number = min(number + 1, VALUES)
    return found[:number]


@compiled
def _order(known: Known, one: int, other: int) -> int:
    if known.kinds[one] != known.kinds[other]:
        return -1 if _RANKED[known.kinds[one]] < _RANKED[known.kinds[other]] else 1
    order = _text_order(known.texts, one, other)
    return order if order else int(known.valid[one]) - int(known.valid[other])


@compiled
def _text_order(texts: Texts, one: int, other: int) -> int:
    m, n = texts.starts[one + 1] - texts.starts[one], texts.starts[other + 1] - texts.starts[other]
    for at in range(min(m, n)):
        a, b = texts.signs[texts.starts[one] + at], texts.signs[texts.starts[other] + at]
        if a != b:
            return -1 if a < b else 1
    return int(m - n)
