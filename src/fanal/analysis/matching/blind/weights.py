"""How much each kind of key weighs, alone and beside another: learned, kept as JSON, refused when not fit for use."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from fanal.analysis.matching.compiled import compiled
from fanal.analysis.matching.keys import VERSION as KEYS

from .evidence import AMOUNTS, KINDS, NUMBER, SIGNS, Amounts, Flags

FORMAT = 1
MOST_BITS = 60.0  # of one weight; more was not learned from anything
Numbers = npt.NDArray[np.float64]


class BadWeights(Exception):
    """The weights must not be used; the text lists why, a line each."""


@dataclass(frozen=True)
class Weights:
    """Bits. `start`: of a pair that shares a key; `amounts` (kinds × AMOUNTS); `signs` (SIGNS × SIGNS): one sign alone
    on the diagonal, two together above it. `size`: how many records it was learned from."""

    start: float
    amounts: Numbers
    signs: Numbers
    size: int

    def bits(self, signs: Flags, amounts: Amounts, size: int) -> Numbers:
        """The bits of each pair (see `evidence.fill`) in a base of so many records."""
        found = np.empty(len(signs))
        _score(signs, amounts, self.signs, self.amounts, self.start - np.log2(size / self.size), found)
        return found

    @property
    def rarest(self) -> float:
        """Bits of a key that one record of those it was learned from has: rarer ones count no more."""
        return float(np.log2(self.size))

    def problems(self) -> list[str]:
        """What forbids their use, a line each."""
        if self.amounts.shape != (NUMBER, AMOUNTS) or self.signs.shape != (SIGNS, SIGNS):
            return [f"weights of {len(self.amounts)} kinds of keys instead of {NUMBER}"]
        every = np.concatenate([[self.start], self.amounts.ravel(), self.signs.ravel()])
        found = []
        if not np.isfinite(every).all():
            found.append("a weight is no number")
        elif np.abs(every).max() > MOST_BITS:
            found.append(f"a weight has {np.abs(every).max():.0f} bits; {MOST_BITS:.0f} at most")
        if not np.any(self.signs) and not np.any(self.amounts):
            found.append("nothing was learned: every weight is zero")
        if np.tril(self.signs, -1).any():
            found.append("two signs together have two weights")
        if self.size < 2:
            found.append(f"learned from {self.size} records")
        return found

    def demand_fit(self) -> None:
        """Refuse with BadWeights what must not be used."""
        if found := self.problems():
            raise BadWeights("\n".join(found))

    def as_json(self) -> dict[str, Any]:
        """Kinds by name, pairs of signs that weigh nothing left out."""
        names = _names()
        return {
            "format": FORMAT,
            "keys": KEYS,
            "size": self.size,
            "start": self.start,
            "amounts": {kind.name: self.amounts[n].tolist() for n, kind in enumerate(KINDS)},
            "signs": [
                [names[i], names[j], self.signs[i, j]] for i, j in np.argwhere(self.signs != 0).tolist()
            ],
        }

    def save(self, file: Path) -> None:
        """Write them, if they may be used: refused with BadWeights."""
        self.demand_fit()
        file.write_text(json.dumps(self.as_json(), indent=1) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, file: Path) -> Self:
        """Read weights. Refuses with BadWeights what is none, those of another version, and those not to be used."""
        try:
            said = json.loads(file.read_text(encoding="utf-8"))
            known, ours = (said["format"], said["keys"]), (FORMAT, KEYS)
            if known != ours:
                theirs, this = (".".join(map(str, version)) for version in (known, ours))
                raise BadWeights(f"{file} has version {theirs}, this program {this}. Learn it anew.")
            signs, place = np.zeros((SIGNS, SIGNS)), {name: n for n, name in enumerate(_names())}
            for one, other, bits in said["signs"]:
                signs[place[one], place[other]] = bits
            amounts = np.array([said["amounts"][kind.name] for kind in KINDS], np.float64)
            found = cls(float(said["start"]), amounts, signs, int(said["size"]))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
            raise BadWeights(f"{file} holds no weights of ours: {problem}") from problem
        found.demand_fit()
        return found


def _names() -> list[str]:
    return [f"{kind.name} {what}" for what in ("shared", "differs") for kind in KINDS]


@compiled
def _score(
    signs: Flags, amounts: Amounts, pairs: Numbers, single: Numbers, start: float, found: Numbers
) -> None:
    here = np.empty(signs.shape[1], np.int64)
    for n in range(len(signs)):
        number = 0
        for sign in range(signs.shape[1]):
            if signs[n, sign]:
                here[number] = sign
                number += 1
        total = start
        for i in range(number):
            if here[i] < len(single):
                for amount in range(single.shape[1]):
                    total += single[here[i], amount] * amounts[n, here[i], amount]
            for j in range(i, number):
                total += pairs[here[i], here[j]]
        found[n] = total
