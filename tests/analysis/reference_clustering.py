"""The clustering as its docstring says it, pair by pair and slowly: what the compiled one is held against."""

from collections.abc import Iterator, Mapping
from itertools import combinations

import numpy as np

from fanal.analysis.matching.clustering import JOINED, LEFT, LOW, NEAR, STRONG

_HIGH, _NEVER = 20.0, -1e6
Pair = tuple[int, int]
Group = tuple[int, ...]


def clusters(number: int, candidates: Mapping[Pair, float], bits: np.ndarray, cannot: set[Pair]) -> list[int]:
    """The cluster of each record; `bits` of every pair, `cannot` with the smaller record first."""

    def between(one: Group, other: Group) -> float:
        pairs = [(min(a, b), max(a, b)) for a in one for b in other]
        return float(sum(_NEVER if pair in cannot else min(max(bits[pair], LOW), _HIGH) for pair in pairs))

    strong = [pair for pair, found in candidates.items() if found >= STRONG]
    cores: list[Group] = []
    for group in _components([(n,) for n in range(number)], strong):
        cores += _linked(group, between, JOINED)
    of = {record: core for core in cores for record in core}
    near = {
        (of[a], of[b])
        for (a, b), found in candidates.items()
        if found >= NEAR and of[a] != of[b] and between(of[a], of[b]) / len(of[a]) / len(of[b]) >= LEFT
    }
    settled: list[Group] = []
    for group in _components(cores, [(min(one), min(other)) for one, other in near]):
        settled += _linked(group, between, LEFT)
    first = {record: min(group) for group in settled for record in group}
    order = sorted(set(first.values()))
    return [order.index(first[n]) for n in range(number)]


def _components(groups: list[Group], edges: list[Pair]) -> Iterator[list[Group]]:
    parts = [[group] for group in groups]
    for a, b in edges:
        one, other = (next(part for part in parts if any(each in group for group in part)) for each in (a, b))
        if one is not other:
            parts = [part for part in parts if part is not one and part is not other] + [one + other]
    yield from parts


def _linked(groups: list[Group], between, bar: float) -> list[Group]:  # type: ignore[no-untyped-def]
    """The two groups that are nearest in the mean of their pairs become one, while that is at least the bar."""
    groups = list(groups)
    while len(groups) > 1:
        means = {(a, b): between(a, b) / len(a) / len(b) for a, b in combinations(groups, 2)}
        nearest = max(means, key=means.__getitem__)
        if means[nearest] < bar:
            break
        groups = [group for group in groups if group not in nearest] + [tuple(sorted(sum(nearest, ())))]
    return groups
