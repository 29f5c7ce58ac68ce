"""The columns of all segments as the compiled loops find them: by their addresses, so that one call reads them all."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from llvmlite import ir
from numba import types
from numba.core.cgutils import int32_t, voidptr_t
from numba.extending import intrinsic
from numba.np.numpy_support import carray

from fanal.analysis.matching.compiled import compiled

from .segment import Segment

_NAMES = ("directory", "postings", "hashes", "names", "name_ends", "features", "feature_ends")
DIRECTORY, POSTINGS, HASHES, NAMES, NAME_ENDS, FEATURES, FEATURE_ENDS, ALIVE = range(8)
Addresses = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.uint64]


class Table:
    """Segments on one day. `addresses` (segments × columns × 2): where each column begins, and how many it has.

    `nonces` (segments × 2 × 2): of the names and of the features, each in two halves.
    """

    def __init__(self, segments: Sequence[Segment], day: int) -> None:
        self.day = day
        self._held = [  # the addresses hold as long as these
            (*(getattr(segment, name) for name in _NAMES), segment.alive(day)) for segment in segments
        ]
        places = [[(column.ctypes.data, len(column)) for column in columns] for columns in self._held]
        self.addresses = np.array(places, np.int64).reshape(len(segments), len(_NAMES) + 1, 2)
        nonces = b"".join(nonce for segment in segments for nonce in segment.nonces)
        self.nonces = np.frombuffer(nonces, ">u8").astype(np.uint64).reshape(len(segments), 2, 2)


def _as_pointer(_context: object, _address: object) -> Any:
    def made(_: object, builder: Any, _signature: object, given: Any) -> Any:
        return builder.inttoptr(given[0], voidptr_t)

    return types.voidptr(types.int64), made


def _as_fetched(_context: object, _address: object) -> Any:
    def made(context: Any, builder: Any, _signature: object, given: Any) -> Any:
        kind = ir.FunctionType(ir.VoidType(), [voidptr_t, int32_t, int32_t, int32_t])
        fetch = builder.module.declare_intrinsic("llvm.prefetch", [voidptr_t], kind)
        builder.call(fetch, [builder.inttoptr(given[0], voidptr_t), int32_t(0), int32_t(3), int32_t(1)])
        return context.get_dummy_value()

    return types.void(types.int64), made


_pointer: Any = intrinsic(_as_pointer)
fetch: Any = intrinsic(_as_fetched)  # tells the processor that what is at an address will be read soon


@compiled
def signs(table: Addresses, part: int, column: int) -> npt.NDArray[np.uint8]:
    """A column of bytes."""
    begin, size = table[part, column]
    return carray(_pointer(begin), size, np.uint8)


@compiled
def numbers(table: Addresses, part: int, column: int) -> npt.NDArray[np.uint32]:
    """A column of numbers."""
    begin, size = table[part, column]
    return carray(_pointer(begin), size, np.uint32)
