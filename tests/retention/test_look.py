"""What is kept, in a real browser: axe finds nothing, nothing scrolls sideways, and an erasure goes through by hand."""

import os
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser import axe, enter, sideways
from tests.cast import client, load
from tests.house.scenario import Scenario, build
from tests.retention.conftest import closed, colleague

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("FANAL_SHOTS", "")


@pytest.fixture
def scene() -> Scenario:
    return build(load())


def look(page: Page, url: str, name: str) -> None:
    page.goto(url)
    assert axe(page) == [], url
    assert sideways(page) <= 0, url
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


@pytest.mark.parametrize(("width", "scheme"), [(375, "dark"), (1280, "light")])
def test_every_page_is_accessible_and_fits(
    page: Page, live_server: LiveServer, scene: Scenario, width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    base, end = f"{live_server.url}/retention/", f"{width}-{scheme}"
    alert, request = scene.alert.reference, scene.request.reference
    enter(page, live_server, client(scene.cast.officer))
    for path, name in (
        ("", "list-empty"), ("?every=1", "list"), (f"{alert}/", "file"), (f"{alert}/keep/", "keep"),
        (f"{alert}/hold/", "hold"), (f"{alert}/erase/", "erase"), (f"{alert}/correct/", "correct"),
        (f"{alert}/answer/", "answer"),
    ):  # fmt: skip
        look(page, base + path, f"{name}-{end}")
    enter(page, live_server, client(colleague(scene.cast.centre_worker)))
    for path, name in ((f"{request}/", "file-proposed"), (f"erasures/{scene.erasure}/confirm/", "confirm")):
        look(page, base + path, f"{name}-{end}")
    enter(page, live_server, client(scene.cast.immigration_agent))
    for path, name in (
        ("", "list-corrections"), (f"corrections/{scene.correction}/", "take-over"),
        (f"{scene.procedure.reference}/", "file-held"), (f"holds/{scene.hold}/lift/", "lift"),
    ):  # fmt: skip
        look(page, base + path, f"{name}-{end}")


def test_an_alert_is_erased_by_two_hands(page: Page, live_server: LiveServer, scene: Scenario) -> None:
    reference = closed(scene, timezone.now())
    second = colleague(scene.cast.officer)
    enter(page, live_server, client(scene.cast.officer))
    page.goto(f"{live_server.url}/alerts/{reference}/")
    page.get_by_role("link", name="How long it is kept").first.click()
    page.get_by_role("link", name="Propose to erase").click()
    page.get_by_label("Asked").check()
    page.get_by_role("button", name="Propose to erase").click()
    expect(page.get_by_text("A colleague of your service confirms it.")).to_be_visible()
    enter(page, live_server, client(second))
    page.goto(f"{live_server.url}/retention/{reference}/")
    page.get_by_role("link", name="Erase for ever").click()
    page.get_by_role("button", name="Erase for ever").click()
    expect(page.get_by_text("Who it was stands nowhere any more")).to_be_visible()
    page.goto(f"{live_server.url}/alerts/{reference}/")
    expect(page.get_by_text("Erased. Who it was stands nowhere any more.").first).to_be_visible()
