"""Clusters look at all pairs together; pairs of a base come from its postings, each once."""

import random
from collections import Counter
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from tests.analysis import reference_clustering

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
    return found.labels.tolist()


def test_those_who_are_one_are_together() -> None:
    assert joined(list("aabba")) == [0, 0, 1, 1, 0]


def test_one_wrong_link_does_not_join_two_groups() -> None:
    assert joined(list("aaabbb"), {(0, 3): 6}) == [0, 0, 0, 1, 1, 1]


def test_a_poor_record_joins_the_group_that_it_fits() -> None:
    poor = {(0, 3): 1.0, (1, 3): -4.0, (2, 3): 0.5}
    assert joined(list("aaax"), poor) == [0, 0, 0, 0]


def test_more_must_speak_for_two_in_a_base_of_many() -> None:
    bars = [clustering.bar(number) for number in (0, 10, 1_000, 30_000, 100_000, 1_000_000, 10_000_000)]
    assert bars == sorted(bars)
    assert bars[0] == bars[2] < bars[3] < bars[4] < bars[5]


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


def test_a_long_chain_of_strangers_is_no_cluster() -> None:
    chain = {(n, n + 1): 2.5 for n in range(5)}
    truth = ["a", "a", "b", "b", "c", "c"]
    assert joined(truth, {pair: bits for pair, bits in chain.items() if truth[pair[0]] != truth[pair[1]]}) == [
        0, 0, 1, 1, 2, 2,
    ]  # fmt: skip


@settings(deadline=None)
@given(some.integers(1, 24), some.integers(0, 10**6), some.integers(1, 40))
def test_the_clusters_are_those_of_the_plain_words(number: int, seed: int, together: int) -> None:
    """Many small groups at once, in batches of any size, give what one after the other gives."""
    chance = np.random.default_rng(seed)
    truth = chance.integers(0, max(1, number // 4), number)
    bits = np.where(truth[:, None] == truth, 8.0, -9.0) + chance.normal(0, 6, (number, number))
    bits = np.triu(bits, 1) + np.triu(bits, 1).T
    these, those = np.triu_indices(number, 1)
    kept = chance.random(len(these)) < 0.6
    these, those = these[kept], those[kept]
    cannot = {(min(a, b), max(a, b)) for a, b in chance.integers(0, number, (3, 2)).tolist() if a != b}
    with pytest.MonkeyPatch.context() as batches:
        batches.setattr(clustering, "_TOGETHER", together)
        found = clustering.clusters(
            number, these, those, bits[these, those], score=lambda one, other: bits[one, other], cannot=cannot
        )
    pairs = list(zip(these.tolist(), those.tolist(), strict=True))
    known = dict(zip(pairs, bits[these, those], strict=True))
    labels, rounds = reference_clustering.clusters(number, known, bits, cannot)
    assert found.labels.tolist() == labels
    assert found.rounds.tolist() == [rounds.get(pair, 0) for pair in pairs]


def test_pairs_come_once_with_what_found_them_and_a_key_of_too_many_says_nothing() -> None:
    shared = joined_rows([{9: 4, 7: 1, 5: 2}, {9: 4, 7: 1, 5: 2}, {9: 4, 7: 1}, {9: 4}], most=3)
    assert shared == {(0, 1): 0b110, (0, 2): 0b10, (1, 2): 0b10}
    assert joined_rows([], most=3) == {}
    assert joined_rows([{}, {}], most=3) == {}


def test_two_keys_make_a_pair_or_one_that_is_enough_alone() -> None:
    rows = [{9: 4, 8: 4, 6: 5, 5: 2}, {9: 4, 8: 4}, {6: 5}, {5: 2}]
    assert joined_rows(rows, most=9, alone=0b100000) == {(0, 1): 0b10000, (0, 2): 0b100000}


@settings(deadline=None)
@given(
    some.lists(
        some.dictionaries(some.integers(0, 2**64 - 1) | some.integers(0, 20), some.just(1)), max_size=12
    ),
    some.integers(2, 5),
    some.integers(0, 2**7 - 1),
    some.integers(1, 30),
)
def test_pairs_are_those_that_two_loops_find(
    rows: list[dict[int, int]], most: int, alone: int, stretch: int
) -> None:
    rows = [{key: key % 7 for key in row} for row in rows]
    held = Counter(key for row in rows for key in row)
    naive = {
        (i, j): marks
        for (i, one), (j, other) in combinations(enumerate(rows), 2)
        if (shared := [key for key in one.keys() & other.keys() if held[key] <= most])
        and ((marks := sum({1 << key % 7 for key in shared})) & alone or len(shared) > 1)
    }
    assert joined_rows(rows, most=most, alone=alone, stretch=stretch) == naive


def joined_rows(
    rows: list[dict[int, int]], *, most: int, alone: int = 0x7F, stretch: int = 100
) -> dict[tuple[int, int], int]:
    """Each pair of rows that shares keys enough, with what found it; each row is its keys and their kinds."""
    keys = np.array([key for row in rows for key in row], np.uint64)
    kinds = np.array([kind for row in rows for kind in row.values()], np.uint8)
    counts = np.array([len(row) for row in rows], np.int64)
    shared = joining.join(keys, kinds, counts, most=most, alone=alone)
    found: dict[tuple[int, int], int] = {}
    for first, last in shared.stretches(stretch):
        for one, other, marks in zip(*(each.tolist() for each in shared.pairs(first, last)), strict=True):
            assert (one, other) not in found
            found[one, other] = marks
    return found
