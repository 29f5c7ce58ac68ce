"""Tables on their way in: a CSV file or a workbook as rows of text, with the number of each row in the file."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from fanal.errors import Invalid
from fanal.sandbox import cage

MOST_ROWS = 20_000
_ZIP = b"PK\x03\x04"
_THOUSAND = re.compile(r"-?\d{1,3}\.\d{3}")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the file (the header is 1), and its cells by the name of their column, stripped."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: the names of its columns as written, and the rows that hold anything."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def vetted(content: bytes) -> bytes:
    """What may be read here: a text as it is; of a workbook the copy that the cage makes of it, without macros, links
    and metadata. `Invalid` `file_refused` for a workbook that the cage does not accept. Takes a second."""
    if not content.startswith(_ZIP):
        return content
    made = cage.run(content)
    if made.refused or made.media != "xlsx":
        raise Invalid(
            "file_refused",
            _(
                "This workbook is not accepted: it holds macros, files or links, or is none. Save the table as CSV."
            ),
            field="file",
        )
    return made.copy


def sheet_names(content: bytes) -> tuple[str, ...]:
    """The sheets of a workbook that hold something, in their order; empty for a text. `Invalid` as `read_sheet`."""
    return tuple(name for name, _rows in _full(content)) if content.startswith(_ZIP) else ()


def read_sheet(content: bytes, *, sheet: str = "") -> Sheet:
    """The one table of a CSV file (comma, semicolon or tab; UTF-8 or Windows-1252) or of a workbook (XLSX), or of the
    sheet of that name.

    Whole numbers and dates of a workbook come as people write them (`2019`, `2019-04-01`). Refused with `Invalid` on
    the field `file`: `file_empty`, `file_unreadable`, `many_sheets` (several sheets hold something), `many_rows`,
    `column_twice`.
    """
    table = _trimmed(_workbook(content, sheet) if content.startswith(_ZIP) else _text(content))
    header = next(table, None)
    if header is None:
        raise Invalid("file_empty", _("This file holds no table."), field="file")
    names = tuple(header[1])
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise Invalid(
            "column_twice", _("The column %(name)s stands there twice.") % {"name": twice[0]}, field="file"
        )
    rows = tuple(Row(number, dict(zip(names, cells, strict=False))) for number, cells in table)
    if len(rows) > MOST_ROWS:
        raise Invalid("many_rows", _("At most %(most)d rows at once.") % {"most": MOST_ROWS}, field="file")
    return Sheet(tuple(name for name in names if name), rows)


def _trimmed(rows: Iterable[Sequence[str]]) -> Iterator[tuple[int, Sequence[str]]]:
    for number, cells in enumerate(rows, 1):
        if any(cells):
            yield number, cells


def _text(content: bytes) -> Iterator[Sequence[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise Invalid("file_unreadable", _UNREADABLE(), field="file")
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        yield [cell.strip() for cell in cells]


def _full(content: bytes) -> list[tuple[str, Iterable[Sequence[object]]]]:
    """(name, rows) of each sheet of a workbook that holds something."""
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        return [
            (sheet.title, sheet.iter_rows(values_only=True))
            for sheet in book.worksheets
            if any(any(cell is not None for cell in row) for row in sheet.iter_rows(values_only=True))
        ]
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as unreadable:
        raise Invalid("file_unreadable", _UNREADABLE(), field="file") from unreadable


def _workbook(content: bytes, name: str) -> Iterator[Sequence[str]]:
    full = _full(content)
    if name:
        full = [found for found in full if found[0] == name]
    if len(full) > 1:
        words = _("%(count)d sheets of this workbook hold something. Keep the one that is meant.")
        raise Invalid("many_sheets", words % {"count": len(full)}, field="file")
    for _name, rows in full:
        for row in rows:
            yield [_plain(cell) for cell in row]


def _UNREADABLE() -> str:
    return _("This file cannot be read as a table. Save it as CSV or as a workbook (XLSX).")


def _plain(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}" if cell.time() == datetime.min.time() else f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, float) and _THOUSAND.fullmatch(str(cell)):
        return f"{cell}0"  # 1.125 as text is read as a thousand and more in most of our languages
    return str(cell).strip()
