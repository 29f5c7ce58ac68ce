"""The authorisation matrix in a small form: every address × member × relation by turns, every row × every unit.

The oracle is `proofs/matrix/law.toml`. A failure is one line: the seed and the probe, to ask it again.
"""

from random import Random

import pytest
from proofs.matrix import known, rows, surroundings, unmoved
from proofs.matrix.ask import Asker, fault
from proofs.matrix.law import law
from proofs.matrix.probes import probes
from proofs.matrix.world import World, play
from tests.cast import Cast
from tests.proofs.seeds import drawn_seed

pytestmark = pytest.mark.django_db
GROUPS, EACH = 4, 700


@pytest.fixture
def seed() -> int:
    return drawn_seed()


@pytest.fixture
def world(cast: Cast, seed: int) -> World:
    return play(cast, seed=seed, chains_wanted=3)


def test_the_table_knows_everything() -> None:
    assert known.unknown(law()) == []


def test_the_pages_take_no_method_that_the_table_does_not_know(world: World) -> None:
    assert known.more_methods(world, Asker.of(world).browsers) == []


@pytest.mark.asvs("8.2.2", "8.2.3", "15.3.1")
@pytest.mark.parametrize("group", range(GROUPS))
def test_nobody_meets_what_is_not_hers(world: World, group: int) -> None:
    draw = Random(world.seed)  # noqa: S311
    asked = list(probes(world, draw))
    draw.shuffle(asked)
    asker = Asker.of(world)
    with surroundings.heard() as heard:
        found = [line for probe in asked[:EACH] if (line := fault(asker, probe))]
    found += surroundings.in_log(world, heard.lines) + surroundings.in_mails(world)
    found += surroundings.in_metrics(world) if group == 0 else []
    assert found == []


def test_what_is_not_hers_moves_nothing_that_a_stranger_sees(world: World) -> None:
    asker = Asker.of(world)
    assert unmoved.moved(world, asker) == []
    assert unmoved.replayed(world, asker) == []


@pytest.mark.asvs("8.4.1")
def test_each_wall_alone_shows_each_unit_its_rows_and_no_other(world: World) -> None:
    swept = rows.sweep(world)
    assert swept.faults == []
    assert swept.pairs > 30_000
