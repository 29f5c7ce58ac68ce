"""States, dates, who answers, words, and what an import says: tables of values."""

from datetime import date, datetime
from itertools import product

import pytest

from fanal.recommendations.rules import (
    Answerer,
    Standing,
    State,
    may_answer,
    read_issued,
    repeated,
    state_of,
)
from fanal.recommendations.rules.importing import Held, Problem, Vocabulary, guessed, planned, several
from fanal.recommendations.rules.words import asked, concept_name, concepts, lexicon, terms

ON = date(2026, 7, 15)


@pytest.mark.parametrize(
    ("standing", "state"),
    [
        (Standing(), State.NEW),
        (Standing(reply_due=ON), State.NEW),
        (Standing(reply_due=date(2026, 7, 14)), State.OVERDUE),
        (Standing(reply_due=date(2026, 7, 14), linked=True, evidence=True), State.OVERDUE),
        (Standing(reply_due=date(2026, 7, 14), position="noted"), State.POSITION),
        (Standing(position="accepted"), State.POSITION),
        (Standing(position="accepted", linked=True), State.ANSWERING),
        (Standing(linked=True), State.ANSWERING),
        (Standing(evidence=True), State.ANSWERING),
        (Standing(position="accepted", evidence=True), State.ANSWERED),
        (Standing(position="rejected", linked=True, evidence=True), State.ANSWERED),
        (Standing(reply_due=date(2026, 7, 14), closed_by="BUR-2026-001"), State.CLOSED),
    ],
)
def test_where_a_recommendation_stands(standing: Standing, state: State) -> None:
    assert state_of(standing, ON) is state


@pytest.mark.parametrize(
    ("written", "kept", "shown"),
    [
        ("2022", "2022", "2022"),
        ("2010-10", "2010-10", "10.2010"),
        ("10.2010", "2010-10", "10.2010"),
        ("2013-09-25", "2013-09-25", "25.09.2013"),
        ("25.09.2013", "2013-09-25", "25.09.2013"),
        ("25/9/2013", "2013-09-25", "25.09.2013"),
        ("2022-10-20T00:00:00", "2022-10-20", "20.10.2022"),
        ("2022-10-20 00:00", "2022-10-20", "20.10.2022"),
        ("46078", "2026-02-25", "25.02.2026"),
        ("46125.4996282407", "2026-04-13", "13.04.2026"),
        (date(2024, 2, 29), "2024-02-29", "29.02.2024"),
        (datetime(2024, 2, 29, 12), "2024-02-29", "29.02.2024"),
    ],
)
def test_dates_are_read_as_precisely_as_they_are_written(written: object, kept: str, shown: str) -> None:
    found = read_issued(written)
    assert found is not None
    assert (str(found), found.shown) == (kept, shown)


@pytest.mark.parametrize(
    "written", ["", "soon", "2022-13", "2023-02-29", "31.04.2022", "1815", "0.0.2022", "2200"]
)
def test_what_is_no_date_is_not_guessed(written: str) -> None:
    assert read_issued(written) is None


def test_who_answers_for_the_government() -> None:
    coordination, watch = Answerer("", True), Answerer("watch", False)
    assert may_answer([], watch)
    assert may_answer(["crown", "watch"], watch)
    assert not may_answer(["crown"], watch)
    assert may_answer(["crown"], coordination)


def test_asked_in_each_year_once() -> None:
    assert repeated([2022, 2013, 2017, 2013]) == (2013, 2017, 2022)


# Words


def test_the_languages_meet_in_concepts() -> None:
    said = {
        "fr": "Protéger les enfants",
        "nl": "Kinderhandel",
        "de": "Schutz der Kinder",
        "en": "Trafficked children",
    }
    for language, text in said.items():
        assert "children" in concepts({language: text}), language
    assert "children" not in concepts({"en": "Train the police"})
    for language in said:
        assert concept_name("children", language)


def test_every_concept_has_words_in_every_language_and_a_weight() -> None:
    for each in lexicon().values():
        assert 0 < each.weight <= 1
        assert set(each.patterns) == {"en", "fr", "nl", "de"}
        assert not any(pattern.fullmatch("") for pattern in each.patterns.values()), each.code


def test_a_word_finds_its_stem_and_its_concept() -> None:
    kept = set(terms({"fr": "L’indemnisation des victimes"}, "GRETA(2013)14"))
    assert all(forms & kept for forms in asked("indemnisations"))
    assert all(forms & kept for forms in asked("compensation"))
    assert all(forms & kept for forms in asked("GRETA 14"))
    assert not all(forms & kept for forms in asked("enfants"))
    assert asked("the of") == []


# Imports

WORDS = Vocabulary(
    bodies={"greta": "greta", "un human rights committee": "ccpr", "ccpr": "ccpr", "special procedures": "special",
            "us department of state tip report": "tip", "cedaw": "cedaw"},
    forces={"urges": "urges", "recommends": "recommends"},
    themes={"children": "children", "other": "other"},
    institutions={"watch": "watch", "crown": "crown"},
    countries={"testland", "testlande"},
)  # fmt: skip
PLAIN = {name: name for name in ("words", "body", "document", "issued", "force", "theme", "reply_due", "link",
                                 "addressees", "external_id", "paragraph", "country")}  # fmt: skip
GOOD = {"words": "Fund them", "body": "GRETA", "document": "GRETA(2013)14", "issued": "2013"}


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"words": ""}, ("words", "missing")),
        ({"body": ""}, ("body", "missing")),
        ({"document": ""}, ("document", "missing")),
        ({"issued": ""}, ("issued", "missing")),
        ({"issued": "last spring"}, ("issued", "unreadable")),
        ({"body": "The Moon"}, ("body", "unknown")),
        ({"force": "begs"}, ("force", "unknown")),
        ({"theme": "weather"}, ("theme", "unknown")),
        ({"addressees": "watch; nobody"}, ("addressees", "unknown")),
        ({"reply_due": "2012-01-01"}, ("reply_due", "before")),
        ({"reply_due": "2014"}, ("reply_due", "unreadable")),
        ({"link": "javascript:alert(1)"}, ("link", "no_address")),
        ({"country": "- Elsewhere"}, ("country", "other_country")),
        ({"words": "x" * 5001}, ("words", "too_long")),
        ({"document": "x" * 121}, ("document", "too_long")),
    ],
)
def test_each_problem_is_told_with_its_row(cells: dict[str, str], problem: tuple[str, str]) -> None:
    found = planned([(2, GOOD), (7, GOOD | {"words": "Other"} | cells)], PLAIN, {}, WORDS, Held())
    assert [(each.number, each.words) for each in found.entries] == [(2, "Fund them")]
    assert [(each.row, each.field, each.code) for each in found.problems] == [(7, *problem)]


def test_every_problem_of_a_row_is_told_at_once() -> None:
    found = planned([(3, {"body": "The Moon", "link": "x"})], PLAIN, {}, WORDS, Held())
    assert {(each.field, each.code) for each in found.problems} == {
        ("words", "missing"), ("document", "missing"), ("issued", "missing"), ("body", "unknown"),
        ("link", "no_address"),
    }  # fmt: skip
    assert all(isinstance(each, Problem) and each.row == 3 for each in found.problems)


def test_what_is_there_already_is_known_by_number_paragraph_or_words() -> None:
    held = Held(
        external={("greta", "a1"): "REC-2013-001"},
        paragraphs={("greta", "greta(2013)14", "12"): "REC-2013-002"},
        texts={("greta", "greta(2013)14", "fund them"): "REC-2013-003"},
    )
    rows = [
        (2, GOOD | {"words": "A", "external_id": "a1"}),
        (3, GOOD | {"words": "B", "paragraph": "12"}),
        (4, GOOD),
        (5, GOOD | {"words": "New", "external_id": "a2"}),
        (6, GOOD | {"words": "New again", "external_id": "a2"}),
        (7, GOOD | {"words": "Another one of the same document"}),
    ]
    found = planned(rows, PLAIN, {}, WORDS, held)
    assert found.known == ((2, "REC-2013-001"), (3, "REC-2013-002"), (4, "REC-2013-003"), (6, "#5"))
    assert [each.number for each in found.entries] == [5, 7]


def test_a_body_is_found_by_the_beginning_of_its_name_and_special_procedures_by_their_letters() -> None:
    rows = [
        (2, GOOD | {"body": "US Department of State"}),
        (3, GOOD | {"body": "- SR Trafficking", "words": "B"}),
    ]
    found = planned(rows, PLAIN, {}, WORDS, Held())
    assert [each.body for each in found.entries] == ["tip", "special"]


def test_what_the_table_does_not_say_may_stand_for_all_rows() -> None:
    row = {"words": "Fund them"}
    fixed = {
        "body": "greta",
        "document": "GRETA(2013)14",
        "issued": "2013",
        "force": "urges",
        "theme": "children",
    }
    [entry] = planned([(2, row)], {"words": "words"}, fixed, WORDS, Held()).entries
    assert (entry.body, entry.force, entry.theme, str(entry.issued)) == ("greta", "urges", "children", "2013")


def test_columns_of_uhri_are_known_by_their_own_names() -> None:
    columns = ["Text", "Countries Concerned", "Reccomending Body", "Document Symbol", "Affected Persons", "Sdgs",
               "Document Publication Date", "UPR Reccomending States", "UPR Position", "Type", "OHCHR Annotation Id",
               "UPR Session", "Regions Concerned", "Recommending Regions", "Date of publication on UHRI"]  # fmt: skip
    assert guessed(columns) == {
        "words": "Text",
        "body": "Reccomending Body",
        "document": "Document Symbol",
        "issued": "Document Publication Date",
        "external_id": "OHCHR Annotation Id",
        "force": "Type",
        "country": "Countries Concerned",
    }
    row = {"Text": "Rural women 49.The Committee notes with concern", "Countries Concerned": "- Testland",
           "Reccomending Body": "- CEDAW", "Document Symbol": "CEDAW/C/TES/CO/8",
           "Document Publication Date": "46078", "Type": "- Concerns/Observations",
           "OHCHR Annotation Id": "b4288060-6633-478d-9a9a-df1978d336c3"}  # fmt: skip
    [entry] = planned([(2, row)], guessed(columns), {}, WORDS, Held()).entries
    assert (entry.body, entry.paragraph, entry.force, str(entry.issued)) == (
        "cedaw",
        "49",
        "observes",
        "2026-02-25",
    )


def test_cells_hold_several_values_one_a_line_or_by_semicolons() -> None:
    assert several("- Women & girls\n- Children") == ["Women & girls", "Children"]
    assert several("watch; crown;") == ["watch", "crown"]


def test_every_state_has_standings() -> None:
    seen = {
        state_of(Standing(position=p, linked=li, evidence=e, reply_due=d, closed_by=c), ON)
        for p, li, e, d, c in product(
            ("", "noted"), (False, True), (False, True), (None, date(2020, 1, 1)), ("", "B-1")
        )
    }
    assert seen == set(State)
