"""What people of one name, and what brothers and sisters have in common, counts less than what strangers have."""

import random
from dataclasses import replace

import numpy as np
import pytest

from fanal.analysis.matching import levels
from fanal.analysis.matching.comparisons import BESIDE, COMPARISONS, classes_of, codes_of, levels_of
from fanal.analysis.matching.features import LAYOUT, features
from fanal.analysis.matching.model import Model, Shares
from fanal.analysis.matching.rarity import Rarity
from fanal.analysis.matching.record import Identifier, Record, Trait
from fanal.analysis.matching.second_look import second_look

SYLLABLES = ("ba", "de", "fi", "go", "ku", "la", "me", "no", "pi", "ra", "so", "tu", "ve", "wi", "zo")
COUNTRIES = ("aa", "bb", "cc", "dd", "ee", "ff", "gg", "hh")
CLASS = {label: n for n, label in enumerate(BESIDE)}
PLACE = next(each for each in COMPARISONS if each.name == "place")


def base(families: int) -> list[Record]:
    """Invented people: a name is at home in one country; of each family two are twins; every second one twice."""
    chance = random.Random(3)  # noqa: S311 (invented people)
    made: list[Record] = []
    given = ["".join(chance.sample(SYLLABLES, 3)) for _ in range(60)]
    for n in range(families):
        country = n % len(COUNTRIES)
        surname = "".join(random.Random(country * 1000 + chance.randrange(40)).sample(SYLLABLES, 4))  # noqa: S311
        town, born = (
            "".join(chance.choices(SYLLABLES, k=3)),
            f"{chance.randint(1950, 2005)}-{chance.randint(2, 12)}-17",
        )
        for twin in range(2):
            person = Record(
                f"{n}-{twin}",
                names=(f"{given[(n * 2 + twin) % 60]} {surname}",),
                births=(born,),
                places=(town,),
                traits={Trait.NATIONALITY: (COUNTRIES[country],)},
                identifiers={Identifier.DOCUMENT: (f"D{n:05}{twin}77",)},
            )
            made.append(person)
            if (n + twin) % 2:
                made.append(replace(person, id=f"{n}-{twin}-again"))
    return made


@pytest.fixture(scope="module")
def rows() -> np.ndarray:
    rarity = Rarity({})
    return np.array([features(record, rarity) for record in base(3000)], LAYOUT)


@pytest.fixture(scope="module")
def found(rows: np.ndarray) -> dict[str, tuple[Shares, ...]]:
    draw = np.random.default_rng(5)
    codes = levels_of(rows[draw.integers(0, len(rows), 200_000)], rows[draw.integers(0, len(rows), 200_000)])
    learned = {}
    for n, each in enumerate(COMPARISONS):
        plain = codes[codes[:, n] >= 0, n] % each.width
        if not len(plain):
            continue
        u = (np.bincount(plain, minlength=each.width) + 0.5) / (len(plain) + 0.5 * each.width)
        m = np.linspace(1, 3, each.width)
        learned[each.name] = Shares(tuple((m / m.sum()).tolist()), tuple(u.tolist()))
    return second_look(rows, learned)


def same(shares: Shares) -> float:
    """How often strangers share it."""
    return sum(shares.u[1:])


def test_one_country_says_little_beside_one_name(found: dict[str, tuple[Shares, ...]]) -> None:
    """A name is at home in one country: of two who share it, nearly all are from there."""
    strangers, _, namesakes, _ = found[Trait.NATIONALITY]
    assert same(strangers) < 0.2
    assert same(namesakes) > 0.9


def test_one_town_says_little_of_twins(found: dict[str, tuple[Shares, ...]]) -> None:
    """Born the same day in the same town, of one family name and different first names."""
    strangers, some, _, twins = found["place"]
    assert same(strangers) < 0.02
    assert same(some) < 0.2
    assert same(twins) > 0.8


def test_one_date_says_less_where_it_may_be_a_twin(found: dict[str, tuple[Shares, ...]]) -> None:
    strangers, some, namesakes, twins = (shares.u[-1] for shares in found["birth"])
    assert strangers == some == namesakes
    assert twins > 3 * strangers


def test_one_person_has_one_date(found: dict[str, tuple[Shares, ...]]) -> None:
    """Namesakes are not taken for one person with many dates of birth."""
    assert found["birth"][0].m[-1] > 0.97


def test_what_few_tell_of_stays() -> None:
    """No two share a name: nothing is learned, and nothing falls over."""
    words = ["".join(random.Random(n).sample(SYLLABLES, 5)) for n in range(40)]  # noqa: S311
    rows = np.array([features(Record(word, names=(word,)), Rarity({})) for word in set(words)], LAYOUT)
    learned = {
        "name": Shares((0.5, *(0.5 / 28 for _ in range(28))), (0.9, *(0.1 / 28 for _ in range(28)))),
        "birth": Shares((0.1,) * 6 + (0.4,), (0.9, *(0.1 / 6 for _ in range(6)))),
    }
    found = second_look(rows, learned)
    for shares in found["birth"][:3]:
        assert shares.u == pytest.approx(learned["birth"].u, rel=1e-6)
        assert shares.m == pytest.approx(learned["birth"].m, rel=1e-6)


@pytest.mark.parametrize(
    ("one", "other", "beside", "why"),
    [
        ("Ali Aslan", "Jan Peeters", 0, "nothing alike"),
        ("", "Jan Peeters", 0, "no name says as little as another one"),
        ("Ali Aslan", "Ali Peeters", 3, "one word of several, the same date: they may be brothers"),
        ("Ali Aslan", "Aslan, Ali", 2, "all words of both"),
        ("Aslan", "Ali Aslan", 1, "the only word of one: who it is is not said, so nothing says brothers"),
        ("Ali Ben Aslan", "Ali Ben Aslan", 2, "all words"),
    ],
)
def test_beside_which_names(one: str, other: str, beside: int, why: str) -> None:
    a, b = (
        np.array(
            [features(Record("x", names=(name,), births=("1990-05-04",), places=("Gent",)), Rarity({}))],
            LAYOUT,
        )
        for name in (one, other)
    )
    codes = levels_of(a, b)
    assert codes[0, 2] // PLACE.width == beside, why
    assert codes_of(PLACE, a, b) == codes[:, 2], "alone as among all"
    assert classes_of(codes[:, 0], codes[:, 1] % 7) == beside


def test_without_a_date_nobody_is_taken_for_a_twin() -> None:
    name = 1 + len(levels.RARITIES)
    assert levels.class_of(name, levels.NULL) == 1
    assert levels.class_of(name, 6) == 3


def test_a_model_keeps_the_weights_beside_each_class(found: dict[str, tuple[Shares, ...]]) -> None:
    shares = {
        name: Shares(sum((e.m for e in every), ()), sum((e.u for e in every), ()))
        for name, every in found.items()
    }
    weights = Model(1e-4, shares, Rarity({})).weights()[2]
    beside = [weights[PLACE.width * n + 3] for n in range(len(BESIDE))]
    assert beside[3] < beside[1] < beside[0]
