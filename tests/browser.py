"""A real browser for the tests: Debian's Chromium, driven by Playwright, with axe at hand.

@pytest.mark.browser
def test_the_page(page: Page, live_server: LiveServer, cast: Cast) -> None:
    enter(page, live_server, client(cast.officer))
    page.goto(f"{live_server.url}/alerts/")
    assert axe(page) == []
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from time import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

# Playwright keeps an event loop in the tests' thread, in which Django would refuse to speak to its database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
expect.set_options(timeout=15_000)  # two cores may be shared by many
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

_complaints: dict[Page, list[str]] = {}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        pytest.fail("the browser tests need Debian's chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh window of a desk; an error in a script or a blocked resource fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    window = context.new_page()
    found = _complaints[window] = []
    window.on("pageerror", lambda error: found.append(str(error)))
    window.on(
        "console", lambda message: found.append(message.text) if "Content Security" in message.text else None
    )
    yield window
    context.close()
    assert _complaints.pop(window) == []


def enter(page: Page, live_server: LiveServer, client: Client) -> None:
    """Give the window the session of a test client that is logged in."""
    page.context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                "url": live_server.url,
            }
        ]
    )


def log_in(page: Page, live_server: LiveServer, email: str, password: str, secret: str) -> None:
    """Log in as a person does: address, password, then the code of the phone."""
    if "/accounts/login/" not in page.url:
        page.goto(f"{live_server.url}/accounts/login/")
    page.locator('input[name="login"]').fill(email)
    page.locator('input[name="password"]').fill(password)
    page.locator("main form button[type=submit]").click()
    page.locator('input[name="code"]').fill(format_hotp_value(hotp_value(secret, int(time()) // 30)))
    page.locator("main form button[type=submit]").click()


def axe(page: Page, rules: Sequence[str] = RULES) -> list[str]:
    """What axe finds wrong with the page, one line for each rule and element. Empty when nothing is.

    `rules`: sets of rules, or single ones (`color-contrast` is what a dark scheme can break).
    """
    # The policy of our pages forbids a script tag; evaluating in the page passes by it.
    page.evaluate(_source())
    before = len(_complaints[page])
    result = page.evaluate("rules => axe.run(document, {runOnly: rules})", list(rules))
    del _complaints[page][before:]  # axe tries styles of its own
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


def sideways(page: Page) -> int:
    """By how many pixels the page scrolls sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@cache
def _source() -> str:
    return (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
