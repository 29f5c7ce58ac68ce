"""A model is Splink's own JSON; what must not be used is refused; SQL and the online scorer say the same."""

import json
import random
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from fanal.analysis.matching import sql, training
from fanal.analysis.matching.comparisons import COMPARISONS, against, levels_of
from fanal.analysis.matching.features import LAYOUT, features
from fanal.analysis.matching.model import BadModel, Model, Shares, settings
from fanal.analysis.matching.rarity import Rarity
from fanal.analysis.matching.record import Identifier, Record, Trait
from fanal.analysis.matching.training import TooLittle, train

GIVEN = [
    "anna",
    "bruno",
    "carla",
    "dario",
    "elena",
    "fabio",
    "gina",
    "hugo",
    "irma",
    "jonas",
    "karin",
    "luca",
]
FAMILY = [
    f"{start}{end}"
    for start in ["ba", "de", "fi", "go", "ku", "la", "me", "no", "pi", "ra", "so", "tu"]
    for end in ("ntovic", "rsen", "llino")
]


def people(number: int, seed: int) -> list[Record]:
    """Invented persons, every third of them a second time with a slip."""
    chance = random.Random(seed)  # noqa: S311 (invented people, no secret)
    made: list[Record] = []
    for n in range(number):
        name = f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}"
        born = f"{chance.randint(1950, 2005)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        traits = {Trait.SEX: (chance.choice("FM"),)}
        made.append(
            Record(f"{n}", names=(name,), births=(born,), places=(chance.choice(GIVEN),), traits=traits)
        )
        if n % 3 == 0:
            again = name if chance.random() < 0.6 else name[:-1]
            when = born if chance.random() < 0.8 else born[:4]
            made.append(replace(made[-1], id=f"{n}-again", names=(again,), births=(when,)))
    return made


@pytest.fixture(scope="module")
def trained() -> Model:
    with pytest.MonkeyPatch.context() as less:
        less.setattr(training, "RANDOM_PAIRS", 100_000)
        return train(people(2000, seed=1), tell=lambda *_: None)


def test_agreement_speaks_for_and_difference_against(trained: Model) -> None:
    for name in ("name", "birth"):
        bits = trained.shares[name].bits()
        assert bits[0] < 0 < bits[-1]
    one, again, stranger = (
        features(Record("x", names=(name,), births=(born,)), trained.rarity)
        for name, born in (
            ("anna nontovic", "1980-05-04"),
            ("anna nontovi", "1980-05-04"),
            ("hugo dersen", "1961"),
        )
    )
    close, far = trained.bits(against(one, np.array([again, stranger], LAYOUT)))
    assert close > 3
    assert far < -5


def test_a_model_is_the_same_after_a_file(trained: Model, tmp_path: Path) -> None:
    trained.save(tmp_path / "model.json")
    assert Model.load(tmp_path / "model.json") == trained


def test_splink_reads_it_and_says_the_same(trained: Model) -> None:
    """The match weight of pairs by SQL in DuckDB is the online one within a hundredth of a bit."""
    from splink import Linker, SettingsCreator

    records = people(300, seed=2)
    rows = np.array([features(record, trained.rarity) for record in records], LAYOUT)
    api = sql.database()
    said = trained.as_json()
    del said["fanal"]
    said |= {"blocking_rules_to_generate_predictions": ["1=1"], "retain_matching_columns": False}
    linker = Linker(
        api.register(sql.table([f"{n:06}" for n in range(len(rows))], rows)),
        SettingsCreator.from_path_or_dict(said),
    )
    found = linker.inference.predict().as_record_list()
    assert len(found) == len(rows) * (len(rows) - 1) // 2
    these, those = (np.array([int(pair[f"unique_id_{side}"]) for pair in found]) for side in "lr")
    batch = np.array([pair["match_weight"] for pair in found])
    online = trained.bits(levels_of(rows[these], rows[those]))
    assert np.abs(batch - online).max() < 0.01


def broken(model: Model, name: str, **changed: tuple[float, ...]) -> Model:
    return replace(model, shares={**model.shares, name: replace(model.shares[name], **changed)})


def with_phones(model: Model, *, rare: float, said: int) -> Model:
    """The model, and phones of which strangers share a rare one with this probability."""
    phones = Shares((0.1, 0.05, 0.05, 0.8), (0.9, 0.01, 0.001, rare))
    return replace(
        model,
        shares={**model.shares, Identifier.PHONE: phones},
        distinct={**model.distinct, Identifier.PHONE: said},
    )


REFUSED: list[tuple[str, Callable[[Model], Model], str]] = [
    (
        "strangers were never seen there",
        lambda model: broken(model, "sex", u=(*model.shares["sex"].u[:-1], 0.0)),
        "sex, the same, which few have, .* born the same day: u is 0.000000; the level was not trained",
    ),
    (
        "matches were never seen there",
        lambda model: broken(model, "sex", m=(*model.shares["sex"].m[:-1], 0.0)),
        "sex, the same, which few have, .* born the same day: m is 0.000000, outside 0.005 to 0.995",
    ),
    (
        "one level would decide alone",
        lambda model: broken(model, "sex", m=(*model.shares["sex"].m[:-1], 0.9999)),
        "m is 0.999900, outside 0.005 to 0.995",
    ),
    (
        "agreement would speak against",
        lambda model: broken(model, "sex", m=model.shares["sex"].m[::-1], u=model.shares["sex"].u[::-1]),
        "says more than",
    ),
    (
        "a rare name would say less than a common one",
        lambda model: broken(model, "name", u=(*(u := model.shares["name"].u)[:-1], 4 * u[-1])),
        "name: “all words the same, rare” .* says more than “all words the same, very rare”",
    ),
    (
        "one stranger in twenty would share a rare phone",
        lambda model: with_phones(model, rare=0.05, said=2000),
        "phone, the same, which few have: u is 0.05000000, not 1/2000",
    ),
    (
        "a rare phone would prove more than there are phones",
        lambda model: with_phones(model, rare=1e-6, said=2000),
        "u is 0.00000100, not 1/2000",
    ),
    (
        "how many phones there are is not known",
        lambda model: replace(with_phones(model, rare=1e-6, said=2000), distinct={}),
        "phone: it is not said how many different ones there are",
    ),
    ("nothing is compared", lambda model: replace(model, shares={}), "it compares nothing"),
    ("all are one", lambda model: replace(model, prior=1.0), "the prior is 1.0, no probability"),
]


@pytest.mark.parametrize(("why", "spoil", "said"), REFUSED, ids=[why for why, _, _ in REFUSED])
def test_what_must_not_be_used_is_refused(
    trained: Model, tmp_path: Path, why: str, spoil: Callable[[Model], Model], said: str
) -> None:
    """With its reason: it is not written, and where a file says it, not read."""
    file, bad = tmp_path / "model.json", spoil(trained)
    with pytest.raises(BadModel, match=said):
        bad.save(file)
    assert not file.exists(), why
    file.write_text(json.dumps(bad.as_json()))
    with pytest.raises(BadModel, match=said):
        Model.load(file)


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ({"sex": Shares((0.5,), (0.5,))}, "sex: 1 levels instead of 16"),
        ({"shoes": Shares((0.5,), (0.5,))}, "does not know: shoes"),
    ],
)
def test_a_model_that_another_program_made_is_refused(
    trained: Model, shares: dict[str, Shares], said: str
) -> None:
    with pytest.raises(BadModel, match=said):
        replace(trained, shares={**trained.shares, **shares}).demand_fit()


def test_rare_identifiers_that_are_as_rare_as_there_are_are_fit(trained: Model) -> None:
    with_phones(trained, rare=1 / 2000, said=2000).demand_fit()


def test_training_gives_nothing_that_must_not_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was learned as it stands, levels that no pair showed among it, is looked at before anybody gets it."""
    monkeypatch.setattr(training, "RANDOM_PAIRS", 100_000)
    monkeypatch.setattr(training, "_put_right", lambda _, learned, *__: learned)
    with pytest.raises(BadModel, match=r"m is 0\.0"):
        train(people(1000, seed=4), tell=lambda *_: None)


def test_a_level_that_no_pair_showed_says_what_the_one_below_says() -> None:
    birth = next(each for each in COMPARISONS if each.name == "birth")
    learned = Shares((0.1, 0.05, 0.05, 0.1, 0.0, 0.0, 0.7), (0.7, 0.2, 0.05, 0.0499, 0.0, 0.0, 0.0001))
    bits = training._put_right(birth.plain(), training._of_strangers(learned, 1e-4), {}).bits()
    assert bits[4] == pytest.approx(bits[2]), "one slip is worth the same year, not what nobody has seen"
    assert bits[5] == pytest.approx(bits[6])
    assert bits[6] > 10


def test_where_all_strangers_differ_a_difference_says_no_more_than_what_many_share() -> None:
    """A share is less than one: what that takes from a level, those above it are given."""
    phone = next(each for each in COMPARISONS if each.name == Identifier.PHONE)
    learned = Shares((0.15, 0.0, 0.0, 0.85), (1.0 - 3e-9, 1e-9, 1e-9, 1e-9))
    bits = training._put_right(phone, learned, {Identifier.PHONE: 5000}).bits()
    assert all(below <= above + 1e-9 for below, above in pairwise(bits))


def test_phones_are_learned_as_rare_as_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "RANDOM_PAIRS", 100_000)
    chance = random.Random(6)  # noqa: S311 (invented numbers)
    phones: dict[str, str] = {}
    records = [
        replace(
            record,
            identifiers={
                Identifier.PHONE: (
                    phones.setdefault(record.id.removesuffix("-again"), f"0470{chance.randrange(10**6):06}"),
                )
            },
        )
        for record in people(1500, seed=5)
    ]
    model = train(records, tell=lambda *_: None)
    different = len(set(phones.values()))
    assert model.distinct[Identifier.PHONE] == different
    assert model.shares[Identifier.PHONE].u[-1] == pytest.approx(1 / different)
    assert model.shares[Identifier.PHONE].bits()[-1] > 9


def test_a_model_of_another_version_is_refused(trained: Model, tmp_path: Path) -> None:
    said = trained.as_json()
    said["fanal"]["comparisons"] = 99
    file = tmp_path / "model.json"
    file.write_text(json.dumps(said))
    with pytest.raises(BadModel, match=r"version 2\.99, this program 2\."):
        Model.load(file)
    for nonsense in ("{}", "[", "null", '{"fanal": {"format": 2}}', json.dumps({**said, "comparisons": 3})):
        file.write_text(nonsense)
        with pytest.raises(BadModel):
            Model.load(file)


def test_too_little_to_learn_from_is_said() -> None:
    with pytest.raises(TooLittle, match="3 records"):
        train(people(2, seed=1), tell=lambda *_: None)
    nameless = [Record(str(n), births=(f"{1900 + n % 90}-01-02",)) for n in range(1200)]
    with pytest.raises(TooLittle, match="nearly no record has a name"):
        train(nameless, tell=lambda *_: None)


def test_rarity_lists_nothing_that_names_a_person() -> None:
    rarity = Rarity.learned([(["rare"], []), *[(["common"], [("sex", "f")])] * 8])
    assert rarity.words == {"common": 0}
    assert rarity.values == {"sex|f": 0}
    assert rarity.of_word("rare") == rarity.unlisted


def test_every_comparison_is_in_the_format_of_splink() -> None:
    for comparison in COMPARISONS:
        levels = settings(comparison, None)["comparison_levels"]
        assert levels[0]["is_null_level"]
        assert levels[-1]["sql_condition"] == "ELSE"
        assert len(levels) == len(comparison.labels) + 1
