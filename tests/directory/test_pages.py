"""Who is who: services by institution, one service, its card for an address book, and who works there."""

from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import Cast, client

from fanal.directory.models import Mandate, Unit

pytestmark = pytest.mark.django_db


def read(path: str, browser: Client | None = None) -> str:
    answer = (browser or Client()).get(path)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


@pytest.mark.parametrize(
    ("typed", "found", "not_found"),
    [
        ("", "parquet-quays", "nothing"),
        ("kaaien", "parquet-quays", "parquet-hills"),
        ("procureur heuv", "parquet-hills", "parquet-quays"),
        ("crown", "wards-office", "parquet-quays"),
    ],
)
def test_services_are_found_by_any_word_in_any_language(typed: str, found: str, not_found: str) -> None:
    page = read(f"/directory/institutions/?q={typed}")
    assert f'/directory/units/{found}/"' in page
    assert f'/directory/units/{not_found}/"' not in page


def test_an_empty_list_teaches() -> None:
    assert "No service is called like that" in read("/directory/institutions/?q=xyz")


def test_a_closed_service_leaves_the_list_but_keeps_its_page() -> None:
    Unit.objects.filter(code="shelter-nest").update(valid_to=date(2026, 1, 31))
    assert "shelter-nest" not in read("/directory/institutions/")
    assert "Closed since 31 Jan 2026" in read("/directory/units/shelter-nest/")


def test_a_service_says_where_it_is_competent_and_how_it_is_reached() -> None:
    page = read("/directory/units/centre-lantern/")
    assert 'href="mailto:intake@lantern.example"' in page
    assert 'href="/directory/?district=isles"' in page
    assert "<title>The Lantern · Fanal</title>" in page
    assert 'href="/api/directory/units/centre-lantern"' in page
    assert "555 02" not in read("/directory/units/parquet-quays/"), "not public"
    assert "(Quays)" in read("/directory/units/parquet-quays/")


def test_a_service_goes_into_an_address_book() -> None:
    answer = Client().get("/directory/units/centre-lantern/card.vcf", headers={"Accept-Language": "fr"})
    assert answer["Content-Type"] == "text/vcard; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="centre-lantern.vcf"'
    lines = answer.content.decode().split("\r\n")
    assert "FN:La Lanterne" in lines
    assert "EMAIL:intake@lantern.example" in lines


@pytest.mark.parametrize("page", ["", "card.vcf", "people/"])
def test_an_unknown_service_is_not_found(cast: Cast, page: str) -> None:
    assert client(cast.officer).get(f"/directory/units/nowhere/{page}").status_code == 404


def test_who_works_there_is_for_members(cast: Cast) -> None:
    Mandate.objects.create(
        unit=Unit.objects.get(code="parquet-quays"),
        function_id="reference_magistrate",
        holder="Ada <b>Synthetic</b>",
        substitute="Bea Synthetic",
        valid_from=date(2020, 1, 1),
        changed_at=timezone.now(),
    )
    stranger = Client().get("/directory/units/parquet-quays/people/")
    assert stranger.status_code == 302
    assert stranger["Location"].startswith("/accounts/login/")
    assert "Ada" not in read("/directory/units/parquet-quays/")
    page = client(cast.outsider).get("/directory/units/parquet-quays/people/").content.decode()
    assert "Ada &lt;b&gt;Synthetic" in page
    assert "Bea Synthetic" in page
    assert "555 02" in page
    assert "Add a mandate" not in page
    assert "Add a mandate" in read("/directory/units/parquet-quays/people/", client(cast.administrator))


def test_a_magistrate_who_left_is_said_and_the_substitute_answers(cast: Cast) -> None:
    Mandate.objects.create(
        unit=Unit.objects.get(code="parquet-quays"),
        function_id="reference_magistrate",
        holder="Ada Synthetic",
        substitute="Bea Synthetic",
        valid_from=date(2020, 1, 1),
        valid_to=date(2026, 1, 31),
        changed_at=timezone.now(),
    )
    page = read("/directory/units/parquet-quays/people/", client(cast.officer))
    assert "Bea Synthetic" in page
    assert "stands in" in page
    assert "Ada Synthetic left on 31 Jan 2026." in page
