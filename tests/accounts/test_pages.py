"""Each page of accounts opened by a member: whole, and refused to who may not."""

from datetime import datetime

import pytest
from django.test import Client
from tests.accounts.conftest import ask, newcomer
from tests.cast import Cast, client

from fanal.access.rules import Member
from fanal.accounts.models import Change

pytestmark = pytest.mark.django_db


def test_the_pages_open(cast: Cast, colleague: Member, now: datetime) -> None:
    browser = client(cast.officer)
    change = ask(
        cast.officer, newcomer(cast.officer.unit_id), (cast.officer.unit_id, cast.outsider.unit_id), now
    )
    them = colleague.membership_id
    for path in (
        "/staff/", "/staff/new/", "/staff/join/", f"/staff/people/{them}/function/", f"/staff/people/{them}/reset/",
        f"/staff/people/{them}/reopen/", f"/staff/people/{them}/close/", f"/staff/people/{them}/leave/",
        "/staff/requests/", f"/staff/requests/{change.id}/", "/emergency/", "/emergency/reviews/", "/me/security/", "/",
    ):  # fmt: skip
        assert browser.get(path).status_code == 200, path
    assert Client().get("/staff/enter/").status_code == 200
    manager = client(cast.administrator)
    for path in ("/staff/unit/", "/staff/close/", "/staff/"):
        assert manager.get(path).status_code == 200, path
    assert browser.get("/staff/unit/").status_code == 403
    assert client(cast.coordinator).get("/emergency/").status_code == 403


@pytest.mark.asvs("6.4.1")
def test_asking_agreeing_and_entering_through_the_pages(cast: Cast, colleague: Member, now: datetime) -> None:
    units = {"first_unit": cast.officer.unit_id, "second_unit": cast.outsider.unit_id}
    told = {
        "name": "Newcomer",
        "email": "New@testland.example",
        "language": "fr",
        "unit": cast.officer.unit_id,
    }
    answer = client(cast.officer).post("/staff/new/", {**told, **units, "role": "officer", "words": "new"})
    assert answer.status_code == 302, answer.content
    change = Change.objects.get()
    for member in (colleague, cast.outsider):
        assert client(member).post(f"/staff/requests/{change.id}/agree/").status_code == 302
    halves = []
    for member in (colleague, cast.outsider):
        page = client(member).post(f"/staff/requests/{change.id}/half/").content.decode()
        halves.append(page.split('<code class="long">')[1].split("</code>")[0])
        assert halves[-1] not in client(member).get(f"/staff/requests/{change.id}/").content.decode()
    told = {
        "email": "new@testland.example",
        "password": "four words on paper",
        "again": "four words on paper",
    }
    someone = Client()
    wrong = someone.post("/staff/enter/", {**told, "first_half": halves[0], "second_half": "0000 0000"})
    assert wrong.status_code == 422
    right = {**told, "first_half": halves[1].lower(), "second_half": halves[0].replace(" ", "-")}
    assert someone.post("/staff/enter/", right).status_code == 302
    assert someone.post("/staff/enter/", right).status_code == 422
    answer = someone.post("/accounts/login/", {"login": told["email"], "password": told["password"]})
    assert answer.status_code == 302
    # Nothing opens before a second factor is there.
    assert someone.get("/alerts/").headers["Location"] == "/accounts/2fa/"


def test_a_stranger_to_a_request_finds_nothing(cast: Cast, now: datetime) -> None:
    change = ask(
        cast.officer, newcomer(cast.officer.unit_id), (cast.officer.unit_id, cast.outsider.unit_id), now
    )
    browser = client(cast.centre_worker)
    there, absent = (
        browser.get(f"/staff/requests/{key}/") for key in (change.id, "01981c00-0000-7000-8000-000000000000")
    )
    assert (there.status_code, there.content) == (404, absent.content)


def test_a_demonstration_has_requests_and_an_opening_to_review(db: None) -> None:
    from datetime import UTC

    from fanal.access.context import set_units
    from fanal.access.models import Glass
    from fanal.config import demo
    from fanal.directory.models import Unit

    demo.seed(seed=3, tell=lambda *_: None, scale=0.002, until=datetime(2026, 3, 2, 12, tzinfo=UTC))
    assert list(Change.objects.values_list("state", flat=True)) == ["waiting", "waiting"]
    set_units(list(Unit.objects.values_list("id", flat=True)))
    assert Glass.objects.filter(reviewed_at__isnull=True).count() == 1
