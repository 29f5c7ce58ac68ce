"""Who is asked about is one person: a better match takes from another that can hardly be the same."""

import math
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from tests.analysis.test_explaining import MODEL

from fanal.analysis.matching import rivals, scoring
from fanal.analysis.matching.features import LAYOUT, features
from fanal.analysis.matching.matcher import Matcher
from fanal.analysis.matching.record import Identifier, Record, Trait

PHONE = {Identifier.PHONE: ("0470 12 34 56",)}
TODAY = date(2026, 6, 1)
SECRET = b"a secret of tests"


def person(id: str, name: str, **given: object) -> Record:
    said = {"births": ("1990-05-04",), "places": ("Gent",), "traits": {Trait.SEX: ("f",)}, **given}
    return Record(id, names=(name,), **said)  # type: ignore[arg-type]


def answers(folder: Path, people: list[Record], asked: Record) -> dict[str, tuple[float, float]]:
    matcher = Matcher.build(folder, MODEL, SECRET, people, tell=lambda *_: None)
    return {match.id: (match.bits, match.left) for match in matcher.query(asked, on=TODAY)}


def test_a_twin_is_not_found_beside_her_sister(tmp_path: Path) -> None:
    """Alone she may be the one; beside the record that fits she is not."""
    asked = person("asked", "Amina Diallo", identifiers=PHONE)
    twin, herself = (
        person("twin", "Fatou Diallo", identifiers=PHONE),
        person("herself", "Amina Diallo", identifiers=PHONE),
    )
    alone = answers(tmp_path / "alone", [twin], asked)["twin"]
    assert alone[0] == alone[1]
    found = answers(tmp_path / "both", [twin, herself], asked)
    assert found["herself"][1] == found["herself"][0]
    assert found["twin"][0] == alone[0], "the two records alone say what they said"
    assert found["twin"][1] < alone[1]


def test_another_record_of_the_same_person_takes_nothing_that_matters(tmp_path: Path) -> None:
    asked = person("asked", "Amina Diallo", identifiers=PHONE)
    again = [person(str(n), "Amina Diallo", identifiers=PHONE) for n in range(2)]
    for bits, left in answers(tmp_path / "index", again, asked).values():
        assert bits - left < 1


def test_who_is_outdone_stays_in_sight(tmp_path: Path) -> None:
    asked = person("asked", "Amina Diallo", identifiers=PHONE)
    found = answers(
        tmp_path / "index",
        [
            person("twin", "Omar Diallo", identifiers=PHONE),
            person("herself", "Amina Diallo", identifiers=PHONE),
        ],
        asked,
    )
    assert found.keys() == {"twin", "herself"}


bits = some.floats(-30, 30)


@given(bits, bits, bits)
def test_the_four_that_are_weighed(mine: float, more: float, between: float) -> None:
    """All three are one; one of the two is the one asked; the two are one and another; all are strangers."""
    rival = mine + abs(more)
    one, other, apart = 2.0**mine, 2.0**rival, 2.0**between
    twos = (rival + between) / 2, (rival + mine) / 4, (mine + between) / 4
    all_three = 2.0 ** sum(twos)
    expected = math.log2((all_three + one) / (1 + other + apart))
    assert rivals._shared(mine, rival, between) == pytest.approx(expected, abs=1e-6)


names = some.lists(
    some.sampled_from(["Ali Aslan", "Aly Aslan", "Omar Aslan", "Aslan", "Jan Peeters"]),
    min_size=2,
    max_size=6,
)


@settings(deadline=None)  # the first call compiles
@given(names, some.randoms(use_true_random=False))
def test_the_order_of_matches_changes_nothing(several: list[str], chance: object) -> None:
    rows = np.array(
        [features(person(str(n), name), MODEL.rarity) for n, name in enumerate(["Ali Aslan", *several])],
        LAYOUT,
    )
    parts, weights = scoring.parts_of(rows), MODEL.weights()
    places = np.arange(1, len(rows))
    found = np.empty(len(places))
    scoring.score(parts, np.zeros(len(places), np.int64), places, weights, MODEL.prior_bits, -np.inf, found)
    left = rivals.beside(parts, places, found, weights, MODEL.prior_bits, -5.0)
    assert (left <= found).all()
    assert (
        left[found.argmax()] == found.max() or (found == found.max()).sum() > 1 or found.max() < rivals.LEAST
    )
    order = np.random.default_rng(chance.randrange(1000)).permutation(len(places))  # type: ignore[attr-defined]
    again = rivals.beside(parts, places[order], found[order], weights, MODEL.prior_bits, -5.0)
    assert again.tolist() == left[order].tolist()
