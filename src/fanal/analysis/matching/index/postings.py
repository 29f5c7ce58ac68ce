"""Which rows have which keys: one sorted list of numbers, kept as the steps between them.

A posting is one number: the last 44 bits of a key, then 20 bits of a row. Sorted, most steps fit in few bytes: seven
bits of each byte, lowest first, the eighth says that more follow. A directory by the first bits of the key says where
to begin to read; the rows of one key never lie on two sides of an entry.
"""

import numpy as np
import numpy.typing as npt

from fanal.analysis.matching.compiled import lean

KEY_BITS, ROW_BITS = 44, 20
MOST_ROWS = 1 << ROW_BITS
KEY_MASK, ROW_MASK = (1 << KEY_BITS) - 1, MOST_ROWS - 1
_TOGETHER = 8  # postings that one entry of the directory leads to, at most as a mean: each is read at 10 ns
Codes = npt.NDArray[np.uint64]
Stream = npt.NDArray[np.uint8]
Directory = npt.NDArray[np.uint32]
_ROWS = np.uint64(ROW_BITS)
_ROW = np.uint64(ROW_MASK)
_SEVEN, _LOW, _MORE, _ONE = np.uint64(7), np.uint64(127), np.uint64(128), np.uint64(1)


def packed(codes: Codes) -> tuple[Directory, Stream]:
    """Sorted postings as a directory (2^n + 1 places) and bytes. Refuses more than 4 GB with OverflowError."""
    first_bits = min(max(len(codes) // _TOGETHER, 1).bit_length(), KEY_BITS - 1)
    shift = np.uint64(KEY_BITS + ROW_BITS - first_bits)
    directory = np.empty((1 << first_bits) + 1, np.uint64)
    size = _lengths(codes, shift, directory)
    if size >= 1 << 32:
        raise OverflowError("the postings of one segment take 4 GB at most")
    stream = np.empty(size, np.uint8)
    _write(codes, shift, stream)
    return directory.astype(np.uint32), stream


def unpacked(directory: Directory, stream: Stream, number: int) -> Codes:
    """The postings again, sorted."""
    codes = np.empty(number, np.uint64)
    read = _read(directory, stream, shift_of(directory), codes)
    return codes[:read]


@lean
def shift_of(directory: Directory) -> np.uint64:
    """How many bits of a posting stand after those that the directory is ordered by."""
    bits = KEY_BITS + ROW_BITS
    while 1 << (KEY_BITS + ROW_BITS - bits) < len(directory) - 1:
        bits -= 1
    return np.uint64(bits)


@lean
def _size(step: np.uint64) -> int:
    size = 1
    while step > _LOW:
        step >>= _SEVEN
        size += 1
    return size


@lean
def _lengths(codes: Codes, shift: np.uint64, directory: Codes) -> int:
    entry, before, at = np.uint64(0), np.uint64(0), 0
    directory[0] = 0
    for code in codes:
        while entry < code >> shift:
            entry += _ONE
            directory[entry] = at
            before = entry << shift
        at += _size(code - before)
        before = code
    for rest in range(np.int64(entry) + 1, len(directory)):
        directory[rest] = at
    return at


@lean
def _write(codes: Codes, shift: np.uint64, stream: Stream) -> None:
    entry, before, at = np.uint64(0), np.uint64(0), 0
    for code in codes:
        if code >> shift != entry:
            entry = code >> shift
            before = entry << shift
        step = code - before
        while step > _LOW:
            stream[at] = np.uint8(step & _LOW | _MORE)
            step >>= _SEVEN
            at += 1
        stream[at] = np.uint8(step)
        at += 1
        before = code


@lean
def step_at(stream: Stream, at: int, end: int) -> tuple[np.uint64, int]:
    """The step that stands there, and where the next one begins."""
    step, shift = np.uint64(0), np.uint64(0)
    while at < end:
        byte = np.uint64(stream[at])
        at += 1
        step |= (byte & _LOW) << shift
        if byte < _MORE:
            break
        shift += _SEVEN
    return step, at


@lean
def _read(directory: Directory, stream: Stream, shift: np.uint64, codes: Codes) -> int:
    number = 0
    for entry in range(len(directory) - 1):
        at, end = int(np.int64(directory[entry])), min(int(np.int64(directory[entry + 1])), len(stream))
        code = np.uint64(entry) << shift
        while at < end and number < len(codes):
            step, at = step_at(stream, at, end)
            code += step
            codes[number] = code
            number += 1
    return number


@lean
def begin(
    directory: Directory, stream: Stream, shift: np.uint64, key: np.uint64
) -> tuple[int, int, np.uint64]:
    """(where the posting after the first one of a key begins, where to stop, the first posting); -1, -1, 0 for none."""
    entry = (key << _ROWS) >> shift
    at, end = int(np.int64(directory[entry])), min(int(np.int64(directory[entry + _ONE])), len(stream))
    code = entry << shift
    while at < end:
        step, at = step_at(stream, at, end)
        code += step
        if code >> _ROWS >= key:
            break
    else:
        return -1, -1, np.uint64(0)
    if code >> _ROWS != key:
        return -1, -1, np.uint64(0)
    return at, end, code
