"""Referrals in a real browser: axe finds nothing, nothing scrolls sideways, a person is referred by hand."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser import axe, enter, sideways
from tests.cast import Cast, client, load
from tests.referrals.rows import NOW, SENT, VITAL, proposed

from fanal.access.services import acting_as
from fanal.referrals import services
from fanal.referrals.models import Referral
from fanal.referrals.rules.capacity import Offer
from fanal.referrals.rules.content import Item

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("FANAL_SHOTS", "")


@pytest.fixture
def cast() -> Cast:
    return load()


def shot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


def furnish(cast: Cast) -> Referral:
    """Places of two centres, an open proposal on an exception, and a refused one."""
    for member, free in ((cast.centre_worker, 2), (cast.other_centre_worker, 0)):
        offer = Offer(
            free=free, valid_until=NOW + timedelta(days=1), age_from=18, languages=frozenset({"ro", "fr"})
        )
        with acting_as(member):
            services.publish_capacity(by=member, offer=offer, at=NOW)
    row = proposed(cast.officer, cast.centre_worker, given=VITAL, items=(*SENT, Item.IDENTITY))
    other = proposed(cast.officer, cast.other_centre_worker, matter=row.matter)
    with acting_as(cast.other_centre_worker):
        by = cast.other_centre_worker
        services.refuse(by=by, reference=other.reference, reason="full", words="In May again.", at=NOW)
    return row


def look(page: Page, url: str, name: str) -> None:
    page.goto(url)
    assert axe(page) == [], url
    assert sideways(page) <= 0, url
    shot(page, name)


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (320, "dark"), (1280, "light")])
def test_every_page_is_accessible_and_fits(
    page: Page, live_server: LiveServer, cast: Cast, width: int, scheme: str
) -> None:
    row = furnish(cast)
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    base, person = f"{live_server.url}/referrals/", row.matter.reference
    enter(page, live_server, client(cast.officer))
    for path, name in (
        ("", "list"), (f"{row.reference}/", "referral-sender"), (f"{row.reference}/withdraw/", "withdraw"),
        (f"{row.reference}/send/", "send"), (f"{row.reference}/identity/", "identity-asked"),
        ("persons/", "persons"), ("persons/new/", "new"), ("persons/new/alone/", "alone"),
        (f"persons/{person}/", "person"), (f"persons/{person}/change/", "change"),
        (f"persons/{person}/ground/", "ground"),
        (f"persons/{person}/propose/{cast.centre_worker.unit_code}/", "propose"),
        (f"persons/{person}/propose/{cast.other_centre_worker.unit_code}/", "propose-full"),
        (f"grounds/{row.consent_id}/end/", "ground-end"), (f"grounds/{row.consent_id}/review/", "review"),
        ("exceptions/", "exceptions"), ("places/", "places"), ("?state=done", "list-empty"),
    ):  # fmt: skip
        look(page, base + path, f"{name}-{width}-{scheme}")
    enter(page, live_server, client(cast.centre_worker))
    for path, name in (
        (f"{row.reference}/", "referral-receiver"), (f"{row.reference}/accept/", "accept"),
        (f"{row.reference}/refuse/", "refuse"), ("places/publish/", "publish"),
    ):  # fmt: skip
        look(page, base + path, f"{name}-{width}-{scheme}")


def test_a_person_is_referred_by_hand(page: Page, live_server: LiveServer, cast: Cast) -> None:
    furnish(cast)
    page.set_viewport_size({"width": 320, "height": 800})
    enter(page, live_server, client(cast.officer))
    page.goto(f"{live_server.url}/referrals/")
    page.get_by_role("link", name="Refer a person").click()
    page.get_by_role("link", name="The person stands in no alert").click()
    page.get_by_label("What do you call this person here?").fill("Lotus")
    page.get_by_label("Summary for the service that is asked").fill("Invented, found at a yard.")
    page.locator("select[name=age_basis]").select_option("estimated")
    page.get_by_label("About how many years").fill("30")
    page.get_by_role("button", name="Save and choose a service").click()
    expect(page.get_by_text("Who can take this person now")).to_be_visible()
    page.get_by_role("link", name="Propose to The Lantern").first.click()
    page.get_by_label("For what purpose").select_option(label="Roof")
    assert page.get_by_label("Summary").is_checked()
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert axe(page) == []
    page.locator("input[name=ground][value=consent]").check()
    page.get_by_label("said aloud, noted by the service").check()
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_text("The Lantern is told at once.")).to_be_visible()
    address = page.url
    enter(page, live_server, client(cast.centre_worker))
    page.goto(address)
    expect(page.get_by_text("Lotus")).to_be_visible()
    page.get_by_role("link", name="Accept").click()
    page.get_by_role("button", name="Accept this person").click()
    expect(page.get_by_role("link", name="Report that it is done")).to_be_visible()
    enter(page, live_server, client(cast.officer))
    page.goto(address)
    page.get_by_role("link", name="The person withdraws her consent, or the ground ends").click()
    page.get_by_role("button", name="End this consent").click()
    enter(page, live_server, client(cast.centre_worker))
    assert page.goto(address).status == 404  # type: ignore[union-attr]
