"""Lists for a spreadsheet: readable by Excel in each language, and never a formula."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from openpyxl import load_workbook

from fanal.documents.rules import Indiscreet
from fanal.web.export import csv_file, xlsx_file

DANGEROUS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "＝1+1",
    '=HYPERLINK("http://x")',
    "-2+3|cmd",
]
HEADER = ["Reference", "=Label"]


@pytest.mark.parametrize(("language", "delimiter"), [("fr", ";"), ("nl", ";"), ("de", ";"), ("en", ",")])
def test_csv_is_what_excel_expects_in_each_language(language: str, delimiter: str) -> None:
    with translation.override(language):
        response = csv_file("alerts", HEADER, [["A-7F3K", 'a;b,c\n"d"']])
    text = response.content.decode()
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter))
    assert rows == [["Reference", "'=Label"], ["A-7F3K", 'a;b,c\n"d"']]
    assert response["Content-Disposition"] == 'attachment; filename="alerts.csv"'
    assert not response.streaming


@pytest.mark.asvs("1.3.3")
@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_becomes_a_formula_in_csv(text: str) -> None:
    body = csv_file("alerts", ["x"], [[text]]).content.decode()
    (_, row) = csv.reader(io.StringIO(body, newline=""))
    assert row == [f"'{text}"]


@pytest.mark.asvs("1.3.3")
@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_becomes_a_formula_in_xlsx(text: str) -> None:
    cell = load_workbook(io.BytesIO(xlsx_file("alerts", ["x"], [[text]]).content)).active["A2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert cell.value.strip() == text.strip()


def test_numbers_dates_and_nothing_keep_their_kind() -> None:
    moment = datetime(2026, 11, 24, 13, 30, tzinfo=UTC)
    row = [-3, date(2026, 11, 24), moment, None, True, "مريم"]
    sheet = load_workbook(io.BytesIO(xlsx_file("alerts", list("abcdef"), [row]).content)).active
    assert [cell.value for cell in sheet[2]] == [
        -3, datetime(2026, 11, 24), datetime(2026, 11, 24, 14, 30), None, True, "مريم"
    ]  # fmt: skip
    assert sheet["B2"].number_format == "dd.mm.yyyy"
    assert sheet.freeze_panes == "A2"
    line = csv_file("alerts", list("abcdef"), [row]).content.decode().splitlines()[1]
    assert line == "-3,24.11.2026,24.11.2026 14:30,,True,مريم"


@pytest.mark.asvs("1.3.3")
def test_a_control_character_does_not_break_the_sheet() -> None:
    cell = load_workbook(io.BytesIO(xlsx_file("alerts", ["x"], [["a\x00b\x1fc"]]).content)).active["A2"]
    assert cell.value == "abc"


@pytest.mark.asvs("5.4.2")
@pytest.mark.parametrize("write", [csv_file, xlsx_file])
def test_a_file_name_says_no_dangerous_word(write: object) -> None:
    with pytest.raises(Indiscreet):
        write("traite_2026", ["x"], [])  # type: ignore[operator]
