"""What an installation behind HTTPS tells a browser, asked from a process that runs with its settings."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings
from tests.cast import Cast

from fanal.access.lasting import SEEN
from fanal.access.models import Account

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"

ASK = """
import json
from fanal.config import settings
print(json.dumps({name: getattr(settings, name) for name in NAMES}, default=str))
"""
NAMES = [
    "ALLOWED_HOSTS", "CSRF_COOKIE_HTTPONLY", "CSRF_COOKIE_NAME", "CSRF_COOKIE_SAMESITE", "CSRF_COOKIE_SECURE",
    "CSRF_TRUSTED_ORIGINS", "DEBUG", "FANAL_URL", "LANGUAGE_COOKIE_NAME", "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_HSTS_SECONDS", "SECURE_PROXY_SSL_HEADER", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_HTTPONLY",
    "SESSION_COOKIE_NAME", "SESSION_COOKIE_SAMESITE", "SESSION_COOKIE_SECURE",
]  # fmt: skip
HOST = "fanal.example"


def settings_at(folder: Path, url: str) -> dict[str, Any]:
    """What the settings are in a process that starts with this address."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("FANAL", "DATABASE"))
    }
    environment |= {"FANAL_VAR": str(folder), "FANAL_URL": url, "FANAL_HOSTS": HOST}
    ran = subprocess.run(
        [sys.executable, "-c", f"NAMES = {NAMES!r}{ASK}"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


@pytest.fixture(scope="module")
def behind_https(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return settings_at(tmp_path_factory.mktemp("https"), f"https://{HOST}")


@pytest.fixture
def house(db: None, behind_https: dict[str, Any], settings: Settings) -> dict[str, Any]:
    for name, value in behind_https.items():
        setattr(settings, name, value)
    return behind_https


def get(path: str, **headers: str) -> HttpResponse:
    answer = Client(headers={"host": HOST}).get(path, headers=headers)
    if answer.streaming:
        list(answer.streaming_content)  # type: ignore[attr-defined]
    return answer


SECURE = {"x-forwarded-proto": "https"}


@pytest.mark.asvs("12.2.1", "3.4.1", "13.4.2")
def test_plain_http_is_sent_to_https_and_browsers_remember_it(house: dict[str, Any]) -> None:
    plain = get("/accounts/login/")
    assert (plain.status_code, plain["Location"]) == (301, f"https://{HOST}/accounts/login/")
    for path in ("/accounts/login/", "/nowhere", "/api/openapi.json", "/static/web/fanal.css"):
        answer = get(path, **SECURE)
        assert answer.status_code in (200, 404)
        assert answer["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert house["DEBUG"] is False


@pytest.mark.asvs("3.3.1", "3.3.2", "3.3.3", "3.3.4")
def test_cookies_belong_to_this_host_alone(cast: Cast, house: dict[str, Any]) -> None:
    """`__Host-` obliges the browser to Secure, to the whole path and to no other host."""
    browser = Client(headers={"host": HOST, **SECURE})
    given = dict(browser.get("/accounts/login/").cookies)
    given |= browser.post("/language", {"language": "nl"}).cookies
    browser.force_login(Account.objects.get(pk=cast.officer.person_id), backend=BACKEND)
    session = browser.session
    session[SEEN] -= 3600 / 10
    session.save()
    given |= browser.get("/").cookies
    assert set(given) == {"__Host-csrftoken", "__Host-sessionid", "__Host-language"}
    for name, cookie in given.items():
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax"), name
        assert (cookie["path"], cookie["domain"]) == ("/", "")


def test_without_https_nothing_pretends_to_be(tmp_path: Path) -> None:
    plain = settings_at(tmp_path, "http://127.0.0.1:8000")
    assert plain["SESSION_COOKIE_NAME"] == "sessionid"
    assert (plain["SECURE_HSTS_SECONDS"], plain["SECURE_SSL_REDIRECT"]) == (0, False)
