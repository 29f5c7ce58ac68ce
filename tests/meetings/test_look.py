"""How the pages of meetings look in a real browser: nothing for axe to complain of, nothing to push sideways."""

import os
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer
from tests.browser import axe, enter, sideways
from tests.cast import Cast, client
from tests.meetings.acts import convened, planned, proposed

from fanal.access.services import acting_as
from fanal.bodies import queries as bodies
from fanal.bodies import services as body_services
from fanal.meetings import services

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("FANAL_SHOTS", "")


def test_every_page_is_accessible_and_fits(page: Page, live_server: LiveServer, cast: Cast) -> None:
    now = timezone.now()
    text = "What has to be known.\n\nWhat is proposed: three lamps more, as agreed with the harbour."
    item = proposed(
        cast.representative, "The leaflet for those who arrive by sea", text=text, minutes=25, at=now
    )
    meeting = convened(cast.chair, at=now)
    planned(cast.chair, days=40, at=now)
    with acting_as(cast.rapporteur):
        named = bodies.demand_seat("bureau", cast.chair, timezone.localdate(now))
        services.annex(
            by=cast.rapporteur, reference=item.reference, title="First draft of the leaflet", name="draft.txt",
            data=b"Lamps.", at=now,
        )  # fmt: skip
    proposed(cast.rapporteur, "For few", seats=[named.id], meeting=meeting.reference, at=now)
    with acting_as(cast.inspector):
        body_services.ask_meeting(by=cast.inspector, body_code="bureau", reason="A ship was seen.", at=now)
    addresses = {
        "meeting": reverse("meetings:meeting", args=[meeting.reference]),
        "agenda": reverse("meetings:agenda", args=[meeting.reference]),
        "calendar": reverse("meetings:calendar") + f"?month={meeting.begins_at:%Y-%m}",
        "item": reverse("meetings:item", args=[item.reference]),
        "body": reverse("bodies:body", args=["bureau"]),
    }
    enter(page, live_server, client(cast.chair))
    for width, scheme in ((1280, "light"), (375, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for name, address in addresses.items():
            page.goto(f"{live_server.url}{address}")
            if SHOTS:
                page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)
            assert axe(page) == [], (name, width)
            assert sideways(page) <= 0, (name, width)
