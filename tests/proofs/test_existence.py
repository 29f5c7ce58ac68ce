"""Absent and forbidden, in a small form: a sample of the pairs, and a classifier that must tell nothing from chance."""

from random import Random

import pytest
from proofs.existence import auc, clock, differences, pairs
from proofs.matrix.ask import Asker
from proofs.matrix.world import play
from tests.cast import Cast
from tests.proofs.seeds import drawn_seed

EACH = 120
pytestmark = pytest.mark.django_db


@pytest.fixture
def asker(cast: Cast) -> Asker:
    return Asker.of(play(cast, seed=drawn_seed(), chains_wanted=2))


@pytest.mark.asvs("8.2.2")
def test_absent_and_forbidden_are_the_same(asker: Asker) -> None:
    draw = Random(asker.world.seed)  # noqa: S311
    asked = list(pairs(asker.world, draw))
    assert len(asked) > 500
    assert list(differences(asker, iter(draw.sample(asked, EACH)))) == []


def test_the_clock_tells_nothing(asker: Asker) -> None:
    """With 300 pairs chance alone reaches 0.55: what is refused here is what lies above it with certainty."""
    found = clock(asker, pairs=300, seed=asker.world.seed, tell=lambda _label, _done, _total: None)
    assert found.low <= 0.55, f"seed={asker.world.seed}: AUC {found.auc:.3f}"


def test_a_classifier_that_can_tell_does() -> None:
    assert auc([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]) == 0.75
    assert auc([1, 1, 1, 1], [0, 1, 0, 1]) == 0.5
    assert auc([3, 4, 1, 2], [1, 1, 0, 0]) == 1
