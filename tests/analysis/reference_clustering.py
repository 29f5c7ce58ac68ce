"""The clustering as its docstring says it, pair by pair and slowly: what the compiled one is held against."""

from collections.abc import Mapping
from itertools import combinations

import numpy as np

from fanal.analysis.matching.clustering import LOW, bar

_HIGH, _NEVER = 20.0, -1e6
Pair = tuple[int, int]
Group = tuple[int, ...]


def clusters(
    number: int, candidates: Mapping[Pair, float], bits: np.ndarray, cannot: set[Pair]
) -> tuple[list[int], dict[Pair, int]]:
    """The cluster of each record, and the round in which each two came together.

    `bits` of every pair, `cannot` with the smaller record first.
    """

    def mean(one: Group, other: Group) -> float:
        pairs = [(min(a, b), max(a, b)) for a in one for b in other]
        found = [_NEVER if pair in cannot else min(max(bits[pair], LOW), _HIGH) for pair in pairs]
        return float(sum(found)) / len(found)

    groups: list[Group] = [(n,) for n in range(number)]
    beside = {((a,), (b,)) for (a, b), found in candidates.items() if found >= bar(number)}
    rounds: dict[Pair, int] = {}
    for done in range(1, number + 1):
        beside = {pair for pair in beside if mean(*pair) >= bar(number)}
        nearest = {group: _nearest(group, beside, mean) for group in groups}
        new = {group: group for group in groups}
        for one, other in combinations(groups, 2):
            if nearest[one] == other and nearest[other] == one:
                new[one] = new[other] = tuple(sorted(one + other))
                rounds |= {(min(a, b), max(a, b)): done for a in one for b in other}
        groups = sorted(set(new.values()))
        several = {(new[one], new[other]) for one, other in beside if new[one] != new[other]}
        beside = {(min(pair), max(pair)) for pair in several}
    first = {record: min(group) for group in groups for record in group}
    order = sorted(set(first.values()))
    return [order.index(first[n]) for n in range(number)], rounds


def _nearest(group: Group, beside: set[tuple[Group, Group]], mean) -> Group | None:  # type: ignore[no-untyped-def]
    others = sorted({one if other == group else other for one, other in beside if group in (one, other)})
    return max(others, key=lambda other: mean(group, other), default=None)
