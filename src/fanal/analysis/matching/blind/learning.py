"""What a kind of key is worth, learned from records of which it is known, or found by linking them, who is who.

Some records are asked about as another service would ask, the others are the register. What the keys then say of those
that are one and of those that are two decides, in a logistic regression: each kind shared or not shared, each two of
these together (which takes back what two kinds say twice), how rare the shared keys are and how many of them.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from fanal.analysis.matching.linking import Tell
from fanal.analysis.matching.record import Record

from .evidence import AMOUNTS, NUMBER, SIGNS
from .register import Register, question
from .weights import Weights

QUESTIONS = 8_000
LEAST_PAIRS = 200  # pairs that are one
_SECRET = bytes(16)  # of keys that leave no process
_ON = date(1970, 1, 1)  # nothing here expires
_OTHERS = 20  # pairs of a question that are two and are learned from; each stands for as many as it is one of
_DAMPING = 10.0  # against weights of what was seen too rarely
_UNTIL = {"maxiter": 300, "ftol": 1e-6}  # what comes after changes no weight that counts
Numbers = npt.NDArray[np.float64]
Small = npt.NDArray[np.float32]


class TooFew(Exception):
    """Too few pairs are known to be one; the text says how many."""


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Columns (pairs × columns): a one, the signs, the amounts; whether they are one; for how many each stands."""

    columns: Small
    same: Numbers
    weight: Numbers


def learn(records: Sequence[Record], who: Sequence[Hashable], *, tell: Tell) -> Weights:
    """Weights from records and who each of them is: the truth, or the clusters that `link` found.

    Refused with TooFew when fewer than two hundred pairs are one, with BadWeights what must not be used.
    """
    chance = np.random.default_rng(1)
    asked = chance.choice(len(records), min(QUESTIONS, len(records) // 4), replace=False)
    others = np.setdiff1d(np.arange(len(records)), asked).tolist()
    with TemporaryDirectory() as folder:
        register = Register.build(Path(folder) / "register", _SECRET, [records[n] for n in others], tell=tell)
        entity = {records[n].id: who[n] for n in others}
        pairs = _pairs(register, [(records[n], who[n]) for n in asked.tolist()], entity, chance, tell)
    if pairs.same.sum() < LEAST_PAIRS:
        raise TooFew(f"{int(pairs.same.sum())} pairs are known to be one; {LEAST_PAIRS} are needed")
    tell("Weighing keys", 0, 1)
    found = _weighed(pairs, len(others))
    found.demand_fit()
    tell("Weighing keys", 1, 1)
    return found


def _pairs(
    register: Register,
    asked: Sequence[tuple[Record, Hashable]],
    entity: dict[str, Hashable],
    chance: np.random.Generator,
    tell: Tell,
) -> _Pairs:
    columns, same, weight = [], [], []
    rarest = float(np.log2(max(len(entity), 1)))
    for done, (record, who) in enumerate(asked):
        if done % 100 == 0:
            tell("Asking about some", done, len(asked))
        seen = register.seen(question(record, _SECRET), on=_ON, rarest_bits=rarest)
        one = np.array([entity[each] == who for each in seen.ids], np.bool_)
        two = np.flatnonzero(~one)
        kept = chance.choice(two, min(_OTHERS, len(two)), replace=False)
        chosen = np.concatenate([np.flatnonzero(one), kept])
        flat = seen.amounts.reshape(len(one), NUMBER * AMOUNTS)
        ones = np.ones((len(chosen), 1), np.float32)
        columns.append(np.concatenate([ones, seen.signs[chosen], flat[chosen]], axis=1, dtype=np.float32))
        same.append(one[chosen])
        weight.append(np.where(one[chosen], 1.0, len(two) / max(len(kept), 1)))
    tell("Asking about some", len(asked), len(asked))
    if not columns:
        raise TooFew("there are no records")
    return _Pairs(np.concatenate(columns), np.concatenate(same).astype(float), np.concatenate(weight))


def _weighed(pairs: _Pairs, size: int) -> Weights:
    """The damped logistic regression; from natural logarithms to bits."""
    at = _free(1 + SIGNS + NUMBER * AMOUNTS)
    x = pairs.columns
    damping = np.where((at[0] == 0) & (at[1] == 0), 0.0, _DAMPING)

    def loss(free: Numbers) -> tuple[float, Numbers]:
        matrix = np.zeros((x.shape[1], x.shape[1]), np.float32)
        matrix[at] = free
        score = np.einsum("ij,ij->i", x @ matrix, x).astype(np.float64)
        wrong = pairs.weight * (1 / (1 + np.exp(-score)) - pairs.same)
        slope = (x.T @ (wrong[:, None].astype(np.float32) * x))[at]
        value = float(pairs.weight @ (np.logaddexp(0, score) - pairs.same * score))
        return value + float(damping @ free**2) / 2, slope + damping * free

    found = minimize(loss, np.zeros(len(at[0])), jac=True, method="L-BFGS-B", options=_UNTIL).x
    matrix = np.zeros((x.shape[1], x.shape[1]))
    matrix[at] = found / np.log(2)
    signs = matrix[1 : 1 + SIGNS, 1 : 1 + SIGNS].copy()
    signs[np.diag_indices(SIGNS)] = matrix[0, 1 : 1 + SIGNS]
    return Weights(float(matrix[0, 0]), matrix[0, 1 + SIGNS :].reshape(NUMBER, AMOUNTS), signs, size)


def _free(columns: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Which products of columns have a weight: each column with the one that is always 1, and two different signs."""
    one, other = np.triu_indices(columns)
    signs = (one > 0) & (other <= SIGNS) & (one < other)
    return one[(one == 0) | signs], other[(one == 0) | signs]
