"""Texts and lists in single arrays, as compiled loops read them."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from fanal.analysis.matching.compiled import compiled

Places = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.uint64]


class Texts(NamedTuple):
    """Text n has the signs `signs[starts[n] : starts[n + 1]]`, as code points: their order is that of texts."""

    signs: npt.NDArray[np.uint32]
    starts: Places


class Members(NamedTuple):
    """List n has the numbers `of[starts[n] : starts[n + 1]]`."""

    starts: Places
    of: Places


def texts(several: Sequence[str]) -> Texts:
    joined = "".join(several).encode("utf-32-le", "surrogatepass")
    return Texts(np.frombuffer(joined, np.uint32), starts_of(map(len, several)))


def starts_of(sizes: Iterable[int]) -> Places:
    """Where lists of these sizes begin, and where the last one ends."""
    found = sizes if isinstance(sizes, np.ndarray) else np.fromiter(sizes, np.int64)
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(found, dtype=np.int64)])


def chained(several: Sequence[Any]) -> Any:
    """One table of several of the same form (named tuples of arrays): what is called `starts` goes on."""
    first = several[0]
    parts = zip(*several, strict=True)
    return type(first)(*(_chained(name, part) for name, part in zip(first._fields, parts, strict=True)))


def _chained(name: str, parts: Sequence[Any]) -> Any:
    if hasattr(parts[0], "_fields"):
        return chained(parts)
    if name == "starts":
        return starts_of(np.concatenate([np.diff(part) for part in parts]))
    return np.concatenate(parts)


@compiled
def mixed(kind: Any, one: Any, other: Any) -> Any:
    """A number of 64 bits for a fact, whose last five are its kind (Steele and others, SplitMix64, 2014)."""
    found = np.uint64(one) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(other)
    found = (found ^ (found >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9) + np.uint64(kind)
    found = (found ^ (found >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    found ^= found >> np.uint64(31)
    return (found & ~np.uint64(31)) | np.uint64(kind)


@compiled
def number_of(signs: npt.NDArray[np.uint32], first: int, last: int, without: int) -> Any:
    """A number of 64 bits for the signs from first to last, without the one at a place (Fowler, Noll, Vo, 1a)."""
    found = np.uint64(0xCBF29CE484222325)
    for n in range(first, last):
        if n != without:
            found = (found ^ np.uint64(signs[n])) * np.uint64(0x100000001B3)
    return mixed(0, found, np.uint64(0))


@compiled
def numbers_of(several: Texts) -> Numbers:
    found = np.empty(len(several.starts) - 1, np.uint64)
    for n in range(len(found)):
        found[n] = number_of(several.signs, several.starts[n], several.starts[n + 1], -1)
    return found


@compiled
def mixed_all(kinds: npt.NDArray[np.uint8], several: Numbers) -> Numbers:
    found = np.empty(len(several), np.uint64)
    for n in range(len(found)):
        found[n] = mixed(kinds[n], several[n], 0)
    return found
