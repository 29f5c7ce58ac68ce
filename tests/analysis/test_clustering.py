"""Clusters look at all pairs together; pairs of a base come from its postings, each once."""

import random
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from fanal.analysis.matching import clustering, joining

SAME, STRANGERS = 8.0, -9.0


def joined(
    truth: list[str],
    known: dict[tuple[int, int], float] | None = None,
    cannot: tuple[tuple[int, int], ...] = (),
) -> list[int]:
    """Clusters of records of which `truth` says who they are, when the bits of some pairs mislead."""
    number = len(truth)
    bits = np.array(
        [[SAME if one == other else STRANGERS for other in truth] for one in truth], dtype=np.float64
    )
    for (i, j), weight in (known or {}).items():
        bits[i, j] = bits[j, i] = weight

    def score(these: npt.NDArray[np.int64], those: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        return bits[these, those]

    pairs = np.array(list(combinations(range(number), 2)), dtype=np.int64).reshape(-1, 2)
    these, those = pairs[:, 0], pairs[:, 1]
    found = clustering.clusters(number, these, those, score(these, those), score=score, cannot=cannot)
    return found.tolist()


def test_those_who_are_one_are_together() -> None:
    assert joined(list("aabba")) == [0, 0, 1, 1, 0]


def test_one_wrong_link_does_not_join_two_groups() -> None:
    assert joined(list("aaabbb"), {(0, 3): 6}) == [0, 0, 0, 1, 1, 1]


def test_a_poor_record_joins_the_group_that_it_fits() -> None:
    poor = {(0, 3): 1.0, (1, 3): -4.0, (2, 3): 0.5}
    assert joined(list("aaax"), poor) == [0, 0, 0, 0]


def test_two_who_cannot_be_one_are_never_together() -> None:
    labels = joined(list("aaaa"), cannot=((3, 0),))
    assert labels[0] != labels[3]


@settings(deadline=None)  # the first call compiles
@given(some.lists(some.sampled_from("abcd"), min_size=1, max_size=12), some.randoms())
def test_the_order_of_records_changes_nothing(truth: list[str], chance: random.Random) -> None:
    order = list(range(len(truth)))
    chance.shuffle(order)
    labels, turned = joined(truth), joined([truth[n] for n in order])
    for (a, i), (b, j) in combinations(enumerate(order), 2):
        assert (labels[i] == labels[j]) == (turned[a] == turned[b])


def test_a_group_too_large_to_look_at_is_taken_apart_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clustering, "_LARGEST", 3)
    chain = {(n, n + 1): 2.5 for n in range(5)}
    truth = ["a", "a", "b", "b", "c", "c"]
    assert joined(truth, {pair: bits for pair, bits in chain.items() if truth[pair[0]] != truth[pair[1]]}) == [
        0, 0, 1, 1, 2, 2,
    ]  # fmt: skip


def test_pairs_come_once_and_a_key_of_too_many_says_nothing() -> None:
    keys = np.array([7, 7, 7, 5, 5, 9, 9, 9, 9], np.uint64)
    rows = np.array([2, 0, 1, 1, 0, 0, 1, 2, 3], np.uint32)
    these, those = joining.pairs(keys, rows, most=3)
    assert list(zip(these.tolist(), those.tolist(), strict=True)) == [(0, 1), (0, 2), (1, 2)]
    assert [len(found) for found in joining.pairs(keys[:0], rows[:0], most=3)] == [0, 0]
