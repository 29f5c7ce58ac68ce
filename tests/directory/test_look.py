"""The directory in a real browser: axe finds nothing, nothing scrolls sideways, typing and the keyboard answer."""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser import axe, enter, sideways
from tests.cast import Cast, client

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = (
    "/directory/",
    "/directory/?municipality=T01&purpose=SEX",
    "/directory/?district=harbour&q=port",
    "/directory/?q=xyz",
    "/directory/institutions/",
    "/directory/units/centre-lantern/",
    "/directory/units/parquet-quays/people/",
    "/directory/units/parquet-quays/mandates/new/",
    "/directory/units/parquet-quays/contacts/new/",
)


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (320, "dark"), (1280, "light")])
def test_every_page_is_accessible_and_fits(
    page: Page, live_server: LiveServer, cast: Cast, width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    enter(page, live_server, client(cast.administrator))
    for path in PAGES:
        page.goto(live_server.url + path)
        assert axe(page) == [], path
        assert sideways(page) <= 0, path


def test_typing_suggests_and_the_keyboard_chooses(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/directory/")
    page.get_by_label("What is it about?").select_option("SEX")
    page.get_by_label("Municipality or postcode").press_sequentially("oudh")
    suggestion = page.get_by_role("link", name="Oldport 100")
    expect(suggestion).to_be_visible()
    page.keyboard.press("Tab")
    expect(suggestion).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"purpose=SEX.*municipality=T01#answer"))
    expect(page.get_by_role("heading", name="Prosecutor Quays")).to_be_visible()


def test_the_list_of_services_follows_what_is_typed(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/directory/institutions/")
    expect(page.get_by_role("link", name="Wards office")).to_be_visible()
    page.get_by_label("Name of a service").press_sequentially("kaaien")
    expect(page.get_by_role("status")).to_have_text("1 service")
    expect(page.get_by_role("link", name="Prosecutor Quays")).to_be_visible()
    expect(page.get_by_role("link", name="Wards office")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"q=kaaien"))


def test_a_district_is_chosen_on_the_map_with_the_keyboard(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/directory/?age=adult")
    tile = page.get_by_role("group", name="Map of the judicial districts").get_by_role("link", name="Plain")
    tile.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"age=adult&district=plain"))
    expect(page.get_by_role("heading", name="Prosecutor Plain")).to_be_visible()
    expect(tile).to_have_attribute("aria-current", "true")


def test_without_script_the_form_answers(page: Page, live_server: LiveServer) -> None:
    context = page.context.browser.new_context(java_script_enabled=False, locale="en-GB")  # type: ignore[union-attr]
    plain = context.new_page()
    plain.goto(f"{live_server.url}/directory/")
    plain.get_by_label("Municipality or postcode").fill("port")
    plain.get_by_label("An adult").check()
    plain.get_by_role("button", name="Show whom to call").click()
    plain.get_by_role("link", name="Oldport 100").click()
    expect(plain.get_by_role("heading", name="Prosecutor Quays")).to_be_visible()
    expect(plain.get_by_role("heading", name="Wards office")).to_have_count(0)
    context.close()


def test_paper_shows_cards_and_no_reasons(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/directory/?municipality=T01&purpose=SEX")
    page.emulate_media(media="print")
    expect(page.get_by_text("555 01")).to_be_visible()
    expect(page.get_by_text("Code of Harbours, art. 13")).to_be_hidden()
    expect(page.get_by_label("What is it about?")).to_be_hidden()
