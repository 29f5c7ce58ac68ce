"""Tables on their way in, as people's programs save them."""

import io
from datetime import date

import pytest
from openpyxl import Workbook

from fanal.errors import Invalid
from fanal.web.sheets import MOST_ROWS, read_sheet


def book(*sheets: list[list[object]]) -> bytes:
    made, out = Workbook(), io.BytesIO()
    made.remove(made.active)
    for rows in sheets:
        sheet = made.create_sheet()
        for row in rows:
            sheet.append(row)
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"year,value\n2019,145\n\n2020,88\n",
        "\ufeffyear;value\r\n2019;145\r\n;\r\n2020;88\r\n".encode(),
        b"year\tvalue\n2019\t 145 \n\t\n2020\t88",
        book([["year", "value"], [2019, 145.0], [None, None], ["2020", " 88 "]], [[]]),
    ],
)
def test_rows_keep_the_number_they_have_in_the_file(content: bytes) -> None:
    found = read_sheet(content)
    assert found.columns == ("year", "value")
    assert [(row.number, row.cells) for row in found.rows] == [
        (2, {"year": "2019", "value": "145"}),
        (4, {"year": "2020", "value": "88"}),
    ]


def test_windows_letters_and_dates() -> None:
    assert read_sheet("nom;âge\nGérard;1\n".encode("cp1252")).columns == ("nom", "âge")
    assert read_sheet(book([["on"], [date(2026, 5, 4)]])).rows[0].cells == {"on": "2026-05-04"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"\n\n;\n", "file_empty"),
        (b"PK\x03\x04 not a workbook", "file_unreadable"),
        (b"a,b\0c\n", "file_unreadable"),
        (b"a,a\n1,2\n", "column_twice"),
        (book(*([["a"], [n]] for n in range(40))), "many_sheets"),
        (b"a\n" + b"1\n" * (MOST_ROWS + 1), "many_rows"),
    ],
)
def test_what_is_no_table_is_refused_in_words(content: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_sheet(content)
    assert refused.value.code == code
    assert refused.value.field == "file"
