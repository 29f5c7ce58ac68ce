"""A code opens once, in whichever process it comes back; secrets are not in the clear."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from tests.cast import PASSWORD, Cast, load, totp_secret

from fanal.access.codes import spend
from fanal.access.models import Account


def code(part: str, steps: int = 0) -> str:
    return str(format_hotp_value(hotp_value(totp_secret(part), int(time()) // 30 + steps)))


def log_in(second: str, part: str = "officer") -> Client:
    """A login as far as a code brings it; the cache that a process keeps for itself is empty each time."""
    cache.clear()
    browser = Client()
    told = {"login": f"{part}@testland.example", "password": PASSWORD}
    assert (
        browser.post("/accounts/login/", told).headers["Location"].startswith("/accounts/2fa/authenticate/")
    )
    browser.post("/accounts/2fa/authenticate/", {"code": second})
    return browser


def is_in(browser: Client) -> bool:
    return bool(browser.get("/me/security/").status_code == 200)


@pytest.mark.asvs("6.5.1")
@pytest.mark.django_db
def test_the_code_of_an_app_opens_once(cast: Cast) -> None:
    used = code("officer")
    assert is_in(log_in(used))
    assert not is_in(log_in(used)), "a code read over a shoulder opened a second time"
    assert not is_in(log_in(code("officer", -1))), "an earlier code opened after a later one"
    assert is_in(log_in(code("officer", 1)))


@pytest.mark.django_db
def test_a_spent_code_does_not_confirm_either(cast: Cast) -> None:
    used = code("officer")
    browser = log_in(used)
    answer = browser.post("/accounts/2fa/reauthenticate/", {"code": used})
    assert answer.status_code == 200  # the form again
    assert "Incorrect" in answer.content.decode()


@pytest.mark.asvs("6.5.1")
@pytest.mark.django_db
def test_a_recovery_code_opens_once(cast: Cast) -> None:
    account = Account.objects.get(pk=cast.officer.person_id)
    one, *_rest = RecoveryCodes.activate(account).get_unused_codes()
    assert is_in(log_in(one))
    assert not is_in(log_in(one))


@pytest.mark.django_db
def test_the_code_that_proved_a_new_app_is_spent(cast: Cast) -> None:
    account = Account.objects.get(pk=cast.officer.person_id)
    Authenticator.objects.filter(user=account).delete()
    browser = Client()
    browser.post("/accounts/login/", {"login": account.email, "password": PASSWORD})
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = browser.get("/accounts/2fa/totp/activate/").content.decode()
    secret = page.split("<code>")[1].split("</code>")[0]
    first = format_hotp_value(hotp_value(secret, int(time()) // 30))
    assert browser.post("/accounts/2fa/totp/activate/", {"code": first}).status_code == 302
    assert Authenticator.objects.filter(user=account, type="totp").exists()
    assert not is_in(log_in(first))
    assert is_in(log_in(format_hotp_value(hotp_value(secret, int(time()) // 30 + 1))))


@pytest.mark.django_db
def test_a_secret_at_rest_is_sealed_and_an_old_one_is_still_read(cast: Cast) -> None:
    row = Authenticator.objects.get(user_id=cast.officer.person_id)
    assert totp_secret("officer") not in str(row.data)
    row.data = {"secret": totp_secret("officer")}  # as it was kept before
    row.save()
    assert is_in(log_in(code("officer")))


@pytest.mark.asvs("6.5.1")
@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_instant_one_opens() -> None:
    cast = load()
    used, ready = code("officer"), Barrier(8)

    def act(_nth: int) -> bool:
        ready.wait()
        try:
            with transaction.atomic():
                row = Authenticator.objects.select_for_update().get(user_id=cast.officer.person_id)
                return spend(row, used)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(act, range(8))) == [False] * 7 + [True]
