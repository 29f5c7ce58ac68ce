"""The register in the browser and for programs: search, detail in few clicks, acts, extracts, and constant cost."""

import io
import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from tests.bodies.people import AT, ON
from tests.cast import Cast, api, client

from fanal.access.services import acting_as
from fanal.decisions import services
from fanal.decisions.models import Decision
from fanal.decisions.rules import State


def recorded(cast: Cast, title: str = "Print the leaflet again", **more: object) -> Decision:
    given = {
        "body_code": "bureau",
        "title": title,
        "text": "In four languages.",
        "taken_on": ON - timedelta(days=20),
        "owner_unit_ids": [cast.correspondent.unit_id],
        "due_on": ON - timedelta(days=1),
        "at": AT,
    } | more
    with acting_as(cast.secretary):
        return services.record(by=cast.secretary, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 3),
        ("words=leaflet", 1),
        ("words=LEAFL", 1),
        ("words=réunir", 1),
        ("words=reunir", 1),
        ("words=languages", 3),
        ("words=nothing-like-it", 0),
        ("words=TAB-1998-001", 1),
        ("body=cell", 1),
        ("state=overdue", 1),
        ("state=unfinished", 2),
        ("state=done", 1),
        ("year=1998", 1),
        ("year=1998&state=overdue", 0),
        ("state=made-up", 3),
    ],
)
def test_the_register_is_searched(cast: Cast, query: str, found: int) -> None:
    recorded(cast)
    recorded(cast, "Réunir les magistrats", taken_on=date(1998, 5, 4), due_on=None, state=State.DONE)
    recorded(cast, "Adopt the chart", body_code="cell", due_on=None, owner_unit_ids=[])
    page = client(cast.representative).get(f"/decisions/?{query}").content.decode()
    assert page.count('<th scope="row" class="nowrap">') == found


def test_a_decision_shows_what_became_of_it(cast: Cast) -> None:
    number = recorded(cast).number
    owner = client(cast.correspondent)
    version = owner.get(f"/decisions/{number}/follow/").context["version"]
    typed = {"state": "done", "note": "", "link": "", "version": version}
    empty = owner.post(f"/decisions/{number}/follow/", typed)
    assert empty.status_code == 422
    assert "Write what shows it" in empty.content.decode()
    said = typed | {"note": "Printed and sent.", "link": "https://testland.example/leaflet"}
    assert owner.post(f"/decisions/{number}/follow/", said).status_code == 302
    page = client(cast.inspector).get(f"/decisions/{number}/").content.decode()
    assert "Printed and sent." in page
    assert "https://testland.example/leaflet" in page
    stale = owner.post(f"/decisions/{number}/follow/", said)
    assert stale.status_code in (409, 412, 422)
    assert client(cast.inspector).get(f"/decisions/{number}/follow/").status_code == 403
    assert client(cast.outsider).get(f"/decisions/{number}/").status_code == 404


def test_an_older_decision_is_recorded_and_superseded_in_the_browser(cast: Cast) -> None:
    browser = client(cast.secretary)
    typed = {
        "body": "cell",
        "title": "Adopt the first chart",
        "taken_on": "11.07.2008",
        "origin": "Annals",
        "due_on": "",
    }
    assert browser.post("/decisions/record/", typed | {"taken_on": "31.02.2008"}).status_code == 422
    made = browser.post("/decisions/record/", typed)
    assert made["Location"] == "/decisions/MOO-2008-001/"
    itself = browser.post("/decisions/MOO-2008-001/supersede/", {"by_number": "moo-2008-001"})
    assert itself.status_code == 422
    assert "A decision does not supersede itself." in itself.content.decode()
    recorded(cast, "Adopt the second chart", body_code="cell", owner_unit_ids=[])
    newer = f"MOO-{(ON - timedelta(days=20)).year}-001"
    assert browser.post("/decisions/MOO-2008-001/supersede/", {"by_number": newer}).status_code == 302
    assert newer in browser.get("/decisions/MOO-2008-001/").content.decode()
    assert "MOO-2008-001" in browser.get(f"/decisions/{newer}/").content.decode()


def test_the_public_reads_the_extract_and_nothing_else(cast: Cast) -> None:
    row = recorded(cast, text="Canary of the decision itself.")
    browser, anybody = client(cast.chair), Client()
    assert anybody.get(f"/decisions/public/{row.number}/").status_code == 404
    words = {"language": "en", "title": "A new leaflet", "text": "A leaflet comes in four languages."}
    assert browser.post(f"/decisions/{row.number}/extract/", words).status_code == 302
    for address in ("/decisions/public/", f"/decisions/public/{row.number}/", "/api/decisions/public"):
        page = anybody.get(address).content.decode()
        assert "A new leaflet" in page
        assert "Canary" not in page
        assert row.title not in page
    assert (
        browser.post(f"/decisions/{row.number}/extract/withdraw/", {"note": "A mistake."}).status_code == 302
    )
    assert anybody.get(f"/decisions/public/{row.number}/").status_code == 404


def test_the_register_leaves_as_a_spreadsheet(cast: Cast) -> None:
    recorded(cast, "=1+1")
    answer = client(cast.inspector).get("/decisions/export/xlsx/?state=overdue")
    rows = list(load_workbook(io.BytesIO(answer.content)).active.values)  # type: ignore[union-attr]
    assert [row[2] for row in rows] == ["Title", "=1+1"]
    text = client(cast.inspector).get("/decisions/export/csv/").content.decode()
    assert "'=1+1" in text
    assert client(cast.inspector).get("/decisions/export/ods/").status_code == 404


def test_programs_do_the_same(cast: Cast) -> None:
    secretary = api(cast.secretary)
    body = {"body": "bureau", "title": "Send the letter", "taken_on": ON.isoformat(), "owners": ["envoys"]}
    made = secretary.post("/api/decisions", json.dumps(body), content_type="application/json")
    assert made.status_code == 201
    number, tag = made.json()["number"], made["ETag"]
    owner = api(cast.correspondent)
    assert [it["number"] for it in owner.get("/api/decisions?state=unfinished").json()["items"]] == [number]
    said = json.dumps({"state": "done", "note": "Sent."})
    address = f"/api/decisions/{number}/follow"
    assert owner.post(address, said, content_type="application/json").status_code == 428
    done = owner.post(address, said, content_type="application/json", headers={"If-Match": tag})
    assert (done.status_code, done.json()["state"]) == (200, "done")
    old = owner.post(address, said, content_type="application/json", headers={"If-Match": tag})
    assert old.status_code == 412
    assert api(cast.outsider).get(f"/api/decisions/{number}").status_code == 404


def test_what_one_answers_for_waits_at_home(cast: Cast) -> None:
    number = recorded(cast).number
    assert number in client(cast.correspondent).get("/").content.decode()
    assert number not in client(cast.inspector).get("/").content.decode()


@pytest.mark.parametrize(
    "address", ["/decisions/", "/decisions/?state=overdue&words=leaflet", "/api/decisions"]
)
def test_a_list_asks_as_much_for_many_as_for_few(cast: Cast, address: str) -> None:
    recorded(cast)
    recorded(cast, body_code="cell")
    reader = api(cast.inspector) if address.startswith("/api") else client(cast.inspector)
    reader.get(address)
    with CaptureQueriesContext(connection) as few:
        reader.get(address)
    for nth in range(12):
        recorded(cast, f"Print leaflet {nth}", taken_on=date(2001 + nth, 1, 1))
    with CaptureQueriesContext(connection) as many:
        reader.get(address)
    assert len(many) == len(few)
