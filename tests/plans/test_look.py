"""Pages in states that the walk through every address does not reach: problems by row, sheets to choose, likenesses."""

import io

import pytest
from django.utils import timezone
from openpyxl import Workbook
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser import axe, enter, sideways
from tests.cast import client, load
from tests.plans.conftest import CODE, make

from fanal.access.services import acting_as
from fanal.plans import services

BAD = "row,number,title_fr,lead\nchapter,1,Voir,\nmeasure,1,Sans fin,nobody\nobjective,,,\n"


def book() -> bytes:
    made, out = Workbook(), io.BytesIO()
    for name in ("Volet A", "Volet B"):
        made.create_sheet(name).append(["row", "number", "title_fr"])
    made.save(out)
    return out.getvalue()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_writer_on_a_phone(page: Page, live_server: LiveServer) -> None:
    cast, now = load(), timezone.now()
    by = cast.chair
    make(by, now)
    enter(page, live_server, client(by))
    page.set_viewport_size({"width": 375, "height": 800})
    with acting_as(by):
        services.find_returns(by=by, plan_code=CODE, at=now)
        services.upload(by=by, plan_code=CODE, content=BAD.encode(), at=now)
    for url in (f"/plans/{CODE}/returns/", f"/plans/{CODE}/draft/", f"/plans/{CODE}/draft/import/"):
        page.goto(live_server.url + url)
        assert axe(page) == [], url
        assert sideways(page) <= 0, url
    assert page.get_by_text("Problems, row by row").count()
    page.get_by_role("button", name="Take another file").click()
    page.get_by_label("Table (CSV or XLSX)").set_input_files(
        {"name": "two.xlsx", "mimeType": "application/octet-stream", "buffer": book()}
    )
    page.get_by_role("button", name="Look at it").click()
    page.get_by_label("Volet B").check()
    assert axe(page) == []
    page.get_by_role("button", name="Look at it").click()
    page.get_by_role("button", name="Write it into the draft").click()
    page.get_by_role("link", name="Add a measure").first.click()
    page.get_by_label("Number").fill("1.7")
    page.get_by_label("Chapter or objective").select_option(index=1)
    page.get_by_label("Title (Français)").fill("Une mesure")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert").get_by_text("Say which institution leads").first).to_be_visible()
    expect(page.get_by_label("Title (Français)")).to_have_value("Une mesure")
    assert axe(page) == []
