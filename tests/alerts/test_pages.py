"""Each page of alerts: its owner, a recipient, a stranger, and those who read no file."""

import io
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook
from tests.alerts.conftest import NOOR, Record, adult, child
from tests.cast import Cast, client

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.alerts import services
from fanal.alerts.models import Alert, DutyDone, State, Transmission
from fanal.alerts.queries import how_of
from fanal.alerts.rules import Sign
from fanal.audit.models import Entry
from fanal.directory.models import Unit

pytestmark = pytest.mark.django_db
PAGES = ("", "receipt/", "duties/a/", "send/", "close/", "reopen/", "persons/")


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def counted() -> CaptureQueriesContext:
    return CaptureQueriesContext(connection)


def trace_of(owner: Member, act: str) -> int:
    with acting_as(owner):
        return Entry.objects.filter(act=act, owner_unit_id=owner.unit_id).count()


@pytest.mark.parametrize("page", PAGES)
def test_absent_and_forbidden_are_the_same_bytes(cast: Cast, record: Record, page: str) -> None:
    alert = record(cast.officer, persons=(adult(identity=NOOR),))
    stranger = client(cast.outsider)
    for method in (stranger.get, stranger.post) if page else (stranger.get,):
        found, missing = method(f"/alerts/{alert.reference}/{page}"), method(f"/alerts/A-0000-0000/{page}")
        assert (found.status_code, missing.status_code) == (404, 404)
        assert found.content == missing.content


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_costs_as_many_statements_as_nobody(cast: Cast, record: Record, page: str) -> None:
    alert = record(cast.officer)
    stranger = client(cast.outsider)
    stranger.get(f"/alerts/A-0000-0000/{page}")
    with counted() as missing:
        stranger.get(f"/alerts/A-0000-0000/{page}")
    with counted() as found:
        stranger.get(f"/alerts/{alert.reference}/{page}")
    assert len(found) == len(missing)


@pytest.mark.parametrize("who", ["coordinator", "administrator"])
def test_those_who_read_no_file_open_no_page(cast: Cast, record: Record, who: str) -> None:
    alert = record(cast.officer)
    browser = client(cast.all[who])
    for page in (
        "/alerts/",
        "/alerts/export.csv",
        "/alerts/figures/",
        *(f"/alerts/{alert.reference}/{p}" for p in PAGES),
    ):
        assert browser.get(page).status_code == 403


def test_the_list_leads_to_the_file(cast: Cast, record: Record) -> None:
    alert = record(cast.officer, urgent=True, persons=(child(),))
    page = text_of(client(cast.officer).get("/alerts/"))
    assert f"/alerts/{alert.reference}/" in page
    assert "urgent" in page
    assert "perhaps a minor" in page
    assert "To confirm" in text_of(client(cast.centre_worker).get("/alerts/"))
    assert "No alert here" in text_of(client(cast.outsider).get("/alerts/"))
    assert "No alert here" in text_of(client(cast.officer).get("/alerts/?state=closed"))


def test_the_file_says_whose_it_is_and_who_else_reads_it(cast: Cast, record: Record) -> None:
    alert = record(
        cast.officer, persons=(adult(pseudonym="Lola", identity=NOOR),), signs=(Sign(indicator="no-pay"),)
    )
    mine = text_of(client(cast.officer).get(f"/alerts/{alert.reference}/"))
    assert "This file is your service’s." in mine
    assert "The Lantern (Keep company)" in mine
    assert "Close with an outcome" in mine
    theirs = text_of(client(cast.centre_worker).get(f"/alerts/{alert.reference}/"))
    assert "This file is of Watch Harbour" in theirs
    assert "We have it" in theirs
    assert "Close with an outcome" not in theirs
    for page in (mine, theirs):
        assert "Lola" in page
        assert "Testland" not in page.replace("testland", "")
    assert trace_of(cast.officer, "alerts.consult") == 2


def test_a_page_title_is_a_reference_and_no_word_that_betrays(cast: Cast, record: Record) -> None:
    alert = record(cast.officer, persons=(adult(pseudonym="Lola"),))
    for page in PAGES:
        html = text_of(client(cast.officer).get(f"/alerts/{alert.reference}/{page}"))
        title = html.partition("<title>")[2].partition("</title>")[0]
        assert "Lola" not in title
        assert not any(word in title.lower() for word in ("traffick", "traite", "mensenhandel", "bondage"))


def test_a_recipient_confirms_from_the_file(cast: Cast, record: Record) -> None:
    alert = record(cast.officer)
    answer = client(cast.centre_worker).post(f"/alerts/{alert.reference}/receipt/", follow=True)
    assert "Receipt confirmed." in text_of(answer)
    with acting_as(cast.officer):
        assert Transmission.objects.get(alert=alert, to_unit_id=cast.centre_worker.unit_id).acknowledged_at


def test_who_may_only_know_of_it_confirms_without_reading(cast: Cast, record: Record) -> None:
    alert = record(cast.reception, urgent=True)
    browser = client(cast.centre_worker)
    assert browser.get(f"/alerts/{alert.reference}/").status_code == 404
    page = text_of(browser.get(f"/alerts/{alert.reference}/receipt/"))
    assert "Confirm that you have this alert" in page
    assert browser.post(f"/alerts/{alert.reference}/receipt/")["Location"] == "/"


def test_a_duty_is_ticked_on_its_page(cast: Cast, record: Record, now: datetime) -> None:
    alert = record(cast.officer)
    url = f"/alerts/{alert.reference}/duties/b/"
    assert "12 b" in text_of(client(cast.officer).get(url))
    yesterday = f"{now - timedelta(days=1):%d.%m.%Y}"
    typed = {"version": "1", "done_at_0": yesterday, "done_at_1": "10:00", "how": "leaflet"}
    assert client(cast.officer).post(url, typed).status_code == 302
    with acting_as(cast.officer):
        assert how_of(DutyDone.objects.get()) == "leaflet"
    assert client(cast.officer).get(f"/alerts/{alert.reference}/duties/zzz/").status_code == 404
    assert client(cast.centre_worker).get(url).status_code == 403


def test_a_stale_form_comes_back_and_then_goes_through(cast: Cast, record: Record, now: datetime) -> None:
    alert = record(cast.officer)
    with acting_as(cast.officer):
        services.tick_duty(by=cast.officer, reference=alert.reference, duty="a", done_at=now, at=now)
    browser = client(cast.officer)
    stale = browser.post(f"/alerts/{alert.reference}/close/", {"version": "1", "outcome": "unreachable"})
    assert stale.status_code == 422
    assert "Somebody changed this" in text_of(stale)
    assert 'name="version" value="2"' in text_of(stale)
    assert (
        browser.post(
            f"/alerts/{alert.reference}/close/", {"version": "2", "outcome": "unreachable"}
        ).status_code
        == 302
    )


def test_closing_says_what_stands_in_the_way(cast: Cast, record: Record) -> None:
    alert = record(cast.officer, persons=(child(),))
    browser = client(cast.officer)
    assert "Guardianship: receipt is not confirmed yet" in text_of(
        browser.get(f"/alerts/{alert.reference}/close/")
    )
    answer = browser.post(f"/alerts/{alert.reference}/close/", {"version": "1", "outcome": "unreachable"})
    assert answer.status_code == 422
    assert "Guardianship: receipt is not confirmed yet" in text_of(answer)
    with acting_as(cast.officer):
        assert Alert.objects.get().state == State.OPEN


def test_closing_and_reopening_on_their_pages(cast: Cast, record: Record) -> None:
    alert = record(cast.officer)
    browser = client(cast.officer)
    typed = {"version": "1", "outcome": "referred", "receiver": "centre-lantern"}
    page = text_of(browser.post(f"/alerts/{alert.reference}/close/", typed, follow=True))
    assert "Entrusted to a house" in page
    assert "The Lantern" in page
    page = text_of(browser.post(f"/alerts/{alert.reference}/reopen/", {"version": "2"}, follow=True))
    assert "Every alert ends with an outcome." in page


def test_sending_further_on_its_page(cast: Cast, record: Record, now: datetime) -> None:
    alert = record(cast.officer)
    browser = client(cast.officer)
    url = f"/alerts/{alert.reference}/send/"
    assert "watch-harbour" not in text_of(browser.get(url)), "one does not send to oneself"
    typed = {"version": "1", "to_unit": "centre-meadow", "purpose": "accompany", "ground": "She moves."}
    Unit.objects.filter(code="centre-meadow").update(valid_to=timezone.localdate(now) - timedelta(days=1))
    refused = browser.post(url, typed)
    assert refused.status_code == 422
    closed = f"{timezone.localdate(now) - timedelta(days=1):%d.%m.%Y}"
    assert f"This service closed on {closed}. Choose the one that took over." in text_of(refused)
    Unit.objects.filter(code="centre-meadow").update(valid_to=None)
    nonsense = browser.post(url, typed | {"to_unit": "<b>"})
    assert nonsense.status_code == 422
    assert "Choose a service from the list." in text_of(nonsense)
    assert "The Meadow" in text_of(browser.post(url, typed, follow=True))
    assert client(cast.other_centre_worker).get(f"/alerts/{alert.reference}/").status_code == 200


def test_an_identity_is_shown_after_its_purpose(cast: Cast, record: Record) -> None:
    alert = record(cast.officer, persons=(adult(identity=NOOR),))
    browser = client(cast.centre_worker)
    url = f"/alerts/{alert.reference}/persons/"
    assert NOOR.family_name not in text_of(browser.get(url))
    refused = browser.post(url, {"purpose": ""})
    assert refused.status_code == 422
    assert "O&#x27;Testland" not in text_of(refused)
    shown = browser.post(url, {"purpose": "protect"})
    assert "O&#x27;Testland" in text_of(shown)
    assert shown["Cache-Control"] == "no-store"
    assert trace_of(cast.officer, "alerts.reveal_identity") == 1
    assert "needs the reference of your file" in text_of(browser.post(url, {"purpose": "investigate"}))


def test_the_list_goes_into_a_spreadsheet_without_a_person(cast: Cast, record: Record) -> None:
    alert = record(cast.officer, persons=(adult(pseudonym="Lola", identity=NOOR),))
    browser = client(cast.officer)
    csv = browser.get("/alerts/export.csv").content.decode("utf-8-sig")
    assert alert.reference in csv
    assert "Lola" not in csv
    sheet = load_workbook(io.BytesIO(browser.get("/alerts/export.xlsx").content)).active
    assert sheet is not None
    assert sheet["A2"].value == alert.reference
    assert trace_of(cast.officer, "alerts.export") == 2
    assert alert.reference not in browser.get("/alerts/export.csv?state=closed").content.decode()
    assert browser.get("/alerts/export.pdf").status_code == 404


def test_the_funnel_of_a_service_and_of_the_country(cast: Cast, record: Record, now: datetime) -> None:
    for _ in range(3):
        record(cast.officer)
    own = text_of(client(cast.officer).get("/alerts/figures/"))
    assert "3 alerts; 3 have no outcome yet." in own
    national = client(cast.coordinator).get("/alerts/figures/country/")
    assert "fewer than 5" in text_of(national)
    assert "3 alerts" not in text_of(national)
    assert client(cast.officer).get("/alerts/figures/country/").status_code == 403
    empty = client(cast.coordinator).get(f"/alerts/figures/country/?year={now.year}&unit_kind=centre")
    assert "No alert in this year" in text_of(empty)


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_pages_speak_the_readers_language(cast: Cast, record: Record, language: str) -> None:
    from fanal.access.models import Account

    alert = record(cast.officer, persons=(child(),))
    Account.objects.filter(pk=cast.officer.person_id).update(language=language)
    browser = client(cast.officer)
    for url in (
        "/alerts/",
        "/alerts/new/",
        f"/alerts/{alert.reference}/",
        f"/alerts/{alert.reference}/close/",
    ):
        html = text_of(browser.get(url))
        assert f'<html lang="{language}"' in html
        for english in (
            "Who was told",
            "Record an alert",
            "Close with an outcome",
            "Outcome</",
            "Save and go on",
        ):
            assert english not in html
