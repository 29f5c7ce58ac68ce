"""Copying a person out of another service's file is reading her there: its owner sees it."""

from uuid import UUID

import pytest
from django.utils import timezone
from tests.cast import Cast, api, client
from tests.house.scenario import NOOR, report
from tests.referrals.rows import SENT, VITAL, prepared, proposed

from fanal.access.models import Compartment
from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.alerts import services as alerts
from fanal.alerts.models import Alert, Person
from fanal.audit.models import Entry
from fanal.protection import services as protection
from fanal.protection.services import Case
from fanal.referrals import services as referrals
from fanal.referrals.rules.content import Item

pytestmark = pytest.mark.django_db


def looks(owner: Member, compartment: UUID, by: Member) -> list[str]:
    """The acts of a unit on a file, as the owner of the file sees them."""
    with acting_as(owner):
        found = Entry.objects.filter(compartment_id=compartment, unit_id=by.unit_id, verb="consult")
        return list(found.values_list("act", flat=True))


def received(cast: Cast) -> tuple[Alert, UUID]:
    """An alert of the officer that the magistrate got, and the first person in it."""
    by, now = cast.officer, timezone.now()
    with acting_as(by):
        row = alerts.record(by=by, report=report(), at=now)
        to = cast.magistrate.unit_code
        if cast.magistrate.unit_id not in Compartment.objects.get(pk=row.compartment_id).acl:
            alerts.transmit_further(
                by=by, reference=row.reference, to_unit=to, purpose="protect", ground="art. 1", at=now
            )
        return row, Person.objects.get(alert=row, number=1).id


@pytest.mark.asvs("8.2.3")
def test_the_persons_of_an_alert_are_not_listed_unseen(cast: Cast) -> None:
    row, _person = received(cast)
    page = client(cast.magistrate).post("/referrals/persons/new/", {"alert": row.reference})
    assert "Lotus" in page.content.decode()
    assert looks(cast.officer, row.compartment_id, cast.magistrate)


def test_a_person_of_an_alert_is_not_written_over_unseen(cast: Cast) -> None:
    row, person = received(cast)
    page = client(cast.magistrate).get(f"/referrals/persons/new/{row.reference}/{person}/")
    assert "Lotus" in page.content.decode()
    assert looks(cast.officer, row.compartment_id, cast.magistrate)


def test_an_identity_is_not_taken_over_unseen(cast: Cast) -> None:
    row = proposed(
        cast.officer, cast.centre_worker, matter=prepared(cast.officer), items=(*SENT, Item.IDENTITY)
    )
    by = cast.centre_worker
    with acting_as(by):
        referrals.accept(by=by, reference=row.reference, at=timezone.now())
        case = Case(track="residence", offence="R10", referral=row.reference)
        protection.request_opening(by=by, case=case, at=timezone.now())
    assert looks(cast.officer, row.compartment_id, by)


def test_why_a_person_was_sent_without_her_consent_is_not_read_unseen(cast: Cast) -> None:
    by = cast.officer
    row = proposed(by, cast.centre_worker, matter=prepared(by), given=VITAL)
    with acting_as(by):
        matter = row.matter.compartment_id
        consent = row.consent_id
    before = looks(by, matter, by)
    doors = [
        (client(by), "/referrals/exceptions/"),
        (api(by), "/api/referrals/exceptions"),
        (api(by), f"/api/referrals/grounds/{consent}"),
    ]
    for browser, url in doors:
        page = browser.get(url)
        assert "Not conscious" in page.content.decode(), url
        after = looks(by, matter, by)
        assert len(after) == len(before) + 1, url
        before = after


def test_a_match_is_seen_by_the_owner_of_what_matched(cast: Cast) -> None:
    row, _person = received(cast)
    by = cast.magistrate
    page = api(by).post(
        "/api/alerts/known",
        {"given_names": NOOR.given_names, "family_name": NOOR.family_name},
        content_type="application/json",
    )
    assert row.reference in page.content.decode()
    with acting_as(cast.officer):
        found = Entry.objects.filter(compartment_id=row.compartment_id, unit_id=by.unit_id, verb="combine")
        assert found.count() == 1
