"""Absent and forbidden cannot be told apart: by status, bytes, headers, number of statements, nor by the clock.

For each address that names a file, and each kind of member that may come there at all, two requests: one for a file
that stands behind somebody else's wall, one for a file that does not exist. The clock is asked by a classifier that is
trained on half of many such pairs, asked by turns, and tried on the other half.
"""

import gc
import math
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from proofs.figure import Figure, Tell
from proofs.house import house

if TYPE_CHECKING:
    from proofs.matrix.ask import Asker
    from proofs.matrix.probes import Probe
    from proofs.matrix.world import World

PAIRS = 24_000
"""Pairs of timed requests at scale 1: half of them train the classifier, half try it."""
BAR = 0.55
_OWN = re.compile(rb"[A-Za-z0-9]{64}")
_PASSING = {"x-request-id", "set-cookie", "date"}


def prove(*, scale: float, seed: int, tell: Tell) -> list[Figure]:
    """Every pair compared, and the clock asked."""
    with house():
        from django.db import transaction
        from django.test.utils import setup_test_environment
        from tests import cast

        from proofs.matrix.ask import Asker
        from proofs.matrix.world import play

        setup_test_environment(debug=False)
        with transaction.atomic():
            asker = Asker.of(play(cast.load(), seed=seed))
            told = list(differences(asker, pairs(asker.world, Random(seed))))
            asked = len(list(pairs(asker.world, Random(seed))))
            wanted = max(400, round(PAIRS * scale))
            found = clock(asker, pairs=wanted, seed=seed, tell=tell)
            transaction.set_rollback(True)
    interval = f"{found.auc:.3f} (95 %: {found.low:.3f} to {found.high:.3f})"
    return [
        Figure("pairs that differ in status, bytes, headers or statements", f"{len(told)} of {asked:,}", "0", not told,
               "; ".join(told[:3])[:900]),
        Figure("classifier on timings, AUC", interval, f"<= {BAR}", found.auc <= BAR, f"{wanted:,} pairs, seed {seed}"),
    ]  # fmt: skip


def pairs(world: "World", draw: Random) -> "Iterator[tuple[Probe, Probe]]":
    """(forbidden, absent) for each address that names a file, each method, each kind of member who may come there."""
    from dataclasses import replace

    from proofs.matrix import judge
    from proofs.matrix.ask import named
    from proofs.matrix.probes import probes

    for probe in probes(world, draw):
        route, by = world.law.routes[probe.route], world.members.get(probe.member)
        if (
            probe.relation not in ("foreign", "expired", "revoked")
            or by is None
            or route.shows in ("bearer", "blind")
        ):
            continue
        if judge.comes(world, route, probe.method, by) and not judge.knows(named(world, probe), by):
            yield probe, replace(probe, relation="absent")


def differences(asker: "Asker", asked: "Iterator[tuple[Probe, Probe]]") -> Iterator[str]:
    """One line for each pair that can be told apart."""
    from proofs.matrix.probes import url

    for forbidden, absent in asked:
        _, there = _seen(asker, forbidden), _seen(asker, absent)
        found, nothing = _seen(asker, forbidden), _seen(asker, absent)
        if found != nothing and there != found:  # what is kept in memory is there for both
            found, nothing = _seen(asker, forbidden), _seen(asker, absent)
        if found != nothing:
            what = [name for name, one, other in zip(_NAMES, found, nothing, strict=True) if one != other]
            yield f"{forbidden.line(asker.world, url(asker.world, forbidden))}: {', '.join(what)} differ from absent"


_NAMES = ("status", "headers", "bytes", "statements")


def _seen(asker: "Asker", probe: "Probe") -> tuple[int, str, bytes, int]:
    """What there is to see of an answer: identifiers that were sent are one and the same."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from proofs.matrix.bodies import body

    file = asker.world.ledger.files[probe.file] if probe.file is not None else None
    with CaptureQueriesContext(connection) as statements:
        answer, address, _ = asker.send(probe, body(asker.world, probe.route, file))
    headers = sorted(
        f"{name}: {value}" for name, value in answer.headers.items() if name.lower() not in _PASSING
    )
    sent = address.encode()
    return (
        answer.status_code,
        "\n".join(headers).replace(address, ""),
        _OWN.sub(b"", answer.content.replace(sent, b"")),
        len(statements),
    )


@dataclass(frozen=True, slots=True)
class Auc:
    """How well the classifier told: 0.5 is chance. `low`, `high`: the 95 % interval (Hanley and McNeil 1982)."""

    auc: float
    low: float
    high: float


def clock(asker: "Asker", *, pairs: int, seed: int, tell: Tell) -> Auc:
    """The better of two classifiers (a logistic regression, a stump), chosen on the training half, tried on the other.

    Features of a request: seconds by the wall and of the processor, and their logarithms, less the median of its
    address in the training half, so that fast and slow addresses do not hide the difference.
    """
    draw = Random(seed)
    chosen = _timed(asker, draw)
    samples: list[tuple[str, tuple[float, float], int]] = []
    gc.disable()
    try:
        for nth in range(pairs):
            both = draw.choice(chosen)
            turns = [(both[0], 1), (both[1], 0)]
            draw.shuffle(turns)
            for probe, label in turns:
                samples.append((f"{probe.method} {probe.route}", _spent(asker, probe), label))
            if nth % 200 == 0:
                gc.collect()
                tell("timed pairs", nth, pairs)
    finally:
        gc.enable()
    train, test = _halves(samples)
    middle = _medians(train)
    learned, tried = _features(train, middle), _features(test, middle)
    best = max(
        _classifiers(learned), key=lambda score: auc([score(x) for x, _ in learned], [y for _, y in learned])
    )
    labels = [label for _, label in tried]
    return _interval(auc([best(x) for x, _ in tried], labels), sum(labels), len(labels) - sum(labels))


Features = tuple[float, ...]
Sample = tuple[str, tuple[float, float], int]


def _timed(asker: "Asker", draw: Random) -> "list[tuple[Probe, Probe]]":
    """Reading addresses, one pair of each."""
    found = {}
    for both in pairs(asker.world, draw):
        if both[0].method == "get":
            found.setdefault(both[0].route, both)
    return [found[route] for route in sorted(found)]


def _spent(asker: "Asker", probe: "Probe") -> tuple[float, float]:
    wall, processor = time.perf_counter(), time.process_time()
    asker.send(probe)
    return time.perf_counter() - wall, time.process_time() - processor


def _halves(samples: Sequence[Sample]) -> tuple[list[Sample], list[Sample]]:
    """The first half trains, the second tries: what drifts with the hour helps nobody."""
    half = len(samples) // 4 * 2
    return list(samples[:half]), list(samples[half:])


def _medians(samples: Sequence[Sample]) -> dict[str, tuple[float, float]]:
    by_route: dict[str, list[tuple[float, float]]] = {}
    for route, spent, _ in samples:
        by_route.setdefault(route, []).append(spent)
    return {
        route: tuple(sorted(column)[len(column) // 2] for column in zip(*times, strict=True))  # type: ignore[misc]
        for route, times in by_route.items()
    }


def _features(
    samples: Sequence[Sample], middle: dict[str, tuple[float, float]]
) -> list[tuple[Features, int]]:
    found = []
    for route, (wall, processor), label in samples:
        if route in middle:
            at = middle[route]
            plain = (1e3 * (wall - at[0]), 1e3 * (processor - at[1]))
            logs = (math.log(wall / at[0]), math.log(max(processor, 1e-6) / max(at[1], 1e-6)))
            found.append((tuple(max(-5.0, min(5.0, value)) for value in (*plain, *logs)), label))
    return found


def _classifiers(learned: Sequence[tuple[Features, int]]) -> list:  # type: ignore[type-arg]
    """A logistic regression, and a stump on each feature in both directions."""
    weights = _logistic(learned)
    found = [lambda x: sum(w * v for w, v in zip(weights, (1.0, *x), strict=True))]
    for column in range(len(learned[0][0])):
        found += [lambda x, c=column: x[c], lambda x, c=column: -x[c]]
    return found


def _logistic(learned: Sequence[tuple[Features, int]], rounds: int = 200, rate: float = 0.1) -> list[float]:
    import numpy as np

    x = np.array([[1.0, *features] for features, _ in learned])
    y = np.array([label for _, label in learned], dtype=float)
    weights = np.zeros(x.shape[1])
    for _ in range(rounds):
        weights += rate * x.T @ (y - 1 / (1 + np.exp(-x @ weights))) / len(y)
    return [float(weight) for weight in weights]


def auc(scores: Sequence[float], labels: Sequence[int]) -> float:
    """The chance that one of the ones scores above one of the zeros; a tie counts half (Mann-Whitney)."""
    ranked = sorted(range(len(scores)), key=scores.__getitem__)
    ranks, at = [0.0] * len(scores), 0
    while at < len(ranked):
        end = at
        while end < len(ranked) and scores[ranked[end]] == scores[ranked[at]]:
            end += 1
        for place in ranked[at:end]:
            ranks[place] = (at + 1 + end) / 2
        at = end
    ones = sum(labels)
    zeros = len(labels) - ones
    above = sum(rank for rank, label in zip(ranks, labels, strict=True) if label) - ones * (ones + 1) / 2
    return above / (ones * zeros)


def _interval(value: float, ones: int, zeros: int) -> Auc:
    one, two = value / (2 - value), 2 * value**2 / (1 + value)
    spread = value * (1 - value) + (ones - 1) * (one - value**2) + (zeros - 1) * (two - value**2)
    error = math.sqrt(max(0.0, spread) / (ones * zeros))
    return Auc(value, value - 1.96 * error, value + 1.96 * error)
