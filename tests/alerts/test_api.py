"""Alerts for other systems: the same acts and the same refusals as the pages."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.alerts.conftest import NOOR, Record, adult, child
from tests.cast import Cast, api

from fanal.access.services import acting_as
from fanal.alerts.models import Alert

pytestmark = pytest.mark.django_db
BODY: dict[str, Any] = {
    "phenomenon": "trafficking", "forms": ["WORK"], "municipality": "T01", "narrative": "ليلى",
    "signs": [{"indicator": "no-pay", "source": "self"}],
    "persons": [
        {"subject": "presumed_victim", "age_basis": "doubtful", "identity": {"given_names": "Noor", "phone": "0470"}}
    ],
}  # fmt: skip


def post(browser: Client, url: str, body: object = None, **headers: str) -> HttpResponse:
    return browser.post(  # type: ignore[return-value]
        f"/api/alerts{url}", json.dumps(body or {}), content_type="application/json", headers=headers
    )


def said(response: HttpResponse) -> Any:
    return json.loads(response.content)


def test_a_system_records_an_alert_once_for_its_key(cast: Cast) -> None:
    browser = api(cast.officer)
    first = post(browser, "", BODY, **{"Idempotency-Key": "case-17"})
    again = post(browser, "", BODY, **{"Idempotency-Key": "case-17"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert said(first) == said(again)
    assert first["ETag"] == '"1"'
    with acting_as(cast.officer):
        assert Alert.objects.get().reference == said(first)["reference"]


def test_the_plan_says_who_would_be_told_and_why(cast: Cast) -> None:
    found = said(post(api(cast.officer), "/plan", BODY))
    assert {each["unit"] for each in found} == {
        "strangers-office",
        "centre-lantern",
        "auditorat-coast",
        "wards-office",
    }
    assert any("may be one" in each["reason"] for each in found)
    with acting_as(cast.officer):
        assert not Alert.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"forms": ["NOPE"]}, "forms.0"),
        ({"municipality": "99999"}, "municipality"),
        ({"seen_from": "2025-11-24", "seen_to": "2025-11-20"}, "seen_to"),
        ({"seen_from": "2026-02-30"}, "seen_from"),
        ({"persons": [{"pseudonym": "x"}]}, "persons.0.subject"),
        ({"persons": [{"subject": "presumed_victim", "birth_year": 2199}]}, "persons.0.birth_year"),
        ({"narrative": "x" * 5001}, "narrative"),
    ],
)
def test_bad_input_is_a_problem_with_its_field(cast: Cast, change: dict[str, Any], field: str) -> None:
    answer = post(api(cast.officer), "", BODY | change)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert said(answer)["errors"][0]["field"] == field
    assert "x" * 100 not in answer.content.decode(), "what was sent is never sent back"


def test_reading_and_acting(cast: Cast, record: Record, now: datetime) -> None:
    alert = record(cast.officer, persons=(adult(identity=NOOR),))
    owner, reader = api(cast.officer), api(cast.centre_worker)
    assert [line["reference"] for line in said(reader.get("/api/alerts"))["items"]] == [alert.reference]  # type: ignore[arg-type]
    sheet = reader.get(f"/api/alerts/{alert.reference}")
    body = said(sheet)  # type: ignore[arg-type]
    assert (sheet["ETag"], body["owner"], body["is_mine"]) == ('"1"', "Watch Harbour", False)
    assert "Testland" not in sheet.content.decode().replace("testland", "")
    assert said(post(reader, f"/{alert.reference}/receipt"))["acknowledged_at"]
    done = {"done_at": (now - timedelta(hours=1)).isoformat(), "how": "by phone"}
    assert post(owner, f"/{alert.reference}/duties/a", done).status_code == 428
    assert post(owner, f"/{alert.reference}/duties/a", done, **{"If-Match": '"9"'}).status_code == 412
    assert post(owner, f"/{alert.reference}/duties/a", done, **{"If-Match": '"1"'}).status_code == 200
    sent = {"to_unit": "centre-meadow", "purpose": "accompany", "ground": "She moves."}
    assert post(owner, f"/{alert.reference}/transmissions", sent, **{"If-Match": '"2"'}).status_code == 201
    closed = post(owner, f"/{alert.reference}/close", {"outcome": "unreachable"}, **{"If-Match": '"3"'})
    assert (said(closed)["open"], closed["ETag"]) == (False, '"4"')
    opened = post(owner, f"/{alert.reference}/reopen", **{"If-Match": "*"})
    assert (said(opened)["open"], opened["ETag"]) == (True, '"5"')


def test_who_may_not_is_refused_alike(cast: Cast, record: Record) -> None:
    alert = record(cast.officer, persons=(child(),))
    stranger, reader = api(cast.outsider), api(cast.immigration_agent)
    acts: list[tuple[str, dict[str, Any]]] = [
        ("receipt", {}), ("duties/a", {"done_at": "2026-01-01T10:00:00Z"}), ("close", {"outcome": "unreachable"}),
        ("transmissions", {"to_unit": "x", "purpose": "protect", "ground": "x"}), ("reopen", {}),
        ("identities", {"purpose": "protect"}),
    ]  # fmt: skip
    for act, body in acts:
        found, missing = (post(stranger, f"/{ref}/{act}", body) for ref in (alert.reference, "A-0000-0000"))
        assert (found.status_code, found.content) == (404, missing.content)
    for act, body in acts[1:5]:
        assert post(reader, f"/{alert.reference}/{act}", body, **{"If-Match": "*"}).status_code == 403
    assert stranger.get(f"/api/alerts/{alert.reference}").status_code == 404
    assert post(api(cast.coordinator), "", BODY).status_code == 403
    assert Client().get("/api/alerts").status_code == 401


def test_a_child_is_not_closed_by_a_machine_either(cast: Cast, record: Record) -> None:
    alert = record(cast.officer, persons=(child(),))
    answer = post(
        api(cast.officer), f"/{alert.reference}/close", {"outcome": "unreachable"}, **{"If-Match": "*"}
    )
    assert (answer.status_code, said(answer)["code"]) == (409, "child_not_handed_on")
    assert "guardianship" in said(answer)["facts"]["missing"]


def test_identities_ask_for_a_purpose(cast: Cast, record: Record) -> None:
    alert = record(cast.officer, persons=(adult(identity=NOOR), adult()))
    browser = api(cast.centre_worker)
    assert post(browser, f"/{alert.reference}/identities", {"purpose": "curiosity"}).status_code == 422
    (found,) = said(post(browser, f"/{alert.reference}/identities", {"purpose": "protect"}))
    assert (found["family_name"], found["birth_date"]) == (NOOR.family_name, None)


def test_who_is_known_is_a_reference(cast: Cast, record: Record) -> None:
    alert = record(cast.officer, persons=(adult(identity=NOOR),))
    asked = {"phone": "0470001122"}
    assert said(post(api(cast.officer), "/known", asked)) == [
        {"reference": alert.reference, "matched_on": ["phone"]}
    ]
    assert said(post(api(cast.outsider), "/known", asked)) == []


def test_figures(cast: Cast, record: Record) -> None:
    record(cast.officer)
    own = said(api(cast.officer).get("/api/alerts/figures"))  # type: ignore[arg-type]
    assert (own["total"], own["exact"]) == (1, True)
    national = said(api(cast.coordinator).get("/api/alerts/figures/country"))  # type: ignore[arg-type]
    assert (national["total"], national["cells"]) == (None, [{"outcome": "", "count": None}])
    assert api(cast.officer).get("/api/alerts/figures/country").status_code == 403
