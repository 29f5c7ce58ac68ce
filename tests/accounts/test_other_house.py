"""Logins of another house, against a real OpenID provider on this machine."""

import json
from collections.abc import Iterator
from pathlib import Path
from time import time
from urllib.parse import urlsplit

import pytest
import requests
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.socialaccount.models import SocialAccount
from django.test import Client, override_settings
from django.utils import timezone
from oidc_provider_mock import User, run_server_in_thread
from pydantic import ValidationError
from tests.cast import PASSWORD, Cast, client, totp_secret

from fanal.access import oidc
from fanal.access.models import Account
from fanal.access.services import acting_as
from fanal.accounts import services
from fanal.audit.models import Entry

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::DeprecationWarning:oidc_provider_mock.*"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:authlib.*"),
]
USERS = [
    User(sub="s-1", claims={"email": "officer@testland.example", "email_verified": True, "amr": ["pwd"]}),
    User(sub="s-2", claims={"amr": ["pwd", "hwk"]}),
]


@pytest.fixture
def house(folder: Path) -> Iterator[str]:
    """A provider that runs and is configured: the key under which it is known here."""
    with run_server_in_thread(user_claims=USERS) as server:
        issuer = f"http://localhost:{server.server_port}"
        told = [
            {
                "name": "Test House",
                "issuer": issuer,
                "client_id": "fanal",
                "secret": "s",
                "enough_amr": ["hwk"],
            }
        ]
        (folder / oidc.FILE).write_text(json.dumps(told))
        with override_settings(SOCIALACCOUNT_PROVIDERS=oidc.providers(folder)):
            yield oidc.providers(folder)["openid_connect"]["APPS"][0]["provider_id"]


def come_from(house: str, browser: Client, sub: str, process: str = "login") -> str:
    """Go to the house, log in there as somebody, come back: where one lands."""
    away = browser.get(f"/accounts/oidc/{house}/login/?process={process}").headers["Location"]
    assert "code_challenge" in away
    back = requests.post(away, data={"sub": sub}, allow_redirects=False, timeout=5).headers["Location"]
    parts = urlsplit(back)
    answer = browser.get(f"{parts.path}?{parts.query}")
    return str(answer.headers.get("Location", answer.content.decode()))


def is_in(browser: Client) -> bool:
    return bool(browser.get("/me/security/").status_code == 200)


def link(house: str, browser: Client, sub: str) -> str:
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert browser.post(f"/me/security/link/{house}/").status_code == 200
    return come_from(house, browser, sub, "connect")


@pytest.mark.asvs("6.8.1")
def test_an_address_that_another_house_states_opens_and_makes_nothing(cast: Cast, house: str) -> None:
    """The house says, verified, that she is officer@testland.example; nobody linked it, so nobody comes in."""
    before, browser = Account.objects.count(), Client()
    page = come_from(house, browser, "s-1")
    assert "Accounts are made by the services" in page
    assert not is_in(browser)
    assert (Account.objects.count(), SocialAccount.objects.count()) == (before, 0)


@pytest.mark.asvs("6.8.4")
def test_once_linked_it_opens_the_account_and_the_second_factor_is_asked(cast: Cast, house: str) -> None:
    assert link(house, client(cast.officer), "s-1") == "/me/security/"
    with acting_as(cast.officer):
        assert Entry.objects.filter(act="accounts.link").count() == 1
    row = SocialAccount.objects.get()
    assert (row.user_id, row.uid) == (cast.officer.person_id, "s-1")
    browser = Client()
    assert come_from(house, browser, "s-1").startswith("/accounts/2fa/authenticate/")
    assert not is_in(browser)
    code = format_hotp_value(hotp_value(totp_secret("officer"), int(time()) // 30))
    browser.post("/accounts/2fa/authenticate/", {"code": code})
    assert is_in(browser)
    assert b"Test House" in browser.get("/me/security/").content


@pytest.mark.asvs("6.8.4")
def test_what_the_house_says_it_asked_may_be_enough(cast: Cast, house: str) -> None:
    link(house, client(cast.officer), "s-2")
    browser = Client()
    assert come_from(house, browser, "s-2") == "/"
    assert is_in(browser)


def test_a_link_needs_the_button_and_the_password(cast: Cast, house: str) -> None:
    """Somebody makes her browser go to the address that links: nothing is linked."""
    browser = client(cast.officer)
    assert come_from(house, browser, "s-1", "connect") == "/me/security/"
    assert not SocialAccount.objects.exists()
    assert browser.post(f"/me/security/link/{house}/").status_code == 200
    assert come_from(house, browser, "s-1", "connect").startswith("/accounts/reauthenticate/")
    assert not SocialAccount.objects.exists()


@pytest.mark.asvs("10.5.2")
def test_one_identity_opens_one_account(cast: Cast, house: str) -> None:
    link(house, client(cast.officer), "s-1")
    link(house, client(cast.outsider), "s-1")
    assert SocialAccount.objects.get().user_id == cast.officer.person_id


def test_a_closed_account_stays_closed_and_an_unlinked_one_is_unlinked(cast: Cast, house: str) -> None:
    link(house, client(cast.officer), "s-2")
    link(house, client(cast.outsider), "s-1")
    with acting_as(cast.administrator):
        services.close(by=cast.administrator, membership_id=cast.officer.membership_id, at=timezone.now())
    browser = Client()
    come_from(house, browser, "s-2")
    assert not is_in(browser)
    mine = SocialAccount.objects.get(uid="s-1")
    assert client(cast.magistrate).post(f"/me/security/unlink/{mine.id}/").status_code == 404
    client(cast.outsider).post(f"/me/security/unlink/{mine.id}/")
    assert "Accounts are made by the services" in come_from(house, Client(), "s-1")


@pytest.mark.asvs("6.8.1", "10.2.2", "10.5.3")
def test_a_house_that_changes_its_issuer_is_another_house(cast: Cast, house: str) -> None:
    """The same subject at another issuer is somebody else, and an answer of another issuer opens nothing."""
    link(house, client(cast.officer), "s-2")
    with run_server_in_thread(user_claims=USERS) as other:
        issuer = f"http://localhost:{other.server_port}"
        there = oidc.Provider(name="Other", issuer=issuer, client_id="fanal", secret="s")
        assert there.key != house
        app = {**oidc._app(there), "provider_id": house}  # the old key, pointed at the new issuer by hand
        app["settings"] = {**app["settings"], "issuer": "http://localhost:1"}
        with override_settings(
            SOCIALACCOUNT_PROVIDERS={"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        ):
            browser = Client()
            assert come_from(house, browser, "s-2") == "/accounts/oidc/error/"
            assert not is_in(browser)


@pytest.mark.asvs("10.1.2", "10.2.1")
def test_a_forged_state_is_refused(cast: Cast, house: str) -> None:
    browser = Client()
    browser.get(f"/accounts/oidc/{house}/login/")
    answer = browser.get(f"/accounts/oidc/{house}/login/callback/?code=x&state=forged")
    assert answer.status_code in (200, 401)
    assert "did not work" in answer.content.decode()


@pytest.mark.parametrize(
    "told", [{"issuer": "http://idp.example"}, {"issuer": "https://idp.example", "admin": True}]
)
def test_a_configuration_that_is_not_understood_is_refused(folder: Path, told: dict[str, object]) -> None:
    (folder / oidc.FILE).write_text(json.dumps([{"name": "H", "client_id": "c", "secret": "s"} | told]))
    with pytest.raises(ValidationError):
        oidc.providers(folder)
