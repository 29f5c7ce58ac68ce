"""Attachments in a real browser, on a phone: added by hand, followed, looked at; axe finds nothing."""

import os
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.alerts.conftest import report
from tests.attachments.conftest import photo
from tests.browser import axe, enter, sideways
from tests.cast import Cast, client, load

from fanal.access.services import acting_as
from fanal.alerts import services as alerts
from fanal.attachments import services
from fanal.attachments.models import Attachment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("FANAL_SHOTS", "")


def looked_at(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)
    assert axe(page) == [], name
    assert sideways(page) <= 0, name


@pytest.mark.parametrize("width", [375, 1280])
def test_a_photo_is_added_and_looked_at(page: Page, live_server: LiveServer, width: int) -> None:
    cast: Cast = load()
    with acting_as(cast.officer):
        alert = alerts.record(by=cast.officer, report=report(), at=timezone.now())
    page.set_viewport_size({"width": width, "height": 800})
    enter(page, live_server, client(cast.officer))
    page.goto(f"{live_server.url}/alerts/{alert.reference}/")
    page.get_by_role("link", name="Add a file").click()
    looked_at(page, f"add-{width}")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("alert").or_(page.locator(".errors, .error-summary")).first).to_be_visible()
    page.locator("#id_file").set_input_files(
        {"name": "the kitchen.jpg", "mimeType": "image/jpeg", "buffer": photo(1200)}
    )
    page.get_by_role("button", name="Add").press("Enter")
    expect(page.get_by_text("It is being checked")).to_be_visible()
    looked_at(page, f"waits-{width}")
    with acting_as(cast.officer):
        attachment_id = Attachment.objects.get().id
    services.convert(attachment_id=attachment_id, at=timezone.now())
    expect(page.get_by_role("img", name="Page 1")).to_be_visible(timeout=10_000)  # by itself
    page.get_by_role("img", name="Page 1").scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('img.page').naturalWidth > 0")
    looked_at(page, f"ready-{width}")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save the working copy").click()
    assert saved.value.suggested_filename == f"{alert.reference}-01.jpg"
    page.get_by_role("link", name="Save the original").click()
    looked_at(page, f"original-{width}")
    page.goto(f"{live_server.url}/alerts/{alert.reference}/")
    expect(page.get_by_role("link", name="the kitchen.jpg")).to_be_visible()
    looked_at(page, f"alert-{width}")
