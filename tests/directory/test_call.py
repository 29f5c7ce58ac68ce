"""Whom do I call? Through its page: by typing, by district, at any hour, without logging in."""

import re
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.cast import Cast, client

from fanal.directory.models import ContactPoint, Unit

pytestmark = pytest.mark.django_db
OFFICE_HOURS = "at_0=02.03.2026&at_1=10:00"
NIGHT = "at_0=02.03.2026&at_1=22:00"


def ask(question: str, browser: Client | None = None, status: int = 200) -> str:
    answer = (browser or Client()).get(f"/directory/?{question}")
    assert answer.status_code == status
    return unescape(answer.content.decode())


def called(page: str) -> list[str]:
    """The services of the answer, in order."""
    return re.findall(r'<a href="/directory/units/([^/"]+)/">', page)


def test_a_stranger_gets_an_answer_with_its_reasons() -> None:
    page = ask(f"q=Oudhaven&purpose=SEX&age=adult&{OFFICE_HOURS}")
    assert called(page) == ["strangers-office", "centre-lantern", "parquet-quays", "help-line"]
    assert "Code of Harbours, art. 13" in page
    assert "Lighthouse magistrate" in page
    assert "Offices are open" in page
    assert "<title>Whom do I call? · Fanal</title>" in page


def test_at_night_the_lines_come_first() -> None:
    page = ask(f"municipality=T01&purpose=SEX&age=adult&{NIGHT}")
    assert called(page)[0] == "help-line"
    assert "Offices are closed" in page


def test_without_an_age_the_person_may_be_a_minor() -> None:
    assert "wards-office" in called(ask("municipality=T01"))
    assert "wards-office" not in called(ask("municipality=T01&age=adult"))


def test_without_a_place_the_country_answers() -> None:
    page = ask(f"age=adult&{OFFICE_HOURS}")
    assert called(page) == ["strangers-office", "high-prosecution", "help-line"]
    assert "Choose a place" in page


def test_a_divided_district_asks_for_its_part_and_says_why_there_are_two() -> None:
    page = ask(f"district=harbour&purpose=SEX&age=adult&{OFFICE_HOURS}")
    assert {"parquet-quays", "parquet-hills"} <= set(called(page))
    assert "Which one depends on the place." in page
    link = "?district=harbour&purpose=SEX&age=adult&at_0=02.03.2026&at_1=10%3A00&zone=hills#answer"
    assert f'href="{link}"' in page
    part = ask(link.removeprefix("?").removesuffix("#answer"))
    assert "parquet-hills" in called(part)
    assert "parquet-quays" not in called(part)


def test_text_that_means_several_places_offers_them_and_keeps_the_question() -> None:
    page = ask("q=port&purpose=WORK&age=minor")
    assert "?purpose=WORK&age=minor&municipality=T01#answer" in page
    assert "?purpose=WORK&age=minor&municipality=T02#answer" in page
    assert "parquet" not in "".join(called(page))


def test_typing_suggests_links_that_answer() -> None:
    found = unescape(Client().get("/directory/municipalities/?q=oudh&purpose=WORK").content.decode())
    assert 'href="/directory/?purpose=WORK&municipality=T01#answer"' in found
    assert "1 municipality" in found
    assert "<html" not in found
    assert "begins like that" in Client().get("/directory/municipalities/?q=xyz").content.decode()
    assert Client().get("/directory/municipalities/").content.decode().strip() == ""


@pytest.mark.parametrize(
    ("question", "complaint"),
    [
        ("q=nowhere", "No municipality and no postcode begins like that."),
        ("q=%25", "No municipality and no postcode begins like that."),
        ("municipality=T99", "does not exist on this date"),
        ("municipality=T05", "does not exist on this date"),  # merged on 1 July 2025
        ("district=T99", "does not exist on this date"),
        ("district=harbour&zone=T99", "does not exist on this date"),
        ("purpose=T99", "Select a valid choice"),
        ("age=old", "Select a valid choice"),
        ("at_0=30.02.2026&at_1=10:00", "February 2026 has 28 days"),
        ("q=" + "x" * 101, "At most 100 characters"),
        ("q=%00", "Null characters"),
    ],
)
def test_what_cannot_be_read_is_said_in_words(question: str, complaint: str) -> None:
    page = ask(f"{question}&at_0=02.03.2026" if "at_0" not in question else question, status=422)
    assert complaint in page
    assert 'id="answer"' not in page


def test_the_directory_of_a_past_day_answers_for_that_day() -> None:
    page = ask("municipality=T05&at_0=30.06.2025&at_1=10:00&purpose=SEX")
    assert "parquet-plain" in called(page)


def test_numbers_that_are_not_public_are_for_members(cast: Cast) -> None:
    question = "municipality=T01&purpose=SEX"
    assert "555 02" not in ask(question)
    assert "555 02" in ask(question, client(cast.officer))


def test_every_district_can_be_chosen_from_the_map_and_from_the_list() -> None:
    page = ask("purpose=WORK&q=&district=plain")
    links = [f'href="?purpose=WORK&district={code}#answer"' for code in ("harbour", "plain", "isles")]
    assert [page.count(link) for link in links] == [2, 2, 2]
    assert page.count('aria-current="true"') == 2


def test_it_speaks_the_readers_language() -> None:
    page = ask("municipality=T01&purpose=SEX", Client(headers={"Accept-Language": "nl"}))
    assert "Havenwetboek, art. 13" in page
    assert "Procureur Kaaien" in page


def test_the_number_of_statements_does_not_depend_on_the_number_of_rows(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    browser = Client()
    ask("municipality=T01", browser)
    with django_assert_num_queries(9):
        ask("municipality=T01", browser)
    for number in range(20):
        unit = Unit.objects.get(code="parquet-quays")
        unit.pk, unit.code = None, f"more-{number}"
        unit.save()
        ContactPoint.objects.create(
            unit=unit, channel="phone", value=f"555 {number}", valid_from=unit.valid_from, public=True
        )
    with django_assert_num_queries(9):
        ask("municipality=T01", browser)


def test_nothing_but_reading_is_possible() -> None:
    assert Client().post("/directory/").status_code == 405
