"""Invitations and the feed, as calendars read them."""

import shutil
import subprocess
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from tests.cast import Cast, client
from tests.meetings.acts import DAY, convened, proposed

from fanal.access.services import acting_as
from fanal.bodies import queries as bodies
from fanal.bodies import services as body_services
from fanal.meetings import services
from fanal.notify import services as notify

pytestmark = pytest.mark.urls("fanal.config.urls")
NOW = timezone.now()


def parts() -> list[tuple[str, Calendar]]:
    """(to whom, calendar) of each mail that carries one, as a mail program reads it."""
    found = []
    for each in mail.outbox:
        message = message_from_bytes(each.message().as_bytes(), policy=policy.default)
        for part in message.walk():
            if part.get_content_type() == "text/calendar":
                calendar = Calendar.from_ical(part.get_content())
                assert part.get_param("method") == calendar["METHOD"]
                found.append((message["To"], calendar))
    return found


def test_an_invitation_its_change_and_its_cancellation_are_one_event(cast: Cast) -> None:
    meeting = convened(cast.secretary, at=NOW)
    with acting_as(cast.secretary):
        services.change(
            by=cast.secretary, reference=meeting.reference, begins_at=meeting.begins_at + DAY, minutes=60,
            place="Room 4", at=NOW,
        )  # fmt: skip
        services.cancel(by=cast.secretary, reference=meeting.reference, why="Snow.", at=NOW)
    notify.deliver(at=NOW)
    mine = [calendar for to, calendar in parts() if to == "representative@testland.example"]
    events = [calendar.walk("VEVENT")[0] for calendar in mine]
    assert [str(calendar["METHOD"]) for calendar in mine] == ["REQUEST", "REQUEST", "CANCEL"]
    assert {str(event["UID"]) for event in events} == {f"{meeting.id}@fanal"}
    assert [int(event["SEQUENCE"]) for event in events] == [0, 1, 2]
    assert str(events[1]["LOCATION"]) == "Room 4"
    assert str(events[2]["STATUS"]) == "CANCELLED"
    assert {str(event["ATTENDEE"]) for event in events} == {"mailto:representative@testland.example"}
    assert "outsider@testland.example" not in {to for to, _ in parts()}


def test_a_seat_that_names_a_person_is_invited_by_that_person_alone(cast: Cast) -> None:
    with acting_as(cast.chair):
        seat = bodies.demand_seat("bureau", cast.representative, NOW.date())
        body_services.seat_person(
            by=cast.chair,
            seat_id=seat.id,
            membership_id=cast.representative.membership_id,
            valid_from=NOW.date(),
            at=NOW,
        )
    convened(cast.secretary, at=NOW)
    notify.deliver(at=NOW)
    invited = {to for to, _ in parts()}
    assert "representative@testland.example" in invited
    assert "correspondent@testland.example" not in invited


def subscribed(cast: Cast) -> bytes:
    browser = client(cast.representative)
    answer = browser.post(reverse("meetings:subscription"))
    address = answer.context["address"]
    path = "/" + address.split("/", 3)[3]
    assert browser.__class__().get(path).status_code == 200
    return browser.__class__().get(path).content


def test_the_feed_is_read_by_the_library_and_says_nothing_of_the_agenda(cast: Cast) -> None:
    proposed(cast.representative, "Wordless lantern", at=NOW)
    meeting = convened(cast.secretary, at=NOW)
    content = subscribed(cast)
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert (str(event["SUMMARY"]), event.decoded("DTSTART")) == (
        meeting.reference,
        meeting.begins_at.replace(microsecond=0),
    )
    assert b"lantern" not in content


def test_a_new_address_ends_the_older_one(cast: Cast) -> None:
    browser = client(cast.representative)
    first = browser.post(reverse("meetings:subscription")).context["address"]
    browser.post(reverse("meetings:subscription"))
    assert browser.get("/" + first.split("/", 3)[3]).status_code == 404


def khal() -> str:
    beside = Path(__import__("sys").executable).with_name("khal")
    return str(beside) if beside.exists() else shutil.which("khal") or ""


@pytest.mark.skipif(not khal(), reason="khal is not installed")
def test_a_command_line_calendar_reads_the_feed(cast: Cast, tmp_path: Path) -> None:
    meeting = convened(cast.secretary, at=NOW)
    (tmp_path / "feed.ics").write_bytes(subscribed(cast))
    (tmp_path / "calendars" / "fanal").mkdir(parents=True)
    (tmp_path / "config").write_text(
        f"[calendars]\n[[fanal]]\npath = {tmp_path}/calendars/fanal\n[sqlite]\npath = {tmp_path}/khal.db\n"
        "[locale]\nlocal_timezone = Europe/Brussels\ndefault_timezone = Europe/Brussels\n"
        "dateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ntimeformat = %H:%M\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
    )
    run = [khal(), "-c", str(tmp_path / "config")]
    subprocess.run(
        [*run, "import", "--batch", "-a", "fanal", str(tmp_path / "feed.ics")],
        check=True,
        capture_output=True,
    )
    day = timezone.localtime(meeting.begins_at).strftime("%Y-%m-%d")
    told = subprocess.run([*run, "list", day, "1d"], check=True, capture_output=True, text=True).stdout
    assert meeting.reference in told
