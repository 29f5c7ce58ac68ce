"""What an index keeps in few bytes comes back as it was, and what was altered breaks no memory."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from numba.core.errors import NumbaError

from fanal.analysis.matching import comparisons, levels
from fanal.analysis.matching.compiled import _files, lean
from fanal.analysis.matching.index import packing, postings
from fanal.analysis.matching.index.sealed import Seal

KEY = np.uint64(postings.ROW_BITS)
SPARSE = some.lists(some.one_of(some.just(0), some.just(0), some.integers(0, 255)), min_size=1, max_size=300)


@settings(deadline=None)
@given(some.lists(SPARSE, min_size=1, max_size=5), some.integers(0, 600))
def test_features_come_back_as_they_were(rows: list[list[int]], zeros: int) -> None:
    width = max(map(len, rows)) + zeros
    plain = np.zeros((len(rows), width), np.uint8)
    for row, signs in zip(plain, rows, strict=True):
        row[: len(signs)] = signs
    data, lengths = packing.packed(plain.view(f"V{width}").ravel())
    again = np.full_like(plain, 7)
    packing.unpack(data, np.cumsum(lengths, dtype=np.uint32), again)
    assert (again == plain).all()
    assert len(data) <= plain.size + 2 * len(rows) * (2 + width // 255)


@settings(deadline=None)
@given(some.binary(max_size=60), some.lists(some.integers(0, 200), max_size=4))
def test_altered_features_are_read_no_further_than_they_reach(data: bytes, ends: list[int]) -> None:
    plain = np.zeros((len(ends), 20), np.uint8)
    guarded = np.full((len(ends) + 2, 20), 9, np.uint8)
    guarded[1:-1] = plain
    packing.unpack(np.frombuffer(data, np.uint8), np.array(sorted(ends), np.uint32), guarded[1:-1])
    assert (guarded[0] == 9).all()
    assert (guarded[-1] == 9).all()


@settings(deadline=None)
@given(some.lists(some.integers(0, 2**44 - 1) | some.integers(0, 3), max_size=200), some.randoms())
def test_postings_come_back_and_each_key_is_found(keys: list[int], chance: object) -> None:
    rows = [chance.randrange(2**20) for _ in keys]  # type: ignore[attr-defined]
    codes = np.unique(np.array([key << 20 | row for key, row in zip(keys, rows, strict=True)], np.uint64))
    directory, stream = postings.packed(codes)
    assert (postings.unpacked(directory, stream, len(codes)) == codes).all()
    shift = postings.shift_of(directory)
    for key in {*keys, 5, 2**44 - 1}:
        at, _, first = postings.begin(directory, stream, shift, np.uint64(key))
        having = codes[codes >> KEY == np.uint64(key)]
        assert (at >= 0) == bool(len(having))
        assert not len(having) or first == having[0]


@pytest.mark.parametrize("nonce", [bytes(16), b"\xff" * 16, b"\0" * 8 + b"\xff" * 8, bytes(range(7, 23))])
def test_parts_of_a_sealed_column_are_what_the_whole_gives(nonce: bytes) -> None:
    seal, plain = Seal(b"a secret of tests"), np.arange(5000, dtype=np.uint32).view(np.uint8)
    sealed = np.frombuffer(seal.column(plain.tobytes(), nonce), np.uint8)
    begins = np.array([0, 15, 16, 1000, 19_990, 40])
    ends = np.array([1, 33, 16, 1234, 20_000, 56])
    expected = b"".join(plain[a:b].tobytes() for a, b in zip(begins, ends, strict=True))
    assert seal.parts(sealed, nonce, begins, ends).tobytes() == expected


def test_a_compiled_loop_depends_on_the_files_of_the_loops_it_calls() -> None:
    assert {comparisons.__file__, levels.__file__} <= set(_files(comparisons, set()))


def _made(size: int) -> float:
    return float(np.zeros(size)[0])


def _answered(given: "npt.NDArray[np.float64]") -> "npt.NDArray[np.float64]":
    return given[1:]


def test_a_loop_that_counts_no_array_neither_makes_nor_answers_one() -> None:
    tried: list[tuple[Callable[..., object], object]] = [(_made, 3), (_answered, np.zeros(3))]
    for loop, what in tried:
        with pytest.raises(NumbaError):
            lean(loop)(what)
