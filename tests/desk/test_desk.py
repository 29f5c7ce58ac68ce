"""The desk through its doors: home, personal tokens, who looked."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import Cast, api, client

from fanal.access import services as access
from fanal.access.models import Account, Membership, Token
from fanal.access.services import Kind, Level, Opening, acting_as
from fanal.audit import services as audit
from fanal.audit.models import Entry
from fanal.audit.services import Verb
from fanal.notify import services as notify

pytestmark = pytest.mark.django_db


def a_file(cast: Cast):
    """A compartment of the officer's unit that the centre may read and has consulted."""
    now = timezone.now()
    with acting_as(cast.officer):
        compartment = access.open_compartment(by=cast.officer, kind=Kind.ALERT, at=now)
        opening = Opening(cast.centre_worker.unit_id, Level.READ, "contact", "law")
        access.grant(by=cast.officer, compartment=compartment, openings=[opening], at=now)
    with acting_as(cast.centre_worker):
        audit.record(
            by=cast.centre_worker,
            verb=Verb.CONSULT,
            act="alerts.consult",
            at=now,
            compartment_id=compartment.id,
            owner_unit_id=cast.officer.unit_id,
            purpose="first contact",
        )
    return compartment


def test_the_front_door_leads_a_stranger_to_the_directory_and_a_member_to_her_desk(cast: Cast) -> None:
    assert Client().get("/").headers["Location"] == "/directory/"
    answer = client(cast.officer).get("/")
    assert answer.status_code == 200
    assert "What waits for you" in answer.content.decode()


def test_the_owner_sees_who_looked_and_why(cast: Cast) -> None:
    compartment = a_file(cast)
    page = client(cast.officer).get(f"/files/{compartment.id}/trace/").content.decode()
    assert "first contact" in page
    assert "Centre Worker" in page
    looks = api(cast.officer).get(f"/api/desk/files/{compartment.id}/trace").json()["items"]
    assert [look["purpose"] for look in looks if look["act"] == "alerts.consult"] == ["first contact"]


def test_who_may_read_a_file_may_not_read_its_trace_and_absent_looks_the_same(cast: Cast) -> None:
    compartment = a_file(cast)
    for member in (cast.centre_worker, cast.outsider):
        browser, program = client(member), api(member)
        forbidden, absent = (browser.get(f"/files/{key}/trace/") for key in (compartment.id, uuid4()))
        assert (forbidden.status_code, forbidden.content) == (404, absent.content)
        forbidden, absent = (program.get(f"/api/desk/files/{key}/trace") for key in (compartment.id, uuid4()))
        assert (forbidden.status_code, forbidden.content) == (404, absent.content)


def test_a_token_acts_as_its_maker_until_it_is_revoked(cast: Cast) -> None:
    browser = client(cast.officer)
    page = browser.post("/me/tokens/", {"label": "the night script", "days": "30"}).content.decode()
    secret = page.split("<code>")[1].split("</code>")[0]
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    assert program.get("/api/desk/waiting").status_code == 200
    assert secret not in browser.get("/me/tokens/").content.decode()
    token = Token.objects.get(label="the night script")
    for _ in range(2):
        assert browser.post(f"/me/tokens/{token.id}/revoke/").status_code == 302
    assert program.get("/api/desk/waiting").status_code == 401
    with acting_as(cast.officer):
        acts = list(Entry.objects.filter(object_ids=[token.id]).values_list("act", flat=True))
    assert sorted(acts) == ["access.issue_token", "access.revoke_token"]


def test_nobody_revokes_the_token_of_another(cast: Cast) -> None:
    with acting_as(cast.officer):
        token, _ = access.issue_token(
            by=cast.officer, label="x", at=timezone.now(), expires_at=timezone.now() + timedelta(days=1)
        )
    client(cast.outsider).post(f"/me/tokens/{token.id}/revoke/")
    token.refresh_from_db()
    assert token.revoked_at is None


@pytest.mark.parametrize("ends", ["account", "membership", "token"])
def test_what_ends_takes_effect_on_the_next_request(cast: Cast, ends: str) -> None:
    browser, program = client(cast.officer), api(cast.officer)
    assert browser.get("/").status_code == program.get("/api/desk/waiting").status_code == 200
    if ends == "account":
        Account.objects.filter(pk=cast.officer.person_id).update(is_active=False)
    elif ends == "membership":
        Membership.objects.filter(pk=cast.officer.membership_id).update(
            valid_to=timezone.localdate() - timedelta(days=1)
        )
    else:
        Token.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert program.get("/api/desk/waiting").status_code == 401
    assert browser.get("/").status_code == (200 if ends == "token" else 302)


def test_a_bad_life_of_a_token_is_refused_in_words(cast: Cast) -> None:
    answer = api(cast.officer).post(
        "/api/desk/tokens", {"label": "x", "days": 31}, content_type="application/json"
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_life")
    page = client(cast.officer).post("/me/tokens/", {"label": "", "days": "30"})
    assert page.status_code == 422


def test_what_reached_the_unit_is_told_at_home_and_nowhere_else(cast: Cast) -> None:
    notify.tell(
        unit_ids=[cast.centre_worker.unit_id],
        kind="alerts.received",
        reference="A-7F3K-9QX4",
        at=timezone.now(),
    )
    assert "/alerts/A-7F3K-9QX4/" in client(cast.centre_worker).get("/").content.decode()
    assert "A-7F3K-9QX4" not in client(cast.outsider).get("/").content.decode()


def test_a_reference_leads_to_its_page_and_says_nothing_of_its_existence(cast: Cast) -> None:
    browser = client(cast.officer)
    answer = browser.get("/find/", {"reference": "a-7f3k-9qx4"})
    assert answer.headers["Location"] == "/alerts/A-7F3K-9QX4/"
    assert browser.get(answer.headers["Location"]).status_code == 404
    assert browser.get("/find/", {"reference": "P-7F3K-9QX4"}).status_code == 404, "not for this role"
    refused = browser.get("/find/", {"reference": "7F3K"})
    assert refused.status_code == 422
    assert "A-7F3K-9QX4" in refused.content.decode()
