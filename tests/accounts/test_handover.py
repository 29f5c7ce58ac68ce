"""What was lost comes back by two voices and two halves, and by nothing else."""

from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from tests.accounts.conftest import agreed
from tests.cast import Cast, api, client

from fanal.access.models import Account
from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.accounts import services
from fanal.accounts.models import Change, Vouch
from fanal.accounts.rules import HANDOVER, TRIES, Kind, tidy
from fanal.accounts.services import Wanted
from fanal.audit.models import Entry
from fanal.errors import NotFound, Refusal

pytestmark = pytest.mark.django_db
NEW = "another lantern on the hill"


@pytest.fixture
def change(cast: Cast, colleague: Member, now: datetime) -> Change:
    """The officer lost her telephone; the magistrate's service and the outsider's agreed."""
    wanted = Wanted(kind=Kind.RESET, membership=cast.officer.membership_id)
    return agreed(colleague, (cast.outsider, cast.magistrate), wanted, now)


def half(by: Member, change: Change, at: datetime) -> str:
    with acting_as(by):
        return services.draw_half(by=by, change_id=change.id, at=at)


def enter(halves: tuple[str, str], at: datetime, email: str = "officer@testland.example") -> bool:
    entry = services.try_code(email=email, halves=halves, at=at)
    if entry:
        services.enter(entry=entry, password=NEW, at=at)
    return entry is not None


def test_both_halves_open_it_once_and_everything_old_is_gone(
    cast: Cast, change: Change, now: datetime
) -> None:
    browser, program = client(cast.officer), api(cast.officer)
    first, second = half(cast.outsider, change, now), half(cast.magistrate, change, now)
    assert not enter((first, first), now)
    assert not enter((second, "00000000"), now)
    assert not enter((first, second), now, email="outsider@testland.example")
    assert enter((second.lower(), f"{first[:4]}-{first[4:]}"), now)
    account = Account.objects.get(pk=cast.officer.person_id)
    assert account.check_password(NEW)
    assert not Authenticator.objects.filter(user=account).exists()
    assert browser.get("/me/security/").status_code == 302
    assert program.get("/api/desk/waiting").status_code == 401
    assert not enter((first, second), now)
    with acting_as(cast.officer):
        assert Entry.objects.filter(act="accounts.enter").count() == 1
    assert mail.outbox == []


def test_one_voice_alone_holds_nothing_that_opens(cast: Cast, change: Change, now: datetime) -> None:
    first = half(cast.outsider, change, now)
    assert not enter((first, ""), now)
    assert not enter((first, first), now)
    assert first.encode() not in bytes(Vouch.objects.get(account_id=cast.outsider.person_id).half or b"")


def test_only_who_agreed_draws_a_half(cast: Cast, colleague: Member, change: Change, now: datetime) -> None:
    with pytest.raises(NotFound), transaction.atomic():
        half(colleague, change, now)


def test_a_half_drawn_again_replaces_the_old_one(cast: Cast, change: Change, now: datetime) -> None:
    old, other = half(cast.outsider, change, now), half(cast.magistrate, change, now)
    new = half(cast.outsider, change, now)
    assert not enter((old, other), now)
    assert enter((new, other), now)


def test_a_day_and_five_tries_end_it(cast: Cast, change: Change, now: datetime) -> None:
    halves = half(cast.outsider, change, now), half(cast.magistrate, change, now)
    assert services.try_code(email="officer@testland.example", halves=halves, at=now + HANDOVER) is None
    for _nth in range(TRIES):
        assert not enter(("00000000", "11111111"), now)
    assert not enter(halves, now)
    with pytest.raises(Refusal), transaction.atomic():
        half(cast.outsider, change, now + timedelta(hours=1))


def test_a_wrong_code_and_an_unknown_address_read_alike(cast: Cast, change: Change, now: datetime) -> None:
    told = {"first_half": "AAAA AAAA", "second_half": "BBBB BBBB", "password": NEW, "again": NEW}
    known, unknown = (
        Client().post("/staff/enter/", {**told, "email": email})
        for email in ("officer@testland.example", "nobody@testland.example")
    )
    strip = (b"officer", b"nobody")
    assert (known.status_code, known.content.count(strip[0])) == (422, unknown.content.count(strip[1]))


def test_a_person_with_only_a_password_resets_nothing(cast: Cast) -> None:
    """There is no reset by mail: neither a page nor an address."""
    for name in ("account_reset_password", "account_email", "account_request_login_code"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    assert Client().get("/accounts/password/reset/").status_code == 404


@pytest.mark.parametrize(("typed", "meant"), [("7f3k-9qx4", "7F3K9QX4"), ("0O1I lLuV", "00111" + "1VV")])
def test_what_is_read_out_badly_is_understood(typed: str, meant: str) -> None:
    assert tidy(typed) == meant
