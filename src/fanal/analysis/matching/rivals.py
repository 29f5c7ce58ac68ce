"""What is left of a match beside others that were found: who is asked about is one person, not two.

Of three records, the one asked and two found, each pair has its bits. Weighed are: all three are one, one of the two
found is the one asked, the two found are one and another, all are strangers. Where the two found can hardly be one, the
better match takes from the other: a twin's record beside that of the twin who was asked about.

That all three are one may be said by any two of the three pairs, and the third agrees or not: the two that the better
match is in count half, each other two a quarter. To count the first two alone, as if nothing could contradict them,
finds fewer people and fewer of their records (docs/matching.md).
"""

from math import log2
from typing import Any

import numpy as np
import numpy.typing as npt

from . import scoring
from .compiled import compiled

Bits = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
LEAST = 0.0  # bits of a match that can take from another: likelier than not


@compiled
def beside(parts: Any, rows: Places, bits: Bits, weights: Bits, prior: float, floor: float) -> Bits:
    """What is left of the bits of matches, never more than they have, nor less than `floor` because of others.

    `parts`: the columns of rows as `scoring.score` reads them; `rows`: the places of the matches in them. Their order
    changes nothing: of two alike each takes from the other.
    """
    left = bits.copy()
    better = np.flatnonzero(bits >= LEAST)
    number = len(bits) * len(better)
    mine, rivals = np.empty(number, np.int64), np.empty(number, np.int64)
    used = 0
    for n in range(len(bits)):
        for rival in better:
            if rival != n and bits[rival] >= bits[n]:
                mine[used], rivals[used] = n, rival
                used += 1
    mine, rivals, between = mine[:used], rivals[:used], np.empty(used)
    scoring.score(parts, rows[mine], rows[rivals], weights, prior, -np.inf, between)
    for n in range(used):
        shared = _shared(bits[mine[n]], bits[rivals[n]], between[n])
        left[mine[n]] = min(left[mine[n]], shared)
    for n in range(len(bits)):
        left[n] = max(left[n], min(bits[n], floor))
    return left


@compiled
def _shared(mine: float, rival: float, between: float) -> float:
    """The odds, in bits, that a match is the one asked, beside one that has at least as many bits."""
    together = 0.75 * (rival + between) + 0.5 * mine
    return _sum(together, mine) - _sum(0.0, _sum(rival, between))


@compiled
def _sum(one: float, other: float) -> float:
    """The bits of the sum of two odds in bits."""
    return max(one, other) + log2(1.0 + 2.0 ** -abs(one - other))
