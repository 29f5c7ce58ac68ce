"""The directory for other systems: the same answers, the same refusals, the same doors."""

from typing import Any

import pytest
from django.test import Client
from tests.cast import Cast, api

from fanal.audit.models import Entry
from fanal.directory.models import ContactPoint, Mandate

pytestmark = pytest.mark.django_db
UNIT = "/api/directory/units/parquet-quays"
MANDATE = {
    "function": "reference_magistrate",
    "holder": "Ada Synthetic",
    "substitute": "Bea Synthetic",
    "valid_from": "2026-03-02",
}
CONTACT = {"channel": "phone", "label": "At night", "value": "555 09", "valid_from": "2026-03-02"}
NIGHT = "at=2026-03-02T22:00:00%2B01:00"


def post(browser: Client, path: str, body: dict[str, Any], **headers: str) -> Any:
    return browser.post(path, body, content_type="application/json", headers=headers)


def refusal(answer: Any) -> tuple[int, str, list[str]]:
    """Status, code, and the fields that are wrong."""
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    return answer.status_code, body["code"], [error["field"] for error in body.get("errors", [])]


@pytest.fixture
def keeper(cast: Cast) -> Client:
    return api(cast.administrator)


def test_whom_to_call_needs_no_login() -> None:
    answer = Client().get(f"/api/directory/call?municipality=T01&purpose=SEX&age=adult&{NIGHT}")
    assert answer.status_code == 200
    found = answer.json()
    assert [it["card"]["code"] for it in found] == [
        "help-line",
        "strangers-office",
        "centre-lantern",
        "parquet-quays",
    ]
    line, magistrate = found[0], found[3]
    assert (line["answers_now"], line["reason"], line["basis"]) == (
        True,
        None,
        "Testland, Law of Services, art. 1",
    )
    assert (magistrate["reason"]["nl"], magistrate["basis"], magistrate["one_of"]) == (
        "Havenwetboek, art. 13",
        "13",
        1,
    )
    assert magistrate["card"]["contacts"] == [], "not public"
    assert line["card"]["contacts"][0]["uri"] == "tel:55501"


@pytest.mark.parametrize(
    ("question", "code", "field"),
    [
        ("municipality=T99", "unknown_municipality", "municipality"),
        ("municipality=T05", "unknown_municipality", "municipality"),
        ("district=T99", "unknown_district", "district"),
        ("purpose=T99", "unknown_purpose", "purpose"),
        ("at=0001-01-01T00:00:00Z", "date_year", "at"),
        ("at=9999-12-31T23:59:59Z", "date_year", "at"),
        ("at=yesterday", "invalid", "at"),
        ("age=old", "invalid", "age"),
        ("municipality=%00", "invalid", "municipality"),
    ],
)
def test_a_question_that_cannot_be_read_is_a_problem(question: str, code: str, field: str) -> None:
    at = "" if "at=" in question else "&at=2026-03-02T10:00:00Z"
    status, found, fields = refusal(Client().get(f"/api/directory/call?{question}{at}"))
    assert (status, found) == (422, code)
    assert field in fields[0]


def test_places_and_services_are_read_by_everybody() -> None:
    places = Client().get("/api/directory/municipalities?q=210&on=2025-06-30").json()
    assert [(it["nis"], it["district"]) for it in places] == [("T05", "plain")]
    assert [it["nis"] for it in Client().get("/api/directory/municipalities?q=210").json()] == ["T07"]
    districts = Client().get("/api/directory/districts").json()
    assert [zone["code"] for zone in districts[0]["zones"]] == ["quays", "hills"]
    assert [it["code"] for it in Client().get("/api/directory/units?q=kaaien").json()] == ["parquet-quays"]
    card = Client().get(UNIT).json()
    assert (card["short"]["fr"], card["contacts"]) == ("Procureur des Quais", [])
    assert Client().get("/api/directory/units/nowhere").status_code == 404


def test_who_works_there_is_for_members(cast: Cast, keeper: Client) -> None:
    assert refusal(Client().get(f"{UNIT}/people"))[0] == 401
    assert post(keeper, f"{UNIT}/mandates", MANDATE).status_code == 201
    found = api(cast.outsider).get(f"{UNIT}/people").json()
    assert [it["value"] for it in found["card"]["contacts"]] == ["555 02"]
    assert [(it["answers"], it["standing"]) for it in found["holders"]] == [("Ada Synthetic", "holder")]


def test_a_mandate_is_made_and_ended(keeper: Client) -> None:
    made = post(keeper, f"{UNIT}/mandates", MANDATE)
    assert made.status_code == 201
    path = f"/api/directory/mandates/{made.json()['id']}"
    assert keeper.get(path)["ETag"] == made["ETag"]
    again = post(keeper, f"{UNIT}/mandates", MANDATE)
    assert (again.status_code, again.json(), again["ETag"]) == (201, made.json(), made["ETag"])
    ended = post(keeper, f"{path}/end", {"last_day": "2026-03-31"}, **{"If-Match": made["ETag"]})
    assert (ended.status_code, ended.json()["valid_to"]) == (200, "2026-03-31")
    assert ended["ETag"] != made["ETag"]
    stale = post(keeper, f"{path}/end", {"last_day": "2026-04-30"}, **{"If-Match": made["ETag"]})
    assert refusal(stale)[:2] == (412, "stale")
    assert refusal(post(keeper, f"{path}/end", {"last_day": "2026-04-30"}))[:2] == (428, "if_match_missing")
    assert Entry.objects.filter(act__startswith="directory.").count() == 2


def test_a_number_is_added_and_changed_from_a_day_on(keeper: Client) -> None:
    made = post(keeper, f"{UNIT}/contact-points", CONTACT)
    assert (made.status_code, made.json()["public"]) == (201, False)
    path = f"/api/directory/contact-points/{made.json()['id']}"
    assert keeper.get(path)["ETag"] == made["ETag"]
    body = {"value": "555 10", "hours": "9–12", "valid_from": "2026-04-01"}
    changed = post(keeper, f"{path}/change", body, **{"If-Match": made["ETag"]})
    assert changed.status_code == 200
    assert changed.json()["hours"] == "9–12"
    assert keeper.get(path).json()["valid_to"] == "2026-03-31"
    assert refusal(post(keeper, f"{path}/change", body, **{"If-Match": made["ETag"]}))[:2] == (412, "stale")


@pytest.mark.parametrize(
    ("path", "body", "code", "field"),
    [
        ("mandates", MANDATE | {"valid_to": "2026-03-01"}, "ends_before_start", "valid_to"),
        ("mandates", MANDATE | {"substitute": "Ada Synthetic"}, "substitute_is_holder", "substitute"),
        ("mandates", MANDATE | {"function": "intake"}, "function_unfit", "function"),
        ("mandates", MANDATE | {"function": "nothing"}, "function_unfit", "function"),
        ("mandates", MANDATE | {"holder": "  "}, "invalid", "holder"),
        ("mandates", MANDATE | {"holder": "a\u0000b"}, "invalid", "holder"),
        ("mandates", MANDATE | {"valid_from": "2026-02-30"}, "invalid", "valid_from"),
        ("contact-points", CONTACT | {"value": "javascript:alert(1)"}, "value_unreadable", "value"),
        ("contact-points", CONTACT | {"channel": "smoke"}, "invalid", "channel"),
        ("contact-points", CONTACT | {"valid_to": "2026-03-01"}, "ends_before_start", "valid_to"),
    ],
)
def test_what_cannot_be_is_a_problem_that_names_the_field(
    keeper: Client, path: str, body: dict[str, Any], code: str, field: str
) -> None:
    assert refusal(post(keeper, f"{UNIT}/{path}", body)) == (422, code, [field])
    assert not Mandate.objects.exists()
    assert not ContactPoint.objects.filter(code="").exists()


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (f"{UNIT}/mandates", MANDATE),
        (f"{UNIT}/contact-points", CONTACT),
        ("/api/directory/mandates/1/end", {"last_day": "2026-03-31"}),
        ("/api/directory/contact-points/1/change", {"value": "555 10", "valid_from": "2026-04-01"}),
    ],
)
def test_only_an_administrator_writes(cast: Cast, path: str, body: dict[str, Any]) -> None:
    assert refusal(post(api(cast.magistrate), path, body))[:2] == (403, "not_allowed")
    assert refusal(post(Client(), path, body))[0] == 401
    assert not Entry.objects.filter(act__startswith="directory.", verb="alter").exists()
