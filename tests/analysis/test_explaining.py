"""Every score comes with its parts, which add up to it, and with a sentence that people can read."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from fanal.analysis.matching.comparisons import COMPARISONS, against
from fanal.analysis.matching.explaining import LANGUAGES, Band, band, explain, sentence
from fanal.analysis.matching.explaining.wording import COMPARED, PHRASES
from fanal.analysis.matching.features import LAYOUT, features
from fanal.analysis.matching.identifiers import doubtful
from fanal.analysis.matching.model import Model, Shares
from fanal.analysis.matching.rarity import Rarity
from fanal.analysis.matching.record import Identifier, Record, Trait


def model() -> Model:
    """A model in which a level is worth its place: enough to add up, without learning anything."""
    shares = {}
    for each in COMPARISONS:
        number = len(each.labels)
        bits = np.tile(np.linspace(-4, 9, each.width), each.classes)
        m = np.full(number, 1 / number).clip(0.005, 0.995)
        shares[each.name] = Shares(tuple(m.tolist()), tuple((m / 2**bits).clip(max=0.999).tolist()))
    return Model(1e-3, shares, Rarity({"ali": 4, "aslan": 9}))


MODEL = model()


def row(**given: object) -> np.void:
    return features(Record("x", **given), MODEL.rarity)  # type: ignore[arg-type]


TWIN = {"names": ("Ali Aslan",), "births": ("1990-05-04",), "traits": {Trait.SEX: ("m",)}}
names = some.lists(some.sampled_from(["Ali Aslan", "Aly Aslan", "Jan Peeters", ""]), max_size=2)
births = some.lists(some.sampled_from(["1990-05-04", "1990", "04/05/1991", "x"]), max_size=2)


@settings(deadline=None)  # the first call compiles
@given(names, births, names, births)
def test_the_parts_add_up(one: list[str], born: list[str], other: list[str], then: list[str]) -> None:
    a, b = row(names=tuple(one), births=tuple(born)), row(names=tuple(other), births=tuple(then))
    found = explain(MODEL, a, b)
    assert found.bits == pytest.approx(found.prior + sum(line.bits for line in found.lines))
    assert found.bits == pytest.approx(MODEL.bits(against(a, np.array([b], LAYOUT)))[0])


def test_identical_twins_share_all_but_the_first_name() -> None:
    """Same date, same family name, same sex: what speaks against is said first among what differs."""
    found = explain(MODEL, row(**TWIN), row(**{**TWIN, "names": ("Omar Aslan",)}))
    levels = {line.comparison: line.label for line in found.lines if line.code >= 0}
    assert levels["birth"] == "same date, beside names of which a word or two are alike, born the same day"
    assert levels["name"].startswith("one of several words the same")


def test_how_rare_what_they_share_is_stands_beside_it() -> None:
    found = explain(MODEL, row(**TWIN), row(**TWIN))
    assert {line.comparison: line.one_in for line in found.lines}["name"] == 8000  # 2 to the power of 4 + 9


def test_what_would_change_the_result_is_named() -> None:
    found = explain(MODEL, row(names=("Ali Aslan",)), row(names=("Ali Aslan",)))
    assert found.band is not band(found.bits - next(line.bits for line in found.lines if line.decides))
    assert "birth" in found.could


def test_what_another_record_takes_is_a_part_of_the_score() -> None:
    alone = explain(MODEL, row(**TWIN), row(**TWIN))
    found = explain(MODEL, row(**TWIN), row(**TWIN), others=-6.0)
    assert found.bits == pytest.approx(alone.bits - 6)
    assert found.bits == pytest.approx(found.prior + found.others + sum(line.bits for line in found.lines))
    for at, language in enumerate(LANGUAGES):
        assert PHRASES["others"][at][:20] in sentence(found, language)
        assert PHRASES["others"][at][:20] not in sentence(alone, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_a_sentence_in_every_language(language: str) -> None:
    one = row(**TWIN, identifiers={Identifier.PHONE: ("0470123456",)}, places=("Gent",))
    other = row(**{**TWIN, "births": ("1 1 1961",)}, identifiers={Identifier.PHONE: ("0470123457",)})
    said = sentence(explain(MODEL, one, other), language)
    at = LANGUAGES.index(language)
    for name in ("name", "birth", Trait.SEX, Identifier.PHONE):
        assert COMPARED[name][at].lower() in said.lower()
    assert "{" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_check_digits_that_do_not_hold_are_said_to_who_reads(language: str) -> None:
    wrong = {Identifier.IBAN: ("BE71 0961 2345 6760",), Identifier.NATIONAL: ("85.07.30-033 29",)}
    record = Record("x", names=("Ali Aslan",), identifiers={**wrong, Identifier.PHONE: ("0470123456",)})
    assert doubtful(record) == set(wrong)
    one = features(record, MODEL.rarity)
    found = explain(
        MODEL, one, row(names=("Ali Aslan",), identifiers={Identifier.IBAN: wrong[Identifier.IBAN]})
    )
    said, plain = sentence(found, language, doubtful(record)), sentence(found, language)
    at = LANGUAGES.index(language)
    only_shared = PHRASES["doubtful"][at].format(what=COMPARED[Identifier.IBAN][at])
    assert only_shared in said, "the national number is written once, and compared with nothing"
    assert PHRASES["doubtful"][at].split("{")[0] not in plain


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="none of fr, nl, de, en"):
        sentence(explain(MODEL, row(**TWIN), row(**TWIN)), "it")


def test_every_comparison_has_its_words() -> None:
    assert COMPARED.keys() >= {each.name for each in COMPARISONS}


@pytest.mark.parametrize(
    ("bits", "name"), [(7, Band.STRONG), (6.9, Band.PROBABLE), (-0.1, Band.WEAK), (-5.1, Band.NONE)]
)
def test_bands(bits: float, name: Band) -> None:
    assert band(bits) is name
