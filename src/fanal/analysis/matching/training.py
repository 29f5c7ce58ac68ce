"""What agreement weighs, learned from the records themselves by Splink's expectation maximisation on DuckDB.

Two sessions: pairs of the same name teach what dates and other values are worth, pairs born on the same day what names
are worth. How often strangers agree comes from random pairs, less those that are one. A second look learns what values
are worth beside names. What was seen too rarely borrows from its neighbours; levels that came out of order are made
equal. Everything is looked at again before it is used.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.isotonic import isotonic_regression
from splink import Linker, SettingsCreator

from . import sql
from .comparisons import COMPARISONS, Comparison, levels_of
from .features import KINDS, LAYOUT, features, telling_words, values
from .levels import BIRTH_LEVELS, NAME_LEVELS, RARITIES
from .model import LEAST_M, MOST_M, Model, Shares, read_shares, settings
from .rarity import Rarity
from .record import Identifier, Record
from .second_look import NEVER, second_look

Tell = Callable[[str, int, int], None]
Numbers = npt.NDArray[np.float64]
LEAST_RECORDS = 1000
RANDOM_PAIRS = 2_000_000
TRAINING_PAIRS = 2_000_000
_SESSIONS = ("l.name = r.name AND l.named", "l.birth = r.birth AND l.born")
_BORROWED = 0.0005  # share of matches that each level has before any was seen
_LEAST_LEFT = 0.02  # of a level's share among random pairs, what belongs to strangers at least
_MOST_U = 0.999999  # share of strangers, at most
_HARDLY = 1e-9  # share of matches that the maximisation leaves to a level which no pair has
_PASSES = 100
_ITERATIONS = (
    25,
    2,
    1,
)  # where those that are one never differ, many end below the numbers that Splink bears


class TooLittle(Exception):
    """The records are too few or too unlike to learn from; the text says what is missing."""


def train(records: Sequence[Record], *, tell: Tell) -> Model:
    """A model of these records: a thousand at least, among them some that are one, with names and dates of birth.

    Comparisons for which fewer than one record in a thousand has a value are left out. Refused with TooLittle, and
    with BadModel when what was learned must not be used.
    """
    if len(records) < LEAST_RECORDS:
        raise TooLittle(f"{len(records)} records; a model needs {LEAST_RECORDS} at least")
    tell("Training", 0, 5)
    rarity = Rarity.learned(
        (telling_words(record), ((kind, text) for kind, text, _ in values(record))) for record in records
    )
    rows = np.array([features(record, rarity) for record in records], LAYOUT)
    first = _learned(sql.table([record.id for record in records], rows), _known(rows), tell)
    tell("Training", 4, 5)
    prior = _prior(rows, first["name"], first["birth"])
    learned = second_look(rows, {name: _of_strangers(shares, prior) for name, shares in first.items()})
    prior = _prior(rows, learned["name"][0], learned["birth"][0])
    distinct = _distinct(rows)
    model = Model(
        prior,
        {
            comparison.name: _beside(
                _put_right(comparison.plain(), shares, distinct) for shares in learned[comparison.name]
            )
            for comparison in COMPARISONS
            if comparison.name in learned
        },
        rarity,
        {kind: number for kind, number in distinct.items() if kind in learned},
    )
    model.demand_fit()
    tell("Training", 5, 5)
    return model


def _beside(classes: Iterable[Shares]) -> Shares:
    """The shares beside each class of names, one after the other."""
    every = list(classes)
    return Shares(
        *(tuple(chain.from_iterable(part)) for part in zip(*((e.m, e.u) for e in every), strict=True))
    )


def _known(rows: "npt.NDArray[np.void]") -> tuple[Comparison, ...]:
    alone = levels_of(rows, rows)
    return tuple(each.plain() for n, each in enumerate(COMPARISONS) if (alone[:, n] >= 0).mean() >= 0.001)


def _learned(records: Any, known: Sequence[Comparison], tell: Tell) -> dict[str, Shares]:
    """What Splink learns of a table of records, by the comparison's name; zero for levels that it has not seen."""
    if not {"name", "birth"} <= {comparison.name for comparison in known}:
        raise TooLittle("nearly no record has a name, or nearly none a date of birth")
    for iterations in _ITERATIONS:
        try:
            said = _maximised(records, known, iterations, tell)
        except ValueError as problem:
            if "below the minimum" not in str(problem):
                raise
        else:
            return {each["output_column_name"]: read_shares(each) for each in said["comparisons"]}
    raise TooLittle("those that are one never differ in anything: nothing says what a difference is worth")


def _of_strangers(learned: Shares, prior: float) -> Shares:
    """Random pairs hold some that are one: what strangers alone share."""
    m, u = np.array(learned.m), np.array(learned.u)
    return Shares(learned.m, tuple((np.maximum(u - prior * m, u * _LEAST_LEFT) + NEVER).tolist()))


def _maximised(records: Any, known: Sequence[Comparison], iterations: int, tell: Tell) -> dict[str, Any]:
    said = {
        "link_type": "dedupe_only",
        "comparisons": [settings(comparison, None) for comparison in known],
        "blocking_rules_to_generate_predictions": [],
        "max_iterations": iterations,
    }
    linker = Linker(sql.database(known).register(records), SettingsCreator.from_path_or_dict(said))
    logging.getLogger("splink").setLevel(logging.ERROR)  # what it complains of is put right below
    tell("Training", 1, 5)
    linker.training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=1)
    for done, rule in enumerate(_SESSIONS, 2):
        tell("Training", done, 5)
        linker.training.estimate_parameters_using_expectation_maximisation(rule, max_pairs=TRAINING_PAIRS)
    return linker.misc.save_model_to_json()


def _prior(rows: "npt.NDArray[np.void]", names: Shares, births: Shares) -> float:
    """The probability that two random records are one: from how many have the very same name and date of birth, and
    how many of those that are one have both the same."""
    whole = (rows["name"]["letters"][:, 0, 0] > 0) & (rows["birth"]["days"][:, 0, 1] > 0)
    same = Counter(zip(map(bytes, rows["name"][whole]), map(bytes, rows["birth"][whole]), strict=True))
    pairs = sum(count * (count - 1) // 2 for count in same.values())
    if not pairs:
        raise TooLittle("no two records have the same name and the same whole date of birth")
    all_words = 1 + len(RARITIES) * (len(NAME_LEVELS) - 2)
    both = sum(names.m[all_words:]) * sum(births.m[len(BIRTH_LEVELS) - 2 :])
    found = pairs / max(both, 0.01) / whole.mean() ** 2
    return float(min(found / (len(rows) * (len(rows) - 1) / 2), 0.5))


def _distinct(rows: "npt.NDArray[np.void]") -> dict[str, int]:
    """How many different values of each kind of identifier there are."""
    kinds, numbers = rows["shared"]["kinds"].ravel(), rows["shared"]["values"].ravel()
    return {kind: max(len(np.unique(numbers[kinds == KINDS[kind]])), 2) for kind in Identifier}


def _put_right(comparison: Comparison, learned: Shares, distinct: dict[str, int]) -> Shares:
    m = np.array(learned.m) + _BORROWED
    m /= m.sum()
    u = np.array(learned.u)
    bits = _in_order(comparison, _filled(comparison, np.log2(m / u), learned), m)
    m = np.clip(m, LEAST_M, MOST_M)
    if comparison.name in distinct:
        rare = 1 / distinct[comparison.name]
        m[-1] = np.clip(max(m[-1], rare * 2 ** bits[:-1].max()), LEAST_M, MOST_M)
        bits[-1] = np.log2(m[-1] / rare)
        bits = np.minimum(bits, bits[-1])
    bits = _rising(comparison, np.maximum(bits, np.log2(m / _MOST_U)))
    return Shares(tuple(m.tolist()), tuple((m / 2**bits).tolist()))


def _filled(comparison: Comparison, bits: Numbers, learned: Shares) -> Numbers:
    """A level that no pair showed says what the next one below it says; where none is below, the next above."""
    seen = (np.array(learned.m) > _HARDLY) | (np.array(learned.u) > NEVER)
    for codes in comparison.chains:
        known = [code for code in codes if seen[code]]
        for code in (code for code in codes if known and not seen[code]):
            below = [other for other in known if codes.index(other) < codes.index(code)]
            bits[code] = bits[below[-1] if below else known[0]]
    return bits


def _in_order(comparison: Comparison, bits: Numbers, weight: Numbers) -> Numbers:
    """Bits that keep every chain of the comparison: levels out of order meet in the middle, by how often they are."""
    for _ in range(_PASSES):
        before = bits.copy()
        for codes in comparison.chains:
            at = list(codes)
            bits[at] = isotonic_regression(bits[at], sample_weight=weight[at])
        if np.allclose(before, bits, atol=1e-12):
            break
    return _rising(comparison, bits)


def _rising(comparison: Comparison, bits: Numbers) -> Numbers:
    """The same bits, none less than that of a level below it."""
    for codes in comparison.chains:
        for weaker, stronger in pairwise(codes):
            bits[stronger] = max(bits[stronger], bits[weaker])
    return bits
