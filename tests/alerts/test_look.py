"""Alerts in a real browser: axe finds nothing, nothing scrolls sideways, the intake is walked by hand."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.alerts.conftest import NOOR, adult, child, report
from tests.browser import axe, enter, sideways
from tests.cast import Cast, client, load

from fanal.access.services import acting_as
from fanal.alerts import services
from fanal.alerts.models import Alert
from fanal.alerts.rules import Sign

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("FANAL_SHOTS", "")


@pytest.fixture
def cast() -> Cast:
    return load()


def shot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


@pytest.fixture
def alert(cast: Cast) -> Alert:
    """An alert a day old, with a child, signs and a late receipt."""
    at = timezone.now() - timedelta(days=5)
    told = report(
        urgent=True,
        persons=(
            adult(identity=NOOR, pseudonym="The cook", languages=("ti", "ar"), citizenship="ER"),
            child(),
        ),
        signs=(Sign(indicator="no-pay", source="self"), Sign(indicator="long-hours")),
        seen_from=(at - timedelta(days=9)).date(),
    )
    with acting_as(cast.officer):
        return services.record(by=cast.officer, report=told, at=at)


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (320, "dark"), (1280, "light")])
def test_every_page_is_accessible_and_fits(
    page: Page, live_server: LiveServer, cast: Cast, alert: Alert, width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    enter(page, live_server, client(cast.officer))
    with acting_as(cast.officer):
        draft = services.start(
            by=cast.officer,
            typed={
                "what": {"narrative": ["We met Noor Testland there."]},
                "where": {"place": ["1"]},
                "who": {"1": {}},
            },
            step="what",
            at=timezone.now(),
        )
    file, steps = f"/alerts/{alert.reference}/", ("what", "where", "who", "person/1", "done", "check")
    pages = ["/alerts/", "/alerts/?state=closed", "/alerts/figures/", "/alerts/new/", file + "?recorded=1"]
    pages += [file + act for act in ("duties/a/", "send/", "close/", "persons/")]
    pages += [f"/alerts/new/{draft}/{step}/" for step in steps]
    for number, path in enumerate(pages):
        page.goto(live_server.url + path)
        shot(page, f"{number:02}-{width}-{scheme}")
        assert axe(page) == [], path
        assert sideways(page) <= 0, path


def test_an_inspector_records_an_alert_by_hand(page: Page, live_server: LiveServer, cast: Cast) -> None:
    enter(page, live_server, client(cast.officer))
    page.goto(f"{live_server.url}/alerts/")
    page.get_by_role("link", name="Record an alert").click()
    page.get_by_role("button", name="Begin").click()
    page.get_by_label("Bondage").check()
    page.get_by_label("Labour").check()
    page.get_by_label("In a few words").fill("Six people sleep behind the kitchen.")
    page.get_by_role("button", name="Save and go on").click()
    place = page.get_by_label("Municipality or postcode")
    place.press_sequentially("oudh")
    expect(page.locator("#places option")).to_have_count(1)
    place.fill("Oldport (100)")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("button", name="Add a person").click()
    page.get_by_role("button", name="Save this person").click()
    expect(page.get_by_role("alert")).to_contain_text("This person is")
    page.get_by_label("Maybe captive").check()
    page.get_by_label("Doubtful").check()
    page.get_by_role("button", name="Save this person").click()
    expect(page.get_by_role("link", name="Person 1")).to_be_visible()
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_text("Wards office", exact=True)).to_be_visible()
    shot(page, "check-full")
    page.get_by_role("button", name="Send the alert").click()
    expect(page.get_by_text("Thank you. The alert is recorded.")).to_be_visible()
    shot(page, "thanks")


def test_identities_are_shown_after_a_reason(
    page: Page, live_server: LiveServer, cast: Cast, alert: Alert
) -> None:
    enter(page, live_server, client(cast.centre_worker))
    page.goto(f"{live_server.url}/alerts/{alert.reference}/")
    shot(page, "file-centre")
    page.get_by_role("link", name="Show the identities").click()
    page.get_by_label("For what purpose").select_option("protect")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text(NOOR.family_name)).to_be_visible()
    assert axe(page) == []
    shot(page, "identities")
