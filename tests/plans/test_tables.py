"""A plan as a table: out and in again changes nothing; every kind of mistake is told by row and column."""

import csv
import io
from collections.abc import Callable
from datetime import date, datetime

import pytest
from openpyxl import Workbook, load_workbook
from tests.cast import Cast, client
from tests.plans.conftest import CODE

from fanal.access.services import acting_as
from fanal.errors import Invalid, Refusal
from fanal.plans import queries, rules, services
from fanal.plans.models import Upload, Version
from fanal.plans.rules import Fault, Frame
from fanal.plans.rules import table as tables
from fanal.plans.rules.table import Snag
from fanal.web.dates import read_date
from fanal.web.numbers import read_number as read_typed
from fanal.web.sheets import Row

FRAME = Frame(
    starts_on=date(2025, 1, 1),
    ends_on=date(2029, 12, 31),
    institutions={"watch"},
    contacts=set(),
    sisters=set(),
)


def day(said: str) -> date:
    try:
        return read_date(said)
    except Refusal:
        raise ValueError from None


def rows(*cells: dict[str, str]) -> list[Row]:
    return [Row(nth, each) for nth, each in enumerate(cells, 2)]


CHAPTER = {"row": "chapter", "number": "1", "title_fr": "Voir"}
MEASURE = {
    "row": "measure", "number": "1.1", "title_fr": "Former", "lead": "watch", "starts_on": "1.1.2025",
    "ends_on": "2029-12-31",
}  # fmt: skip
INDICATOR = {
    "row": "indicator", "title_fr": "Gardes", "unit": "gardes", "baseline": "0", "target": "40,5",
    "target_on": "31.12.2029", "benchmarks": "31.12.2026: 10; 31.12.2027: 20",
}  # fmt: skip


def read(*cells: dict[str, str], keys: dict[str, str] | None = None) -> tables.Table:
    return tables.read(rows(*cells), frame=FRAME, keys=keys or {}, read_day=day)


def test_a_sound_table_is_read_whole() -> None:
    found = read(
        CHAPTER, MEASURE, INDICATOR, {"row": "Objective", "number": "1.2", "title_nl": "Zee"},
        MEASURE | {"number": "1.2.1", "budget_eur": "1 250,50 €", "sdgs": "8; 16,8"},
    )  # fmt: skip
    assert found.problems == ()
    assert [(each.level, each.number, each.chapter) for each in found.headings] == [
        ("chapter", "1", ""),
        ("objective", "1.2", "1"),
    ]
    first, second = found.measures
    assert (first.heading, second.heading) == (("chapter", "1"), ("objective", "1.2"))
    assert first.values.budget_cents is None
    assert (second.values.budget_cents, second.values.sdgs) == (125050, ("8", "16"))
    assert len(first.values.indicators[0].benchmarks) == 2


@pytest.mark.parametrize(
    ("cells", "row", "column", "what"),
    [
        ([{"row": "part"}], 2, "row", Snag.UNKNOWN_ROW),
        ([MEASURE], 2, "row", Snag.NO_CHAPTER),
        ([{"row": "objective", "number": "1", "title_fr": "x"}], 2, "row", Snag.NO_CHAPTER),
        ([CHAPTER, INDICATOR], 3, "row", Snag.NO_MEASURE),
        ([CHAPTER | {"number": ""}], 2, "number", Snag.NO_HEADING_NUMBER),
        ([CHAPTER | {"title_fr": ""}], 2, "title_fr", Snag.NO_HEADING_TITLE),
        ([CHAPTER, CHAPTER], 3, "number", Snag.NUMBER_TWICE),
        ([CHAPTER, MEASURE, MEASURE], 4, "number", Snag.NUMBER_TWICE),
        ([CHAPTER, MEASURE | {"key": "other-01"}], 3, "key", Snag.UNKNOWN_KEY),
        ([CHAPTER, MEASURE | {"starts_on": "soon"}], 3, "starts_on", Snag.BAD_DATE),
        ([CHAPTER, MEASURE | {"budget_eur": "much"}], 3, "budget_eur", Snag.BAD_NUMBER),
        ([CHAPTER, MEASURE | {"budget_eur": "-1"}], 3, "budget_eur", Fault.BUDGET_NEGATIVE),
        ([CHAPTER, MEASURE | {"lead": ""}], 3, "lead", Fault.NO_LEAD),
        ([CHAPTER, MEASURE | {"lead": "nobody"}], 3, "lead", Fault.UNKNOWN_LEAD),
        ([CHAPTER, MEASURE | {"starts_on": "31.12.2024"}], 3, "starts_on", Fault.BEFORE_PLAN),
        ([CHAPTER, MEASURE | {"ends_on": "1.1.2030"}], 3, "ends_on", Fault.AFTER_PLAN),
        ([CHAPTER, MEASURE | {"starts_on": "2.1.2026", "ends_on": "1.1.2026"}], 3, "ends_on", Fault.ENDS_BEFORE_START),
        ([CHAPTER, MEASURE | {"gcm_objectives": "24"}], 3, "gcm_objectives", Fault.UNKNOWN_GOAL),
        ([CHAPTER, MEASURE, INDICATOR | {"baseline": ""}], 4, "baseline", Fault.TARGET_WITHOUT_BASELINE),
        ([CHAPTER, MEASURE, INDICATOR | {"target_on": ""}], 4, "target_on", Fault.TARGET_WITHOUT_DAY),
        ([CHAPTER, MEASURE, INDICATOR | {"unit": ""}], 4, "unit", Fault.INDICATOR_WITHOUT_UNIT),
        ([CHAPTER, MEASURE, INDICATOR | {"benchmarks": "2026"}], 4, "benchmarks", Snag.BAD_BENCHMARK),
        ([CHAPTER, MEASURE, INDICATOR | {"benchmarks": "1.1.2020: 5"}], 4, "benchmarks", Fault.BENCHMARK_BEFORE_PLAN),
    ],
)  # fmt: skip
def test_each_mistake_at_its_row_and_column(
    cells: list[dict[str, str]], row: int, column: str, what: Snag | Fault
) -> None:
    found = [(each.row, each.column, each.what) for each in read(*cells).problems]
    assert found == [(row, column, what)]


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("", None), ("0", 0), ("12", 1200), ("12,5", 1250), ("12.50", 1250), ("1.250", 125000), ("1,250", 125),
        ("1 250 000,50", 125000050), ("1.250.000", 125000000), ("1,250,000.5", 125000050), ("€ 3", 300),
    ],
)  # fmt: skip
def test_amounts_as_people_write_them(text: str, cents: int | None) -> None:
    assert rules.read_cents(text) == cents
    assert rules.read_cents(rules.plain_cents(cents)) == cents


@pytest.mark.parametrize("text", ["x", "1.2.3", "12,5,1", "NaN", "1e5", "--1", "9" * 20])
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(rules.Unreadable):
        rules.read_cents(text)


@pytest.mark.parametrize("text", ["1.250", "-12.500", "999.000"])
def test_a_figure_that_could_be_thousands_is_asked_again(text: str) -> None:
    """One point and three digits: the register of figures and the reports ask again too."""
    with pytest.raises(rules.Unreadable):
        rules.read_number(text)
    with pytest.raises(Invalid):
        read_typed(text)


# Round trip


@pytest.fixture
def bring(cast: Cast, now: datetime) -> Callable[..., services.Preview]:
    def act(content: bytes, **more: bool) -> services.Preview:
        with acting_as(cast.chair):
            services.upload(by=cast.chair, plan_code=CODE, content=content, at=now)
            return services.bring_in(by=cast.chair, plan_code=CODE, at=now, **more)

    return act


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_out_and_in_again_changes_nothing(
    cast: Cast, draft: Version, bring: Callable[..., services.Preview], kind: str
) -> None:
    line = queries.measures_of(draft.pk)[0]
    with acting_as(cast.chair):
        heading = queries.headings(CODE, 1)[1]
        services.put_measure(
            by=cast.chair, plan_code=CODE, heading=heading.anchor, at=datetime.now().astimezone(),  # type: ignore[arg-type]
            values=queries.values_of(
                line, key="", number="=1.3", titles={"en": "+Look; \"out\", 'quoted'", "nl": "Zie"},
                texts={"fr": "Ligne\nautre — ligne", "de": "-"}, budget_cents=0, co_leads=("courts",),
                sdgs=("8", "16"), objectives=("9",), principles=("children",), sisters=("peace",), indicators=(),
            ),
        )  # fmt: skip
    before = queries.measures_of(draft.pk), queries.headings(CODE, 1)
    answer = client(cast.chair).get(f"/plans/{CODE}/export/{kind}/?version=1")
    assert answer.status_code == 200
    found = bring(answer.content)
    assert found.table.problems == ()
    assert (len(found.added), len(found.changed), found.same, found.missing) == (0, 0, 3, ())
    assert (queries.measures_of(draft.pk), queries.headings(CODE, 1)) == before


@pytest.mark.django_db
def test_a_table_adds_changes_renumbers_and_takes_out(
    cast: Cast, draft: Version, bring: Callable[..., services.Preview]
) -> None:
    content = client(cast.chair).get(f"/plans/{CODE}/export/csv/?version=1").content.decode("utf-8-sig")
    table = list(csv.DictReader(io.StringIO(content)))
    measures = [row for row in table if row["row"] == "measure"]
    measures[0]["number"], measures[1]["number"] = "1.2", "1.1"  # they change places
    measures[1]["title_en"] = "Light all quays"
    new = {**measures[1], "key": "", "number": "1.9", "title_en": "Map the isles"}
    out = io.StringIO()
    writer = csv.DictWriter(out, table[0].keys())
    writer.writeheader()
    writer.writerows([*table, new])
    found = bring(out.getvalue().encode())
    assert (len(found.added), len(found.changed)) == (1, 2)
    lines = queries.measures_of(draft.pk)
    assert {each.key: each.number for each in lines} == {
        f"{CODE}-01": "1.2",
        f"{CODE}-02": "1.1",
        f"{CODE}-03": "1.9",
    }
    assert [each.key for each in lines[0].indicators] == [f"{CODE}-01.1"]
    out = io.StringIO()
    writer = csv.DictWriter(out, table[0].keys())
    writer.writeheader()
    writer.writerows(row for row in table if row.get("number") != "1.2" and row["row"] != "indicator")
    assert [line.key for line in bring(out.getvalue().encode()).missing] == [f"{CODE}-01", f"{CODE}-03"]
    assert len(queries.measures_of(draft.pk)) == 3
    bring(out.getvalue().encode(), remove_missing=True)
    assert [each.key for each in queries.measures_of(draft.pk)] == [f"{CODE}-02"]


@pytest.mark.django_db
def test_nothing_is_written_while_a_row_has_a_problem(cast: Cast, draft: Version, now: datetime) -> None:
    before = queries.measures_of(draft.pk)
    bad = b"row,number,title_fr\nchapter,1,Voir\nmeasure,9,Sans responsable\n"
    with acting_as(cast.chair):
        services.upload(by=cast.chair, plan_code=CODE, content=bad, at=now)
    with acting_as(cast.chair), pytest.raises(Refusal, match="has_problems"):
        services.bring_in(by=cast.chair, plan_code=CODE, at=now)
    assert queries.measures_of(draft.pk) == before
    assert Upload.objects.filter(version=draft).count() == 1
    page = client(cast.chair).get(f"/plans/{CODE}/draft/import/")
    assert page.status_code == 200
    said = page.content.decode()
    for words in (
        "Say which institution leads the measure",
        "Say on which day the measure starts",
        "3 problems",
    ):
        assert words in said
    assert 'value="write"' not in said


@pytest.mark.django_db
def test_a_workbook_of_forty_sheets_asks_which_one(cast: Cast, draft: Version) -> None:
    book, out = Workbook(), io.BytesIO()
    book.remove(book.active)
    for nth in range(40):
        sheet = book.create_sheet(f"Blad {nth}")
        sheet.append(["row", "number", "title_fr"] if nth in (7, 9) else ["whatever"])
        sheet.append(["chapter", "7", "Septième"] if nth == 7 else ["x"])
    book.save(out)
    browser, url = client(cast.chair), f"/plans/{CODE}/draft/import/"
    out.seek(0)
    out.name = "forty.xlsx"
    assert browser.post(url, {"file": out}).status_code == 302
    page = browser.get(url).content.decode()
    assert page.count('type="radio"') == 40
    assert browser.post(url, {"act": "sheet", "sheet": "Blad 7"}).status_code == 302
    assert "Blad 7" in browser.get(url).content.decode()
    assert browser.post(url, {"act": "write"}).status_code == 302
    assert queries.headings(CODE, 1)[0].number == "7"
    wrong = browser.post(url, {"act": "sheet", "sheet": "Blad 0"})
    assert wrong.status_code in (404, 422)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"year,value\n2019,5\n", "column_missing"),
        (b"PK\x03\x04 broken", "file_refused"),
        (b"row,number\n" + b"x" * (5 * 1024**2), "file_large"),
    ],
)
def test_what_is_no_table_is_refused(
    cast: Cast, draft: Version, now: datetime, content: bytes, code: str
) -> None:
    with acting_as(cast.chair), pytest.raises(Invalid) as refused:
        services.upload(by=cast.chair, plan_code=CODE, content=content, at=now)
    assert refused.value.code == code


@pytest.mark.django_db
def test_the_template_has_the_columns(cast: Cast) -> None:
    answer = client(cast.correspondent).get("/plans/template/xlsx/")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    assert tuple(cell.value for cell in sheet[1]) == tables.COLUMNS
