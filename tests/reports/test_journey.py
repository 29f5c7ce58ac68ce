"""A correspondent writes, the secretary reviews, the representative signs, and the report is built in four formats."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser import axe, enter, sideways
from tests.cast import Cast, client, load
from tests.reports.conftest import figure, opened, section, written

from fanal.access.services import acting_as
from fanal.reports import queries, services
from fanal.reports.models import Edition, Report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("FANAL_SHOTS", "")


@pytest.fixture
def cast() -> Cast:
    return load()


@pytest.fixture
def report(cast: Cast) -> Report:
    soon = timezone.localdate() + timedelta(days=3)
    return opened(cast.secretary, timezone.now(), contributions_due_on=soon)


def look(page: Page, url: str, name: str) -> None:
    page.goto(url)
    assert axe(page) == [], url
    assert sideways(page) <= 0, url
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


def test_a_report_from_the_first_word_to_four_formats(
    page: Page, live_server: LiveServer, cast: Cast, report: Report
) -> None:
    base = f"{live_server.url}/reports/{report.reference}/"
    enter(page, live_server, client(cast.correspondent))
    page.goto(live_server.url)
    page.get_by_role("link", name="Write a contribution").first.click()
    page.get_by_role("link", name="Write", exact=True).click()
    editor = page.locator("[contenteditable=true]")
    editor.click()
    page.keyboard.type("We lit every lamp of the quay.")
    page.get_by_role("button", name="Save as a draft").click()
    expect(page.get_by_text("We lit every lamp of the quay.")).to_be_visible()
    page.get_by_role("link", name="Send this contribution").click()
    page.get_by_role("button", name="Send this contribution").click()

    enter(page, live_server, client(cast.secretary))
    page.goto(base + "build/")
    expect(page.get_by_text("the contribution is not finished")).to_be_visible()
    page.get_by_role("link", name="Open it").click()
    page.get_by_role("link", name="Accept this contribution").click()
    page.get_by_role("button", name="Accept this contribution").click()
    expect(page.get_by_role("link", name="Sign this contribution")).to_have_count(0)

    enter(page, live_server, client(cast.representative))
    page.goto(live_server.url)
    page.get_by_role("link", name="Sign a contribution").first.click()
    page.get_by_role("link", name="Sign this contribution").click()
    page.get_by_role("button", name="Sign this contribution").click()
    expect(page.get_by_text("Signed.")).to_be_visible()

    enter(page, live_server, client(cast.secretary))
    page.goto(base + "build/")
    expect(page.get_by_text("Nothing stops it")).to_be_visible()
    page.get_by_label("English").last.check()
    page.get_by_role("button", name="Freeze this report").click()
    expect(page.get_by_text("The files are being made.")).to_be_visible()
    services.build(edition_id=Edition.objects.get().id, at=timezone.now())
    for format in ("PDF", "DOCX", "ODT", "HTML"):
        expect(page.get_by_role("link", name=f"{format} EN")).to_be_visible()
    with page.expect_download() as got:
        page.get_by_role("link", name="PDF EN").click()
    assert got.value.suggested_filename == f"{report.reference}-1-en.pdf"


@pytest.mark.parametrize(("width", "scheme"), [(375, "dark"), (1280, "light")])
def test_every_page_is_accessible_and_fits(
    page: Page, live_server: LiveServer, cast: Cast, report: Report, width: int, scheme: str
) -> None:
    now = timezone.now()
    with acting_as(cast.correspondent):
        (owed,) = queries.mine(report, cast.correspondent)
    written(cast, owed, now, figure("captives-2019") + figure("none-1"))
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    enter(page, live_server, client(cast.secretary))
    first, end = section(report, "1").id, f"{width}-{scheme}"
    for path, name in (
        ("figures/", "figures"), ("figures/captives-2019/", "figure"), ("figures/conflicts/", "conflicts"),
        ("figures/new/", "figure-new"), ("figures/import/", "figure-import"), ("reports/", "reports"),
        ("reports/new/?kind=chronicle", "report-new"), (f"reports/{report.reference}/", "report"),
        (f"reports/{report.reference}/outline/", "outline"), (f"reports/{report.reference}/build/", "build"),
        (f"reports/{report.reference}/choices/captives-2019/", "choose"), (f"reports/sections/{first}/ask/", "ask"),
        (f"reports/sections/{first}/", "section"), (f"reports/contributions/{owed.id}/", "contribution"),
    ):  # fmt: skip
        look(page, f"{live_server.url}/{path}", f"{name}-{end}")
    enter(page, live_server, client(cast.correspondent))
    look(page, f"{live_server.url}/reports/contributions/{owed.id}/write/", f"write-{end}")
