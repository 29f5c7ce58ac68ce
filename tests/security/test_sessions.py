"""Sessions: made anew at login, ended by silence, by the end of the day and by leaving; known to the server alone."""

import re

import pytest
from django.test import Client
from pytest_django import Settings
from tests.cast import Cast, client

from fanal.access.lasting import BEGAN, SEEN
from fanal.access.models import Account, Membership

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HOURS = 3600


def is_in(browser: Client) -> bool:
    return browser.get("/me/tokens/").status_code == 200


def age(browser: Client, **seconds: float) -> None:
    session = browser.session
    for name, by in seconds.items():
        session[name] -= by
    session.save()


def key_of(browser: Client) -> str:
    return browser.cookies["sessionid"].value


@pytest.mark.asvs("7.2.2", "7.2.3", "7.2.4", "11.5.1")
def test_a_login_makes_a_new_session_and_the_old_key_is_worthless(cast: Cast) -> None:
    browser = Client()
    planted = browser.session
    planted.save()
    before = key_of(browser)
    browser.force_login(Account.objects.get(pk=cast.officer.person_id), backend=BACKEND)
    after = key_of(browser)
    assert after != before
    assert re.fullmatch("[a-z0-9]{32}", after), "32 letters of 36: 165 bits of the system's generator"
    assert is_in(browser)
    thief = Client()
    thief.cookies["sessionid"] = before
    assert not is_in(thief)


@pytest.mark.asvs("7.2.1")
def test_a_key_that_the_server_did_not_make_opens_nothing(cast: Cast) -> None:
    browser = client(cast.officer)
    assert is_in(browser)
    forged = Client()
    for key in ("", "x" * 32, key_of(browser).upper(), key_of(browser)[:-1], "../" + key_of(browser)):
        forged.cookies["sessionid"] = key
        assert not is_in(forged), key


@pytest.mark.asvs("7.3.1")
def test_silence_ends_a_session(cast: Cast, settings: Settings) -> None:
    assert settings.FANAL_SESSION_SILENCE == HOURS / 2
    busy, silent = client(cast.officer), client(cast.officer)
    for _ in range(4):
        age(busy, **{SEEN: HOURS / 2 - 60})
        assert is_in(busy), "each use counts anew"
    age(silent, **{SEEN: HOURS / 2 + 1})
    assert not is_in(silent)
    assert not is_in(silent), "trying wakes nothing"


@pytest.mark.asvs("7.3.2")
def test_a_working_day_ends_a_session_however_busy(cast: Cast, settings: Settings) -> None:
    assert settings.SESSION_COOKIE_AGE == 8 * HOURS
    browser = client(cast.officer)
    age(browser, **{BEGAN: 8 * HOURS - 60})
    assert is_in(browser)
    age(browser, **{BEGAN: 120})
    assert not is_in(browser)


@pytest.mark.asvs("7.4.1")
def test_a_session_that_was_left_is_worthless(cast: Cast) -> None:
    for way in ("/accounts/logout/", "/leave"):
        browser = client(cast.officer)
        assert is_in(browser)
        thief = Client()
        thief.cookies["sessionid"] = key_of(browser)
        assert is_in(thief)
        browser.post(way)
        assert not is_in(thief), way


@pytest.mark.asvs("7.4.2")
def test_who_left_the_service_is_out_with_the_next_request(cast: Cast) -> None:
    first, second = client(cast.officer), client(cast.officer)
    assert is_in(first)
    Membership.objects.filter(account_id=cast.officer.person_id).update(valid_to="2020-12-31")
    assert not is_in(first)
    assert not is_in(second)


@pytest.mark.asvs("7.4.4")
@pytest.mark.parametrize("path", ["/", "/alerts/", "/directory/", "/me/tokens/"])
def test_the_way_out_stands_on_every_page(cast: Cast, path: str) -> None:
    html = client(cast.officer).get(path, follow=True).content.decode()
    assert 'action="/accounts/logout/"' in html
