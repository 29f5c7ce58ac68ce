"""The parts of a score, which add up to it."""

from dataclasses import dataclass

import numpy as np

from fanal.analysis.matching import levels
from fanal.analysis.matching.comparisons import COMPARISONS, NULL, Comparison, against, classes_of
from fanal.analysis.matching.features import KINDS, LAYOUT
from fanal.analysis.matching.model import Model

from .bands import Band, band


@dataclass(frozen=True, slots=True)
class Line:
    """One comparison: its level (code without regard to names, -1: one of them has no value) and bits. `one_in`: so
    rare is what they share.

    `decides`: without this line the band would be another.
    """

    comparison: str
    code: int
    label: str
    bits: float
    one_in: int | None = None
    decides: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """`bits` is `prior`, `others` and the bits of all `lines` together. `others`: what another record takes that was
    found and fits better. `could`: unknown comparisons that would change the band if they agreed."""

    bits: float
    prior: float
    others: float
    band: Band
    lines: tuple[Line, ...]
    could: tuple[str, ...]


def explain(model: Model, one: np.void, other: np.void, *, others: float = 0.0) -> Explanation:
    """Why these two rows (LAYOUT) have their score. `others`: what others that were found take from it."""
    codes = against(one, np.array([other], LAYOUT))[0]
    return Explainer(model).of(codes, one, other, others=others)


class Explainer:
    """Explains many pairs whose codes are known already."""

    def __init__(self, model: Model) -> None:
        self._prior = model.prior_bits
        self._weights = model.weights().tolist()
        self._known = [(n, each) for n, each in enumerate(COMPARISONS) if each.name in model.shares]

    def of(
        self, codes: "np.typing.NDArray[np.int8]", one: np.void, other: np.void, *, others: float = 0.0
    ) -> Explanation:
        """The parts of the score of two rows (LAYOUT) whose codes these are."""
        found = [(each, code, self._weights[n][code]) for n, each in self._known for code in [int(codes[n])]]
        total = self._prior + sum(bits for _, _, bits in found) + others
        here = band(total)
        lines = tuple(
            Line(
                each.name,
                level,
                each.labels[code] if code >= 0 else each.nulls,
                bits,
                _one_in(each.name, level, one, other),
                decides=code >= 0 and band(total - bits) is not here,
            )
            for each, code, bits in found
            for level in [code % each.width if code >= 0 else code]
        )
        beside = _beside(codes)
        could = tuple(
            each.name
            for n, each in self._known
            if codes[n] == NULL and band(total + self._weights[n][_highest(each, beside)]) is not here
        )
        return Explanation(total, self._prior, others, here, lines, could)


def _beside(codes: "np.typing.NDArray[np.int8]") -> int:
    """The class of names that values are seen beside."""
    birth = np.where(codes[1:2] < 0, codes[1:2], codes[1:2] % COMPARISONS[1].width)
    return int(classes_of(codes[:1], birth)[0])


def _highest(comparison: Comparison, beside: int) -> int:
    """The code of its highest level beside names of this class."""
    return comparison.width * (beside % comparison.classes + 1) - 1


def _one_in(name: str, code: int, one: np.void, other: np.void) -> int | None:
    """How rare what they share is: one in so many, rounded to one digit."""
    if code <= 0 or name == "birth":
        return None
    if name == "name":
        parts = [each["name"][part] for each in (one, other) for part in ("letters", "sounds", "bits")]
        bits = int(levels.names(*parts)[1])
    else:
        bits = _shared_bits(KINDS[name], one["shared"], other["shared"])
    if bits <= 0:
        return None
    return int(float(f"{2**bits:.0e}"))


def _shared_bits(kind: int, one: np.void, other: np.void) -> int:
    mine = {
        int(v): int(b) for k, v, b in zip(one["kinds"], one["values"], one["bits"], strict=True) if k == kind
    }
    theirs = {
        int(v): int(b)
        for k, v, b in zip(other["kinds"], other["values"], other["bits"], strict=True)
        if k == kind
    }
    return max((min(mine[value], theirs[value]) for value in mine.keys() & theirs.keys()), default=0)
