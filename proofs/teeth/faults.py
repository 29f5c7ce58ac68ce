"""A hundred faults that somebody could make, as data; each is set alone and must turn the matrix red.

`wall`: which one it breaks. `queries`: the first, in Python; judged with the second one open, because the second would
hide it. `database`: the second, judged below the pages. `gate`: who may come at all. `act`: what an act itself checks.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

Patch = Callable[[], AbstractContextManager[object]]


@dataclass(frozen=True)
class Fault:
    """One fault: how it is set, which wall it breaks, and where the matrix looks first.

    `routes`: a pattern of the addresses concerned. `tables`, `acts`: the rows and what is tried on them. `anew`: the
    world is played anew under the fault, because it shows in what is written. `look`: other eyes, by name.
    """

    name: str
    wall: str
    set: Patch
    routes: str = ""
    tables: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    anew: bool = False
    look: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
