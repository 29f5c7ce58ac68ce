"""The guided intake in a browser without script: saved at every step, resumable, sent once."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from tests.cast import Cast, client

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.alerts import queries, services
from fanal.alerts.models import Alert, Draft, Person, Transmission
from fanal.audit.models import Entry

pytestmark = pytest.mark.django_db
TEXT = "Six people sleep behind the kitchen. ليلى تعمل هناك"
PERSON = {
    "subject": "presumed_victim",
    "age_basis": "doubtful",
    "sex": "F",
    "minor": "",
    "unaccompanied": "yes",
}


class Intake:
    """A browser that walks through one draft."""

    def __init__(self, member: Member) -> None:
        self.member, self.browser = member, client(member)
        self.draft = self.browser.post("/alerts/new/")["Location"].split("/")[3]

    def url(self, step: str) -> str:
        return f"/alerts/new/{self.draft}/{step}/"

    def get(self, step: str) -> HttpResponse:
        return self.browser.get(self.url(step))  # type: ignore[return-value]

    def post(self, step: str, go: str = "next", **typed: Any) -> HttpResponse:
        return self.browser.post(self.url(step), {"go": go, **typed})  # type: ignore[return-value]

    def walk(self, **what: Any) -> None:
        """Everything up to the last look, one person included."""
        typed = {"phenomenon": "trafficking", "purposes": ["WORK"], "narrative": TEXT} | what
        assert self.post("what", **typed)["Location"] == self.url("where")
        assert self.post("where", place="Oldport", sector="A")["Location"] == self.url("who")
        assert self.post("who", go="add")["Location"] == self.url("person/1")
        assert self.post("person/1", **PERSON)["Location"] == self.url("who")
        assert self.post("who")["Location"] == self.url("done")
        assert self.post("done", done_a="on", on_a=f"{timezone.localdate():%d.%m.%Y}")[
            "Location"
        ] == self.url("check")


@pytest.fixture
def intake(cast: Cast) -> Intake:
    return Intake(cast.officer)


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def test_from_the_first_sign_to_the_recorded_alert(cast: Cast, intake: Intake) -> None:
    intake.walk()
    page = text_of(intake.get("check"))
    for told in ("Guests office", "The Lantern", "Labour auditor Coast", "Wards office"):
        assert told in page
    assert "a person is a minor or may be one" in page
    sent = intake.post("check", go="send")
    with acting_as(cast.officer):
        alert = Alert.objects.get()
        assert sent["Location"] == f"/alerts/{alert.reference}/?recorded=1"
        assert (alert.municipality, alert.child, alert.person_count) == ("T01", True, 1)
        assert Person.objects.get().unaccompanied is True
        assert Transmission.objects.count() == 4
        assert not Draft.objects.exists()
    thanks = text_of(intake.browser.get(sent["Location"]))
    assert "The alert is recorded" in thanks
    assert "4 services were told" in thanks


def test_a_second_click_finds_the_first_ones_alert(cast: Cast, intake: Intake) -> None:
    intake.walk()
    first, second = intake.post("check", go="send"), intake.post("check", go="send")
    assert first["Location"] == second["Location"]
    with acting_as(cast.officer):
        assert Alert.objects.count() == 1


def test_what_was_typed_waits_for_its_author(cast: Cast, intake: Intake) -> None:
    intake.post("what", go="later", narrative=TEXT, phenomenon="trafficking")
    with acting_as(cast.officer):
        row = Draft.objects.get()
        assert TEXT.encode() not in bytes(row.sealed)
    assert "Begun and not sent" in text_of(intake.browser.get("/alerts/new/"))
    assert TEXT in text_of(client(cast.officer).get(intake.url("what")))


@pytest.mark.parametrize("who", ["outsider", "centre_worker"])
def test_nobody_else_finds_a_draft(cast: Cast, intake: Intake, who: str) -> None:
    intake.post("what", narrative=TEXT)
    other = client(cast.all[who])
    absent = intake.url("what").replace(intake.draft, "01a2039c-1bea-75e6-acdb-08f8aeff2aaa")
    for method in (other.get, other.post):
        found, missing = method(intake.url("what")), method(absent)
        assert (found.status_code, found.content) == (404, missing.content)
    other.post(f"/alerts/new/{intake.draft}/discard/")
    assert TEXT in text_of(intake.get("what"))


def test_a_colleague_of_the_same_unit_finds_no_draft_of_hers(cast: Cast, intake: Intake) -> None:
    from tests.cast import join

    from fanal.access.rules import Role

    colleague = join("colleague", Role.OFFICER, "police_cell", 0, on=timezone.localdate())
    assert colleague.unit_id == cast.officer.unit_id
    assert client(colleague).get(intake.url("what")).status_code == 404
    assert "Begun" not in text_of(client(colleague).get("/alerts/new/"))


@pytest.mark.parametrize(
    ("step", "typed", "message"),
    [
        ("where", {"seen_from": "30.2.2026"}, "February 2026 has 28 days"),
        ("where", {"seen_from": "24.11.2025", "seen_to": "20.11.2025"}, "The last day is before the first."),
        ("where", {"seen_from": "1.1.2199"}, "This day is still to come."),
        ("where", {"place": "Atlantis"}, "No municipality and no postcode begins like that."),
        ("where", {"sector": "ZZ"}, "Select a valid choice"),
        ("where", {"seen_at": "25:00"}, "This hour cannot be read"),
        ("what", {"narrative": "x" * 5001}, "At most 5000 characters are kept here; you wrote 5001."),
        ("what", {"purposes": ["NOPE"]}, "Select a valid choice"),
        ("done", {"done_a": "on"}, "Say on which day."),
        ("done", {"done_a": "on", "on_a": "1.1.2199"}, "This day is still to come."),
        ("person/1", {**PERSON, "birth_date": "1.1.2199"}, "This day is still to come."),
        ("person/1", {**PERSON, "birth_year": "1700"}, "This age cannot be right."),
        (
            "person/1",
            {**PERSON, "birth_date": "1.1.1990", "birth_year": "1991"},
            "This contradicts the date of birth.",
        ),
        ("person/1", {**PERSON, "estimated_age": "thirty"}, "Enter a whole number."),
        ("person/1", {"age_basis": "known"}, "This field is required."),
    ],
)
def test_bad_input_comes_back_with_its_reason_and_is_not_lost(
    intake: Intake, step: str, typed: dict[str, Any], message: str
) -> None:
    answer = intake.post(step, **typed)
    assert answer.status_code == 422
    assert message in text_of(answer).replace("&nbsp;", " ")
    again = text_of(intake.get(step))
    for value in typed.values():
        shown = value if isinstance(value, str) else value[0]
        if shown not in ("on", "NOPE", "ZZ", "known", ""):
            assert shown in again


def test_a_text_that_fits_several_places_asks_which_one(cast: Cast, intake: Intake) -> None:
    answer = intake.post("where", place="1")
    assert answer.status_code == 422
    assert "This fits several municipalities" in text_of(answer)
    assert "Newport (110)" in text_of(answer)
    assert intake.post("where", place="1", municipality="T02")["Location"] == intake.url("who")
    intake.post("what", narrative="x")
    assert "Newport" in text_of(intake.get("check"))


def test_a_place_of_before_the_merger_is_found_on_its_day(cast: Cast, intake: Intake) -> None:
    assert intake.post("where", place="Littlemeadow", seen_from="1.6.2025")["Location"] == intake.url("who")
    intake.post("what", phenomenon="trafficking", purposes=["WORK"])
    assert "Labour auditor Plain" in text_of(intake.get("check"))
    intake.post("check", go="send")
    with acting_as(cast.officer):
        assert Alert.objects.get().district == "plain"


def test_persons_are_added_and_removed_without_script(intake: Intake) -> None:
    intake.post("who", go="add")
    intake.post("person/1", **PERSON, pseudonym="the woman in the blue coat")
    assert intake.post("who", go="add")["Location"] == intake.url("person/2")
    intake.post("person/2", **PERSON)
    intake.post("who", go="remove-1")
    page = text_of(intake.get("who"))
    assert "blue coat" not in page
    assert "person/2/" in page
    assert intake.post("who", go="add")["Location"] == intake.url("person/3")


def test_someone_already_known_is_said_before_recording(cast: Cast, intake: Intake) -> None:
    name = {"given_names": "Noor", "family_name": "Testland"}
    intake.walk()
    intake.post("person/1", **PERSON, **name)
    assert "may already be known" not in text_of(intake.get("who"))
    reference = intake.post("check", go="send")["Location"].split("/")[2]
    again = Intake(cast.officer)
    again.post("person/1", **PERSON, given_names="TESTLAND", family_name="nóor")
    page = text_of(again.get("who"))
    assert "may already be known" in page
    assert f"/alerts/{reference}/?purpose=control" in page
    with acting_as(cast.officer):
        assert Entry.objects.filter(act="alerts.match").exists()
    stranger = Intake(cast.outsider)
    stranger.post("person/1", **PERSON, **name)
    assert "may already be known" not in text_of(stranger.get("who"))


def test_names_in_the_text_are_asked_about_and_not_refused(intake: Intake) -> None:
    intake.walk(narrative="We met Noor Testland there, call 0470 00 11 22.")
    page = text_of(intake.get("check"))
    assert "Does your text name somebody?" in page
    assert "Noor Testland" in page
    assert "0470 00 11 22" in page
    assert intake.post("check", go="send").status_code == 302


def test_an_empty_draft_is_not_sent(intake: Intake) -> None:
    page = intake.get("check")
    assert page.status_code == 422
    assert "Say at least one thing" in text_of(page)
    assert intake.post("check", go="send").status_code == 422


def test_a_wrong_step_is_named_at_the_last_look(intake: Intake) -> None:
    intake.walk()
    intake.post("where", go="later", seen_from="30.2.2026")
    page = intake.get("check")
    assert page.status_code == 422
    assert f'href="{intake.url("where")}"' in text_of(page)
    assert intake.post("check", go="send").status_code == 422


def test_a_discarded_draft_is_gone(cast: Cast, intake: Intake) -> None:
    intake.browser.post(f"/alerts/new/{intake.draft}/discard/")
    assert intake.get("what").status_code == 404
    assert intake.post("what", narrative="x").status_code == 404
    with acting_as(cast.officer):
        assert not Draft.objects.exists()


def test_drafts_nobody_touched_for_a_month_are_removed(cast: Cast, now: datetime) -> None:
    with acting_as(cast.officer):
        old = services.start(by=cast.officer, typed={}, step="what", at=now - timedelta(days=31))
        fresh = services.start(by=cast.officer, typed={}, step="what", at=now)
        ids = set(queries.drafts(cast.officer).values_list("id", flat=True))
    assert isinstance(old, UUID)
    assert ids == {fresh}


@pytest.mark.parametrize(("who", "status"), [("coordinator", 403), ("administrator", 403)])
def test_those_who_read_no_file_record_none(cast: Cast, who: str, status: int) -> None:
    assert client(cast.all[who]).get("/alerts/new/").status_code == status
    assert client(cast.all[who]).post("/alerts/new/").status_code == status


def test_nobody_logged_in_is_sent_to_log_in(db: None) -> None:
    assert Client().get("/alerts/new/").status_code == 302


def test_places_are_suggested(intake: Intake) -> None:
    page = text_of(intake.browser.get("/alerts/new/places/?place=old"))  # type: ignore[arg-type]
    assert "Oldport (100)" in page
