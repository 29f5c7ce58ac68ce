"""The two loops of a query over one segment: how many living rows have a key, and which rows gather how much weight."""

import numpy as np
import numpy.typing as npt

from fanal.analysis.matching.compiled import compiled

from .postings import ROW_BITS, ROW_MASK, Codes, Directory, Stream, begin, step_at

Flags = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]
Rows = npt.NDArray[np.uint32]
_ROWS, _ROW = np.uint64(ROW_BITS), np.uint64(ROW_MASK)
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


@compiled
def count(
    directory: Directory,
    stream: Stream,
    shift: np.uint64,
    alive: Flags,
    wanted: Codes,
    most: int,
    places: Counts,
    firsts: Codes,
    counts: Counts,
) -> None:
    """Adds to `counts` the living rows of each wanted key, counting no further than `most` + 1.

    Sets `places` (keys × 2: where its second posting begins and where to stop, -1 for none) and `firsts`.
    """
    for n in range(len(wanted)):
        at, end, code = begin(directory, stream, shift, wanted[n])
        places[n, 0], places[n, 1], firsts[n] = at, end, code
        if at < 0:
            continue
        while code >> _ROWS == wanted[n]:
            row = code & _ROW
            if row < np.uint64(len(alive)) and alive[row]:
                counts[n] += 1
                if counts[n] > most:
                    break
            if at >= end:
                break
            step, at = step_at(stream, at, end)
            code += step


@compiled
def gather(
    stream: Stream,
    alive: Flags,
    wanted: Codes,
    places: Counts,
    firsts: Codes,
    worth: Weights,
    rows: Rows,
    sums: Weights,
    slots: Rows,
) -> int:
    """Fills `rows` (each once) and `sums` (of the worth of their keys, in the order of the keys); answers how many.

    `slots`: zeros, a power of two of them, more than twice the rows that there can be.
    """
    total = 0
    last = np.uint64(len(slots) - 1)
    for n in range(len(wanted)):
        at, end, code = places[n, 0], places[n, 1], firsts[n]
        if at < 0 or worth[n] <= 0:
            continue
        while code >> _ROWS == wanted[n]:
            row = code & _ROW
            if row < np.uint64(len(alive)) and alive[row]:
                slot = ((row * _SPREAD) >> np.uint64(40)) & last
                while slots[slot] and rows[slots[slot] - 1] != row:
                    slot = (slot + np.uint64(1)) & last
                if slots[slot]:
                    sums[slots[slot] - 1] += worth[n]
                else:
                    rows[total], sums[total] = row, worth[n]
                    total += 1
                    slots[slot] = total
            if at >= end:
                break
            step, at = step_at(stream, at, end)
            code += step
    return total


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
def shared(
    stream: Stream,
    wanted: Codes,
    places: Counts,
    firsts: Codes,
    asked: Flags,
    rows: Counts,
    flags: npt.NDArray[np.bool_],
) -> None:
    """Sets `flags` (rows × keys): which of the keys that are asked each of the rows (sorted) has."""
    for n in range(len(wanted)):
        at, end, code = places[n, 0], places[n, 1], firsts[n]
        if at < 0 or not asked[n]:
            continue
        while code >> _ROWS == wanted[n]:
            row = np.int64(code & _ROW)
            place = np.searchsorted(rows, row)
            if place < len(rows) and rows[place] == row:
                flags[place, n] = True
            if at >= end:
                break
            step, at = step_at(stream, at, end)
            code += step
