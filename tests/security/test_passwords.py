"""Passwords: long, any characters, not a known one, kept by a slow function, changed with the old one in hand."""

import pytest
from django.contrib.auth.hashers import check_password, identify_hasher, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
from django.core.exceptions import ValidationError
from pytest_django import Settings
from tests.cast import PASSWORD, Cast, client

from fanal.access.models import Account
from fanal.config import settings as ours

pytestmark = pytest.mark.django_db


def taken(password: str, account: Account | None = None) -> bool:
    try:
        validate_password(password, account)
    except ValidationError:
        return False
    return True


@pytest.mark.asvs("6.2.1", "6.2.5", "6.2.9")
@pytest.mark.parametrize(
    ("password", "expected"),
    [
        ("lantaarn op", False),
        ("lantaarn op de kade", True),
        ("qzjxvkwpyfmh", True),
        ("фонарь на берегу", True),
        ("🕯️ une lampe 灯", True),
        ("w" + "abcdefghij" * 12, True),
        ("an ordinary sentence without anything else", True),
    ],
)
def test_length_counts_and_nothing_else(password: str, expected: bool) -> None:
    assert taken(password) is expected


@pytest.mark.asvs("6.2.4")
def test_a_password_of_the_lists_is_refused() -> None:
    known = CommonPasswordValidator().passwords
    assert len(known) > 3000
    long_enough = sorted(word for word in known if len(word) >= 12)
    assert len(long_enough) > 50
    assert [word for word in long_enough if taken(word)] == []


@pytest.mark.asvs("6.2.4")
def test_ones_own_name_and_address_are_no_password(cast: Cast) -> None:
    account = Account.objects.get(pk=cast.officer.person_id)
    assert not taken(account.email, account)


@pytest.mark.asvs("6.2.2", "6.2.3")
def test_it_is_changed_with_the_old_one(cast: Cast) -> None:
    browser = client(cast.officer)
    account = Account.objects.get(pk=cast.officer.person_id)
    new = {"password1": "a boat beside the quay", "password2": "a boat beside the quay"}
    for old in ("", "something else"):
        browser.post("/accounts/password/change/", {"oldpassword": old, **new})
        account.refresh_from_db()
        assert account.check_password(PASSWORD), "only with the old one"
    browser.post("/accounts/password/change/", {"oldpassword": PASSWORD, **new})
    account.refresh_from_db()
    assert account.check_password(new["password1"])


@pytest.mark.asvs("6.2.6", "6.2.7", "6.4.2")
def test_its_fields_hide_it_and_let_a_password_manager_work(cast: Cast) -> None:
    from django.test import Client

    login = Client().get("/accounts/login/").content.decode()
    change = client(cast.officer).get("/accounts/password/change/").content.decode()
    assert login.count('type="password"') == 1
    assert change.count('type="password"') == 3
    assert 'autocomplete="current-password"' in login
    assert 'autocomplete="new-password"' in change
    for page in (login, change):
        assert "onpaste" not in page
        assert 'autocomplete="off"' not in page.split("<main")[1].split("</main>")[0]
        assert "hint" not in page.lower()


@pytest.mark.asvs("6.2.8", "11.4.2", "11.4.4")
def test_it_is_kept_by_scrypt_and_compared_as_it_was_typed() -> None:
    from django.test import override_settings

    long = "Ä sentence with Spaces " * 5
    with override_settings(PASSWORD_HASHERS=ours.PASSWORD_HASHERS):
        kept = make_password(long)
        assert identify_hasher(kept).algorithm == "scrypt"
        _, work_factor, _, block_size, parallelism, _ = kept.split("$", 5)
        assert int(work_factor) >= 2**14
        assert (int(block_size), int(parallelism)) >= (8, 5), "RFC 7914; OWASP: N=2^14, r=8, p=5"
        assert check_password(long, kept)
        for other in (long.strip(), long.lower(), long[:72], long + " "):
            assert not check_password(other, kept)


@pytest.mark.asvs("6.2.10")
def test_nothing_makes_a_password_expire(settings: Settings) -> None:
    names = {validator["NAME"].rsplit(".", 1)[1] for validator in settings.AUTH_PASSWORD_VALIDATORS}
    assert not any("expir" in name.lower() or "history" in name.lower() for name in names)
    assert not any("password" in field.name and field.name != "password" for field in Account._meta.fields)


@pytest.mark.asvs("6.2.11")
@pytest.mark.parametrize(
    ("password", "expected"),
    [
        ("fanalfanalfanal", False),
        ("Fanal-Police-2026", False),
        ("Welkom, Wachtwoord1", False),
        ("Sürya payoke PAG-ASA", False),
        ("the fanal over the old harbour", True),
    ],
)
def test_words_of_the_house_count_for_nothing(password: str, expected: bool) -> None:
    assert taken(password) is expected
