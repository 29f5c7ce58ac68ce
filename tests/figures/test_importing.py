"""A file of figures: every kind of mistake is told by its row, and all of it is written or nothing."""

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook
from tests.cast import Cast, api, client

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.errors import Invalid, NotFound
from fanal.statistics import queries, services
from fanal.statistics.models import Figure, Sheet

pytestmark = pytest.mark.django_db
HEAD = "code;counting_unit;phenomenon;period;form;breakdown;value;status;definition;source;extracted_on;note;protected"
GOOD = ";offence;trafficking;2024;;;346;;Offences;Book;;;yes"


def looked_at(by: Member, at: datetime, *lines: str, head: str = HEAD) -> list[services.SheetRow]:
    content = "\n".join((head, *lines)).encode()
    with acting_as(by):
        sheet = services.read_file(by=by, content=content, name="figures.csv", at=at)
        return services.preview(by=by, sheet_id=sheet, at=at)[1]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (GOOD.replace("offence", "lamps"), "Counting unit: Choose from the list."),
        (GOOD.replace("trafficking", "theft"), "Phenomenon: Choose"),
        (GOOD.replace("2024", "24"), "Period: Write a year"),
        (GOOD.replace("346", ""), "an empty cell says nothing"),
        (GOOD.replace("346", "many"), "not a whole number"),
        (GOOD.replace("346", "3.5"), "not a whole number"),
        (GOOD.replace("346;", "346;zero"), "Zero is a value of its own"),
        (GOOD.replace("346;", "3;unknown"), "leave the value empty"),
        (GOOD.replace("346;", "3;maybe"), "State: choose"),
        (GOOD.replace("Offences", ""), "Definition: A figure without this"),
        (GOOD.replace("Book", ""), "Source: A figure without this"),
        (GOOD.replace("Book;;", "Book;32.13.2025;"), "Extraction date:"),
        (GOOD.replace("yes", "perhaps"), "Protected: write yes or no"),
        ("none-1" + GOOD, "no figure has this code"),
        ("captives-2018" + GOOD, "counts something else"),
        (
            ";identified_victim;trafficking;2018;;;6;;Counted by the wardens;Book of Numbers;;;",
            "",
        ),
    ],
)
def test_every_problem_is_told_by_its_row(cast: Cast, now: datetime, row: str, said: str) -> None:
    (found,) = looked_at(cast.secretary, now, row)
    assert found.number == 2
    assert (found.act == "wrong") == bool(said)
    assert said in " ".join(found.problems)


def test_rows_are_new_changed_or_the_same(cast: Cast, now: datetime) -> None:
    source = Figure.objects.get(code="captives-2018").source
    same = f"captives-2018;identified_victim;trafficking;2018;;;6;;Counted by the wardens;{source};;;yes"
    rows = looked_at(
        cast.secretary, now, GOOD, same, same.replace(";6;", ";8;"), GOOD, ";Offence;Bondage;2023;;;1.234;;O;B;;;oui",
        same.removeprefix("captives-2018"),
    )  # fmt: skip
    assert [row.act for row in rows] == ["new", "same", "wrong", "wrong", "new", "wrong"]
    assert "row 3" in rows[2].problems[0]
    assert "put its code" in rows[5].problems[-1] or "row 3" in rows[5].problems[-1]


def test_nothing_is_written_while_a_row_is_wrong(cast: Cast, now: datetime) -> None:
    by, before = cast.secretary, Figure.objects.count()
    content = "\n".join((HEAD, GOOD, GOOD.replace("2024", "24"))).encode()
    with acting_as(by):
        sheet = services.read_file(by=by, content=content, name="f.csv", at=now)
        with pytest.raises(Invalid, match="rows_wrong"):
            services.take_over(by=by, sheet_id=sheet, at=now)
    assert Figure.objects.count() == before
    with acting_as(cast.chair), pytest.raises(NotFound):
        services.preview(by=cast.chair, sheet_id=sheet, at=now)
    assert services.forget_sheets(at=now + timedelta(hours=1)) == 0
    assert services.forget_sheets(at=now + timedelta(days=2)) == 1


def test_a_column_that_is_missing_is_named(cast: Cast, now: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        looked_at(cast.secretary, now, "x;1", head="source;value")
    assert refused.value.code == "column_missing"
    assert "Counting unit" in str(refused.value.message)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_exported_can_be_read_back(cast: Cast, now: datetime, kind: str) -> None:
    browser = client(cast.secretary)
    content = browser.get(f"/figures/export.{kind}").content
    posted = browser.post("/figures/import/", {"file": SimpleUploadedFile(f"f.{kind}", content)})
    assert posted.status_code == 302
    page = browser.get(posted["Location"]).content.decode()
    assert f"0 new, 0 corrected, {Figure.objects.count()} unchanged, 0 with a problem" in page
    if kind == "xlsx":
        book = load_workbook(BytesIO(content))
        sheet = book.active
        assert sheet is not None
        column = next(n for n, cell in enumerate(sheet[1]) if cell.value == "Value")
        sheet[2][column].value = 41 if sheet[2][column].value != 41 else 42
        sheet[2][column + 1].value = "known"
        changed = BytesIO()
        book.save(changed)
        posted = browser.post("/figures/import/", {"file": SimpleUploadedFile("f.xlsx", changed.getvalue())})
        assert browser.post(posted["Location"]).status_code == 302
        assert Figure.objects.filter(version=2).count() == 1
        assert not Sheet.objects.filter(pk=posted["Location"].strip("/").rsplit("/", 1)[-1]).exists()


def test_a_program_does_the_same(cast: Cast) -> None:
    program = api(cast.secretary)
    content = "\n".join((HEAD, GOOD)).encode()
    read = program.post("/api/figures/sheets", {"file": SimpleUploadedFile("f.csv", content)})
    assert read.status_code == 201, read.content
    assert [row["act"] for row in read.json()["rows"]] == ["new"]
    assert program.post(f"/api/figures/sheets/{read.json()['id']}").json() == {"written": 1}
    one = program.get("/api/figures/offence-t-2024-1")
    body = {
        "counting_unit": "offence", "phenomenon": "trafficking", "period": "2024", "value": 7, "definition": "Offences",
        "source": "Book", "why": "again", "protected": True,
    }  # fmt: skip
    url = "/api/figures/offence-t-2024-1/correct"
    assert program.post(url, body, content_type="application/json").status_code == 428
    done = program.post(url, body, content_type="application/json", headers={"If-Match": one["ETag"]})
    assert (done.status_code, done.json()["version"]) == (200, 2), done.content
    assert queries.figure("offence-t-2024-1", cast.outsider).value == 7
