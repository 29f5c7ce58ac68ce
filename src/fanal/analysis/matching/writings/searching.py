"""The likeliest ways to read a word, of all the ways to cut it into chunks and to read each: compiled."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from fanal.analysis.matching.compiled import compiled

NATIVE = 2  # units of the longest chunk
_HOPELESS = 1e-4  # of the chance of the best beside it
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Signs = npt.NDArray[np.uint8]
_MARK, _PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)  # Fowler, Noll, Vo, 1a


@dataclass(frozen=True, slots=True)
class Readings:
    """Readings of chunks: chunk n has those from `starts[n]` on, reading r the `signs` from `begins[r]` on."""

    rows: Mapping[tuple[str, ...], int]
    starts: Ints
    begins: Ints
    signs: Signs
    shares: Floats

    @classmethod
    def of(cls, chunks: Mapping[tuple[str, ...], Sequence[tuple[str, float]]]) -> "Readings":
        """Of each chunk its (reading in ASCII, chance), likeliest first."""
        known = {chunk: several for chunk, several in chunks.items() if several}
        flat = [one for several in known.values() for one in several]
        return cls(
            {chunk: n for n, chunk in enumerate(known)},
            starts_of(map(len, known.values())),
            starts_of(len(reading) for reading, _ in flat),
            np.frombuffer("".join(reading for reading, _ in flat).encode("ascii"), np.uint8),
            np.array([share for _, share in flat]),
        )

    def likeliest(
        self, units: tuple[str, ...], unknown: Callable[[str], str], share: float, limit: int, width: int
    ) -> list[str]:
        """At most `limit` readings of a word, `width` kept on the way; a unit that has none is read as `unknown` says,
        with a chance of `share`."""
        cuts = [self.rows.get(units[at : at + size], -1) for at in range(len(units)) for size in (1, NATIVE)]
        cuts[-1:] = [-1] if len(units) else []  # what follows the last unit is none
        others = [unknown(unit) if row < 0 else "" for unit, row in zip(units, cuts[::NATIVE], strict=True)]
        rows = np.array(cuts, np.int64).reshape(len(units), NATIVE)
        signs, ends = np.frombuffer("".join(others).encode("ascii"), np.uint8), starts_of(map(len, others))
        unlikely = np.full(len(units), share)
        chunks = _Chunks(rows, self.starts, self.begins, self.signs, self.shares, signs, ends, unlikely)
        found, ends = _likeliest(chunks, limit, width)
        text, last = found.tobytes().decode("ascii"), ends.tolist()
        return [text[first:end] for first, end in zip([0, *last], last, strict=False)]


class _Chunks(NamedTuple):
    """What a word is read by: the chunk of so many units at each unit, -1 where there is none; then as in Readings;
    then the readings of units that have none."""

    rows: Ints
    starts: Ints
    begins: Ints
    signs: Signs
    shares: Floats
    others: Signs
    ends: Ints
    unlikely: Floats


class _Texts(NamedTuple):
    """Beginnings of readings with their chances; by the last bits of its mark the place of each, from 1 on."""

    texts: Signs
    sizes: Ints
    chance: Floats
    marks: npt.NDArray[np.uint64]
    places: npt.NDArray[np.int32]
    number: Ints  # how many there are


def starts_of(sizes: Iterable[int]) -> Ints:
    """Where lists of these sizes begin, and where the last one ends."""
    return np.cumsum(np.fromiter((0, *sizes), np.int64))


@compiled
def _likeliest(chunks: _Chunks, limit: int, width: int) -> tuple[Signs, Ints]:
    """(readings, one after the other; where each ends)."""
    number, longest, room = len(chunks.rows), _longest(chunks), 2 * width * _most(chunks)
    here, there, further = _room(room, longest), _room(room, longest), _room(room, longest)
    here.chance[0] = 1.0
    here.marks[0] = _MARK
    here.number[0] = 1
    for at in range(number):
        best = _best(here.chance[: here.number[0]], width)
        _extend(chunks, at, 1, best, here, there)
        if at + 1 < number:
            _extend(chunks, at, NATIVE, best, here, further)
        here.number[0] = 0
        here.places[:] = 0
        here, there, further = there, further, here
    best = _best(here.chance[: here.number[0]], limit)
    found, ends = np.empty(len(best) * longest, np.uint8), np.empty(len(best), np.int64)
    end = 0
    for n in range(len(best)):
        for i in range(here.sizes[best[n]]):
            found[end] = here.texts[best[n], i]
            end += 1
        ends[n] = end
    return found[:end], ends


@compiled
def _room(room: int, longest: int) -> _Texts:
    slots = 4
    while slots < 2 * room:
        slots *= 2
    return _Texts(
        np.empty((room, longest), np.uint8), np.zeros(room, np.int64), np.empty(room), np.empty(room, np.uint64),
        np.zeros(slots, np.int32), np.zeros(1, np.int64),
    )  # fmt: skip


@compiled
def _most(chunks: _Chunks) -> int:
    """Readings of one chunk."""
    most = 1
    for row in chunks.rows.ravel():
        if row >= 0:
            most = max(most, chunks.starts[row + 1] - chunks.starts[row])
    return most


@compiled
def _longest(chunks: _Chunks) -> int:
    """Signs of the longest reading of the whole word, or more."""
    number = len(chunks.rows)
    reached = np.zeros(number + NATIVE + 1, np.int64)
    for at in range(number):
        reached[at + 1] = max(reached[at + 1], reached[at] + chunks.ends[at + 1] - chunks.ends[at])
        for size in range(1, NATIVE + 1):
            row = chunks.rows[at, size - 1]
            if row >= 0:
                for n in range(chunks.starts[row], chunks.starts[row + 1]):
                    longer = reached[at] + chunks.begins[n + 1] - chunks.begins[n]
                    reached[at + size] = max(reached[at + size], longer)
    return int(reached.max())


@compiled
def _extend(chunks: _Chunks, at: int, size: int, best: Ints, here: _Texts, there: _Texts) -> None:
    """Add the readings of the chunk of so many units to the best of the texts that are here."""
    row = chunks.rows[at, size - 1]
    if row >= 0:
        first, last = chunks.starts[row], chunks.starts[row + 1]
        _add(chunks.signs, chunks.begins, chunks.shares, first, last, best, here, there)
    elif size == 1:
        _add(chunks.others, chunks.ends, chunks.unlikely, at, at + 1, best, here, there)


@compiled
def _add(
    signs: Signs, begins: Ints, shares: Floats, first: int, last: int, best: Ints, here: _Texts, there: _Texts
) -> None:
    """The same of the readings from the first on, before the last; a text reached in two ways is one."""
    texts, sizes, chance, marks, _, _ = here
    its, long, likely, marked, places, count = there
    slots = len(places) - 1
    for before in best:
        for n in range(first, last):
            begin, size, mark = begins[n], sizes[before], marks[before]
            whole = size + begins[n + 1] - begin
            for i in range(begin, begins[n + 1]):
                mark = (mark ^ np.uint64(signs[i])) * _PRIME
            slot = np.int64((mark ^ (mark >> np.uint64(32))) & np.uint64(slots))
            while True:
                place = np.int64(places[slot]) - 1
                if place < 0:
                    place = count[0]
                    count[0] += 1
                    places[slot] = place + 1
                    for i in range(size):
                        its[place, i] = texts[before, i]
                    for i in range(size, whole):
                        its[place, i] = signs[begin + i - size]
                    long[place], marked[place], likely[place] = whole, mark, 0.0
                    break
                same = 0
                if marked[place] == mark and long[place] == whole:
                    while same < size and its[place, same] == texts[before, same]:
                        same += 1
                    while size <= same < whole and its[place, same] == signs[begin + same - size]:
                        same += 1
                    if same == whole:
                        break
                slot = (slot + 1) & slots
            likely[place] += chance[before] * shares[n]


@compiled
def _best(chance: Floats, most: int) -> Ints:
    """The places of the likeliest, those left out that are next to impossible beside them; equal ones as they came."""
    found, number = np.empty(most, np.int64), 0
    least = chance.max() * _HOPELESS if len(chance) else 0.0
    for place in range(len(chance)):
        value = chance[place]
        if value > least and (number < most or value > chance[found[most - 1]]):
            at = min(number, most - 1)
            number = min(number + 1, most)
            while at > 0 and chance[found[at - 1]] < value:
                found[at] = found[at - 1]
                at -= 1
            found[at] = place
    return found[:number]
