"""The pages of meetings through their door."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.cast import Cast, client
from tests.meetings.acts import convened, lines, planned, proposed
from tests.walls import second_wall_open

from fanal.access.services import acting_as
from fanal.attachments import services as attachments
from fanal.attachments.models import Attachment
from fanal.bodies import queries as bodies
from fanal.bodies import services as body_services
from fanal.meetings import services
from fanal.meetings.models import Annex, Reply

pytestmark = pytest.mark.urls("fanal.config.urls")


def test_every_page_opens(cast: Cast) -> None:
    item = proposed(cast.secretary, "Subsidies", body_code="cell")
    proposed(cast.secretary, "For few", body_code="cell", seats=[])
    meeting = convened(cast.secretary, body="cell")
    planned(cast.secretary)
    point = lines(cast.secretary, meeting.reference)[0].point_id
    browser = client(cast.secretary)
    addresses = [
        reverse("meetings:meetings"),
        reverse("meetings:mine"),
        reverse("meetings:calendar") + "?month=2026-12",
        reverse("meetings:subscription"),
        reverse("meetings:cadence", args=["bureau"]),
        reverse("meetings:plan"),
        reverse("meetings:series"),
        reverse("meetings:plan_series"),
        reverse("meetings:items") + "?text=subsid",
        reverse("meetings:propose"),
        reverse("meetings:propose") + f"?meeting={meeting.reference}",
        reverse("meetings:item", args=[item.reference]),
        *(
            reverse(f"meetings:{name}", args=[item.reference])
            for name in ("amend", "withdraw", "annex", "admit", "leave_for_next")
        ),
        *(reverse(f"meetings:{name}", args=[point]) for name in ("exclude", "take_off")),
        *(
            reverse(f"meetings:{name}", args=[meeting.reference])
            for name in ("meeting", "change", "convene", "cancel", "agenda", "set_agenda", "as_calendar")
        ),
    ]
    found = {address: browser.get(address).status_code for address in addresses}
    assert {address: status for address, status in found.items() if status != 200} == {}


def test_the_urgent_meeting_is_planned_from_its_request_and_convening_stops_the_clock(cast: Cast) -> None:
    with acting_as(cast.inspector):
        asked = body_services.ask_meeting(
            by=cast.inspector, body_code="bureau", reason="A ship was seen.", at=timezone.now()
        )
    browser = client(cast.secretary)
    link = reverse("meetings:plan") + f"?body=bureau&amp;request={asked.id}"
    assert f'href="{link}"' in browser.get(reverse("bodies:body", args=["bureau"])).content.decode()
    address = link.replace("&amp;", "&")
    shown = browser.get(address).content.decode()
    assert "A ship was seen." in shown
    begins = timezone.localtime() + timedelta(days=2)
    sent = browser.post(
        address,
        {
            "body_code": "bureau", "begins_at_0": f"{begins:%d.%m.%Y}", "begins_at_1": "10:00", "minutes": "60",
        },
    )  # fmt: skip
    assert sent.status_code == 302, sent.content.decode()[-3000:]
    asked.refresh_from_db()
    assert asked.answered_at is None, "a draft is no answer: nobody is invited yet"
    reference = sent["Location"].rstrip("/").rsplit("/", 1)[-1]
    assert browser.post(reverse("meetings:convene", args=[reference])).status_code == 302
    asked.refresh_from_db()
    assert asked.convened_for == begins.date()
    assert client(cast.outsider).get(address).status_code in (403, 404)


def test_a_seat_answers_and_its_last_answer_counts(cast: Cast) -> None:
    meeting = convened(cast.secretary, at=timezone.now())
    address = reverse("meetings:meeting", args=[meeting.reference])
    browser = client(cast.representative)
    nameless = browser.post(address, {"answer": "substitute", "note": ""})
    assert nameless.status_code == 422
    assert "Say who sits in for you." in nameless.content.decode()
    assert browser.post(address, {"answer": "accepts"}).status_code == 302
    assert browser.post(address, {"answer": "substitute", "note": "My deputy"}).status_code == 302
    (reply,) = Reply.objects.filter(meeting=meeting)
    assert (reply.answer, reply.note) == ("substitute", "My deputy")
    assert "My deputy" in client(cast.chair).get(address).content.decode()
    assert client(cast.outsider).post(address, {"answer": "accepts"}).status_code in (403, 404)


def test_the_file_of_a_paper_opens_for_who_sees_the_paper_alone(cast: Cast) -> None:
    now = timezone.now()
    item = proposed(cast.rapporteur, "The leaflet", at=now)
    with acting_as(cast.rapporteur):
        named = bodies.demand_seat("bureau", cast.chair, timezone.localdate(now))
        values = {"by": cast.rapporteur, "reference": item.reference, "name": "notes.txt", "at": now}
        papers = {
            seats: services.annex(title=title, data=title.encode(), seats=seats, **values)
            for title, seats in (("For all of us", ()), ("For few of us", (named.id,)))
        }
    found = {seats: _file(paper) for seats, paper in papers.items()}
    for member, opened in ((cast.chair, [True, True]), (cast.representative, [True, False])):
        browser = client(member)
        answers = [browser.get(address) for address in found.values()]
        assert [answer.status_code == 200 for answer in answers] == opened
    assert all(client(cast.outsider).get(address).status_code in (403, 404) for address in found.values())


def _file(paper: Annex) -> str:
    """The address of the working copy of a paper's file, once it was read."""
    with second_wall_open():
        row = Attachment.objects.get(object_id=paper.id)
    attachments.convert(attachment_id=row.id, at=timezone.now())
    return reverse("attachments:working_copy", args=[row.id])


def test_pages_ask_as_much_for_many_rows_as_for_few(cast: Cast) -> None:
    now = timezone.now()
    meeting = convened(cast.secretary, at=now)
    browser = client(cast.secretary)
    addresses = [
        *(reverse(f"meetings:{name}") for name in ("meetings", "mine", "items", "calendar", "series")),
        *(reverse(f"meetings:{name}", args=[meeting.reference]) for name in ("meeting", "agenda")),
        reverse("meetings:cadence", args=["bureau"]),
    ]
    _filled(cast, meeting.reference, 1)
    few = {address: _statements(browser, address) for address in addresses}
    _filled(cast, meeting.reference, 6)
    assert {address: _statements(browser, address) for address in addresses} == few


def _filled(cast: Cast, reference: str, many: int) -> None:
    """More of everything: items with a paper on the agenda and beside it, meetings, answers."""
    now = timezone.now()
    for nth in range(many):
        for goal in (reference, ""):
            item = proposed(cast.representative, f"Item {nth}", meeting=goal, at=now)
            with acting_as(cast.representative):
                services.annex(
                    by=cast.representative, reference=item.reference, title="Paper", name="paper.txt",
                    data=f"{nth}{goal}".encode(), at=now,
                )  # fmt: skip
        more = convened(cast.secretary, days=1 + nth, at=now)
        with acting_as(cast.representative):
            services.reply(by=cast.representative, reference=more.reference, answer="accepts", at=now)
        with acting_as(cast.secretary):
            services.record_held(
                by=cast.secretary,
                body_code="bureau",
                begins_at=now - timedelta(days=nth + 1, hours=many),
                at=now,
            )


def _statements(browser: Client, address: str) -> int:
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return len(asked)
