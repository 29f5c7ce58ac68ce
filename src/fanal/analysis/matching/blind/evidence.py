"""What keys say of a pair without saying what they stand for: which kinds are shared, how rare, how many of them.

Keys of one kind are one piece of evidence, of which the rarest counts: two keys of one word or one identifier say the
same thing twice. Keys of different kinds may say the same twice too; that is for the weights to know.
"""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from fanal.analysis.matching.compiled import compiled
from fanal.analysis.matching.keys import KeyKind

KINDS = tuple(KeyKind)
NUMBER = len(KINDS)
AMOUNTS = (
    3  # of a kind that is shared: the rarity of its rarest key, the share of keys that are shared, how many
)
SIGNS = 2 * NUMBER  # for each kind: shared; then for each: both have such keys and share none
_RARITY, _MANY = 10, 4  # so that amounts lie between 0 and 2, and no weight is hard to learn
_PLACE = {kind: place for place, kind in enumerate(KINDS)}
Flags = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int64]
Profiles = npt.NDArray[np.uint8]
Amounts = npt.NDArray[np.float32]


def places(kinds: Iterable[KeyKind]) -> Counts:
    """The place of each kind in KINDS."""
    return np.fromiter((_PLACE[kind] for kind in kinds), np.int64)


def profile(kinds: Iterable[KeyKind]) -> Profiles:
    """How many keys of each kind a record has, 255 at most."""
    counted = np.bincount(places(kinds), minlength=NUMBER)
    return np.minimum(counted, 255).astype(np.uint8)


@compiled
def fill(
    shared: Flags, kinds: Counts, rarity: npt.NDArray[np.float64], asked: Counts, profiles: Profiles,
    signs: Flags, amounts: Amounts,
) -> None:  # fmt: skip
    """Fill `signs` (pairs × SIGNS) and `amounts` (pairs × NUMBER × AMOUNTS).

    `shared`: pairs × keys of the question, of which `kinds` is the place and `rarity` the bits of each. `asked`: how
    many keys of each kind were asked for; `profiles`: how many the other record has.
    """
    for n in range(len(shared)):
        signs[n] = False
        amounts[n] = 0
        for key in range(len(kinds)):
            if shared[n, key]:
                kind = kinds[key]
                signs[n, kind] = True
                amounts[n, kind, 0] = max(amounts[n, kind, 0], rarity[key] / _RARITY)
                amounts[n, kind, 2] += 1
        for kind in range(len(asked)):
            if signs[n, kind]:
                fewer = max(min(asked[kind], np.int64(profiles[n, kind])), 1)
                amounts[n, kind, 1] = min(amounts[n, kind, 2] / fewer, 1.0)
                amounts[n, kind, 2] = np.log2(amounts[n, kind, 2]) / _MANY
            else:
                signs[n, len(asked) + kind] = asked[kind] > 0 and profiles[n, kind] > 0
