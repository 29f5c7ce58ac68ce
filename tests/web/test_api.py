"""The API's edge: problems, tokens and sessions, versions, keys, cursors, and its own description."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.cast import token
from tests.web import stage
from tests.web.conftest import browser, join

from fanal.access.models import Token
from fanal.access.rules import Member, Role
from fanal.errors import Invalid
from fanal.web import cursors, idempotency
from fanal.web.idempotency import sweep
from fanal.web.models import Idempotency

pytestmark = pytest.mark.django_db
BODY = {"label": "thing 1", "on": "2026-11-24"}


def api(member: Member) -> Client:
    return Client(headers={"Authorization": f"Bearer {token(member)}"}, raise_request_exception=False)


def post(client: Client, body: object = BODY, **headers: str) -> Any:
    return client.post("/api/things", body, content_type="application/json", headers=headers)


def problem(response: Any) -> dict[str, Any]:
    assert response["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = json.loads(response.content)
    assert body["status"] == response.status_code
    assert body["type"] == f"urn:fanal:problem:{body['code']}"
    return body


class TestWhoAsks:
    def test_a_token_needs_no_csrf(self, officer: Member) -> None:
        assert (
            post(
                Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {token(officer)}"})
            ).status_code
            == 201
        )

    @pytest.mark.asvs("3.5.1")
    def test_a_session_needs_the_csrf_header(self, officer: Member) -> None:
        client = browser(officer, enforce_csrf_checks=True)
        client.get("/form")
        refused = post(client)
        assert (refused.status_code, problem(refused)["code"]) == (403, "csrf")
        assert post(client, **{"X-CSRFToken": client.cookies["csrftoken"].value}).status_code == 201

    @pytest.mark.parametrize(
        "header", [{}, {"Authorization": "Bearer fnl_unknown"}, {"Authorization": "Basic x"}]
    )
    def test_nobody_is_401_whatever_was_sent(self, header: dict[str, str]) -> None:
        response = Client(headers=header).get("/api/things")
        assert (response.status_code, problem(response)["code"]) == (401, "not_logged_in")
        assert response["WWW-Authenticate"] == "Bearer"


class TestProblems:
    def test_a_refusal_with_its_field_and_facts(self, officer: Member) -> None:
        body = problem(post(api(officer), {**BODY, "label": "full"}))
        assert body["errors"] == [{"field": "label", "message": "The centre is full."}]
        assert (body["code"], body["facts"]) == ("full", {"places": 0})

    def test_values_that_cannot_be_read(self, officer: Member) -> None:
        response = post(api(officer), {"label": 3, "on": "30.02.2026"})
        assert response.status_code == 422
        assert {error["field"] for error in problem(response)["errors"]} == {"label", "on"}
        assert "30.02.2026" not in response.content.decode(), "input is never echoed"

    def test_a_body_that_is_not_json(self, officer: Member) -> None:
        response = api(officer).post("/api/things", "{", content_type="application/json")
        assert (response.status_code, problem(response)["code"]) == (400, "request_unreadable")

    def test_absent_and_not_visible_are_the_same(self, officer: Member) -> None:
        other = join("other", Role.OFFICER)
        theirs = json.loads(post(api(other)).content)["id"]
        client = api(officer)
        hidden, absent = (client.get(f"/api/things/{one}") for one in (theirs, uuid4()))
        assert hidden.status_code == absent.status_code == 404
        assert hidden.content == absent.content == client.get("/api/nowhere").content
        assert problem(hidden)["code"] == "not_found"

    def test_a_method_it_does_not_know(self, officer: Member) -> None:
        response = api(officer).delete("/api/things")
        assert (response.status_code, problem(response)["code"]) == (405, "method_not_allowed")
        assert set(response["Allow"].split(", ")) == {"GET", "POST"}

    @pytest.mark.asvs("16.5.1")
    def test_a_fault_says_its_number_and_nothing_else(self, officer: Member) -> None:
        response = api(officer).get("/api/fault")
        assert problem(response)["facts"] == {"number": response["X-Request-Id"]}
        assert "Miriam" not in response.content.decode()


class TestVersions:
    @pytest.fixture
    def thing(self, officer: Member) -> tuple[Client, str, str]:
        client = api(officer)
        url = f"/api/things/{json.loads(post(client).content)['id']}"
        return client, url, client.get(url)["ETag"]

    def put(self, client: Client, url: str, **headers: str) -> Any:
        return client.put(url, {**BODY, "label": "new"}, content_type="application/json", headers=headers)

    def test_a_write_names_the_version_it_read(self, thing: tuple[Client, str, str]) -> None:
        client, url, version = thing
        assert self.put(client, url, **{"If-Match": version}).status_code == 200
        assert self.put(client, url, **{"If-Match": "*"}).status_code == 200

    def test_without_a_version_428(self, thing: tuple[Client, str, str]) -> None:
        client, url, _version = thing
        response = self.put(client, url)
        assert (response.status_code, problem(response)["code"]) == (428, "if_match_missing")

    def test_another_version_412_and_nothing_changes(self, thing: tuple[Client, str, str]) -> None:
        client, url, _version = thing
        response = self.put(client, url, **{"If-Match": '"1"'})
        assert (response.status_code, problem(response)["code"]) == (412, "stale")
        assert client.get(url).json()["label"] == "thing 1"


class TestIdempotency:
    def test_the_same_key_gives_the_same_answer_once_done(self, officer: Member) -> None:
        client = api(officer)
        first, second = (post(client, **{"Idempotency-Key": "k1"}) for _ in range(2))
        assert (first.status_code, second.status_code) == (201, 201)
        assert first.content == second.content
        assert first["Content-Type"] == second["Content-Type"]
        assert second["Idempotency-Replayed"] == "true"
        assert Token.objects.filter(label="thing 1").count() == 1

    def test_another_body_under_the_same_key_is_refused(self, officer: Member) -> None:
        client = api(officer)
        post(client, **{"Idempotency-Key": "k1"})
        response = post(client, {**BODY, "label": "thing 2"}, **{"Idempotency-Key": "k1"})
        assert (response.status_code, problem(response)["code"]) == (422, "idempotency_key_reused")
        assert not Token.objects.filter(label="thing 2").exists()

    def test_a_refused_act_may_be_tried_again(self, officer: Member) -> None:
        client = api(officer)
        assert post(client, {**BODY, "label": "full"}, **{"Idempotency-Key": "k1"}).status_code == 409
        assert not Idempotency.objects.exists()
        assert post(client, **{"Idempotency-Key": "k1"}).status_code == 201

    def test_keys_of_two_members_do_not_meet(self, officer: Member) -> None:
        other = join("other", Role.OFFICER)
        assert post(api(officer), **{"Idempotency-Key": "k1"}).status_code == 201
        response = post(api(other), {**BODY, "label": "thing 2"}, **{"Idempotency-Key": "k1"})
        assert response.json()["label"] == "thing 2"

    @pytest.mark.asvs("14.2.2")
    def test_the_database_holds_neither_key_nor_answer_in_clear(self, officer: Member) -> None:
        post(api(officer), **{"Idempotency-Key": "very-secret-key"})
        row = Idempotency.objects.get()
        kept = bytes(row.sealed) + bytes(row.key_digest) + bytes(row.request_digest)
        assert b"thing" not in kept
        assert b"very-secret-key" not in kept

    def test_an_answer_opens_with_its_own_key_only(self, officer: Member) -> None:
        post(api(officer), **{"Idempotency-Key": "k1"})
        row = Idempotency.objects.get()
        assert idempotency.replay(row, "k1", by=officer, at=timezone.now()).status_code == 201
        with pytest.raises(InvalidTag):
            idempotency.replay(row, "k2", by=officer, at=timezone.now())

    def test_a_day_later_the_key_is_free_and_the_clock_sweeps(self, officer: Member) -> None:
        client = api(officer)
        post(client, **{"Idempotency-Key": "k1"})
        Idempotency.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        assert post(client, {**BODY, "label": "thing 3"}, **{"Idempotency-Key": "k1"}).status_code == 201
        assert sweep(timezone.now()) == 0
        assert sweep(timezone.now() + timedelta(hours=25)) == 1

    @pytest.mark.parametrize("key", ["", "x" * 256])
    def test_a_key_has_a_length(self, officer: Member, key: str) -> None:
        assert problem(post(api(officer), **{"Idempotency-Key": key}))["code"] == "idempotency_key"


class TestCursors:
    def test_pages_hold_every_row_once_even_when_all_were_made_at_once(self, officer: Member) -> None:
        client = api(officer)
        for number in range(5):
            post(client, {**BODY, "label": f"thing {number}"})
        seen: list[str] = []
        cursor = ""
        for _ in range(3):
            body = client.get("/api/things", {"cursor": cursor}).json()
            seen += [thing["label"] for thing in body["items"]]
            cursor = body["next"]
        assert sorted(seen) == [f"thing {number}" for number in range(5)]
        assert cursor == ""

    def test_a_row_that_comes_in_between_moves_nothing(self, officer: Member) -> None:
        client = api(officer)
        for number in range(4):
            post(client, {**BODY, "label": f"thing {number}"})
        first = client.get("/api/things").json()
        post(client, {**BODY, "label": "thing new"})
        second = client.get("/api/things", {"cursor": first["next"]}).json()
        assert not {t["id"] for t in first["items"]} & {t["id"] for t in second["items"]}
        assert "thing new" not in {t["label"] for t in second["items"]}

    @pytest.mark.parametrize("cursor", ["x", "1:2:3", "eyJ9"])
    def test_a_forged_cursor_is_refused(self, officer: Member, cursor: str) -> None:
        response = api(officer).get("/api/things", {"cursor": cursor})
        assert (response.status_code, problem(response)["code"]) == (422, "cursor_unreadable")

    def test_a_cursor_belongs_to_its_order(self, officer: Member) -> None:
        client = api(officer)
        for number in range(2):
            post(client, {**BODY, "label": f"thing {number}"})
        tokens = Token.objects.filter(membership_id=officer.membership_id)
        cursor = cursors.page(tokens, cursor="", size=1).next
        assert len(cursors.page(tokens, cursor=cursor, size=5).items) == 2, "two things after the first token"
        with pytest.raises(Invalid):
            cursors.page(tokens, cursor=cursor, size=1, order="created_at")

    def test_it_never_counts_and_never_skips(self, officer: Member) -> None:
        client = api(officer)
        post(client)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get("/api/things", {"size": 1})
        reads = [q["sql"] for q in captured if 'FROM "access_token"' in q["sql"] and "label" in q["sql"]]
        assert reads
        assert not any("OFFSET" in sql or "COUNT(" in sql for sql in reads)

    @pytest.mark.asvs("1.4.2")
    @pytest.mark.parametrize("size", [-1, 0, 10_000])
    def test_a_size_out_of_reach_is_brought_back(self, officer: Member, size: int) -> None:
        assert api(officer).get("/api/things", {"size": size}).status_code == 200


class TestDescription:
    def test_it_is_openapi_3_1_and_knows_our_refusals(self) -> None:
        schema = Client().get("/api/openapi.json").json()
        assert schema["openapi"].startswith("3.1")
        operation = schema["paths"]["/api/things"]["post"]
        assert "application/problem+json" in operation["responses"]["4XX"]["content"]
        assert "Idempotency-Key" in {parameter["name"] for parameter in operation["parameters"]}
        assert "Problem" in schema["components"]["schemas"]
        assert set(schema["components"]["securitySchemes"]) == {"ByToken", "BySession"}

    @pytest.mark.asvs("13.4.5")
    def test_there_is_no_page_that_loads_others_scripts(self) -> None:
        assert stage.api.docs_url is None
        assert Client().get("/api/docs").status_code == 404
