"""The pages of meetings through their door."""

import pytest
from django.urls import reverse
from tests.cast import Cast, client
from tests.meetings.acts import convened, lines, planned, proposed

pytestmark = pytest.mark.urls("fanal.config.urls")


def test_every_page_opens(cast: Cast) -> None:
    item = proposed(cast.secretary, "Subsidies", body_code="cell")
    proposed(cast.secretary, "For few", body_code="cell", seats=[])
    meeting = convened(cast.secretary, body="cell")
    planned(cast.secretary)
    point = lines(cast.secretary, meeting.reference)[0].point_id
    browser = client(cast.secretary)
    addresses = [
        reverse("meetings:meetings"),
        reverse("meetings:mine"),
        reverse("meetings:calendar") + "?month=2026-12",
        reverse("meetings:subscription"),
        reverse("meetings:cadence", args=["bureau"]),
        reverse("meetings:plan"),
        reverse("meetings:series"),
        reverse("meetings:plan_series"),
        reverse("meetings:items") + "?text=subsid",
        reverse("meetings:propose"),
        reverse("meetings:propose") + f"?meeting={meeting.reference}",
        reverse("meetings:item", args=[item.reference]),
        *(
            reverse(f"meetings:{name}", args=[item.reference])
            for name in ("amend", "withdraw", "annex", "admit", "leave_for_next")
        ),
        *(reverse(f"meetings:{name}", args=[point]) for name in ("exclude", "take_off")),
        *(
            reverse(f"meetings:{name}", args=[meeting.reference])
            for name in ("meeting", "change", "convene", "cancel", "agenda", "set_agenda", "as_calendar")
        ),
    ]
    found = {address: browser.get(address).status_code for address in addresses}
    assert {address: status for address, status in found.items() if status != 200} == {}
