"""Hit or no hit from keys alone: no name is sent, none is kept, and what says the same twice counts once."""

import json
import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from tests.analysis.test_model import people

from fanal.analysis.matching.blind import BadWeights, Register, TooFew, Weights, learn, question
from fanal.analysis.matching.blind import learning as blind_learning
from fanal.analysis.matching.blind.evidence import AMOUNTS, KINDS, NUMBER, SIGNS, fill, places
from fanal.analysis.matching.index import ForeignIndex
from fanal.analysis.matching.keys import KeyKind
from fanal.analysis.matching.record import Identifier, Record

SECRET, OTHER = b"a secret of tests", b"another one, also"
TODAY = date(2026, 3, 1)
FATIMA = Record(
    "a-1",
    names=("Fatima Benali",),
    births=("1990-05-04",),
    places=("Gent",),
    identifiers={Identifier.PHONE: ("0470 12 34 56",)},
)
SILENT = lambda *_: None  # noqa: E731


@pytest.fixture(scope="module")
def weights() -> Weights:
    known = people(1950, seed=7)
    return learn(known, [record.id.removesuffix("-again") for record in known], tell=SILENT)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    """Invented people whom nothing was learned from, and one more."""
    folder = tmp_path_factory.mktemp("blind") / "register"
    known = [record for record in people(1200, seed=8) if not record.id.endswith("-again")]
    return Register.build(folder, SECRET, [*known, FATIMA], tell=SILENT)


def test_who_is_known_is_a_hit_and_a_stranger_is_none(register: Register, weights: Weights) -> None:
    asked = [record for record in people(1200, seed=8) if record.id.endswith("-again")]
    right = wrong = 0
    for record in asked:
        found = register.hits(question(record, SECRET), weights, on=TODAY)
        right += any(hit.id == record.id.removesuffix("-again") for hit in found)
        wrong += sum(hit.id != record.id.removesuffix("-again") for hit in found)
    assert right / len(asked) > 0.9
    assert wrong / right < 0.05
    strangers = [replace(record, births=("1890-01-31",)) for record in people(300, seed=9)]
    assert sum(bool(register.hits(question(each, SECRET), weights, on=TODAY)) for each in strangers) < 10


def test_a_question_holds_numbers_and_kinds_and_nothing_else() -> None:
    asked = question(FATIMA, SECRET)
    assert asked.keys.dtype == np.uint64
    assert {type(kind) for kind in asked.kinds} == {KeyKind}
    assert asked.keys.tolist() == sorted(asked.keys.tolist()), (
        "their order does not say which belong together"
    )
    assert b"enali" not in asked.keys.tobytes()
    other = question(FATIMA, OTHER)
    assert not set(asked.keys.tolist()) & set(other.keys.tolist())


def test_keys_under_another_secret_hit_nothing(register: Register, weights: Weights, tmp_path: Path) -> None:
    assert next(hit.id for hit in register.hits(question(FATIMA, SECRET), weights, on=TODAY)) == "a-1"
    assert register.hits(question(FATIMA, OTHER), weights, on=TODAY, least=-100) == []
    Register.build(tmp_path / "register", SECRET, [], tell=SILENT)
    with pytest.raises(ForeignIndex):
        Register(tmp_path / "register", OTHER)


def test_a_record_without_keys_hits_nothing(register: Register, weights: Weights) -> None:
    for record in (Record("x"), Record("x", names=("😀",)), Record("x", births=("1990",))):
        assert register.hits(question(record, SECRET), weights, on=TODAY, least=-100) == []


def test_added_removed_and_expired_people_count_at_once(tmp_path: Path, weights: Weights) -> None:
    register = Register.build(tmp_path / "register", SECRET, people(100, seed=8), tell=SILENT)
    asked = question(FATIMA, SECRET)

    def hit(on: date = TODAY) -> float | None:
        found = {each.id: each.bits for each in register.hits(asked, weights, on=on, least=-100)}
        return found.get("a-1")

    assert hit() is None
    register.add([FATIMA], until=TODAY)
    bits = hit()
    assert bits is not None
    assert hit(TODAY + timedelta(1)) is None
    register.index.compact(TODAY)
    assert hit() == pytest.approx(bits), "in a segment as among the changes"
    register.index.remove(["a-1"])
    assert hit() is None


def seen(shared: list[KeyKind], asked: list[KeyKind], others: list[KeyKind]) -> tuple[list[str], list[float]]:
    """What is said of one record that shares these kinds of keys, ten bits rare each: signs, rarities by kind."""
    signs, amounts = np.empty((1, SIGNS), np.bool_), np.empty((1, NUMBER, AMOUNTS), np.float32)
    counted = [np.bincount(places(kinds), minlength=NUMBER) for kinds in (asked, others)]
    flags = np.array([[n < len(shared) for n in range(len(asked))]])
    rarity = np.array([10.0 - n for n in range(len(asked))])
    fill(flags, places(asked), rarity, counted[0], counted[1][None].astype(np.uint8), signs, amounts)
    names = [f"{kind.name} shared" for kind in KINDS] + [f"{kind.name} differs" for kind in KINDS]
    return [name for name, sign in zip(names, signs[0], strict=True) if sign], amounts[0].ravel().tolist()


def test_keys_of_one_kind_are_one_piece_of_evidence() -> None:
    words = KeyKind.WORDS
    one = seen([words], [words], [words])
    two = seen([words, words], [words, words], [words, words])
    assert one[0] == two[0] == ["WORDS shared"]
    assert one[1][0] == two[1][0] == pytest.approx(1.0), "the rarest of them"


def test_what_both_have_and_do_not_share_speaks_against_and_what_one_has_not_is_silent() -> None:
    words, whole, year = KeyKind.WORDS, KeyKind.WHOLE, KeyKind.WORD_YEAR
    assert seen([words], [words, whole, year], [words, whole])[0] == ["WORDS shared", "WHOLE differs"]


def test_two_kinds_that_say_the_same_are_not_counted_twice() -> None:
    """Half of all pairs that share both of two kinds are one, and no other: together they are worth that, no more."""
    chance = np.random.default_rng(1)
    number = 5_000
    both = chance.random(number) < 0.1
    same = both & (chance.random(number) < 0.5)
    columns = np.zeros((number, 1 + SIGNS + NUMBER * AMOUNTS), np.float32)
    columns[:, 0] = 1
    columns[:, 1] = columns[:, 2] = both
    found = blind_learning._weighed(
        blind_learning._Pairs(columns, same.astype(float), np.ones(number)), number
    )
    signs = columns[:, 1 : 1 + SIGNS].astype(np.bool_)
    amounts = np.zeros((number, NUMBER, AMOUNTS), np.float32)
    bits = found.bits(signs, amounts, number)
    assert bits[both][0] == pytest.approx(0.0, abs=0.3)
    assert bits[~both][0] < -5


def test_in_a_larger_base_the_same_evidence_is_worth_less(weights: Weights) -> None:
    signs, amounts = np.zeros((1, SIGNS), np.bool_), np.zeros((1, NUMBER, AMOUNTS), np.float32)
    small, large = (weights.bits(signs, amounts, size)[0] for size in (1_000, 8_000))
    assert small - large == pytest.approx(math.log2(8))


def test_weights_are_the_same_after_a_file(weights: Weights, tmp_path: Path) -> None:
    weights.save(tmp_path / "weights.json")
    again = Weights.load(tmp_path / "weights.json")
    assert (again.start, again.size) == (weights.start, weights.size)
    assert np.array_equal(again.signs, weights.signs)
    assert np.array_equal(again.amounts, weights.amounts)


REFUSED: list[tuple[str, Callable[[Weights], Weights], str]] = [
    ("no number", lambda known: replace(known, start=math.nan), "no number"),
    ("beyond all that can be learned", lambda known: replace(known, start=90.0), "90 bits; 60 at most"),
    (
        "nothing learned",
        lambda known: replace(known, signs=known.signs * 0, amounts=known.amounts * 0),
        "every weight is zero",
    ),
    ("said twice", lambda known: replace(known, signs=known.signs + known.signs.T), "have two weights"),
    ("other kinds", lambda known: replace(known, amounts=known.amounts[1:]), "instead of"),
    ("from nothing", lambda known: replace(known, size=0), "learned from 0"),
]


@pytest.mark.parametrize(("why", "spoil", "said"), REFUSED, ids=[why for why, _, _ in REFUSED])
def test_weights_that_must_not_be_used_are_not_written(
    weights: Weights, tmp_path: Path, why: str, spoil: Callable[[Weights], Weights], said: str
) -> None:
    with pytest.raises(BadWeights, match=said):
        spoil(weights).save(tmp_path / "weights.json")
    assert not (tmp_path / "weights.json").exists(), why


def test_weights_of_another_version_are_refused(weights: Weights, tmp_path: Path) -> None:
    file = tmp_path / "weights.json"
    file.write_text(json.dumps(weights.as_json() | {"keys": 99}))
    with pytest.raises(BadWeights, match=r"version 1\.99"):
        Weights.load(file)
    for nonsense in ("{}", "[]", "no JSON", json.dumps(weights.as_json() | {"amounts": {}})):
        file.write_text(nonsense)
        with pytest.raises(BadWeights):
            Weights.load(file)


def test_too_few_pairs_that_are_one_teach_nothing() -> None:
    known = people(100, seed=7)
    with pytest.raises(TooFew, match="pairs are known to be one"):
        learn(known, [record.id for record in known], tell=SILENT)
