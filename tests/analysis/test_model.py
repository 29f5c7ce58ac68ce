"""A model is Splink's own JSON; what must not be used is refused; SQL and the online scorer say the same."""

import json
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from fanal.analysis.matching import sql, training
from fanal.analysis.matching.comparisons import COMPARISONS, against, levels_of
from fanal.analysis.matching.features import LAYOUT, features
from fanal.analysis.matching.model import BadModel, Model, Shares, settings
from fanal.analysis.matching.rarity import Rarity
from fanal.analysis.matching.record import Record, Trait
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


def test_what_must_not_be_used_is_refused_with_its_reason(trained: Model) -> None:
    shares = trained.shares["sex"]
    cases = [
        (broken(trained, "sex", u=(*shares.u[:-1], 0.0)), "was not trained"),
        (broken(trained, "sex", m=(*shares.m[:-1], 0.9999)), "m is 0.999900"),
        (broken(trained, "sex", m=shares.m[::-1], u=shares.u[::-1]), "says more than"),
        (replace(trained, shares={"sex": Shares((0.5,), (0.5,))}), "1 levels instead of 4"),
    ]
    for model, said in cases:
        with pytest.raises(BadModel, match=said):
            model.demand_fit()


def test_a_model_of_another_version_is_refused(trained: Model, tmp_path: Path) -> None:
    said = trained.as_json()
    said["fanal"]["comparisons"] = 99
    file = tmp_path / "model.json"
    file.write_text(json.dumps(said))
    with pytest.raises(BadModel, match=r"version 1\.99, this program 1\."):
        Model.load(file)
    file.write_text("{}")
    with pytest.raises(BadModel, match="no model of ours"):
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
