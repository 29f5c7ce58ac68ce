"""Belgium as delivered: its places on given days, and its law against the articles."""

import re
from datetime import date, timedelta

import pytest

from fanal.countries.belgium import PACK
from fanal.country.schema import (
    CODE_LISTS,
    ContactPoint,
    District,
    Fact,
    Municipality,
    Unit,
    kind_of,
)

LAST_OLD, FIRST_NEW = date(2026, 4, 7), date(2026, 4, 8)
EVE, MERGERS = date(2024, 12, 31), date(2025, 1, 1)
DAYS = (date(2019, 1, 1), EVE, MERGERS, date(2026, 11, 22))


def municipality(nis: str, on: date) -> Municipality | None:
    return next((found for found in PACK.of(Municipality, on) if found.code == nis), None)


def units(kind: str, on: date = MERGERS) -> list[str]:
    return [unit.code for unit in PACK.of(Unit, on) if unit.kind == kind]


def test_the_pack_is_sound() -> None:
    assert PACK.checked() is PACK


@pytest.mark.parametrize(("on", "count"), list(zip(DAYS, (581, 581, 565, 565), strict=True)))
def test_the_number_of_municipalities(on: date, count: int) -> None:
    found = [place.code for place in PACK.of(Municipality, on)]
    assert len(found) == len(set(found)) == count


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize("kind", ["parquet", "auditorat", "police_cell", "centre"])
def test_every_municipality_has_exactly_one_of_each(kind: str, on: date) -> None:
    for place in PACK.of(Municipality, on):
        assert len(PACK.competent_units(kind, place.district, place.zone, on)) == 1, place.name.en


@pytest.mark.parametrize("on", DAYS)
def test_every_district_has_its_number_of_municipalities(on: date) -> None:
    districts = {district.code for district in PACK.of(District, on)}
    places = PACK.of(Municipality, on)
    assert len(districts) == 12
    assert {place.district for place in places} == districts
    assert sum(place.zone == "brussels_19" for place in places) == 19
    assert sum(place.district == "eupen" for place in places) == 9


def test_one_merger_moved_zwijndrecht_to_another_district() -> None:
    before = municipality("11056", EVE)
    assert before is not None
    assert before.district == "antwerp"
    assert municipality("11056", MERGERS) is None
    after = municipality("46030", MERGERS)
    assert after is not None
    assert municipality("46030", EVE) is None
    assert (after.district, after.zone) == ("east_flanders", "")
    assert set(before.postcodes) <= set(after.postcodes)
    assert [u.code for u in PACK.competent_units("parquet", before.district, before.zone, EVE)] == [
        "parquet-antwerp"
    ]
    assert [u.code for u in PACK.competent_units("parquet", after.district, after.zone, MERGERS)] == [
        "parquet-east-flanders"
    ]


def test_a_merged_municipality_that_kept_its_code_is_a_new_fact() -> None:
    antwerp = [place for place in PACK.of(Municipality) if place.code == "11002"]
    assert [(place.valid_from, place.valid_to) for place in antwerp] == [
        (date(2019, 1, 1), EVE),
        (MERGERS, None),
    ]
    assert "2150" not in antwerp[0].postcodes
    assert "2150" in antwerp[1].postcodes


@pytest.mark.parametrize(
    ("nis", "parquet", "auditorat", "centre", "police"),
    [
        ("21004", "parquet-brussels", "auditorat-brussels", "centre-pag-asa", "police-brussels"),
        (
            "23088",
            "parquet-halle-vilvoorde",
            "auditorat-halle-vilvoorde",
            "centre-payoke",
            "police-halle-vilvoorde",
        ),
        ("24062", "parquet-leuven", "auditorat-leuven", "centre-payoke", "police-leuven"),
        (
            "25112",
            "parquet-walloon-brabant",
            "auditorat-walloon-brabant",
            "centre-surya",
            "police-walloon-brabant",
        ),
        ("52011", "parquet-charleroi", "auditorat-hainaut", "centre-surya", "police-charleroi"),
        ("53053", "parquet-mons", "auditorat-hainaut", "centre-surya", "police-mons"),
        ("57081", "parquet-mons", "auditorat-hainaut", "centre-surya", "police-mons"),
        ("62063", "parquet-liege", "auditorat-liege", "centre-surya", "police-liege"),
        ("63023", "parquet-eupen", "auditorat-eupen", "centre-surya", "police-eupen"),
        ("92094", "parquet-namur", "auditorat-liege", "centre-surya", "police-namur"),
        ("81001", "parquet-luxembourg", "auditorat-liege", "centre-surya", "police-luxembourg"),
        ("71016", "parquet-limburg", "auditorat-antwerp", "centre-payoke", "police-limburg"),
        ("11002", "parquet-antwerp", "auditorat-antwerp", "centre-payoke", "police-antwerp"),
        ("44021", "parquet-east-flanders", "auditorat-ghent", "centre-payoke", "police-east-flanders"),
        ("31005", "parquet-west-flanders", "auditorat-ghent", "centre-payoke", "police-west-flanders"),
    ],
)
def test_who_is_competent_where(nis: str, parquet: str, auditorat: str, centre: str, police: str) -> None:
    place = municipality(nis, MERGERS)
    assert place is not None
    found = [
        unit.code
        for kind in ("parquet", "auditorat", "centre", "police_cell")
        for unit in PACK.competent_units(kind, place.district, place.zone, MERGERS)
    ]
    assert found == [parquet, auditorat, centre, police]


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        ("parquet", 14), ("auditorat", 9), ("general_prosecution", 5), ("general_auditorat", 5),
        ("federal_prosecution", 1), ("college", 2), ("coordination", 1), ("police_central", 1),
        ("inspection", 2), ("immigration_cell", 1), ("immigration_research", 1), ("immigration_desk", 1),
        ("guardianship", 1), ("foreign_affairs", 1), ("protocol", 1), ("centre", 3), ("shelter_minors", 2),
        ("rapporteur", 1),
    ],
)  # fmt: skip
def test_the_number_of_services(kind: str, count: int) -> None:
    assert len(units(kind)) == count


def test_only_public_numbers_are_given() -> None:
    assert {point.value for point in PACK.of(ContactPoint)} == {"078 055 800", "112", "101", "116000"}
    assert all(point.public and point.always for point in PACK.of(ContactPoint))


def test_the_nine_have_german_names_and_brussels_two() -> None:
    found = {place.code: place.name for place in PACK.of(Municipality, MERGERS)}
    assert (found["63067"].de, found["63067"].fr) == ("Sankt Vith", "Saint-Vith")
    assert (found["63040"].de, found["63040"].fr) == ("Kelmis", "La Calamine")
    assert (found["21009"].fr, found["21009"].nl) == ("Ixelles", "Elsene")
    assert found["11002"].en == "Antwerp"


@pytest.mark.parametrize("on", DAYS)
def test_a_postcode_belongs_to_one_municipality(on: date) -> None:
    places = PACK.of(Municipality, on)
    postcodes = [postcode for place in places for postcode in place.postcodes]
    assert all(place.postcodes for place in places)
    assert len(postcodes) == len(set(postcodes))
    found = {postcode: place.name.en for place in places for postcode in place.postcodes}
    assert [found[code] for code in ("1000", "1020", "2100", "9030", "7866")] == [
        "Brussels", "Brussels", "Antwerp", "Ghent", "Lessines",
    ]  # fmt: skip


# The law


@pytest.mark.parametrize(
    ("on", "trafficking", "smuggling", "purposes"),
    [
        (date(2024, 7, 13), "433quinquies", "77bis", ["SEX", "BEG", "WORK", "ORG", "CRIME"]),
        (
            date(2024, 7, 14),
            "433quinquies",
            "77bis",
            ["SEX", "BEG", "WORK", "ORG", "CRIME", "ADOPT", "MARR", "SURR"],
        ),
        (LAST_OLD, "433quinquies", "77bis", ["SEX", "BEG", "WORK", "ORG", "CRIME", "ADOPT", "MARR", "SURR"]),
        (FIRST_NEW, "258", "259", ["SEX", "BEG", "WORK", "ORG", "CRIME", "ADOPT", "MARR", "SURR"]),
    ],
)
def test_the_penal_code_of_a_day(on: date, trafficking: str, smuggling: str, purposes: list[str]) -> None:
    law = PACK.law(on)
    by = {offence.phenomenon: offence.code for offence in law.offences if offence.opens_protection != "never"}
    assert by == {"trafficking": trafficking, "smuggling": smuggling}
    assert [purpose.code for purpose in law.purposes] == purposes


def test_purposes_stop_pending_when_the_code_takes_them_in() -> None:
    pending = [[p.code for p in PACK.law(on).purposes if p.pending] for on in (LAST_OLD, FIRST_NEW)]
    assert pending == [["ADOPT", "MARR", "SURR"], ["SURR"]]


@pytest.mark.parametrize(
    ("on", "offence", "opening", "for_a_child"),
    [
        (
            LAST_OLD,
            "77bis",
            {"77quater-2", "77quater-3", "77quater-3bis", "77quater-4", "77quater-5"},
            {"77quater-1"},
        ),
        (FIRST_NEW, "259", {"260-2", "260-3", "260-4", "260-5", "260-6"}, {"260-1"}),
    ],
)
def test_which_circumstances_of_smuggling_open_protection(
    on: date, offence: str, opening: set[str], for_a_child: set[str]
) -> None:
    found = PACK.law(on).circumstances(offence)
    assert {each.code for each in found if each.opens_protection == "yes"} == opening
    assert {each.code for each in found if each.opens_protection == "unaccompanied_minor"} == for_a_child
    assert any(each.opens_protection == "no" for each in found)


def test_every_new_article_says_which_it_replaces() -> None:
    law = PACK.law(FIRST_NEW)
    assert law.offence("258").replaces == ("433quinquies",)
    assert law.offence("259").replaces == ("77bis",)
    replaced = {each.code: each.replaces for each in law.circumstances("258")}
    assert replaced["260-1"] == ("433septies-1", "77quater-1")
    assert replaced["260-9"] == ("433septies-7", "77quater-7")
    assert replaced["260-8"] == ()
    old = {
        each.code
        for offence in ("433quinquies", "77bis")
        for each in PACK.law(LAST_OLD).circumstances(offence)
    }
    assert {code for codes in replaced.values() for code in codes} == old


@pytest.mark.parametrize(
    ("code", "amount", "unit", "kind", "renewable"),
    [
        ("reflection", 45, "day", "law", "no"),
        ("first_document", 3, "month", "law", "once"),
        ("first_document_extension", 3, "month", "law", "no"),
        ("residence", 6, "month", "law", "while"),
        ("acknowledge_urgent_alert", 24, "hour", "organisational", "no"),
        ("escalation_first", 30, "day", "organisational", "no"),
        ("escalation_second", 15, "day", "organisational", "no"),
        ("escalation_third", 5, "day", "organisational", "no"),
    ],
)
def test_the_terms(code: str, amount: int, unit: str, kind: str, renewable: str) -> None:
    term = PACK.law(FIRST_NEW).term(code)
    assert (term.amount, term.unit, term.kind, term.renewable) == (amount, unit, kind, renewable)
    assert "art. 61/" in term.source if kind == "law" else "not law" in term.source


@pytest.mark.parametrize(
    ("on", "paper"), [(date(2017, 5, 19), "OQT"), (date(2017, 5, 20), "ANNEXE15"), (FIRST_NEW, "ANNEXE15")]
)
def test_the_paper_of_the_first_phase_since_2017(on: date, paper: str) -> None:
    law = PACK.law(on)
    assert law.phase("P1").document == paper
    assert law.move("open_reflection").document == paper


def test_the_grounds_of_each_phase() -> None:
    law, practice = PACK.law(FIRST_NEW), ["T7", "T8", "T9", "T10", "T11"]
    of = {phase.code: [ground.code for ground in law.grounds(phase.code)] for phase in law.phases()}
    assert of["P1"] == of["P2"] == of["P2X"] == ["T1", "T2", *practice]
    assert of["P3"] == ["T1", "T2", "T3", "T4", "T5", "T6", *practice]
    assert of["P4"] == of["END"] == []
    assert [ask.code for ask in law.ground("T1").asks] == ["active", "voluntary", "own_initiative"]
    assert [ground.code for ground in law.grounds("P3") if ground.with_magistrate] == ["T5", "T6"]
    assert all(law.ground(code).to_verify for code in practice)


def test_three_duties_at_detection_bind_police_and_inspection_only() -> None:
    law = PACK.law(FIRST_NEW)
    for kind in ("police_central", "police_cell", "local_police", "inspection"):
        assert [duty.code for duty in law.duties(kind)] == ["a", "b", "c"]
    assert law.duties("centre") == law.duties("reception") == ()


def test_a_minor_skips_the_first_phase_and_a_citizen_needs_no_paper() -> None:
    law = PACK.law(FIRST_NEW)
    assert [phase.code for phase in law.phases("minor")] == ["P0", "P2", "P2X", "P3", "P4", "END"]
    assert law.track("minor").best_interests
    assert not any(phase.document for phase in law.phases("eu"))
    assert not any(move.document for move in law.moves if "eu" in move.tracks)


def test_no_second_extension_exists() -> None:
    law = PACK.law(FIRST_NEW)
    for track in ("residence", "minor"):
        assert {m.to_phase for m in law.moves_from("P2X", track)} == {"P3", "END"}


def test_three_answers_open_the_third_phase() -> None:
    law = PACK.law(FIRST_NEW)
    assert len(law.questions) == 4
    asked = law.condition("magistrate_confirms")
    assert asked.questions == ("proceedings_ongoing", "will_to_cooperate", "link_broken")
    for code in ("residence", "renew_residence"):
        assert "magistrate_confirms" in law.move(code).needs


def test_the_rules_of_the_dossier_each_have_a_step() -> None:
    named = {rule for move in PACK.law(FIRST_NEW).moves for rule in move.rules}
    assert named >= {
        "R-ELIG-1", "R-ELIG-2", "R-P1-1", "R-P2-1", "R-P2-2", "R-P2-3", "R-P3-1", "R-P4-1",
        "R-MIN-1", "R-MIN-2", "R-MIN-3", "R-DOC-1",
    }  # fmt: skip


def routed(on: date = FIRST_NEW, **conditions: object) -> set[str]:
    """The kinds of service that routes with exactly these conditions lead to."""
    return {
        route.recipient
        for route in PACK.law(on).routes
        if all(getattr(route, name) == value for name, value in conditions.items())
    }


def test_a_child_is_told_to_guardianship_office_and_centre() -> None:
    assert routed(age="minor_or_doubtful", mandatory=True) == {"guardianship", "immigration_cell", "centre"}


@pytest.mark.parametrize("on", [date(2024, 7, 13), LAST_OLD, FIRST_NEW])
def test_every_form_has_one_reference_magistrate(on: date) -> None:
    law = PACK.law(on)
    for purpose in law.purposes:
        magistrates = {
            route.recipient
            for route in law.routes
            if purpose.code in route.purposes and route.located and "trafficking" in route.phenomena
        }
        assert magistrates == {"auditorat" if purpose.code == "WORK" else "parquet"}, purpose.code


def test_every_route_has_a_faster_twin_when_it_is_urgent() -> None:
    law = PACK.law(FIRST_NEW)
    codes = {route.code for route in law.routes}
    for route in law.routes:
        if not route.urgent:
            assert f"{route.code}-urgent" in codes
            assert law.term(route.term).unit in ("hour", "working_day")
        else:
            assert law.term(route.term).unit == "hour"


# What is known, and how well


MARKED = {
    "parquet-antwerp", "centre-payoke", "258", "260-1", "ACC", "UNLIMITED", "T8", "papers-held",
    "contact-flanders-youth",
}  # fmt: skip


def test_what_no_source_confirmed_is_marked() -> None:
    marked = {fact.code for fact in PACK.facts if fact.to_verify}
    assert marked >= MARKED
    confirmed = {fact.code for fact in PACK.facts if not fact.to_verify}
    assert confirmed >= {
        "reflection",
        "residence",
        "T1",
        "a",
        "433quinquies",
        "AI",
        "P3",
        "federal-prosecution",
    }


def test_the_law_has_articles_as_sources() -> None:
    law = PACK.law(FIRST_NEW)
    for fact in (*law.offences, *law.questions, *(term for term in law.terms if term.kind == "law")):
        assert re.search(r"art\. \d", fact.source), fact.code


def test_nothing_is_weighed_and_nobody_scored() -> None:
    fields = {name for sign in PACK.law(FIRST_NEW).indicators() for name in vars(sign)}
    assert not {name for name in fields if re.search("weight|score|points|level", name)}


def test_codes_are_unique_on_each_day() -> None:
    for on in (*DAYS, LAST_OLD, FIRST_NEW, FIRST_NEW + timedelta(days=1)):
        keys = [(kind_of(fact), fact.code) for fact in PACK.facts if fact.in_force(on)]
        assert len(keys) == len(set(keys))


def test_every_list_of_the_house_is_filled() -> None:
    law = PACK.law(FIRST_NEW)
    assert all(law.codes(name) for name in CODE_LISTS)


def test_facts_are_frozen() -> None:
    fact: Fact = PACK.facts[0]
    with pytest.raises(AttributeError):
        fact.code = "other"  # type: ignore[misc]
