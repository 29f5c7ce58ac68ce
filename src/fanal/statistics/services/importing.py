"""A file of figures: every row is looked at before anything is written, and all is written or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fanal.access.rules import Member
from fanal.country import queries as country
from fanal.country.schema import LANGUAGES, Law, Purpose
from fanal.errors import Invalid, NotFound, Refusal
from fanal.statistics import queries
from fanal.statistics.models import Figure, Sheet
from fanal.statistics.models import Status as Statuses
from fanal.statistics.rules import Matter, Status
from fanal.statistics.services.recording import Entry, correct, demand, record
from fanal.web.dates import read_date
from fanal.web.sheets import Row, read_sheet

KEPT = timedelta(days=1)
"""How long a file waits between being read and being written."""
COLUMNS: Mapping[str, Promise] = {
    "code": gettext_lazy("Code"),
    "counting_unit": gettext_lazy("Counting unit"),
    "phenomenon": gettext_lazy("Phenomenon"),
    "period": gettext_lazy("Period"),
    "form": gettext_lazy("Form"),
    "breakdown": gettext_lazy("Breakdown"),
    "value": gettext_lazy("Value"),
    "status": gettext_lazy("State"),
    "definition": gettext_lazy("Definition"),
    "source": gettext_lazy("Source"),
    "extracted_on": gettext_lazy("Extraction date"),
    "note": gettext_lazy("Note"),
    "protected": gettext_lazy("Protected"),
}
"""The columns of a file of figures, by the name or by the words of any language; those of the export."""
_NEEDED = ("counting_unit", "phenomenon", "period", "value", "definition", "source")
_YES = {"yes", "oui", "ja", "1", "true", "x", "vrai", "wahr", "waar"}
_NO = {"", "no", "non", "nee", "nein", "0", "false", "faux", "falsch", "onwaar"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One row as it was understood: what it would do, or every problem of it in words."""

    number: int
    act: Literal["new", "changed", "same", "wrong"]
    cells: dict[str, str]
    code: str = ""
    problems: Sequence[str] = field(default_factory=tuple)


@transaction.atomic
def read_file(*, by: Member, content: bytes, name: str, at: datetime) -> UUID:
    """Read a file of figures and keep its rows for a day; nothing is written to the register yet.

    Refused with `Invalid`: what `web.sheets` refuses, and `column_missing`.
    """
    sheet = read_sheet(content)
    names = {title: found for title in sheet.columns if (found := _column(title))}
    lacking = [str(COLUMNS[each]) for each in _NEEDED if each not in names.values()]
    if lacking:
        words = _("These columns are missing: %(names)s.") % {"names": ", ".join(lacking)}
        raise Invalid("column_missing", words, field="file")
    rows = [
        {
            "number": row.number,
            "cells": {names[title]: cell for title, cell in row.cells.items() if title in names},
        }
        for row in sheet.rows
    ]
    kept = Sheet.objects.create(unit_id=by.unit_id, by=by.person_id, at=at, name=name[:120], rows=rows)
    return kept.id


def preview(*, by: Member, sheet_id: UUID, at: datetime) -> tuple[str, list[SheetRow]]:
    """The name of the file and what each of its rows would do. `NotFound` for who did not read it in."""
    sheet = _sheet(sheet_id, by)
    law = country.law(timezone.localdate(at))
    words = _Words.of(law)
    held = queries.by_code(by)
    seen: dict[tuple[object, ...], int] = {}
    return sheet.name, [_looked_at(Row(**row), law, words, held, seen, by, at)[0] for row in sheet.rows]


@transaction.atomic
def take_over(*, by: Member, sheet_id: UUID, at: datetime) -> int:
    """Write every row of the file into the register; returns how many figures were added or corrected.

    Refused: `NotFound`; `Invalid` `rows_wrong` while any row has a problem: then nothing is written.
    """
    sheet = _sheet(sheet_id, by)
    law = country.law(timezone.localdate(at))
    words, held = _Words.of(law), queries.by_code(by)
    seen: dict[tuple[object, ...], int] = {}
    looked = [_looked_at(Row(**row), law, words, held, seen, by, at) for row in sheet.rows]
    wrong = sum(found.act == "wrong" for found, _entry in looked)
    if wrong:
        said = ngettext(
            "%(n)d row has a problem: nothing was written.",
            "%(n)d rows have a problem: nothing was written.",
            wrong,
        )
        raise Invalid("rows_wrong", said % {"n": wrong})
    written = 0
    for found, entry in looked:
        if entry is None or found.act == "same":
            continue
        written += 1
        if found.act == "new":
            record(by=by, entry=entry, at=at)
        else:
            why = _("Corrected by the file %(name)s") % {"name": sheet.name}
            correct(by=by, code=found.code, version=held[found.code].version, entry=entry, why=why, at=at)
    sheet.delete()
    return written


@transaction.atomic
def forget_sheets(*, at: datetime) -> int:
    """Remove the files that nobody took over within a day; returns how many. Run by the clock."""
    return Sheet.objects.filter(at__lt=at - KEPT).delete()[0]


def _sheet(sheet_id: UUID, by: Member) -> Sheet:
    found = Sheet.objects.filter(pk=sheet_id, by=by.person_id, unit_id=by.unit_id).first()
    if found is None:
        raise NotFound
    return found


def _column(title: str) -> str:
    wanted = title.casefold().replace("_", " ").strip()
    for name, label in COLUMNS.items():
        if wanted == name.replace("_", " "):
            return name
        for language in LANGUAGES:
            with translation.override(language):
                if wanted == str(label).casefold():
                    return name
    return ""


@dataclass(frozen=True, slots=True)
class _Words:
    """What may stand in a cell instead of a code: the words of every language, small."""

    codes: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, law: Law) -> "_Words":
        lists = {
            "counting_unit": [(code.code, code.label) for code in law.codes("counting_unit")],
            "phenomenon": [(code.code, code.label) for code in law.codes("phenomenon")],
            "breakdown": [(code.code, code.label) for code in law.codes("figure_breakdown")],
            "form": [(purpose.code, purpose.label) for purpose in law.of(Purpose)],
        }
        found: dict[str, dict[str, str]] = {}
        for name, entries in lists.items():
            found[name] = {
                label.get(language).casefold(): code for code, label in entries for language in LANGUAGES
            }
            found[name] |= {code.casefold(): code for code, _label in entries}
        found["status"] = {}
        for language in LANGUAGES:
            with translation.override(language):
                found["status"] |= {str(status.label).casefold(): status.value for status in Statuses}
        found["status"] |= {status.value: status.value for status in Status}
        return cls(found)

    def code(self, column: str, cell: str) -> str:
        """The code that a cell means; the cell itself when it means none."""
        return self.codes[column].get(cell.casefold(), cell)


def _looked_at(
    row: Row,
    law: Law,
    words: _Words,
    held: Mapping[str, Figure],
    seen: dict[tuple[object, ...], int],
    by: Member,
    at: datetime,
) -> tuple[SheetRow, Entry | None]:
    problems: list[str] = []
    entry = _entry(row.cells, words, by, problems)
    code = row.cells.get("code", "")
    before = held.get(code)
    if code and before is None:
        problems.append(_("Code: no figure has this code. Leave it empty for a new one."))
    if entry is not None:
        try:
            demand(entry, law, timezone.localdate(at))
        except Refusal as refusal:
            problems.append(f"{COLUMNS.get(refusal.field, '')}: {refusal.message}")
        key = (entry.matter, entry.source, entry.definition)
        if first := seen.setdefault(key, row.number) != row.number:
            problems.append(_("The same figure stands in row %(n)d.") % {"n": seen[key]})
        if not first and before is None and queries.given(key, held):
            problems.append(_("Source: it already gives this figure; put its code to correct it."))
        if before is not None and entry.matter != queries.matter_of(before):
            problems.append(_("Code: this figure counts something else."))
    shown = {name: row.cells.get(name, "") for name in COLUMNS}
    if problems or entry is None:
        return SheetRow(number=row.number, act="wrong", cells=shown, code=code, problems=problems), None
    act: Literal["new", "changed", "same"] = "new"
    if before is not None:
        act = "same" if _same(entry, before) else "changed"
    return SheetRow(number=row.number, act=act, cells=shown, code=code), entry


def _same(entry: Entry, row: Figure) -> bool:
    said = (entry.value, entry.status.value, entry.source, entry.extracted_on, entry.protected)
    return said == (row.value, row.status, row.source, row.extracted_on, row.protected) and (
        entry.definition in row.definitions.values()
    )


def _entry(cells: Mapping[str, str], words: _Words, by: Member, problems: list[str]) -> Entry | None:
    def cell(name: str) -> str:
        return cells.get(name, "").strip()

    value, status = _value(cell("value"), words.code("status", cell("status")), problems)
    extracted = None
    if cell("extracted_on"):
        try:
            extracted = read_date(cell("extracted_on"))
        except Refusal as refusal:
            problems.append(f"{COLUMNS['extracted_on']}: {refusal.message}")
    said = cell("protected").casefold()
    if said not in _YES | _NO:
        problems.append(_("Protected: write yes or no."))
    if status is None:
        return None
    matter = Matter(
        words.code("counting_unit", cell("counting_unit")),
        words.code("phenomenon", cell("phenomenon")),
        cell("period"),
        words.code("form", cell("form")),
        words.code("breakdown", cell("breakdown")),
    )
    return Entry(
        matter=matter, value=value, status=status, definition=cell("definition"), source=cell("source")[:300],
        extracted_on=extracted, note=cell("note"), protected=said in _YES, language=by.language,
    )  # fmt: skip


def _value(cell: str, status: str, problems: list[str]) -> tuple[int | None, Status | None]:
    """The number and the state; without a state it follows from the number, and an empty cell is refused."""
    plain = cell.replace("\u202f", "").replace("\xa0", "").replace(" ", "")
    digits = plain.replace(".", "").replace(",", "") if _grouped(plain) else plain
    if plain and not digits.lstrip("-").isdecimal():
        problems.append(_("Value: this is not a whole number."))
        return None, None
    value = int(digits) if plain else None
    if not status:
        if value is None:
            problems.append(_("Value: an empty cell says nothing. Write the number, or the state."))
            return None, None
        return value, Status.ZERO if value == 0 else Status.KNOWN
    if status not in set(Status):
        problems.append(_("State: choose from the list."))
        return value, None
    return value, Status(status)


def _grouped(plain: str) -> bool:
    """Whether points or commas part thousands: 3.549 or 1,234,567."""
    for mark in ".,":
        first, *rest = plain.lstrip("-").split(mark)
        if rest and first and len(first) <= 3 and all(len(part) == 3 and part.isdecimal() for part in rest):
            return True
    return False
