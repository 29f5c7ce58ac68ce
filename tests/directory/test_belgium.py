"""Belgium in the directory: dated municipalities, one answer everywhere, discreet paper, real outlines."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings
from tests.directory.conftest import ON

from fanal.country.queries import pack
from fanal.country.schema import Municipality
from fanal.directory import queries
from fanal.directory.rules import outlines, vcard
from fanal.documents.rules import forbidden_words
from fanal.errors import Invalid

OUTLINES = Path(__file__).parents[3] / "shared/data/belgium/municipalities_2020.topo.json"


def test_zwijndrecht_crossed_the_scheldt_on_the_first_of_january_2025(belgium: None) -> None:
    eve, day = date(2024, 12, 31), date(2025, 1, 1)
    assert queries.place("11056", eve).district == "antwerp"
    with pytest.raises(Invalid):
        queries.place("11056", day)
    assert queries.place("46030", day).district == "east_flanders"
    assert [place.nis for place in queries.search_municipalities("2070", eve, "nl")] == ["11056"]
    assert queries.competent_unit("parquet", district="antwerp", on=eve) != queries.competent_unit(
        "parquet", district="east_flanders", on=day
    )


@pytest.mark.parametrize("day", [date(2024, 12, 31), date(2025, 1, 1)])
def test_every_municipality_has_one_magistrate_one_auditor_and_one_centre(belgium: None, day: date) -> None:
    for kind in ("parquet", "auditorat", "centre"):
        for district, zone in {(it.district, it.zone) for it in pack().of(Municipality, day)}:
            assert queries.competent_unit(kind, district=district, zone=zone, on=day), (kind, district, zone)


@pytest.mark.parametrize(
    ("typed", "nis"), [("Louvain", "24062"), ("Löwen", "24062"), ("3000", "24062"), ("bergen 7000", "53053")]
)
def test_municipalities_answer_to_every_language(belgium: None, typed: str, nis: str) -> None:
    assert queries.search_municipalities(typed, ON, "fr")[0].nis == nis


def test_labour_exploitation_goes_to_the_auditor_and_the_rest_to_the_prosecutor(
    belgium: None, client: Client
) -> None:
    at = "at_0=02.03.2026&at_1=10:00"
    work = client.get(f"/directory/?municipality=62063&purpose=WORK&age=adult&{at}").content.decode()
    sex = client.get(f"/directory/?municipality=62063&purpose=SEX&age=adult&{at}").content.decode()
    assert "auditorat-liege" in work
    assert "parquet-liege" not in work
    assert "parquet-liege" in sex
    assert "auditorat-liege" not in sex
    assert "centre-surya" in work
    assert "078 055 800" in work


def test_nothing_on_paper_says_what_it_is_about(belgium: None) -> None:
    for card in queries.cards(on=ON):
        for language in ("fr", "nl", "de", "en"):
            said = " ".join((card.short.get(language), card.code, vcard(card, language)))
            assert forbidden_words(said) == [], card.code


@pytest.mark.skipif(not OUTLINES.exists(), reason="the outlines are not here")
def test_real_outlines_dissolve_into_twelve_districts(
    belgium: None, client: Client, settings: Settings
) -> None:
    _, paths = outlines(json.loads(OUTLINES.read_text()), queries.district_by_municipality())
    assert set(paths) == {area.code for area in queries.areas(ON)}
    settings.FANAL_OUTLINES = str(OUTLINES)
    page = client.get("/directory/").content.decode()
    assert page.count("<path d=") - 3 == 12 or page.count('<path d="M') >= 12
    assert 'class="outlines"' in page
    settings.FANAL_OUTLINES = "/nowhere"
    assert 'class="tiles"' in client.get("/directory/").content.decode()
