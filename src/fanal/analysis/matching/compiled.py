"""Machine code for the few loops that are run millions of times."""

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

Loop = TypeVar("Loop", bound=Callable[..., object])


def compiled(loop: Loop) -> Loop:
    """The same function, compiled at its first call and kept beside the source for the next process."""
    return cast(Loop, njit(cache=True, nogil=True)(loop))
