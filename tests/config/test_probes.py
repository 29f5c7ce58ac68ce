"""What a monitor asks: health, readiness, figures. No login, no detail, nobody's name."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import Settings
from tests.cast import Cast, client

from fanal.config import probes
from fanal.notify import services as notify

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "127.0.0.1", "192.0.2.7"


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    probes._last = (0.0, False)
    yield
    probes._last = (0.0, False)


def figures(**options: str) -> dict[str, float]:
    """{name and labels: value}"""
    body = Client(REMOTE_ADDR=HERE).get("/metrics", **options).content.decode()
    return {
        f"{sample.name} {' '.join(sample.labels.values())}".strip(): sample.value
        for family in text_string_to_metric_families(body)
        for sample in family.samples
    }


def test_health_asks_the_database_nothing(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert Client().get("/health", headers={"host": "any.example"}).content == b"ok\n"


def test_ready_when_tables_and_walls_are_in_order() -> None:
    assert (Client().get("/ready").status_code, Client().get("/ready").content) == (200, b"ready\n")


@pytest.mark.parametrize("what", ["pending_migrations", "check_safety"])
def test_not_ready_says_no_more_than_that(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> int:
        if what == "check_safety":
            raise probes.Unsafe(["The role fanal_runtime is a superuser."])
        return 3

    monkeypatch.setattr(f"fanal.config.commands.house.{what}", broken)
    answer = Client().get("/ready")
    assert (answer.status_code, answer.content) == (503, b"not ready\n")


def test_an_answer_stands_for_a_moment(django_assert_num_queries: object) -> None:
    Client().get("/ready")
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert Client().get("/ready").status_code == 200


@pytest.mark.parametrize("path", ["/health", "/ready", "/metrics"])
def test_a_monitor_changes_nothing(path: str) -> None:
    assert Client(REMOTE_ADDR=HERE).post(path).status_code == 405


class TestWhoReadsFigures:
    def test_this_machine(self) -> None:
        assert Client(REMOTE_ADDR=HERE).get("/metrics").status_code == 200

    @pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded"])
    def test_nobody_else_and_no_proxy_on_this_machine(self, header: str) -> None:
        nothing = Client().get("/nowhere-at-all").content
        away = Client(REMOTE_ADDR=ELSEWHERE).get("/metrics")
        through = Client(REMOTE_ADDR=HERE, headers={header: ELSEWHERE}).get("/metrics")
        assert away.status_code == through.status_code == 404
        assert away.content == through.content == nothing

    def test_with_a_token_who_has_it_and_nobody_else(self, settings: Settings) -> None:
        settings.FANAL_METRICS_TOKEN = "a-long-token"
        assert Client(REMOTE_ADDR=HERE).get("/metrics").status_code == 404
        asked = Client(REMOTE_ADDR=ELSEWHERE, headers={"Authorization": "Bearer a-long-token"})
        assert asked.get("/metrics").status_code == 200


def test_what_is_counted(cast: Cast) -> None:
    before = figures()
    browser = client(cast.officer)
    browser.get("/alerts/")
    browser.get("/alerts/A-0000-0000/")
    browser.get("/nowhere/A-7F3K-9QX4")
    Client().post("/accounts/login/", {"login": "nobody@testland.example", "password": "wrong"})
    after = figures()
    gained = {name: value - before.get(name, 0) for name, value in after.items()}
    assert gained["fanal_requests_total GET alerts:list 2xx"] == 1
    assert gained["fanal_requests_total GET alerts:alert 4xx"] == 1
    assert gained["fanal_requests_total GET none 4xx"] == 1
    assert gained["fanal_refusals_total not_found"] == 1
    assert gained["fanal_logins_failed_total"] == 1
    assert gained["fanal_request_seconds_count alerts:list"] == 1


def test_what_waits(cast: Cast) -> None:
    at = timezone.now() - timedelta(minutes=10)
    notify.tell(unit_ids=[cast.officer.unit_id], kind="alert", reference="A-7F3K-9QX4", at=at)
    found = figures()
    assert found["fanal_database_up"] == 1
    assert found["fanal_outbox_messages"] == 1
    assert 600 <= found["fanal_outbox_oldest_seconds"] < 700
    assert found["fanal_queue_late_jobs"] == 0


def test_late_and_abandoned_jobs_are_told() -> None:
    with connection.cursor() as cursor:
        for status in ("todo", "doing"):
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, status, scheduled_at)"
                " VALUES ('mail', 'x', %s::procrastinate_job_status, now() - interval '1 hour')",
                [status],
            )
    found = figures()
    assert found["fanal_queue_late_jobs"] == found["fanal_queue_stalled_jobs"] == 1
    assert 3600 <= found["fanal_queue_oldest_seconds"] < 3700


def test_labels_name_routes_and_nothing_that_was_asked_for(cast: Cast) -> None:
    browser = client(cast.officer)
    for path in (
        "/alerts/A-7F3K-9QX4/",
        "/protection/export.csv?q=Kanari",
        "/api/alerts/A-7F3K-9QX4",
        "/Kanari",
    ):
        browser.get(path)
        browser.generic("KANARI", path)
    page = Client(REMOTE_ADDR=HERE).get("/metrics").content.decode()
    assert "Kanari" not in page
    assert "KANARI" not in page
    assert not re.search(r"[A-Z]-[0-9A-Z]{4}-[0-9A-Z]{4}|[0-9a-f]{8}-[0-9a-f]{4}-", page)
