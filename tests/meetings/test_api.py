"""Meetings for other systems: list, detail, agenda, and every act that has a page."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.cast import Cast, api
from tests.meetings.acts import convened, proposed

pytestmark = pytest.mark.urls("fanal.config.urls")


def test_a_meeting_from_its_plan_to_its_agenda(cast: Cast) -> None:
    begins = (timezone.now() + timedelta(days=20)).isoformat()
    secretary, member = api(cast.secretary), api(cast.representative)
    made = secretary.post("/api/meetings", {"body_code": "cell", "begins_at": begins}, "application/json")
    assert made.status_code == 201, made.content
    reference = made.json()["reference"]
    assert member.get(f"/api/meetings/{reference}").status_code == 404
    secretary.post(f"/api/meetings/{reference}/convene")
    item = member.post(
        "/api/meetings/items",
        {"body_code": "cell", "title": "A leaflet", "aim": "opinion", "meeting": reference},
        "application/json",
    )
    assert item.status_code == 201, item.content
    (point,) = member.get(f"/api/meetings/{reference}/agenda").json()
    assert (point["title"], point["number"]) == ("A leaflet", "1")
    assert secretary.post(f"/api/meetings/{reference}/agenda/set").json()["agenda_set_at"]
    late = {"body_code": "cell", "title": "One more", "aim": "opinion", "meeting": reference}
    refused = member.post("/api/meetings/items", late, "application/json")
    assert (refused.status_code, refused.json()["code"]) == (409, "agenda_set")
    assert (
        member.get("/api/meetings/items?text=leafl").json()["items"][0]["reference"]
        == item.json()["reference"]
    )


def test_a_stranger_finds_nothing(cast: Cast) -> None:
    item = proposed(cast.representative)
    meeting = convened(cast.secretary)
    stranger = api(cast.outsider)
    assert stranger.get("/api/meetings").json() == {"items": [], "next": ""}
    assert stranger.get("/api/meetings/items").json() == {"items": [], "next": ""}
    for address in (
        meeting.reference,
        f"{meeting.reference}/agenda",
        f"items/{item.reference}",
        "TAB-2030-01",
    ):
        assert stranger.get(f"/api/meetings/{address}").status_code == 404
