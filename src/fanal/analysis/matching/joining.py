"""All pairs of a base that share a key: candidates of a batch, from postings alone."""

import numpy as np
import numpy.typing as npt

from .compiled import compiled

Keys = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.uint32]
Codes = npt.NDArray[np.uint64]


def pairs(keys: Keys, rows: Rows, *, most: int) -> tuple[Rows, Rows]:
    """(row, row) of each pair that shares a key, each once, the smaller first, sorted.

    `keys` and `rows` are postings side by side, in any order. A key that more than `most` rows have says nothing.
    """
    order = np.argsort(keys, kind="stable")
    keys, rows = keys[order], rows[order]
    starts = (
        np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
        if len(keys)
        else np.empty(0, np.int64)
    )
    sizes = np.diff(np.append(starts, len(keys)))
    useful = (sizes > 1) & (sizes <= most)
    starts, sizes = starts[useful], sizes[useful]
    codes = np.empty(int((sizes * (sizes - 1) // 2).sum()), np.uint64)
    _spell(rows, starts, sizes, codes)
    codes = np.unique(codes)
    return (codes >> np.uint64(32)).astype(np.uint32), (codes & np.uint64(0xFFFFFFFF)).astype(np.uint32)


@compiled
def _spell(rows: Rows, starts: npt.NDArray[np.int64], sizes: npt.NDArray[np.int64], codes: Codes) -> None:
    at = 0
    for n in range(len(starts)):
        for i in range(starts[n], starts[n] + sizes[n]):
            for j in range(i + 1, starts[n] + sizes[n]):
                low, high = min(rows[i], rows[j]), max(rows[i], rows[j])
                codes[at] = (np.uint64(low) << np.uint64(32)) | np.uint64(high)
                at += 1
