"""Pages and the API as people and programs ask them; what a list costs; a stranger is refused."""

import io
import re
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook
from tests.cast import Cast, api, client
from tests.progress import stage
from tests.progress.stage import CODE, EVIDENCE, GUARDS, LIGHTS, ROPES, TRAINED

from fanal.access.services import acting_as
from fanal.progress import services
from fanal.progress.models import Remark, Report, Review, Ruling, Value

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plan")]
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def text(answer: HttpResponse) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def form(now: datetime, **more: str) -> dict[str, str]:
    return {
        "submission": str(uuid4()), "period": stage.before(now).code, "stage": "under_way", "words": "Two courses.",
        "figure_0": "1 234,5", "measured_on": f"{stage.before(now).last:%d.%m.%Y}", "links": "https://a.example/x",
        **more,
    }  # fmt: skip


def test_from_home_to_a_report_in_two_steps(cast: Cast, now: datetime) -> None:
    browser = client(cast.correspondent)
    assert "/progress/mine/" in text(browser.get("/"))
    assert f"/progress/measures/{GUARDS}/report/" in text(browser.get("/progress/mine/"))
    sent = browser.post(f"/progress/measures/{GUARDS}/report/", form(now), follow=True)
    assert sent.redirect_chain == [(f"/progress/measures/{GUARDS}/", 302)]
    assert str(Value.objects.get(indicator=TRAINED).value) == "1234.500"
    page = text(sent)
    assert "<svg viewBox" in page
    assert "1 234.5" in page
    assert "Two courses." in page


def test_a_form_that_comes_back_has_lost_nothing(cast: Cast, now: datetime) -> None:
    browser = client(cast.correspondent)
    typed = form(now, figure_0="about ten", decisions="TAB-1999-001", next_step="Ask the harbour.")
    answer = browser.post(f"/progress/measures/{GUARDS}/report/", typed)
    assert answer.status_code == 422
    page = text(answer)
    for words in ("about ten", "Two courses.", "Ask the harbour.", "https://a.example/x", "TAB-1999-001"):
        assert words in page
    assert "This number cannot be read. Write it like 1 234,5." in page
    answer = browser.post(f"/progress/measures/{GUARDS}/report/", typed | {"figure_0": "10"})
    assert "There is no decision TAB-1999-001 in the register." in text(answer)
    answer = browser.post(
        f"/progress/measures/{GUARDS}/report/", typed | {"figure_0": "10", "decisions": "", "measured_on": ""}
    )
    assert "Say on which day the figures were measured." in text(answer)
    assert not Report.objects.exists()


def test_who_leads_not_is_refused(cast: Cast, now: datetime) -> None:
    row = stage.send(cast.correspondent, now)
    for member, path, status in (
        (cast.correspondent, f"/progress/measures/{ROPES}/report/", 403),
        (cast.correspondent, f"/progress/reports/{row.pk}/remark/", 403),
        (cast.correspondent, f"/progress/reports/{row.pk}/review/", 403),
        (cast.secretary, f"/progress/reports/{row.pk}/review/", 403),
        (cast.chair, f"/progress/measures/{GUARDS}/report/", 403),
        (cast.representative, "/progress/mine/", 403),
        (cast.administrator, "/progress/", 403),
        (cast.correspondent, "/progress/measures/chart-7-99/", 404),
        (cast.chair, f"/progress/reports/{uuid4()}/review/", 404),
        (cast.chair, "/progress/plans/no-such/", 404),
        (cast.chair, f"/progress/plans/{CODE}/export.pdf", 404),
    ):
        assert client(member).get(path).status_code == status, path
    assert Client().get("/progress/").status_code == 302
    assert Client().get("/progress/public/no-such/").status_code == 404


def test_a_plan_at_a_glance_says_each_state_in_a_word(cast: Cast, now: datetime) -> None:
    stage.send(cast.correspondent, now, LIGHTS, blocked_by="No lamps.")
    page = text(client(cast.officer).get(f"/progress/plans/{CODE}/"))
    assert "Of 4 measures 0 are done and 4 late or blocked." in page
    assert '<li class="cell blocked">' in page
    assert '<span class="word">blocked</span>' in page
    only = text(client(cast.officer).get(f"/progress/plans/{CODE}/?state=blocked"))
    assert only.count('<li class="cell') == 1
    assert text(client(cast.officer).get(f"/progress/plans/{CODE}/?lead=watch")).count('<li class="cell') == 1


def test_no_plan_in_force_is_said_out_loud(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from fanal.progress.views import pages

    later = timezone.localdate().replace(year=timezone.localdate().year + 20)
    monkeypatch.setattr(pages.timezone, "localdate", lambda *_: later)
    words = f"On {later.day} {later:%b %Y} no plan is in force."
    assert words in text(client(cast.chair).get("/progress/"))
    assert words in text(client(cast.correspondent).get("/progress/mine/"))
    assert words in text(Client().get("/progress/public/"))


def test_the_public_reads_what_was_reviewed_and_no_more(cast: Cast, now: datetime) -> None:
    row = stage.send(
        cast.correspondent, now, LIGHTS, words="Inner words.", stage="completed", evidence=(EVIDENCE,)
    )
    path = f"/progress/public/{CODE}/"
    assert path in text(Client().get("/progress/public/"))
    before = text(Client().get(path))
    assert "No report on this plan was reviewed yet." in before
    assert "Carried out" not in before
    assert "and not reviewed yet." in before
    with acting_as(cast.chair):
        services.review(by=cast.chair, report_id=row.pk, agrees=False, reason="Secret doubts.", at=now)
    page = text(Client().get(path))
    assert "The review does not agree with the last report." in page
    with acting_as(cast.chair):
        services.review(by=cast.chair, report_id=row.pk, agrees=True, reason="", at=timezone.now())
    page = text(Client().get(path))
    assert "Carried out, with evidence" in page
    for words in ("Inner words.", "Secret doubts.", "harbour.example", "/progress/measures/"):
        assert words not in page


def test_who_owes_and_what_changed(cast: Cast, now: datetime) -> None:
    browser = client(cast.chair)
    stage.send(cast.correspondent, now, LIGHTS)
    page = text(browser.get(f"/progress/plans/{CODE}/owes/"))
    assert "Institutions by what they owe" in page
    yesterday = timezone.localdate(now) - timedelta(days=1)
    page = text(browser.get(f"/progress/plans/{CODE}/changes/?since={yesterday:%d.%m.%Y}"))
    assert "Light the quays" in page
    assert "Train the guards" not in page
    assert browser.get(f"/progress/plans/{CODE}/changes/?since=yesterday").status_code == 422
    assert browser.get(f"/progress/plans/{CODE}/changes/").status_code == 200


def test_review_remark_drop_and_resume_in_the_browser(cast: Cast, now: datetime) -> None:
    row = stage.send(cast.correspondent, now, LIGHTS)
    chair = client(cast.chair)
    assert str(row.pk) in text(chair.get("/progress/reviews/"))
    answer = chair.post(f"/progress/reports/{row.pk}/review/", {"agrees": "no", "reason": ""})
    assert (answer.status_code, "Say why the review does not agree." in text(answer)) == (422, True)
    chair.post(f"/progress/reports/{row.pk}/review/", {"agrees": "no", "reason": "Too dark."})
    assert Review.objects.get().reason == "Too dark."
    assert "Too dark." in text(chair.get(f"/progress/measures/{LIGHTS}/"))
    number = stage.decided(cast, now)
    answer = chair.post(f"/progress/measures/{LIGHTS}/drop/", {"decision": "TAB-1-1"})
    assert answer.status_code == 422
    page = text(chair.post(f"/progress/measures/{LIGHTS}/drop/", {"decision": number}, follow=True))
    assert f"Dropped by decision {number}" in page
    chair.post(f"/progress/measures/{LIGHTS}/resume/", {"decision": number})
    assert [each.dropped for each in Ruling.objects.order_by("at")] == [True, False]
    other = stage.of_house(cast.correspondent, "college")
    theirs = stage.send(other, now, ROPES)
    client(cast.correspondent).post(f"/progress/reports/{theirs.pk}/remark/", {"words": "Ours too."})
    assert Remark.objects.get().words == "Ours too."


# Sheets


def filled(cast: Cast, *rows: dict[int, object]) -> bytes:
    """The sheet that is filled in already, completed: {column: value} for the first rows."""
    book = load_workbook(io.BytesIO(client(cast.correspondent).get("/progress/mine/sheet.xlsx").content))
    sheet = book.active
    keys = [cell.value for cell in sheet["A"]]
    for key, row in zip((GUARDS, LIGHTS), rows, strict=False):
        for column, value in row.items():
            sheet.cell(keys.index(key) + 1, column, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(cast: Cast, content: bytes, name: str = "sheet.xlsx") -> HttpResponse:
    file = SimpleUploadedFile(name, content, SHEET)
    return client(cast.correspondent).post("/progress/mine/import/", {"file": file})


STAGE, WORDS, VALUE, BLOCKED = 5, 6, 10, 15


def test_a_sheet_goes_out_filled_in_and_comes_back_with_a_preview(cast: Cast) -> None:
    content = filled(
        cast, {STAGE: "under way", WORDS: "Three courses.", VALUE: 12.5}, {STAGE: "nearly", WORDS: "Lamps."}
    )
    answer = upload(cast, content)
    page = text(answer)
    assert "1 report can be sent. 1 has a problem." in page
    assert "Say where the work stands." in page
    assert not Report.objects.exists()
    kept = re.search(r'name="content" value="([^"]+)"', page)
    assert kept
    browser = client(cast.correspondent)
    for _ in range(2):
        browser.post("/progress/mine/import/", {"content": kept[1]})
    assert Report.objects.get().words == "Three courses."
    assert str(Value.objects.get().value) == "12.500"
    answer = client(cast.chair).post("/progress/mine/import/", {"content": kept[1]})
    assert answer.status_code == 403
    forged = browser.post("/progress/mine/import/", {"content": kept[1][:-3]}, follow=True)
    assert "This preview is too old." in text(forged)


PROBLEMS = (
    ("k9;2020-T1;under_way;x;;;", "Your institution leads no measure with the key k9."),
    (f"{ROPES};2020-T1;under_way;x;;;", f"Your institution leads no measure with the key {ROPES}."),
    (f"{GUARDS};2020-T1;under_way;x;;;", "Choose a period of this measure that has begun."),
    (f"{GUARDS};soon;under_way;x;;;", "Choose a period of this measure that has begun."),
    (f"{GUARDS};THIS;;x;;;", "Say where the work stands."),
    (f"{GUARDS};THIS;en cours;;;;", "Say in words what was done."),
    (f"{GUARDS};THIS;under_way;x;{TRAINED};ten;", "Row 2: This number cannot be read."),
    (f"{GUARDS};THIS;under_way;x;{TRAINED};1.234;", "Row 2: Is 1.234 a number of thousands?"),
    (f"{GUARDS};THIS;under_way;x;k;3;01.02.2026", "This measure has no such indicator."),
    (f"{GUARDS};THIS;under_way;x;{TRAINED};3;30.02.2026", "there is no day 30"),
    (f"{GUARDS};THIS;under_way;x;{TRAINED};3;01.01.2100", "A figure is measured today or before."),
    (f"{GUARDS};THIS;under_way;x;;;\n{GUARDS};THIS;under_way;y;;;", "the rows say different things."),
)


def test_each_problem_of_a_sheet_stands_beside_its_row(cast: Cast, now: datetime) -> None:
    head = "Key;Period;Where the work stands;What was done;Key of the indicator;New figure;Measured on\n"
    for line, problem in PROBLEMS:
        content = (head + line.replace("THIS", stage.before(now).code)).encode()
        page = text(upload(cast, content, "sheet.csv"))
        assert problem in page, line
        assert "0 reports can be sent." in page, line


NO_SHEET = (
    (b"", "file"),
    (b"PK\x03\x04 nothing", "This file cannot be read as a table."),
    (b"a;b\n1;2\n", "These columns are missing"),
    (b"x" * 600_000, "A sheet of reports is smaller than this."),
)


def test_what_is_no_sheet_is_said_in_words(cast: Cast) -> None:
    for content, problem in NO_SHEET:
        answer = upload(cast, content)
        assert answer.status_code == 422, problem
        assert problem in text(answer)


# What pages cost


def many(cast: Cast, now: datetime) -> None:
    """Twenty reports on each measure, reviewed and remarked."""
    period = stage.before(now)
    for key in (GUARDS, LIGHTS):
        for n in range(20):
            at = now - timedelta(minutes=n)
            row = Report.objects.create(
                measure=key, plan=CODE, period=period.last, period_code=period.code, stage="under_way", words="x",
                unit_id=cast.correspondent.unit_id, sent_by=cast.correspondent.person_id, sent_at=at,
            )  # fmt: skip
            Review.objects.create(
                report=row, measure=key, period=row.period, agrees=True, unit_id=cast.chair.unit_id,
                made_by=cast.chair.person_id, at=at,
            )  # fmt: skip
            Value.objects.create(report=row, indicator=TRAINED, value=n, measured_on=period.last, sent_at=at)


PATHS = (
    "/progress/", f"/progress/plans/{CODE}/", f"/progress/plans/{CODE}/owes/", f"/progress/plans/{CODE}/changes/",
    f"/progress/measures/{GUARDS}/", "/progress/reviews/", f"/progress/public/{CODE}/",
    f"/progress/plans/{CODE}/export.xlsx",
)  # fmt: skip


def test_no_page_costs_more_with_more_rows(cast: Cast, now: datetime) -> None:
    stage.send(cast.correspondent, now, figures=stage.figure("3", stage.before(now).last))
    with acting_as(cast.chair):
        services.review(by=cast.chair, report_id=Report.objects.get().pk, agrees=True, reason="", at=now)
    readers = [(client(cast.chair), path) for path in PATHS] + [
        (client(cast.correspondent), "/progress/mine/")
    ]

    def counts() -> list[int]:
        found = []
        for browser, path in readers:
            browser.get(path)
            with CaptureQueriesContext(connection) as captured:
                assert browser.get(path).status_code == 200
            found.append(len(captured))
        return found

    few = counts()
    many(cast, now)
    assert counts() == few
    assert max(few) < 60


# The API


def test_programs_report_and_review(cast: Cast, now: datetime) -> None:
    lead, chair = api(cast.correspondent), api(cast.chair)
    body = {
        "period": stage.before(now).code, "stage": "under_way", "words": "By a program.",
        "figures": [{"indicator": TRAINED, "value": "11.5", "measured_on": f"{stage.before(now).last}"}],
        "evidence": [{"kind": "note", "value": "Circular 3"}],
    }  # fmt: skip
    path = f"/api/progress/measures/{GUARDS}"
    send = {"content_type": "application/json", "headers": {"Idempotency-Key": "one"}}
    first, again = (lead.post(f"{path}/reports", body, **send) for _ in range(2))
    assert (first.status_code, again.status_code, Report.objects.count()) == (201, 201, 1)
    made = first.json()
    assert (made["figures"][0]["value"], made["evidence"][0]["kind"]) == ("11.500", "note")
    assert chair.get(path).json()["state"] == "on_track"
    no = {"agrees": False, "reason": "No."}
    said = chair.post(f"/api/progress/reports/{made['id']}/review", no, "application/json")
    assert said.json()["reviews"][0]["words"] == "No."
    assert chair.get(path).json()["disputed"] is True
    assert [each["id"] for each in lead.get(f"{path}/reports").json()["items"]] == [made["id"]]
    assert {each["key"] for each in lead.get("/api/progress/mine").json()} >= {GUARDS, LIGHTS}
    assert len(chair.get(f"/api/progress/plans/{CODE}").json()) == 4
    refused = chair.post(f"{path}/drop", {"decision": "TAB-1999-001"}, "application/json")
    assert (refused.status_code, refused.json()["code"]) == (422, "decision_unknown")
    number = stage.decided(cast, now)
    assert chair.post(f"{path}/drop", {"decision": number}, "application/json").json()["state"] == "dropped"
    assert (
        chair.post(f"{path}/resume", {"decision": number}, "application/json").json()["state"] == "on_track"
    )
    assert (
        lead.post(f"/api/progress/measures/{ROPES}/reports", body, **send | {"headers": {}}).status_code
        == 403
    )
