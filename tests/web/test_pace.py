"""Limits shared by all processes: refused in the reader's words, told when, and silent about what exists."""

import json
import re
from datetime import UTC, datetime, timedelta
from time import sleep

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory
from pytest_django import Settings
from tests.cast import token
from tests.web.conftest import browser, join

from fanal.access.rules import Member, Role
from fanal.audit.models import Entry
from fanal.web import cache as shared
from fanal.web import pace

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def urls(house: None, settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.web.ops"


def statuses(client: Client, path: str, times: int) -> list[int]:
    return [client.get(path).status_code for _time in range(times)]


@pytest.mark.asvs("2.4.1")
def test_who_asks_too_often_waits_and_is_told_how_long(officer: Member, settings: Settings) -> None:
    settings.FANAL_LIMITS = {"page": 3}
    client = browser(officer)
    assert statuses(client, "/gallery", 4) == [200, 200, 200, 429]
    refused = client.get("/gallery")
    assert 1 <= int(refused["Retry-After"]) <= 20  # three a minute: one every twenty seconds
    assert " data-keep-drafts" in refused.content.decode()


def test_room_comes_back_by_and_by(officer: Member, settings: Settings) -> None:
    settings.FANAL_LIMITS = {"page": 120}
    client = browser(officer)
    use = pace.Use("page", bucket(officer, "page"), 59.9)
    pace.spend([use])
    assert client.get("/gallery").status_code == 429
    sleep(0.6)
    assert client.get("/gallery").status_code == 200


def bucket(member: Member, limit: str) -> bytes:
    request = RequestFactory().get("/gallery")
    request.member = member
    request.resolver_match = None
    return next(use.bucket for use in pace.uses_of(request, lambda: None) if use.limit == limit)


def test_one_person_s_haste_is_nobody_else_s(officer: Member, settings: Settings) -> None:
    settings.FANAL_LIMITS = {"page": 2}
    assert statuses(browser(officer), "/gallery", 3)[-1] == 429
    assert browser(join("colleague", Role.OFFICER)).get("/gallery").status_code == 200


def test_another_session_or_token_is_no_way_round(officer: Member, settings: Settings) -> None:
    settings.FANAL_LIMITS = {"api": 2}
    clients = [Client(headers={"Authorization": f"Bearer {token(officer)}"}) for _nth in range(3)]
    found = [client.get("/api/things/none").status_code for client in clients]
    assert found[-1] == 429
    assert 429 not in found[:2]


def test_the_api_says_it_as_a_problem(officer: Member, settings: Settings) -> None:
    settings.FANAL_LIMITS = {"api": 1}
    client = Client(headers={"Authorization": f"Bearer {token(officer)}"})
    client.get("/api/things/none")
    refused = client.get("/api/things/none")
    assert (refused.status_code, refused["Content-Type"]) == (429, "application/problem+json")
    assert json.loads(refused.content)["code"] == "too_many"
    assert int(refused["Retry-After"]) > 0


def test_trying_addresses_ends_whether_there_is_something_or_not(officer: Member, settings: Settings) -> None:
    settings.FANAL_LIMITS = {"unfound": 2}
    client = browser(officer)
    assert statuses(client, "/writes/absent", 3) == [404, 404, 429]
    on_what_exists, on_what_does_not = client.get("/gallery"), client.get("/writes/absent")
    assert on_what_exists.status_code == on_what_does_not.status_code == 429
    assert without_token(on_what_exists.content) == without_token(on_what_does_not.content)


def without_token(page: bytes) -> str:
    """Without what each page has of its own: its token and its address."""
    return re.sub(r'(content|value)="(\w{64}|/\w+(/\w+)?)"', "", page.decode())


def test_what_is_found_does_not_count_as_trying(officer: Member, settings: Settings) -> None:
    settings.FANAL_LIMITS = {"unfound": 1}
    assert statuses(browser(officer), "/gallery", 4) == [200] * 4


def test_a_refusal_counts_although_it_is_undone(officer: Member, settings: Settings) -> None:
    settings.FANAL_LIMITS = {"page": 2}
    assert statuses(browser(officer), "/writes/refusal", 3) == [409, 409, 429]
    assert Entry.objects.filter(act="GET writes").count() == 2, "what was not even tried leaves no line"


def test_a_route_has_a_limit_of_its_own(officer: Member, settings: Settings) -> None:
    settings.FANAL_LIMITS = {"search": 1, "page": 100}
    settings.FANAL_LIMITED_ROUTES = {"waits": ("search", "GET")}
    client = browser(officer)
    assert statuses(client, "/waits?for=0", 2) == [200, 429]
    assert client.get("/gallery").status_code == 200


@pytest.mark.asvs("2.4.1", "15.2.2")
def test_what_leaves_as_a_file_has_a_limit_of_its_own(officer: Member, settings: Settings) -> None:
    settings.FANAL_LIMITS = {"export": 1}
    assert statuses(browser(officer), "/exports", 2) == [200, 429]


@pytest.mark.asvs("6.3.1")
def test_logins_are_counted_by_address(settings: Settings) -> None:
    settings.FANAL_LIMITS = {"login": 3, "page": 1}
    typed = {"login": "nobody@testland.example", "password": "wrong"}
    found = [Client().post("/accounts/login/", typed).status_code for _time in range(4)]
    assert found[:3] != [429] * 3
    assert found[3] == 429
    elsewhere = Client(REMOTE_ADDR="192.0.2.7").post("/accounts/login/", typed)
    assert elsewhere.status_code == 200
    assert Client().get("/accounts/login/").status_code == 200


@pytest.mark.asvs("4.1.3", "15.3.4")
def test_behind_a_proxy_its_word_is_taken_and_no_other(settings: Settings) -> None:
    settings.FANAL_LIMITS, settings.ALLAUTH_TRUSTED_PROXY_COUNT = {"login": 1}, 1
    typed = {"login": "nobody@testland.example", "password": "wrong"}

    def login(forwarded: str) -> int:
        return Client(headers={"X-Forwarded-For": forwarded}).post("/accounts/login/", typed).status_code

    assert login("198.51.100.1") == 200
    assert login("203.0.113.9, 198.51.100.1") == 429, "what the client itself claims changes nothing"
    assert login("198.51.100.2") == 200


def test_an_upload_has_a_limit_of_its_own(officer: Member, settings: Settings) -> None:
    settings.FANAL_LIMITS = {"upload": 1}
    client = browser(officer)
    found = [
        client.post("/form", {"name": "x"}).status_code for _time in range(2)
    ]  # Django's client: multipart
    assert found[1] == 429
    assert client.post("/form", "name=x", content_type="application/x-www-form-urlencoded").status_code == 422


@pytest.mark.parametrize(
    ("language", "title"),
    [("fr", "Un instant"), ("nl", "Een ogenblik"), ("de", "Einen Augenblick"), ("en", "A moment, please")],
)
def test_it_is_said_in_four_languages(language: str, title: str, settings: Settings) -> None:
    settings.FANAL_LIMITS = {"login": 1}
    client = Client(headers={"Accept-Language": language})
    typed = {"login": "nobody@testland.example", "password": "wrong"}
    client.post("/accounts/login/", typed)
    assert title in client.post("/accounts/login/", typed).content.decode()


def test_full_buckets_are_forgotten(officer: Member, settings: Settings) -> None:
    settings.FANAL_LIMITS = {"page": 60}
    browser(officer).get("/gallery")
    assert pace.sweep(datetime.now(UTC)) == 0
    assert pace.sweep(datetime.now(UTC) + timedelta(minutes=1)) == 1


class TestCache:
    """What the login library keeps in it."""

    def test_values_come_back_until_they_expire(self) -> None:
        cache.set("a", [1.5, "x"], 60)
        assert cache.get("a") == [1.5, "x"]
        cache.set("a", 2, 0.05)
        sleep(0.1)
        assert cache.get("a", "gone") == "gone"

    def test_a_key_is_taken_once(self) -> None:
        assert cache.add("code", "y", 0.05)
        assert not cache.add("code", "z", 60)
        sleep(0.1)
        assert cache.add("code", "z", 60), "what expired is free again"

    def test_taking_away(self) -> None:
        cache.set("a", 1)
        assert cache.touch("a", 5)
        assert cache.delete("a")
        assert not cache.delete("a")
        assert not cache.touch("a")

    def test_nobody_reads_a_key_and_nothing_runs_from_a_value(self) -> None:
        cache.set("ip:192.0.2.1:someone@testland.example", True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT key, value FROM web_cached")
            ((key, value),) = cursor.fetchall()
        assert b"192" not in bytes(key)
        assert value == "true"
        with pytest.raises(TypeError):
            cache.set("a", object())

    def test_what_expired_is_removed(self) -> None:
        cache.set("a", 1, 60)
        assert shared.sweep(datetime.now(UTC)) == 0
        assert shared.sweep(datetime.now(UTC) + timedelta(minutes=2)) == 1
