"""Machine code for the few loops that are run millions of times."""

import sys
from collections.abc import Callable, Iterator
from os import stat
from types import ModuleType
from typing import Any, TypeVar, cast

from numba import njit

Loop = TypeVar("Loop", bound=Callable[..., object])
_HERE = __package__
_UNCOUNTED: Any = {"_nrt": False}  # an option of numba's own loops


def compiled(loop: Loop) -> Loop:
    """The same function, compiled at its first call and kept beside the source for the next process.

    Numba compiles it anew when its own file changes; ours also when a file of ours does that it calls into. Without
    that, a changed level would be used by one half of the program and not by the other.
    """
    return _kept(loop, njit(cache=True, nogil=True)(loop))


def lean(loop: Loop) -> Loop:
    """The same for a loop that makes no array and answers none (numba refuses to compile one that does).

    Numba counts who uses an array, under a lock, whenever a part of it is taken: a loop over words, each a part of an
    array of letters, is three times faster where nobody counts. Who calls holds the arrays.
    """
    return _kept(loop, njit(cache=True, nogil=True, **_UNCOUNTED)(loop))


def _kept(loop: Loop, made: Any) -> Loop:
    files = sorted(_files(sys.modules[loop.__module__], set()))
    made._cache._cache_file._source_stamp = tuple((at.st_mtime, at.st_size) for at in map(stat, files))
    return cast(Loop, made)


def _files(module: ModuleType, seen: set[str]) -> Iterator[str]:
    """The files of a module and of every module of ours whose compiled loops it can name."""
    name = module.__name__
    if name in seen or not name.startswith(f"{_HERE}."):
        return
    seen.add(name)
    yield str(module.__file__)
    for value in list(vars(module).values()):
        loop = getattr(value, "py_func", None)
        other = value if isinstance(value, ModuleType) else sys.modules.get(getattr(loop, "__module__", ""))
        if other is not None and _loops(other):
            yield from _files(other, seen)


def _loops(module: ModuleType) -> bool:
    return any(hasattr(value, "py_func") for value in list(vars(module).values()))
