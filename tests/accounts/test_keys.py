"""Security keys: a real browser with the authenticator that Chromium brings for tests (WebAuthn over CDP)."""

import re
from collections.abc import Iterator
from time import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client, override_settings
from playwright.sync_api import CDPSession, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser import axe, sideways
from tests.cast import PASSWORD, load, totp_secret

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def house(live_server: LiveServer) -> Iterator[str]:
    """The address by which a browser lets keys work without TLS, and which the installation knows as its own."""
    address = re.sub(r"//[^:]+", "//localhost", live_server.url)
    with override_settings(FANAL_URL=address):
        yield address


def a_key(page: Page) -> tuple[CDPSession, str]:
    """Put a key into the machine."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made: dict[str, Any] = session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "usb",
                "hasResidentKey": False,
                "hasUserVerification": True,
                "isUserVerified": True,
            }
        },
    )
    return session, made["authenticatorId"]


def type_password(page: Page, house: str) -> None:
    page.goto(f"{house}/accounts/login/")
    page.locator('input[name="login"]').fill("officer@testland.example")
    page.locator('input[name="password"]').fill(PASSWORD)
    page.locator("main form button[type=submit]").click()
    expect(page).to_have_url(re.compile("/accounts/2fa/authenticate/"))
    page.wait_for_load_state()  # the button of a key listens once its script has run


def begin_to_add(page: Page, house: str) -> None:
    """To the page that adds a key: the code of the phone, then the password once more."""
    page.locator('input[name="code"]').fill(
        format_hotp_value(hotp_value(totp_secret("officer"), int(time()) // 30))
    )
    page.locator("main form button[type=submit]").click()
    expect(page).to_have_url(f"{house}/")
    page.goto(f"{house}/accounts/2fa/keys/add/")
    page.locator('input[name="password"]').fill(PASSWORD)
    page.locator("main form button[type=submit]").click()
    expect(page.locator("#mfa_webauthn_add")).to_be_visible()
    page.wait_for_load_state()


@pytest.mark.asvs("7.5.1")
def test_a_key_is_added_and_opens_the_account(page: Page, house: str) -> None:
    cast = load()
    session, key = a_key(page)
    type_password(page, house)
    begin_to_add(page, house)
    assert axe(page) == []
    page.locator("#id_name").fill("Key ring")
    page.locator("#mfa_webauthn_add").click()
    expect(page).not_to_have_url(re.compile("/add/"))
    assert [
        str(row) for row in Authenticator.objects.filter(user_id=cast.officer.person_id, type="webauthn")
    ] == ["Key ring"]
    page.goto(f"{house}/me/security/")
    expect(page.locator("main")).to_contain_text("Key ring")
    assert axe(page) == []
    page.set_viewport_size({"width": 375, "height": 800})
    assert sideways(page) <= 0

    page.context.clear_cookies()
    type_password(page, house)
    assert axe(page) == []
    page.locator("#mfa_webauthn_authenticate").click()
    expect(page).to_have_url(f"{house}/")

    # Without the key the same browser does not come in, and the page says so.
    page.context.clear_cookies()
    session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": key})
    a_key(page)
    type_password(page, house)
    page.locator("#mfa_webauthn_authenticate").click()
    expect(page.locator("#key-failed")).to_be_visible()
    expect(page).to_have_url(re.compile("/authenticate/"))


def test_an_answer_of_a_key_is_good_once(page: Page, house: str) -> None:
    """What a key signed is sent again, in a session of its own: the challenge is another."""
    load()
    a_key(page)
    type_password(page, house)
    begin_to_add(page, house)
    page.locator("#mfa_webauthn_add").click()
    expect(page).not_to_have_url(re.compile("/add/"))
    page.context.clear_cookies()
    type_password(page, house)
    with page.expect_request(lambda sent: sent.method == "POST" and "authenticate" in sent.url) as sent:
        page.locator("#mfa_webauthn_authenticate").click()
    expect(page).to_have_url(f"{house}/")
    answer = re.search(r'name="credential"\r\n\r\n(.+?)\r\n--|credential=([^&]+)', sent.value.post_data or "")
    assert answer
    from urllib.parse import unquote_plus

    credential = answer[1] or unquote_plus(answer[2])
    again = Client(headers={"Host": house.removeprefix("http://")})
    again.post("/accounts/login/", {"login": "officer@testland.example", "password": PASSWORD})
    again.get("/accounts/2fa/authenticate/")
    again.post("/accounts/2fa/authenticate/", {"credential": credential})
    assert again.get("/me/security/").status_code == 302


@pytest.mark.asvs("6.3.4")
def test_no_account_is_opened_by_a_key_alone(page: Page, house: str) -> None:
    """There is no address that logs in without a password."""
    answer = page.request.get(f"{house}/accounts/2fa/keys/login/")
    assert answer.status == 404
