"""What a pack is refused for, each with one bad pack made from testland."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from fanal.countries.testland import PACK
from fanal.country.schema import (
    BadPack,
    Calendar,
    Code,
    Condition,
    DocumentKind,
    Fact,
    Institution,
    Law,
    Move,
    Municipality,
    Pack,
    Term,
    Text,
    Track,
    Unit,
    UnknownCode,
    competent,
    same,
    validate,
)


def changed(of: type[Fact], code: str, /, **values: Any) -> Pack:
    """Testland with one fact changed (every version of it)."""
    found = [fact for fact in PACK.facts if type(fact) is of and fact.code == code]
    assert found, f"testland has no {of.__name__} {code!r}"
    facts = tuple(replace(fact, **values) if fact in found else fact for fact in PACK.facts)
    return replace(PACK, facts=facts)


def without(where: Callable[[Fact], bool]) -> Pack:
    facts = tuple(fact for fact in PACK.facts if not where(fact))
    assert len(facts) < len(PACK.facts)
    return replace(PACK, facts=facts)


def added(*facts: Fact) -> Pack:
    return replace(PACK, facts=(*PACK.facts, *facts))


def the_list(name: str) -> Callable[[Fact], bool]:
    return lambda fact: isinstance(fact, Code) and fact.list_code == name


TERM = next(fact for fact in PACK.of(Term) if fact.code == "residence")
REFORM = date(2025, 7, 1)

BAD = {
    "a reference to nothing": (
        changed(Unit, "inn", institution="nowhere"),
        "names institution 'nowhere', which does not exist",
    ),
    "a code of a list to nothing": (
        changed(Unit, "inn", kind="tavern"),
        "names code/unit_kind 'tavern', which does not exist",
    ),
    "an empty code where one is needed": (
        changed(Unit, "inn", institution=""),
        "names institution '', which does not exist",
    ),
    "a reference to what is over": (
        changed(Institution, "crown", valid_to=date(2024, 12, 31)),
        "unit 'inn': institution names institution 'crown', which is not in force as long",
    ),
    "a reference to what has not begun": (
        changed(Institution, "crown", valid_from=REFORM),
        "unit 'inn': institution names institution 'crown', which is not in force as long",
    ),
    "a gap between two versions": (
        replace(
            PACK,
            facts=tuple(
                replace(fact, valid_from=REFORM + timedelta(days=1))
                if isinstance(fact, Term) and fact.code == "reflection" and fact.valid_from == REFORM
                else fact
                for fact in PACK.facts
            ),
        ),
        "phase 'P1': term names term 'reflection', which is not in force as long",
    ),
    "two versions at once": (
        added(replace(TERM, valid_from=REFORM)),
        "term 'residence': two versions in force on 2025-07-01",
    ),
    "two versions that share a day": (
        replace(
            PACK,
            facts=(
                *(replace(f, valid_to=REFORM) if f == TERM else f for f in PACK.facts),
                replace(TERM, valid_from=REFORM),
            ),
        ),
        "term 'residence': two versions in force on 2025-07-01",
    ),
    "a language without words": (
        changed(Institution, "crown", name=Text("Couronne", "Kroon", " ", "Crown")),
        "institution 'crown': no words in 'de' for 'Crown'",
    ),
    "no source": (changed(Institution, "crown", source=" "), "institution 'crown': no source"),
    "no code": (added(replace(TERM, code=" ")), "term: an entry has no code"),
    "an end before the start": (
        changed(Institution, "islands", valid_to=date(1899, 1, 1)),
        "institution 'islands': ends on 1899-01-01, before it begins on 1900-01-01",
    ),
    "a length of nothing": (changed(Term, "residence", amount=0), "term 'residence': a length of 0"),
    "a missing list": (without(the_list("sex")), "code list 'sex' is missing"),
    "a list without a known code": (
        without(lambda fact: the_list("age_basis")(fact) and fact.code == "doubtful"),
        "code list 'age_basis' lacks 'doubtful'",
    ),
    "a missing term": (
        without(lambda fact: isinstance(fact, Term) and fact.code == "referral_answer"),
        "term 'referral_answer' is missing",
    ),
    "a zone of elsewhere": (
        changed(Municipality, "T04", zone="hills"),
        "municipality 'T04': zone 'hills' is not in district 'plain'",
    ),
    "a municipality without its zone": (
        changed(Municipality, "T01", zone=""),
        "municipality 'T01': district 'harbour' is divided, a zone is needed",
    ),
    "a unit in a zone without its district": (
        changed(Unit, "parquet-hills", districts=("isles",)),
        "unit 'parquet-hills': a zone of 'harbour' without that district",
    ),
    "a unit that forgets the zones of a district": (
        changed(Unit, "centre-meadow", districts=("plain", "harbour"), zones=("hills",)),
        "2 units of kind 'centre' for 'hills'",
    ),
    "a place without a prosecutor": (
        without(lambda fact: isinstance(fact, Unit) and fact.code == "parquet-isles"),
        "0 units of kind 'parquet' for 'isles'",
    ),
    "a place with two prosecutors": (
        changed(Unit, "parquet-isles", districts=("isles", "plain")),
        "2 units of kind 'parquet' for 'plain'",
    ),
    "no guardianship for the whole country": (
        changed(Unit, "wards-office", districts=("isles",)),
        "no unit of kind 'guardianship' for the whole country",
    ),
    "a prosecutor that ends": (
        changed(Unit, "parquet-isles", valid_to=date(2026, 3, 31)),
        "0 units of kind 'parquet' for 'isles' on 2026-04-01",
    ),
    "a step out of a final phase": (
        changed(Move, "end", from_phases=("P0", "P4")),
        "move 'end': leaves 'P4', which is final",
    ),
    "a step off its track": (
        changed(Track, "minor", phases=("P0", "P1", "P2", "P2X", "END")),
        "move 'unlimited': leads to 'P4', which track 'minor' does not have",
    ),
    "a step that starts nowhere": (
        changed(Move, "first_document", tracks=("minor",)),
        "move 'first_document': starts nowhere on track 'minor'",
    ),
    "a paper without a term": (
        replace(
            PACK,
            facts=tuple(
                replace(fact, term="")
                if isinstance(fact, DocumentKind | Move) and fact.code in ("SHELL", "residence")
                else fact
                for fact in PACK.facts
            ),
        ),
        "move 'residence': gives 'SHELL' without a term in a phase that must end",
    ),
    "a condition nothing computes": (
        changed(Condition, "best_interests", proof="computed"),
        "condition 'best_interests': nothing computes it",
    ),
    "a paper that tells": (
        changed(DocumentKind, "SLIP", label=Text("Billet", "Briefje lijfeigenschap", "Zettel", "Slip")),
        "document 'SLIP': its name on paper says 'lijfeigenschap'",
    ),
    "a short name that tells": (
        changed(Unit, "centre-lantern", short=same("Bondage House")),
        "unit 'centre-lantern': its name on paper says 'bondage'",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_pack_is_refused_with_the_reason(name: str) -> None:
    pack, reason = BAD[name]
    with pytest.raises(BadPack) as refused:
        pack.checked()
    assert any(reason in problem for problem in refused.value.problems), refused.value.problems
    assert reason in str(refused.value)


def test_every_problem_is_told_at_once() -> None:
    two = changed(Unit, "inn", institution="nowhere", kind="tavern", source="")
    assert len(validate(two)) == 3


def test_a_word_inside_another_does_not_tell() -> None:
    assert not validate(changed(DocumentKind, "SLIP", label=same("Vagabondages")))


def test_a_sound_pack_is_itself() -> None:
    assert PACK.checked() is PACK


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "oui"),
        ("nl", "ja"),
        ("de", "jawohl"),
        ("en", "yes"),
        ("fr-be", "oui"),
        ("NL", "ja"),
        ("pt", "yes"),
        ("", "yes"),
        ("get", "yes"),
    ],
)
def test_a_text_speaks_the_readers_language(language: str, words: str) -> None:
    assert Text("oui", "ja", "jawohl", "yes").get(language) == words


@pytest.mark.parametrize(
    ("districts", "zones", "district", "zone", "yes"),
    [
        ((), (), "a", "", True),
        ((), (), "", "", True),
        (("a",), (), "a", "", True),
        (("a",), (), "a", "a1", True),
        (("a",), ("a1",), "a", "a1", True),
        (("a",), ("a1",), "a", "a2", False),
        (("a",), ("a1",), "a", "", True),
        (("a", "b"), ("a1",), "b", "", True),
        (("a",), (), "b", "", False),
        (("a",), (), "", "", False),
    ],
)
def test_where_a_unit_is_competent(
    districts: tuple[str, ...], zones: tuple[str, ...], district: str, zone: str, yes: bool
) -> None:
    assert competent(districts, zones, district, zone) is yes


def test_the_law_of_a_day_refuses_what_is_not_in_force() -> None:
    before, since = PACK.law(REFORM - timedelta(days=1)), PACK.law(REFORM)
    assert [purpose.code for purpose in before.purposes] == ["SEX", "WORK", "BEG"]
    assert since.purpose("SOLD").label.en == "Child soldier"
    with pytest.raises(UnknownCode, match="SOLD"):
        before.purpose("SOLD")
    with pytest.raises(UnknownCode, match="no code list"):
        since.codes("colours")
    with pytest.raises(UnknownCode, match="purple"):
        since.code("sex", "purple")
    assert (before.has_code("sex", "F"), before.has_code("sex", "purple"), before.has_code("x", "F")) == (
        True,
        False,
        False,
    )


def test_the_last_and_the_first_day_of_a_version() -> None:
    lengths = [PACK.law(REFORM + timedelta(days=n)).term("reflection").amount for n in (-2, -1, 0, 1)]
    assert lengths == [30, 30, 40, 40]


def test_the_moves_of_a_phase_depend_on_the_track() -> None:
    law = PACK.law(REFORM)
    assert [move.code for move in law.moves_from("P0", "minor")] == ["open_minor", "end"]
    assert [move.code for move in law.moves_from("P0", "eu")] == ["open_accompaniment", "end_accompaniment"]
    assert [move.code for move in law.moves_from("P4", "residence")] == []
    assert [phase.code for phase in law.phases("eu")] == ["P0", "ACC", "END"]


def test_signs_of_a_form_include_those_of_any_form() -> None:
    law = PACK.law(REFORM)
    assert {sign.code for sign in law.indicators("BEG")} == {"papers-taken", "long-hours", "child-alone"}
    assert {sign.code for sign in law.indicators()} == {"papers-taken", "no-pay", "long-hours", "child-alone"}


def test_grounds_differ_by_phase() -> None:
    law = PACK.law(REFORM)
    assert [ground.code for ground in law.grounds("P1")] == ["G1", "G3"]
    assert [ground.code for ground in law.grounds("P3")] == ["G1", "G2", "G3"]
    assert [ground.code for ground in law.grounds("ACC")] == ["G3"]


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 4, 3), True),  # Good Friday is a working day in Belgium
        (date(2026, 4, 5), False),  # Easter Sunday
        (date(2026, 4, 6), False),  # Easter Monday
        (date(2026, 5, 14), False),  # Ascension
        (date(2026, 5, 25), False),  # Whit Monday
        (date(2026, 7, 21), False),  # national holiday
        (date(2026, 11, 11), False),  # armistice
        (date(2026, 11, 14), False),  # a Saturday
        (date(2026, 11, 16), True),
    ],
)
def test_working_days_of_a_calendar(day: date, works: bool) -> None:
    assert Calendar("BE").is_working_day(day) is works


def test_the_next_working_day_and_the_names_of_holidays() -> None:
    calendar = Calendar("BE", languages=(("fr", "fr"), ("nl", "nl")))
    assert calendar.next_working_day(date(2026, 12, 25)) == date(2026, 12, 28)
    assert calendar.next_working_day(date(2026, 12, 28)) == date(2026, 12, 28)
    assert calendar.public_holidays(2026, "fr")[date(2026, 7, 21)] == "Fête nationale"
    assert calendar.public_holidays(2026, "nl-be")[date(2026, 7, 21)] == "Nationale feestdag"
    assert len(calendar.public_holidays(2026)) == 12  # ten of the law, and two Sundays


def test_a_law_is_a_value() -> None:
    assert PACK.law(REFORM) == PACK.law(REFORM)
    with pytest.raises(AttributeError):
        Law.of_facts((), Calendar("BE"), REFORM).on = REFORM  # type: ignore[misc]
