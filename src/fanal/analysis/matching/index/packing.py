"""Features as few bytes: zeros are not written. `(zeros, signs, the signs)` over and over, the last zeros left out.

It knows nothing of what the bytes mean: a record with two words of a name and no telephone has mostly zeros.
"""

import numpy as np
import numpy.typing as npt

from fanal.analysis.matching.compiled import lean

MOST = 4_000  # bytes of one row's features, packed
Bytes = npt.NDArray[np.uint8]
Lengths = npt.NDArray[np.uint32]
Ends = npt.NDArray[np.integer]


def packed(rows: "npt.NDArray[np.generic]") -> tuple[Bytes, Lengths]:
    """Rows of any fixed width, one after the other, and the length of each."""
    plain = np.ascontiguousarray(rows).view(np.uint8).reshape(len(rows), rows.dtype.itemsize)
    out = np.empty(len(rows) * (2 * rows.dtype.itemsize + 2), np.uint8)
    lengths = np.empty(len(rows), np.uint32)
    size = _pack(plain, out, lengths)
    return out[:size].copy(), lengths


@lean
def _pack(plain: Bytes, out: Bytes, lengths: Lengths) -> int:
    at = 0
    for n in range(len(plain)):
        row, begin, here = plain[n], at, 0
        while here < len(row):
            zero = here
            while here < len(row) and here - zero < 255 and row[here] == 0:
                here += 1
            first = here
            while here < len(row) and here - first < 255 and (row[here] or _short(row, here)):
                here += 1
            if first == here and here == len(row):
                break
            out[at], out[at + 1] = first - zero, here - first
            at += 2
            for i in range(first, here):
                out[at] = row[i]
                at += 1
        lengths[n] = at - begin
    return at


@lean
def _short(row: Bytes, here: int) -> bool:
    """One or two zeros between signs cost no more than to say how many they are."""
    near = row[here + 1 : here + 3]
    return len(near) > 0 and (near[0] != 0 or near[-1] != 0)


@lean
def unpack(bytes_: Bytes, ends: Ends, plain: Bytes) -> None:
    """Fill the rows of `plain` (as wide as they were) from packed bytes; `ends`: where each ends. What does not fit is
    left out: an altered file breaks no memory."""
    begin = 0
    for n in range(len(ends)):
        row, at, here, end = plain[n], begin, 0, min(int(ends[n]), len(bytes_))
        row[:] = 0
        while at + 1 < end:
            here += int(np.int64(bytes_[at]))
            signs = min(int(np.int64(bytes_[at + 1])), len(row) - here, end - at - 2)
            at += 2
            for i in range(signs):
                row[here + i] = bytes_[at + i]
            here += max(signs, 0)
            at += max(signs, 0)
        begin = end
