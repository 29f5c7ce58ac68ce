"""The coordination at a glance: at home for its people, a page for the others, for anybody what is public."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import Cast, client

from fanal.access.services import acting_as
from fanal.decisions import services as decisions
from fanal.directory import queries as directory

pytestmark = pytest.mark.django_db


def test_home_of_the_coordination_shows_it_and_that_of_a_police_officer_does_not(cast: Cast) -> None:
    for member, shown in ((cast.chair, True), (cast.correspondent, True), (cast.officer, False)):
        page = client(member).get("/").content.decode()
        assert ("Latest decisions" in page) is shown, member.role


def test_who_follows_the_coordination_has_its_page(cast: Cast) -> None:
    for member in (cast.chair, cast.rapporteur, cast.magistrate, cast.centre_worker):
        assert client(member).get("/coordination/").status_code == 200, member.role
    assert client(cast.administrator).get("/coordination/").status_code == 403
    assert Client().get("/coordination/").status_code == 302


def test_a_decision_is_three_clicks_from_home(cast: Cast) -> None:
    now = timezone.now()
    unit = directory.unit(cast.correspondent.unit_id)
    with acting_as(cast.secretary):
        made = decisions.record(
            by=cast.secretary,
            body_code="bureau",
            title="A leaflet for ports",
            text="Written by the end of the year.",
            taken_on=timezone.localdate(now) - timedelta(days=400),
            owner_unit_ids=(unit.id,),
            due_on=None,
            at=now,
        )
    browser = client(cast.secretary)
    assert f"/decisions/{made.number}/" in browser.get("/").content.decode()
    assert f"/decisions/{made.number}/" in browser.get("/decisions/?words=leaflet").content.decode()
    assert (
        browser.get("/find/", {"reference": made.number}).headers["Location"] == f"/decisions/{made.number}/"
    )


def test_anybody_reads_what_is_public_and_is_led_there(cast: Cast) -> None:
    page = Client().get("/public/")
    assert page.status_code == 200
    assert 'href="/public/"' in Client().get("/directory/").content.decode()
    assert 'href="/public/"' not in client(cast.chair).get("/directory/").content.decode()
