"""Ways in: those that are written down and no others; who is out is out; what a log says of a login."""

import logging
import re

import pytest
from allauth.mfa import app_settings as mfa
from allauth.socialaccount import app_settings as social
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from tests.cast import PASSWORD, Cast, client

from fanal.access.models import Account

pytestmark = pytest.mark.django_db
WAYS = {
    "account_login": "address and password",
    "mfa_authenticate": "the second factor",
    "openid_connect_login": "a house that the installation configured",
    "openid_connect_callback": "the way back from it",
}


def is_in(browser: Client) -> bool:
    return browser.get("/me/tokens/").status_code == 200


@pytest.mark.asvs("6.3.2")
def test_a_new_installation_has_no_account() -> None:
    assert Account.objects.count() == 0


@pytest.mark.asvs("6.3.3")
def test_without_a_second_factor_nothing_opens(cast: Cast) -> None:
    browser = client(cast.officer)
    assert is_in(browser)
    account = Account.objects.get(pk=cast.officer.person_id)
    account.authenticator_set.all().delete()  # type: ignore[attr-defined]
    for path in ("/", "/alerts/", "/me/tokens/", "/referrals/", "/find/"):
        answer = browser.get(path)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/2fa/"), path


@pytest.mark.asvs("6.3.4", "7.6.2")
def test_the_ways_in_are_those_that_are_written_down(cast: Cast) -> None:
    """Of the addresses of the login library, the ones that open a session; each asks for an act of the person."""
    names = {key for key in get_resolver().reverse_dict if isinstance(key, str)}
    opening = {name for name in names if re.search(r"login$|authenticate$|callback$|signup|code", name)}
    closed = {
        "account_signup": "closed",
        "account_reauthenticate": "of who is in",
        "mfa_reauthenticate": "of who is in",
        "mfa_generate_recovery_codes": "of who is in",
        "mfa_view_recovery_codes": "of who is in",
        "mfa_download_recovery_codes": "of who is in",
        "mfa_login_webauthn": "refuses a key alone",
        "mfa_reauthenticate_webauthn": "of who is in",
    }
    assert opening - closed.keys() == WAYS.keys()
    before = Client()
    assert before.get("/").status_code in (200, 302)
    assert "sessionid" not in before.cookies, "looking begins no session"
    assert 'type="password"' not in Client().get(reverse("account_signup")).content.decode()


@pytest.mark.asvs("6.4.3")
@pytest.mark.parametrize("name", ["account_reset_password", "account_request_login_code", "account_email"])
def test_nothing_is_reset_by_mail(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.asvs("6.5.4")
def test_a_recovery_code_is_long_enough() -> None:
    assert 10**mfa.RECOVERY_CODE_DIGITS >= 2**20


@pytest.mark.asvs("10.1.1")
def test_no_token_of_another_house_is_kept() -> None:
    assert social.STORE_TOKENS is False


@pytest.mark.asvs("7.4.3", "7.5.2")
def test_other_sessions_can_be_ended(cast: Cast) -> None:
    here, there = client(cast.officer), client(cast.officer)
    assert is_in(here)
    assert is_in(there)
    assert here.get("/me/security/").status_code == 200
    assert here.post("/me/security/others/").status_code == 302
    assert is_in(here)
    assert not is_in(there)


@pytest.mark.asvs("16.3.1")
def test_logins_stand_in_the_log_whether_they_succeed_or_not(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    account = Account.objects.get(pk=cast.officer.person_id)
    caplog.set_level(logging.INFO, "fanal.login")
    wrong = {"login": account.email, "password": "not this one, nor that"}
    Client().post("/accounts/login/", wrong)
    Client().post("/accounts/login/", {"login": "nobody@testland.example", "password": "x"})
    client(cast.officer)
    failed, unknown, entered = (record.getMessage() for record in caplog.records)
    assert failed.startswith("a login failed for ")
    assert failed.split()[-1] != unknown.split()[-1], "one tried address can be told from another"
    assert entered == f"a login of account {account.pk}"
    for line in (failed, unknown, entered):
        assert "@" not in line
        assert PASSWORD not in line
        assert wrong["password"] not in line
