"""Lists as CSV and XLSX for people who live in a spreadsheet. The caller reads inside the wall and audits the act."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from fanal.documents.rules import demand_discreet

_FORMULA = re.compile(r"^\s*[=+\-@＝＋－＠\t\r]")
_BOM = "\ufeff"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Row = Sequence[object]


def csv_file(name: str, header: Sequence[str], rows: Iterable[Row]) -> HttpResponse:
    """`name`.csv: UTF-8 with a mark for Excel, semicolons (commas in English, as Excel expects by language).

    Text that a spreadsheet would run as a formula is quoted with an apostrophe. A name with a forbidden word raises
    `documents.rules.Indiscreet`.
    """
    out = io.StringIO(newline="")
    out.write(_BOM)
    writer = csv.writer(out, delimiter="," if (get_language() or "en").startswith("en") else ";")
    writer.writerow([_csv_value(label) for label in header])
    writer.writerows([_csv_value(value) for value in row] for row in rows)
    return _attachment(out.getvalue().encode(), f"{name}.csv", "text/csv; charset=utf-8")


def xlsx_file(name: str, header: Sequence[str], rows: Iterable[Row]) -> HttpResponse:
    """`name`.xlsx: one sheet, header frozen and bold, dates as dates, text as text whatever it starts with."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, label, bold=True) for label in header])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return _attachment(out.getvalue(), f"{name}.xlsx", _SHEET_TYPE)


def _attachment(content: bytes, filename: str, kind: str) -> HttpResponse:
    demand_discreet(filename)
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{filename}"'}
    )


def _csv_value(value: object) -> object:
    value = _local(value)
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%d.%m.%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, bool | int | float):
        return value
    text = str(value)
    return f"'{text}" if _FORMULA.match(text) else text


def _cell(sheet: Any, value: object, *, bold: bool = False) -> Any:
    value = _local(value)
    if value is None or isinstance(value, bool | int | float | date):
        cell: Any = WriteOnlyCell(sheet, value)  # type: ignore[arg-type]
        if isinstance(value, date):
            cell.number_format = "dd.mm.yyyy hh:mm" if isinstance(value, datetime) else "dd.mm.yyyy"
    else:
        text = ILLEGAL_CHARACTERS_RE.sub("", str(value))
        cell = WriteOnlyCell(sheet, text)
        cell.data_type = "s"
        cell.quotePrefix = bool(_FORMULA.match(text))
    if bold:
        cell.font = Font(bold=True)
    return cell


def _local(value: object) -> object:
    """A spreadsheet knows no time zones: moments are written in local time."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value).replace(tzinfo=None)
    return value
