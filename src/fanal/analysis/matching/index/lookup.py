"""The loops of a question: how many living rows have a key, which rows gather most weight, and where they stand.

A row is one number: its segment, then 20 bits of its place there; what was changed since counts as one segment more.
"""

import numpy as np
import numpy.typing as npt

from fanal.analysis.matching.compiled import compiled, lean

from .postings import ROW_BITS, ROW_MASK, Codes, begin, shift_of, step_at
from .sealed import BLOCK, number, unmask
from .table import ALIVE, DIRECTORY, HASHES, POSTINGS, Addresses, Numbers, fetch, numbers, signs

Flags = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Hashes = npt.NDArray[np.uint32]
_ROWS, _ROW = np.uint64(ROW_BITS), np.uint64(ROW_MASK)
_SPREAD, _HALF = np.uint64(0x9E3779B97F4A7C15), np.uint64(40)
_ROOM = 4_096  # rows that there is room for at first
_LINE = 64  # bytes that memory gives at once


@compiled
def having(table: Addresses, wanted: Codes, changed: Rows, most: int) -> tuple[Rows, Rows, Counts]:
    """(living rows that have a wanted key, the place of the key of each, how many each key has).

    They are counted no further than `most` + 1. In the order of the segments, then of the keys; changes last, of which
    `changed` (× 3) says the place of a key, the row and its hash.
    """
    counts = np.zeros(len(wanted), np.int64)
    for i in range(len(changed)):
        counts[changed[i, 0]] += 1
    rows, keys, total = np.empty(_ROOM, np.int64), np.empty(_ROOM, np.int64), 0
    for part in range(len(table)):
        directory, stream = numbers(table, part, DIRECTORY), signs(table, part, POSTINGS)
        alive, shift = signs(table, part, ALIVE), shift_of(directory)
        _fetch(table[part], directory, shift, wanted)
        for n in range(len(wanted)):
            if total + most >= len(rows):
                rows, keys = _more(rows, most), _more(keys, most)
            at, end, code = begin(directory, stream, shift, wanted[n])
            while at >= 0 and code >> _ROWS == wanted[n] and counts[n] <= most:
                row = np.int64(code & _ROW)
                if row < len(alive) and alive[row]:
                    rows[total], keys[total] = part << ROW_BITS | row, n
                    counts[n] += 1
                    total += 1
                if at >= end:
                    break
                step, at = step_at(stream, at, end)
                code += step
    while total + len(changed) > len(rows):
        rows, keys = _more(rows, most), _more(keys, most)
    for i in range(len(changed)):
        rows[total], keys[total] = len(table) << ROW_BITS | changed[i, 1], changed[i, 0]
        total += 1
    return rows[:total], keys[:total], counts


@lean
def _fetch(columns: Rows, directory: Hashes, shift: np.uint64, wanted: Codes) -> None:
    """Ask the memory for what all keys need before one of them waits for it."""
    for key in wanted:
        fetch(columns[DIRECTORY, 0] + directory.itemsize * np.int64((key << _ROWS) >> shift))
    for key in wanted:
        fetch(columns[POSTINGS, 0] + np.int64(directory[(key << _ROWS) >> shift]))


@compiled
def _more(given: Rows, most: int) -> Rows:
    larger = np.empty(2 * len(given) + most, np.int64)
    larger[: len(given)] = given
    return larger


@compiled
def gather(rows: Rows, keys: Rows, worth: Weights) -> tuple[Rows, Weights]:
    """Rows that have keys of some worth, each once, in the order given; and of each the sum of what its keys are
    worth, in the order of the keys."""
    room = 0
    for key in keys:
        room += worth[key] > 0
    found, sums = np.empty(room, np.int64), np.empty(room)
    size = 4
    while size < 2 * room + 1:
        size *= 2
    slots, last = np.zeros(size, np.uint32), np.uint64(size - 1)
    total = 0
    for i in range(len(rows)):
        row, weight = rows[i], worth[keys[i]]
        if weight <= 0:
            continue
        slot = (np.uint64(row) * _SPREAD >> _HALF) & last
        while slots[slot] and found[slots[slot] - 1] != row:
            slot = (slot + np.uint64(1)) & last
        if slots[slot]:
            sums[slots[slot] - 1] += weight
        else:
            found[total], sums[total] = row, weight
            total += 1
            slots[slot] = total
    return found[:total], sums[:total]


@compiled
def heaviest(table: Addresses, changed: Rows, rows: Rows, sums: Weights, limit: int) -> tuple[Rows, Weights]:
    """The `limit` heaviest rows in the order given; of equal ones those with the smallest hashes."""
    if len(rows) <= limit:
        return rows, sums
    bar = np.partition(sums, len(sums) - limit)[len(sums) - limit]
    kept = sums > bar
    equal = np.flatnonzero(sums == bar)
    marks = np.empty(len(equal), np.int64)
    for n in range(len(equal)):
        part, row = rows[equal[n]] >> ROW_BITS, rows[equal[n]] & ROW_MASK
        if part < len(table):
            marks[n] = numbers(table, part, HASHES)[row]
        else:
            marks[n] = changed[np.flatnonzero(changed[:, 1] == row)[0], 2]
    for n in np.argsort(marks, kind="mergesort")[: limit - kept.sum()]:
        kept[equal[n]] = True
    return rows[kept], sums[kept]


@compiled
def reach(
    table: Addresses, nonces: Numbers, rows: Rows, column: int, ends_in: int, nonce: int
) -> tuple[Rows, Bytes]:
    """(begin and end of each row's part of a sealed column, the numbers of the blocks that they lie in).

    Of changes nothing: their parts are empty. Refuses with IndexError a column that was altered.
    """
    parts = np.zeros((len(rows), 2), np.int64)
    size = 0
    for n in range(len(rows)):
        part, row = rows[n] >> ROW_BITS, rows[n] & ROW_MASK
        if part < len(table):
            fetch(table[part, ends_in, 0] + 4 * row)
    for n in range(len(rows)):
        part, row = rows[n] >> ROW_BITS, rows[n] & ROW_MASK
        if part < len(table):
            ends = numbers(table, part, ends_in)
            first, last = int(ends[row]), int(ends[row + 1])
            if not first <= last <= table[part, column, 1]:
                raise IndexError("altered")
            parts[n, 0], parts[n, 1] = first, last
            for at in range(first, last, _LINE):
                fetch(table[part, column, 0] + at)
            size += (last + BLOCK - 1) // BLOCK - first // BLOCK
    counters = np.empty(size * BLOCK, np.uint8)
    at = 0
    for n in range(len(rows)):
        part = rows[n] >> ROW_BITS
        if part < len(table):
            high, low = nonces[part, nonce]
            at = number(parts[n, 0], parts[n, 1], high, low, counters, at)
    return parts, counters


@compiled
def opened(table: Addresses, rows: Rows, column: int, parts: Rows, masks: Bytes) -> tuple[Bytes, Rows]:
    """What the parts say, one after the other, and where each ends."""
    ends = np.cumsum(parts[:, 1] - parts[:, 0])
    plain = np.empty(ends[-1] if len(ends) else 0, np.uint8)
    at, block = 0, 0
    for n in range(len(rows)):
        part = rows[n] >> ROW_BITS
        if part < len(table):
            sealed = signs(table, part, column)
            block = unmask(sealed, parts[n, 0], parts[n, 1], masks, block, plain[at:])
        at = int(ends[n])
    return plain, ends


@compiled
def rarest(counts: Counts, most: int, room: int) -> Flags:
    """Which keys may name rows: those that no more than `most` have, the rarest first, as long as all together name no
    more than `room`."""
    told = np.zeros(len(counts), np.bool_)
    named = 0
    for n in np.argsort(counts, kind="mergesort"):
        named += counts[n]
        if counts[n] > most or named > room:
            break
        told[n] = counts[n] > 0
    return told


@compiled
def worth(counts: Counts, most: int, room: int, size: int) -> Weights:
    """What a key that so many of `size` rows have speaks for each of them, in bits; 0 where too many have it."""
    told = rarest(counts, most, room)
    bits = np.zeros(len(counts))
    for n in range(len(counts)):
        if told[n]:
            bits[n] = np.log2((size + 1) / counts[n])
    return bits


@compiled
def shared(rows: Rows, keys: Rows, asked: Flags, wanted: Rows) -> Flags:
    """(wanted rows × keys) which of the keys that are asked each of the wanted rows has."""
    flags = np.zeros((len(wanted), len(asked)), np.bool_)
    order = np.argsort(wanted)
    ordered = wanted[order]
    for i in range(len(rows)):
        at = np.searchsorted(ordered, rows[i])
        if asked[keys[i]] and at < len(ordered) and ordered[at] == rows[i]:
            flags[order[at], keys[i]] = True
    return flags
