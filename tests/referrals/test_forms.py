"""What is typed: it goes through once, or comes back with what was typed and what to correct."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast, client
from tests.referrals.rows import ABOUT, NAME, NOW, TODAY, VITAL, accepted, prepared, proposed

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.audit.models import Entry
from fanal.referrals import services
from fanal.referrals.models import Capacity, Consent, Matter, Referral
from fanal.referrals.rules.capacity import Offer

pytestmark = pytest.mark.django_db


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def counted() -> CaptureQueriesContext:
    return CaptureQueriesContext(connection)


def traced(owner: Member, act: str) -> int:
    with acting_as(owner):
        return Entry.objects.filter(act=act).count()


def typed(**more: Any) -> dict[str, Any]:
    return {
        "pseudonym": "Lotus", "summary": "Invented.", "age_basis": "known", "years": "30", "sex": "F",
        "language_1": "ro", "children": "0", "wheelchair": "no", "night": "no", "family_name": NAME,
    } | more  # fmt: skip


def test_a_person_is_written_down_and_found_again(cast: Cast) -> None:
    browser = client(cast.officer)
    page = browser.post("/referrals/persons/new/alone/", typed(), follow=True)
    shown = text_of(page)
    assert "Lotus" in shown
    assert NAME not in shown
    assert "An identity is held, locked away." in shown
    with acting_as(cast.officer):
        reference = Matter.objects.get().reference
    assert page.redirect_chain[-1][0] == f"/referrals/persons/{reference}/"
    form = text_of(browser.get(f"/referrals/persons/{reference}/change/"))
    assert NAME in form
    assert traced(cast.officer, "referrals.read_matter") == 2


def test_the_form_sent_twice_makes_one_person(cast: Cast) -> None:
    browser = client(cast.officer)
    key = "6b2f3c9e-3f4e-4f3e-9d8a-2f6f0a1b2c3d"
    for _ in range(2):
        assert browser.post("/referrals/persons/new/alone/", typed(submission=key)).status_code == 302
    with acting_as(cast.officer):
        assert Matter.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"birth_date": "30.02.1999"}, "there is no day 30"),
        ({"birth_date": f"01.01.{TODAY.year + 1}"}, "This value cannot be right"),
        ({"years": "400"}, "less than or equal to 122"),
        ({"birth_year": "1700"}, "This value cannot be right"),
        ({"sex": "Q"}, "Select a valid choice"),
        ({"summary": "x" * 5001}, "At most 5000 characters"),
    ],
)
def test_bad_input_comes_back_with_what_was_typed(cast: Cast, more: dict[str, str], message: str) -> None:
    page = client(cast.officer).post("/referrals/persons/new/alone/", typed(**more))
    assert page.status_code == 422
    assert message in text_of(page)
    assert "Invented." in text_of(page) or "summary" in more
    with acting_as(cast.officer):
        assert not Matter.objects.exists()


def test_names_of_any_script_and_direction(cast: Cast) -> None:
    for name in ("Nguyễn Thị Ḥ", "עוֹפְרָה", "محمد‎ بن", "王小明", "Ỳ" * 200):
        about = {"family_name": name, "summary": "ש" * 5000}
        page = client(cast.officer).post("/referrals/persons/new/alone/", typed(**about))
        assert page.status_code == 302
        assert name in text_of(client(cast.officer).get(page["Location"] + "change/"))


def test_a_stale_form_is_not_written_over(cast: Cast) -> None:
    row = prepared(cast.officer)
    browser = client(cast.officer)
    url = f"/referrals/persons/{row.reference}/change/"
    assert browser.post(url, typed(version="1", summary="First.")).status_code == 302
    late = browser.post(url, typed(version="1", summary="Second."))
    assert late.status_code == 422
    assert "Somebody changed this" in text_of(late)
    assert "Second." in text_of(late), "nothing typed is lost"
    assert browser.post(url, typed(summary="No version.")).status_code == 404


def proposal(**more: Any) -> dict[str, Any]:
    return {"purpose": "housing", "items": ["summary", "sex"], "ground": "consent", "form": "oral"} | more


def test_the_way_from_a_person_to_a_proposal_and_its_answer(cast: Cast) -> None:
    row, browser = prepared(cast.officer), client(cast.officer)
    url = f"/referrals/persons/{row.reference}/propose/{cast.centre_worker.unit_code}/"
    form = text_of(browser.get(url))
    assert 'value="summary"' in form
    assert _ticked(form, "summary")
    assert not _ticked(form, "identity")
    sent = browser.post(url, proposal())
    assert sent.status_code == 302
    assert browser.post(url, proposal())["Location"] == sent["Location"], "twice is once"
    receiver = client(cast.centre_worker)
    assert receiver.post(sent["Location"] + "accept/").status_code == 302
    assert receiver.post(sent["Location"] + "accept/").status_code == 302
    assert receiver.post(sent["Location"] + "done/", {"words": "Safe."}).status_code == 302
    assert "Safe." in text_of(browser.get(sent["Location"]))


def _ticked(form: str, item: str) -> bool:
    box = next(part for part in form.split("<input") if f'value="{item}"' in part)
    return "checked" in box.split(">")[0]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"ground": ""}, "This field is required"),
        ({"form": ""}, "Say how the person consented"),
        ({"items": []}, "Tick at least one item"),
        ({"items": ["signs"]}, "Select a valid choice"),
        ({"ground": "vital_interest", "form": ""}, "Say why this ground stands"),
        ({"ground": "law", "form": "", "why": "x"}, "Name the article"),
        ({"ground": "minor", "form": "", "why": "x"}, "This ground is for a child"),
        ({"given_on": f"01.01.{TODAY.year + 1}"}, "This day has not come yet"),
    ],
)
def test_what_a_proposal_lacks_is_said_beside_its_field(
    cast: Cast, more: dict[str, Any], message: str
) -> None:
    row = prepared(cast.officer)
    url = f"/referrals/persons/{row.reference}/propose/{cast.centre_worker.unit_code}/"
    page = client(cast.officer).post(url, proposal(**more))
    assert page.status_code == 422
    assert message in text_of(page)
    with acting_as(cast.officer):
        assert not Consent.objects.exists()


def publish(by: Member, **more: Any) -> Capacity:
    offer = Offer(
        **{"free": 2, "valid_until": NOW + timedelta(days=1), "languages": frozenset({"ro"})} | more
    )
    with acting_as(by):
        return services.publish_capacity(by=by, offer=offer, at=NOW)


def test_the_page_says_who_can_take_the_person_now(cast: Cast) -> None:
    publish(cast.centre_worker, free=0)
    publish(cast.other_centre_worker)
    row, browser = prepared(cast.officer), client(cast.officer)
    shown = text_of(browser.get(f"/referrals/persons/{row.reference}/"))
    options = shown[shown.index("Who can take this person now") :]
    assert options.index("The Meadow") < options.index("The Lantern"), "those with room first"
    assert "no place free, 1 needed" in options
    full = text_of(browser.get(f"/referrals/persons/{row.reference}/propose/{cast.centre_worker.unit_code}/"))
    assert "Cannot now" in full
    assert "These can take the person now:" in full
    assert f"propose/{cast.other_centre_worker.unit_code}/" in full


def test_more_is_sent_later(cast: Cast) -> None:
    row = accepted(cast)
    browser = client(cast.officer)
    assert not _ticked(text_of(browser.get(f"/referrals/{row.reference}/send/")), "identity")
    assert browser.post(f"/referrals/{row.reference}/send/", {"items": ["identity"]}).status_code == 302
    assert "Show the identity" in text_of(client(cast.centre_worker).get(f"/referrals/{row.reference}/"))
    assert client(cast.centre_worker).get(f"/referrals/{row.reference}/send/").status_code == 404


def test_refusing_asks_for_a_reason(cast: Cast) -> None:
    row, receiver = proposed(cast.officer, cast.centre_worker), client(cast.centre_worker)
    assert receiver.post(f"/referrals/{row.reference}/refuse/", {}).status_code == 422
    done = receiver.post(
        f"/referrals/{row.reference}/refuse/", {"reason": "full", "words": "In May."}, follow=True
    )
    assert "No longer seen" in text_of(done)
    assert "Lotus" not in text_of(done)
    assert "In May." in text_of(client(cast.officer).get(f"/referrals/{row.reference}/"))


def test_the_second_to_accept_is_told_nothing_of_the_first(cast: Cast) -> None:
    first = accepted(cast)
    with acting_as(cast.officer):
        Referral.objects.filter(pk=first.pk)
    second = proposed(cast.inspector, cast.other_centre_worker)
    third = proposed(cast.inspector, cast.centre_worker, matter=second.matter)
    client(cast.centre_worker).post(f"/referrals/{third.reference}/accept/")
    late = client(cast.other_centre_worker).post(f"/referrals/{second.reference}/accept/")
    assert late.status_code == 422
    assert "This person has been taken on elsewhere." in text_of(late)
    assert "Lantern" not in text_of(late)


# Grounds and places


def test_an_exception_is_listed_and_reviewed(cast: Cast) -> None:
    row = proposed(cast.officer, cast.centre_worker, given=VITAL)
    browser = client(cast.officer)
    shown = text_of(browser.get("/referrals/exceptions/"))
    assert row.matter.reference in shown
    assert "Not conscious." in shown
    url = f"/referrals/grounds/{row.consent_id}/review/"
    assert browser.post(url, {"review_due": "01.01.2020"}).status_code == 422
    later = TODAY + timedelta(days=40)
    assert browser.post(url, {"review_due": f"{later:%d.%m.%Y}"}).status_code == 302
    with acting_as(cast.officer):
        assert Consent.objects.get().review_due == later
    assert row.matter.reference not in text_of(client(cast.inspector).get("/referrals/exceptions/"))


def test_a_consent_is_recorded_before_anything_is_sent(cast: Cast) -> None:
    row, browser = prepared(cast.officer), client(cast.officer)
    url = f"/referrals/persons/{row.reference}/ground/"
    data = proposal(to_unit=cast.centre_worker.unit_code)
    assert browser.post(url, data | {"to_unit": cast.officer.unit_code}).status_code == 422
    assert browser.post(url, data).status_code == 302
    page = f"/referrals/persons/{row.reference}/propose/{cast.centre_worker.unit_code}/"
    assert "What stands already for this service: Roof" in text_of(browser.get(page)).replace("\n", " ")
    assert browser.post(page, proposal(ground="", form="")).status_code == 302


def test_a_centre_publishes_its_places(cast: Cast) -> None:
    browser = client(cast.centre_worker)
    until = NOW + timedelta(days=2)
    data = {
        "free": "3", "valid_until_0": f"{until:%d.%m.%Y}", "valid_until_1": "12:00", "sexes": ["F"], "age_from": "18",
        "children": "on", "language_1": "ro",
    }  # fmt: skip
    for _ in range(2):
        assert browser.post("/referrals/places/publish/", data).status_code == 302
    assert Capacity.objects.count() == 1
    board = text_of(client(cast.officer).get("/referrals/places/"))
    assert "from 18 years" in board
    assert "Has published nothing: call." in board
    for wrong in ({"valid_until_0": "01.01.2020"}, {"free": "-1"}, {"age_to": "17"}, {"free": "9999"}):
        assert browser.post("/referrals/places/publish/", data | wrong).status_code == 422
    assert client(cast.officer).get("/referrals/places/publish/").status_code == 403


def test_what_waits(cast: Cast) -> None:
    from fanal.referrals import queries

    row = proposed(cast.officer, cast.centre_worker, given=VITAL)
    with acting_as(cast.centre_worker):
        (mine,) = queries.waiting(cast.centre_worker, NOW)
        assert (mine.reference, mine.state, mine.act) == (row.reference, "week", "Answer a proposal")
        (late,) = queries.waiting(cast.centre_worker, row.due_at + timedelta(seconds=1))
        assert late.state == "late"
    with acting_as(cast.officer):
        awaited, review = queries.waiting(cast.officer, NOW)
        assert (awaited.state, review.act) == ("waiting", "Review a ground")
        assert client(cast.officer).get(awaited.url).status_code == 200
        assert client(cast.officer).get(review.url).status_code == 200
    assert ABOUT.pseudonym not in repr((mine, awaited, review))
