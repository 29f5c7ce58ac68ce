"""The matrix bites: some of the hundred faults of `proofs/teeth`, drawn by a seed, each seen by its own probes."""

from collections.abc import Iterator
from random import Random

import pytest
from proofs.teeth.bite import bites, every
from pytest_django import DjangoDbBlocker
from tests.proofs.seeds import drawn_seed

SAMPLE, WORLD = 8, 77
"""How many faults; the seed of the world in which they are set, always the same here."""


@pytest.fixture
def _database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The worker's database outside a transaction of the test: the faults have one of their own, undone at the end."""
    with django_db_blocker.unblock():
        yield


def test_there_are_a_hundred() -> None:
    assert len(every()) >= 100


@pytest.mark.usefixtures("_database")
def test_each_fault_turns_the_matrix_red() -> None:
    seed = drawn_seed()
    chosen = Random(seed).sample(every(), SAMPLE)  # noqa: S311
    blind = [fault.name for fault, red in bites(chosen, seed=WORLD) if not red]
    assert blind == [], f"seed={seed}: nothing saw these"
