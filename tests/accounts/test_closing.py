"""Closing takes one person and works at once: session, token, calendar; nobody closes who is stronger."""

from dataclasses import replace
from datetime import datetime

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction
from django.test import Client
from django.utils import timezone
from tests.cast import PASSWORD, Cast, api, client, join

from fanal.access.models import Account, Membership, Token
from fanal.access.rules import Member, Role
from fanal.access.services import acting_as, issue_token
from fanal.accounts import services
from fanal.accounts.rules import may_close
from fanal.audit.models import Entry
from fanal.errors import NotAllowed, NotFound

pytestmark = pytest.mark.django_db


def close(by: Member, whom: Member, now: datetime) -> None:
    with acting_as(by), transaction.atomic():
        services.close(by=by, membership_id=whom.membership_id, at=now)


@pytest.mark.asvs("7.4.2", "7.4.5")
def test_nothing_of_a_closed_account_opens_anything(cast: Cast, now: datetime) -> None:
    whom = cast.immigration_agent
    colleague = join("desk", Role.IMMIGRATION_AGENT, "immigration_cell", 0, on=timezone.localdate(now))
    browser, program = client(whom), api(whom)
    with acting_as(whom):
        _feed, secret = issue_token(
            by=whom, label="phone", at=now, expires_at=now.replace(year=2030), scope="calendar"
        )
    feed = f"/protection/deadlines/{secret}.ics"
    assert browser.get("/alerts/").status_code == program.get("/api/desk/waiting").status_code == 200
    assert Client().get(feed).status_code == 200
    key = browser.session.session_key
    close(colleague, whom, now)
    assert browser.get("/alerts/").status_code == 302
    assert program.get("/api/desk/waiting").status_code == 401
    assert Client().get(feed).status_code == 404
    assert not Session.objects.filter(session_key=key).exists()
    assert not Token.objects.filter(membership_id=whom.membership_id, revoked_at__isnull=True).exists()
    with acting_as(colleague):
        entry = Entry.objects.get(act="accounts.close")
    assert (entry.facts["sessions"], entry.facts["tokens"]) == (1, 2)
    close(colleague, whom, now)  # twice changes nothing
    with acting_as(colleague):
        assert Entry.objects.filter(act="accounts.close").count() == 1


def test_a_login_after_the_closing_is_refused(cast: Cast, now: datetime) -> None:
    close(cast.administrator, cast.officer, now)
    browser = Client()
    answer = browser.post("/accounts/login/", {"login": "officer@testland.example", "password": PASSWORD})
    assert "/2fa/" not in answer.headers.get("Location", "")
    assert browser.get("/alerts/").status_code == 302


def test_leaving_a_service_ends_that_hat_alone(cast: Cast, now: datetime) -> None:
    there = Membership.objects.create(
        account_id=cast.officer.person_id,
        unit_id=cast.outsider.unit_id,
        role="officer",
        valid_from=timezone.localdate(now),
    )
    colleague = join("colleague", Role.OFFICER, "police_cell", 0, on=timezone.localdate(now))
    browser = client(cast.officer)
    program = api(cast.officer)
    with acting_as(colleague):
        services.leave(by=colleague, membership_id=cast.officer.membership_id, at=now)
    assert program.get("/api/desk/waiting").status_code == 401
    page = browser.get("/me/security/")
    assert page.status_code == 200
    assert page.wsgi_request.member.membership_id == there.id  # type: ignore[attr-defined]


def test_nobody_closes_an_account_that_is_stronger_or_of_another_service(cast: Cast, now: datetime) -> None:
    beside = join("beside", Role.RECEPTION, on=timezone.localdate(now))
    Membership.objects.filter(pk=cast.magistrate.membership_id).update(unit_id=beside.unit_id)
    with pytest.raises(NotAllowed):
        close(beside, cast.magistrate, now)
    with pytest.raises(NotFound):
        close(cast.outsider, cast.officer, now)
    with pytest.raises(NotAllowed):
        close(replace(cast.officer, by_token=True), cast.officer, now)
    close(cast.officer, cast.officer, now)  # one's own, always
    assert not Account.objects.get(pk=cast.officer.person_id).is_active


@pytest.mark.asvs("7.4.5")
@pytest.mark.parametrize("role", list(Role))
def test_who_administers_the_platform_closes_any_and_others_only_weaker_ones(role: Role) -> None:
    assert may_close(Role.ADMINISTRATOR, [role], own_unit=False, herself=False)
    assert may_close(Role.OFFICER, [role], own_unit=False, herself=False) is False
    assert may_close(role, [role], own_unit=True, herself=False)


@pytest.mark.asvs("7.5.2")
def test_one_ends_ones_other_logins(cast: Cast, now: datetime) -> None:
    here, there, stranger = client(cast.officer), client(cast.officer), client(cast.outsider)
    page = here.get("/me/security/").content.decode()
    assert page.count("Log out there") == 1
    login = page.split("/me/security/")[1].split("/end/")[0]
    assert stranger.post(f"/me/security/{login}/end/").status_code == 404
    assert there.get("/me/security/").status_code == 200
    assert here.post("/me/security/others/").status_code == 302
    assert there.get("/me/security/").status_code == 302
    assert here.get("/me/security/").status_code == stranger.get("/me/security/").status_code == 200


def test_a_new_address_of_a_calendar_ends_the_old_one(cast: Cast) -> None:
    browser = client(cast.immigration_agent)
    old, new = (
        browser.post("/protection/deadlines/calendar/")
        .content.decode()
        .split("/protection/deadlines/fnl_")[1]
        for _nth in range(2)
    )
    feeds = [f"/protection/deadlines/fnl_{each.split('.ics')[0]}.ics" for each in (old, new)]
    assert [Client().get(feed).status_code for feed in feeds] == [404, 200]
