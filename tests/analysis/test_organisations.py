"""Organisations as records: which words are looked for and compared. All names are invented."""

import pytest

from fanal.analysis.matching import levels
from fanal.analysis.matching.features import features
from fanal.analysis.matching.keys import KeyKind, facts
from fanal.analysis.matching.naming import compared, telling
from fanal.analysis.matching.rarity import Rarity
from fanal.analysis.matching.record import Identifier, Kind, Record
from fanal.analysis.matching.writings import words

ORGANISATION, PERSON = Kind.ORGANISATION, Kind.PERSON
LOOKED_FOR = [
    ("Bakkerij De Zonnebloem BVBA", ORGANISATION, "bakkerij zonnebloem", "neither article nor legal form"),
    ("ASBL Les Tournesols", ORGANISATION, "tournesols", "a form before the name"),
    ("Zonnebloem Group International NV", ORGANISATION, "zonnebloem", "what many are called finds nobody"),
    ("Group International NV", ORGANISATION, "group international", "unless it is all there is"),
    ("Zonnebloem Belgium", ORGANISATION, "zonnebloem", "nor does a country"),
    ("Belgium NV", ORGANISATION, "belgium", "unless it is all there is"),
    ("Lindenfonds 4", ORGANISATION, "lindenfonds", "a number is what hands slip on"),
    ("BV", ORGANISATION, "bv", "a form alone is the name"),
    ("D.V.O. Transport", ORGANISATION, "dvo transport", "initials are one word"),
    ("株式会社ひまわり", ORGANISATION, "himawari", "a form without a space beside it"),
    ("Mevr. Dr. Amina van den Broek", PERSON, "amina broek", "neither titles nor particles"),
    ("Hans Claes Jr.", PERSON, "hans claes", "nor words of the generation"),
    ("Mohd Karimzad", PERSON, "muhammad karimzad", "one name written in many ways"),
    ("BV", PERSON, "bv", "what is a form elsewhere may be initials here"),
    ("Mevrouw", PERSON, "mevrouw", "a title alone"),
    ("44", ORGANISATION, "", "no letter"),
]
MEET = [
    ("Zonnebloem BV", "SRL ZONNEBLOEM", "one form in two languages"),
    ("Bakkerij De Zonnebloem", "De Zonnebloem (Bakkerij) VZW", "order and brackets"),
    ("Zonnebloem Int'l Transport NV", "Transport Zonnebloem", "what many are called"),
    ("D.V.O. Transport", "DVO Transport", "points"),
    ("ООО Липа Транс", "Lipa Trans LLC", "another writing"),
]


def organisation(name: str, **given: object) -> Record:
    return Record("x", ORGANISATION, (name,), **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "kind", "told", "why"), LOOKED_FOR)
def test_words_that_tell_who(name: str, kind: Kind, told: str, why: str) -> None:
    assert " ".join(word.latin for word in telling(name, kind)) == told, why


def test_places_are_compared_though_not_looked_for() -> None:
    assert [word.latin for word in compared("Zonnebloem Belgium", ORGANISATION)] == ["zonnebloem", "belgium"]


@pytest.mark.parametrize(("one", "other", "why"), MEET)
def test_organisations_meet_under_a_key(one: str, other: str, why: str) -> None:
    assert facts(organisation(one)) & facts(organisation(other)), why


def test_organisations_that_share_their_form_alone_do_not_meet() -> None:
    for form in ("BV", "ASBL", "Gesellschaft mit beschränkter Haftung", "Group International NV"):
        assert not facts(organisation(f"Zonnebloem {form}")) & facts(organisation(f"Lindenhof {form}")), form


def test_an_enterprise_number_finds_an_organisation_of_any_name() -> None:
    one, other = (
        organisation(name, identifiers={Identifier.ENTERPRISE: (number,)})
        for name, number in (("Zonnebloem", "BE 0403.170.701"), ("Lindenhof", "403170701"))
    )
    shared = facts(one) & facts(other)
    assert {kind for kind, _ in shared} == {KeyKind.WHOLE, KeyKind.HALF, KeyKind.NEAR}


@pytest.mark.parametrize(
    ("one", "other", "same", "why"),
    [
        ("De Zonnebloem Bakkerij BVBA", "Bakkerij Zonnebloem BV", True, "form, article and order"),
        ("Zonnebloem Belgium NV", "Zonnebloem France SA", False, "two branches"),
        ("Zonnebloem Bakkerij BV", "Lindenhof Garage BV", False, "the form alone is nothing in common"),
    ],
)
def test_the_form_says_nothing_to_the_comparison(one: str, other: str, same: bool, why: str) -> None:
    a, b = (features(organisation(name), Rarity())["name"] for name in (one, other))
    level, _ = levels.names(a["letters"], a["sounds"], a["bits"], b["letters"], b["sounds"], b["bits"])
    assert (levels.NAME_LEVELS[level] == "all words the same") is same, why


def test_words_of_an_organisation_are_those_of_any_name() -> None:
    assert set(telling("Bakkerij De Zonnebloem", ORGANISATION)) < set(words("Bakkerij De Zonnebloem"))
