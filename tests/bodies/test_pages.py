"""The pages of the bodies and their interface."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from tests.bodies.people import AT, ON, colleague
from tests.cast import Cast, api, client

from fanal.access.services import acting_as
from fanal.bodies import queries, rules, services
from fanal.bodies.rules import SeatKind
from fanal.country.schema import Cadence, same


def test_everybody_reads_who_sits_there_and_who_prepares_may_change_it(cast: Cast) -> None:
    for member, may in ((cast.secretary, True), (cast.representative, False), (cast.outsider, False)):
        page = client(member).get("/bodies/bureau/").content.decode()
        assert "Guests office" in page
        assert ("Name somebody" in page) is may


def test_a_seat_is_changed_in_the_browser_and_nothing_typed_is_lost(cast: Cast) -> None:
    seat = queries.demand_seat("bureau", cast.representative, ON)
    browser = client(cast.secretary)
    address = f"/bodies/seats/{seat.id}/person/"
    typed = {"member": str(cast.representative.membership_id), "valid_from": "31.02.2026", "valid_to": ""}
    wrong = browser.post(address, typed)
    assert wrong.status_code == 422
    assert "31.02.2026" in wrong.content.decode()
    assert browser.post(address, typed | {"valid_from": "01.02.2026"}).status_code == 302
    again = browser.post(
        address, typed | {"valid_from": "01.02.2026", "member": str(cast.correspondent.membership_id)}
    )
    assert again.status_code == 422
    assert "Somebody holds this seat already" in again.content.decode()
    page = browser.get("/bodies/bureau/").content.decode()
    assert "Representative" in page


def test_two_days_side_by_side(cast: Cast) -> None:
    with acting_as(cast.chair):
        services.add_seat(
            by=cast.chair, body_code="bureau", kind=SeatKind.ADVISORY, unit_ids=[cast.outsider.unit_id],
            valid_from=ON, at=AT,
        )  # fmt: skip
    before = (ON - timedelta(days=1)).strftime("%d.%m.%Y")
    page = client(cast.representative).get(f"/bodies/bureau/history/?before={before}").content.decode()
    assert page.count('<span class="tag soon">new</span>') == 1
    shown = client(cast.representative).get(f"/bodies/bureau/?on={before}").content.decode()
    assert "Watch Isles" not in shown


def test_a_person_who_left_is_seen_on_the_day_she_sat_there(cast: Cast) -> None:
    gone = colleague(cast.representative, "emma kustlicht")
    seat = queries.demand_seat("bureau", cast.representative, ON)
    with acting_as(cast.secretary):
        services.seat_person(
            by=cast.secretary, seat_id=seat.id, membership_id=gone.membership_id,
            valid_from=date(2021, 1, 1), valid_to=date(2022, 12, 31), at=AT,
        )  # fmt: skip
    browser = client(cast.outsider)
    assert "Emma Kustlicht" in browser.get("/bodies/bureau/?on=01.06.2022").content.decode()
    assert "Emma Kustlicht" not in browser.get("/bodies/bureau/").content.decode()


def test_the_interface_tells_the_same_and_does_the_same(cast: Cast) -> None:
    found = api(cast.representative).get("/api/bodies/bureau").json()
    assert [it["kind"] for it in found["seats"]].count("voting") == 4
    assert found["seat"] == "voting"
    secretary = api(cast.secretary)
    unit = {"kind": "advisory", "units": ["watch-isles"], "valid_from": ON.isoformat()}
    made = secretary.post("/api/bodies/bureau/seats", json.dumps(unit), content_type="application/json")
    assert (made.status_code, made.json()["units"]) == (201, ["watch-isles"])
    unknown = secretary.post(
        "/api/bodies/bureau/seats", json.dumps(unit | {"units": ["x"]}), content_type="application/json"
    )
    assert (unknown.status_code, unknown.json()["code"]) == (422, "unknown_unit")
    refused = api(cast.outsider).post(
        "/api/bodies/bureau/ask", json.dumps({"reason": "x"}), content_type="application/json"
    )
    assert refused.status_code == 201, "the watch of the isles holds a seat now"


@pytest.mark.parametrize("address", ["/bodies/", "/bodies/bureau/", "/bodies/bureau/history/"])
def test_a_page_asks_as_much_for_many_seats_as_for_few(cast: Cast, address: str) -> None:
    browser = client(cast.secretary)
    browser.get(address)
    with CaptureQueriesContext(connection) as few:
        browser.get(address)
    units = [
        it for it in range(1, 40) if it not in {u for s in queries.seats("bureau", ON) for u in s.unit_ids}
    ]
    with acting_as(cast.secretary):
        for unit in units[:8]:
            services.add_seat(
                by=cast.secretary,
                body_code="bureau",
                kind=SeatKind.ADVISORY,
                unit_ids=[unit],
                valid_from=ON,
                at=AT,
            )
    with CaptureQueriesContext(connection) as many:
        browser.get(address)
    assert len(many) == len(few)


def test_the_cadence_is_a_picture_with_the_same_in_words() -> None:
    monthly = Cadence(code="m", label=same("m"), at_least=1, per="month", source="t")
    held = [date(2026, 1, 10), date(2026, 3, 2), date(2026, 3, 30)]
    periods = rules.cadence([monthly], held, date(2026, 1, 1), date(2026, 4, 15))
    page = Template("{% load body_words %}{% cadence_strip periods title='Meetings' %}").render(
        Context({"periods": periods})
    )
    assert "Of 3 periods that are over, 2 were met, 1 late, 0 missed." in page
    assert page.count("<rect") == 4
    assert "Made up on" in page
    assert 'role="img"' in page
