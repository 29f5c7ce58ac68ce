"""The doors for programs: a token reads, a person's own session changes."""

from datetime import datetime

import pytest
from tests.accounts.conftest import ask, newcomer
from tests.accounts.test_glass import an_alert, broken
from tests.cast import Cast, api, client

from fanal.access.models import Account
from fanal.access.rules import Member

pytestmark = pytest.mark.django_db


def test_a_token_reads_and_changes_nothing(cast: Cast, colleague: Member, now: datetime) -> None:
    program = api(cast.officer)
    names = {each["name"] for each in program.get("/api/accounts/people").json()}
    assert names == {"Officer", "Colleague"}
    told = {
        "kind": "account", "units": [cast.officer.unit_code, cast.outsider.unit_code], "unit": cast.officer.unit_code,
        "role": "officer", "email": "n@testland.example", "name": "N",
    }  # fmt: skip
    answer = program.post("/api/accounts/requests", told, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "by_token")
    answer = program.post(f"/api/accounts/people/{colleague.membership_id}/close")
    assert (answer.status_code, answer.json()["code"]) == (403, "by_token")


def test_the_whole_way_in_two_sessions(cast: Cast, colleague: Member, now: datetime) -> None:
    units = [cast.officer.unit_code, cast.outsider.unit_code]
    told = {
        "kind": "account", "units": units, "unit": units[0], "role": "officer", "email": "n@testland.example",
        "name": "N",
    }  # fmt: skip
    made = client(cast.officer).post("/api/accounts/requests", told, content_type="application/json")
    assert made.status_code == 201, made.content
    request = made.json()["id"]
    for member, agreed in ((colleague, units[:1]), (cast.outsider, units)):
        answer = client(member).post(f"/api/accounts/requests/{request}/vouch")
        assert answer.json()["agreed"] == agreed
    assert answer.json()["state"] == "done"
    assert Account.objects.filter(email="n@testland.example").exists()
    assert client(cast.officer).get("/api/accounts/requests").json()["items"][0]["state"] == "done"
    again = client(colleague).post(f"/api/accounts/requests/{request}/vouch")
    assert (again.status_code, again.json()["code"]) == (409, "settled")


def test_a_stranger_finds_neither_request_nor_opening(cast: Cast, now: datetime) -> None:
    units = (cast.officer.unit_id, cast.outsider.unit_id)
    change = ask(cast.officer, newcomer(cast.officer.unit_id), units, now)
    glass = broken(cast.outsider, an_alert(cast.officer, now).reference, now)
    stranger = client(cast.centre_worker)
    absent = "01981c00-0000-7000-8000-000000000000"
    for path in ("/api/accounts/requests/{}/vouch", "/api/accounts/requests/{}/withdraw"):
        answers = [stranger.post(path.format(key)) for key in (change.id, absent)]
        assert {(each.status_code, each.content) for each in answers} == {(404, answers[1].content)}
    told = {"outcome": "justified"}
    for key in (glass.id, absent):
        path = f"/api/accounts/emergencies/{key}/review"
        assert stranger.post(path, told, content_type="application/json").status_code == 404
    assert stranger.get("/api/accounts/emergencies").json()["items"] == []
    assert len(client(cast.officer).get("/api/accounts/emergencies").json()["items"]) == 1
    answer = client(cast.officer).post(
        f"/api/accounts/emergencies/{glass.id}/review", told, content_type="application/json"
    )
    assert answer.json()["outcome"] == "justified"
