"""What takes too long, or is too long, is refused in plain words; nothing that was typed is lost."""

import json
import logging

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from pytest_django import Settings
from tests.web.conftest import browser

from fanal.access.rules import Member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def urls(house: None, settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.web.ops"


@pytest.fixture
def hurried() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 200")


@pytest.mark.asvs("15.2.2")
@pytest.mark.usefixtures("hurried")
def test_a_statement_that_takes_too_long_is_no_fault(
    officer: Member, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="fanal"):
        response = browser(officer, raise_request_exception=False).get("/waits?for=3")
    page = response.content.decode()
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert "<h1>This took too long</h1>" in page
    assert " data-keep-drafts" in page
    assert "57014" in caplog.text, "PostgreSQL's code for it helps who looks for the reason"
    assert "pg_sleep" not in caplog.text


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize(
    ("language", "title"),
    [("fr", "Cela a pris trop de temps"), ("nl", "Dit duurde te lang"), ("de", "Das hat zu lange gedauert")],
)
def test_it_is_said_in_every_language(language: str, title: str) -> None:
    client = Client(raise_request_exception=False, headers={"Accept-Language": language})
    assert f"<h1>{title}</h1>" in client.get("/waits?for=3").content.decode()


@pytest.mark.asvs("16.5.2")
@pytest.mark.django_db(transaction=True)
def test_a_lock_that_somebody_else_holds_is_no_fault_either(officer: Member) -> None:
    client = browser(officer, raise_request_exception=False)
    with psycopg.connect(**connection.get_connection_params() | {"context": None}) as other:
        other.execute("SELECT pg_advisory_lock(7)")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = 200")
            assert client.get("/locks").status_code == 503


@pytest.mark.asvs("16.5.2")
@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("fr", "Fanal n'est pas disponible"),
        ("nl", "Fanal kan nu niet werken"),
        ("de", "Fanal ist im Moment nicht verfügbar"),
        ("en", "Fanal cannot work just now"),
    ],
)
def test_a_disk_that_is_full_refuses_and_says_so(language: str, title: str) -> None:
    client = Client(raise_request_exception=False, headers={"Accept-Language": language})
    response = client.get("/breaks/full")
    page = response.content.decode()
    assert response.status_code == 503
    assert title in page
    assert " data-keep-drafts" in page


@pytest.mark.asvs("5.2.1")
@pytest.mark.parametrize(
    ("path", "kind", "size"),
    [
        ("/form", "application/x-www-form-urlencoded", 3 * 1024**2),
        ("/api/things", "application/json", 3 * 1024**2),
        ("/form", "multipart/form-data; boundary=x", 33 * 1024**2),
    ],
)
def test_what_is_too_long_is_refused_unread(officer: Member, path: str, kind: str, size: int) -> None:
    client = browser(officer, raise_request_exception=False)
    response = client.generic("POST", path, b"", content_type=kind, CONTENT_LENGTH=str(size))
    assert response.status_code == 413
    if path.startswith("/api/"):
        assert json.loads(response.content)["code"] == "too_large"  # type: ignore[attr-defined]
    else:
        assert " data-keep-drafts" in response.content.decode()  # type: ignore[attr-defined]


def test_a_file_may_be_longer_than_words(officer: Member) -> None:
    file = SimpleUploadedFile("scan.bin", b"x" * 3 * 1024**2)
    assert browser(officer).post("/form", {"file": file}).status_code == 200
