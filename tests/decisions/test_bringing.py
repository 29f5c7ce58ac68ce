"""Older decisions from a table: every kind of error by row, and only what stands is written, once."""

import io
from datetime import date

import pytest
from openpyxl import Workbook
from tests.bodies.people import AT, ON
from tests.cast import Cast, client

from fanal.access.services import acting_as
from fanal.decisions import services
from fanal.decisions.models import Decision, Step
from fanal.decisions.rules import State
from fanal.decisions.rules.bringing import Known, Problem, mapped, planned
from fanal.decisions.services.bringing import read_day
from fanal.errors import Invalid
from fanal.notify.models import Message

KNOWN = Known(
    bodies={"bureau": "bureau", "tab": "bureau"},
    units={"envoys": 7, "watch": 9},
    readers={"bureau": frozenset({7})},
    states={"done": State.DONE, "open": State.OPEN},
    there=frozenset({("bureau", date(1999, 1, 1), "known already")}),
)
SOUND = {"body": "Bureau", "title": "Meet more often", "taken_on": "4.11.1995"}


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"body": ""}, Problem("body", "missing")),
        ({"title": ""}, Problem("title", "missing")),
        ({"taken_on": ""}, Problem("taken_on", "missing")),
        ({"body": "Moon"}, Problem("body", "unknown", "Moon")),
        ({"title": "x" * 301}, Problem("title", "too_long", "301")),
        ({"taken_on": "31.02.1995"}, Problem("taken_on", "unreadable", "31.02.1995")),
        ({"taken_on": "01.01.2199"}, Problem("taken_on", "in_future", "01.01.2199")),
        ({"due_on": "03.11.1995"}, Problem("due_on", "before_taken", "03.11.1995")),
        ({"owners": "Envoys; Nobody"}, Problem("owners", "unknown", "Nobody")),
        ({"owners": "watch"}, Problem("owners", "without_seat", "watch")),
        ({"state": "perhaps"}, Problem("state", "unknown", "perhaps")),
        ({"origin_url": "javascript:x"}, Problem("origin_url", "no_address", "javascript:x")),
    ],
)
def test_each_error_is_told_with_its_row(cells: dict[str, str], problem: Problem) -> None:
    plan = planned([(2, SOUND), (7, SOUND | cells)], KNOWN, date(2026, 1, 1), read_day)
    assert list(plan.problems.items()) == [(7, [problem])]
    assert [it.row for it in plan.entries] == [2]


def test_all_errors_of_a_row_at_once() -> None:
    plan = planned([(2, {"body": "Moon", "due_on": "never", "state": "?"})], KNOWN, ON, read_day)
    assert {it.column for it in plan.problems[2]} == {"body", "title", "taken_on", "due_on", "state"}


def test_a_sound_row_in_any_words() -> None:
    assert mapped(["Organe", "TITRE", "Decided on", "Wetter", "due_on"]) == {
        "Organe": "body", "TITRE": "title", "Decided on": "taken_on", "due_on": "due_on",
    }  # fmt: skip
    row = SOUND | {"body": "TAB", "owners": "Envoys;\nenvoys", "due_on": "1996-01-01"}
    entry = planned([(2, row)], KNOWN, ON, read_day).entries[0]
    assert (entry.body, entry.owners, entry.state) == ("bureau", (7,), State.DONE)
    assert (entry.taken_on, entry.due_on) == (date(1995, 11, 4), date(1996, 1, 1))


def test_what_is_there_already_stays_out_whether_in_the_register_or_twice_in_the_table() -> None:
    there = SOUND | {"title": " Known  ALREADY", "taken_on": "1999-01-01"}
    plan = planned([(2, there), (3, SOUND), (4, SOUND)], KNOWN, ON, read_day)
    assert ([it.row for it in plan.entries], plan.known) == ([3], [2, 4])


def table(*rows: tuple[str, ...]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Body", "Title", "Decided on", "Owners", "State", "Source"), *rows):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


ROWS = (
    ("Moot", "Adopt the first chart", "1996-05-04", "Envoys", "done", "Annals"),
    ("Moot", "Adopt the second chart", "1996-09-04", "", "", ""),
    ("MOO", "Meet in spring", "2001-02-03", "Nobody", "done", ""),
)


def test_a_workbook_is_looked_at_and_then_written_once(cast: Cast) -> None:
    content = table(*ROWS)
    browser = client(cast.secretary)
    upload = io.BytesIO(content)
    upload.name = "old.xlsx"
    page = browser.post("/decisions/import/", {"file": upload})
    assert not Decision.objects.exists()
    words = page.content.decode()
    assert "2 decisions can be entered." in words
    assert "“Nobody” is not known here." in words
    kept = page.context["content"]
    assert browser.post("/decisions/import/", {"content": kept}).status_code == 302
    assert browser.post("/decisions/import/", {"content": kept}).status_code == 302
    with acting_as(cast.secretary):
        rows = Decision.objects.order_by("number")
        assert [it.number for it in rows] == ["MOO-1996-001", "MOO-1996-002"]
        assert [it.state for it in rows] == ["done", "done"]
        assert Step.objects.count() == 2
    assert not Message.objects.exists(), "nobody is mailed about the past"
    stranger = client(cast.magistrate).post("/decisions/import/", {"content": kept})
    assert stranger.status_code == 302
    with acting_as(cast.secretary):
        assert Decision.objects.count() == 2


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"Title;Text\nx;y\n", "columns_missing"),
        (b"Body;Body;Title\n", "column_twice"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "not_a_table"),
        (b"x" * 1_000_001, "file_large"),
    ],
)
def test_a_file_that_is_no_table_is_refused_as_a_whole(cast: Cast, content: bytes, code: str) -> None:
    with acting_as(cast.secretary), pytest.raises(Invalid) as refused:
        services.preview(by=cast.secretary, content=content, at=AT)
    assert refused.value.field == "file"
    assert refused.value.code in (code, "not_a_table")
