"""Many reports at once, for who lives in a spreadsheet: a sheet that is filled in already, and its way back."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from fanal.access.rules import Member
from fanal.errors import Invalid, Refusal
from fanal.progress import queries, rules
from fanal.progress.models import EvidenceKind, Stage
from fanal.progress.queries import Standing
from fanal.progress.services.reporting import Draft, Figure, Piece, demand_sound, report
from fanal.web.dates import read_date
from fanal.web.numbers import read_number
from fanal.web.sheets import read_sheet

COLUMNS: Mapping[str, Promise] = {
    "key": gettext_lazy("Key"),
    "number": gettext_lazy("Number of the measure"),
    "title": gettext_lazy("Measure"),
    "period": gettext_lazy("Period"),
    "stage": gettext_lazy("Where the work stands"),
    "words": gettext_lazy("What was done"),
    "indicator_key": gettext_lazy("Key of the indicator"),
    "indicator": gettext_lazy("Indicator"),
    "last": gettext_lazy("Last figure"),
    "value": gettext_lazy("New figure"),
    "measured_on": gettext_lazy("Measured on"),
    "links": gettext_lazy("Links"),
    "notes": gettext_lazy("Documents"),
    "decisions": gettext_lazy("Decisions"),
    "blocked_by": gettext_lazy("Blocked by"),
    "next_step": gettext_lazy("Next step"),
    "next_on": gettext_lazy("Next step by"),
}
"""The columns of a sheet; it is read with the names of any language of the house."""
_NEEDED = ("key", "period", "stage", "words")
_TYPED = ("stage", "words", "value", "links", "notes", "decisions", "blocked_by", "next_step", "next_on")
_SAME = ("stage", "words", "links", "notes", "decisions", "blocked_by", "next_step", "next_on", "measured_on")
LARGEST = 500_000
"""Bytes of a sheet: a thousand measures with their words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One report of a sheet: the rows it stands in, its measure, and what stands against it (empty: it can be sent)."""

    rows: tuple[int, ...]
    key: str
    title: str
    draft: Draft | None
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a sheet would report; `skipped`: rows in which nothing was filled in."""

    lines: Sequence[Line]
    skipped: int

    @property
    def sound(self) -> list[Line]:
        return [line for line in self.lines if not line.problems]

    @property
    def unsound(self) -> list[Line]:
        return [line for line in self.lines if line.problems]


def sheet(*, by: Member, on: date) -> tuple[list[str], list[list[object]]]:
    """Header and rows of the member's own measures, filled in as far as known: one row for each indicator."""
    rows: list[list[object]] = []
    for each in queries.led_by(queries.house_of(by), on):
        if each.state.code in (rules.Code.DONE, rules.Code.DROPPED):
            continue
        period = each.owed[-1] if each.owed else rules.period_at(on, each.task.rhythm.months)
        start = {"key": each.line.key, "number": each.line.number, "title": each.line.title(by.language)}
        start["period"] = period.code
        for indicator in each.line.indicators or (None,):
            cells: dict[str, object] = dict(start)
            if indicator is not None:
                last = each.record.values.get(indicator.key)
                cells["indicator_key"] = indicator.key
                cells["indicator"] = f"{indicator.title(by.language)} ({indicator.unit})"
                cells["last"] = float(last.value) if last else None
                cells["measured_on"] = min(period.last, on)
            rows.append([cells.get(name) for name in COLUMNS])
    return [str(label) for label in COLUMNS.values()], rows


def preview(*, by: Member, content: bytes, at: datetime) -> Preview:
    """What a sheet would report, with every problem beside its rows. Writes nothing.

    Refused as a whole, on the field `file`: what `web.sheets.read_sheet` refuses, `columns_missing`, `file_large`.
    """
    if len(content) > LARGEST:
        raise Invalid("file_large", _("A sheet of reports is smaller than this."), field="file")
    found = read_sheet(content)
    names = _names()
    known = {column: names[column.casefold()] for column in found.columns if column.casefold() in names}
    lacking = [str(COLUMNS[name]) for name in _NEEDED if name not in known.values()]
    if lacking:
        words = _("These columns are missing: %(names)s. Begin with the sheet that is filled in already.")
        raise Invalid("columns_missing", words % {"names": ", ".join(lacking)}, field="file")
    on = timezone.localdate(at)
    mine = {each.line.key: each for each in queries.led_by(queries.house_of(by), on)}
    rows = [
        (row.number, {known[c]: cell for c, cell in row.cells.items() if c in known}) for row in found.rows
    ]
    filled = [row for row in rows if any(row[1].get(name) for name in _TYPED)]
    lines = [_line(by, group, mine, on) for group in _groups(filled)]
    return Preview(lines, len(rows) - len(filled))


@transaction.atomic
def import_sheet(*, by: Member, content: bytes, at: datetime) -> int:
    """Send the reports of a sheet against which nothing stands; returns how many. The same sheet again sends none
    twice. Refused as `preview` refuses."""
    mark = hashlib.sha256(content).hexdigest()[:48]
    sound = preview(by=by, content=content, at=at).sound
    for line in sound:
        if line.draft is not None:
            report(by=by, key=line.key, draft=line.draft, submission=f"{mark}-{line.rows[0]}", at=at)
    return len(sound)


def _names() -> dict[str, str]:
    """{what a column may be called, folded: its name here}."""
    found: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found |= {str(label).casefold(): name for name, label in COLUMNS.items()}
    return found


Cells = Mapping[str, str]


def _groups(rows: Iterable[tuple[int, Cells]]) -> Iterator[list[tuple[int, Cells]]]:
    """The rows of one report together: the same measure and period."""
    found: dict[tuple[str, str], list[tuple[int, Cells]]] = {}
    for number, cells in rows:
        found.setdefault((cells.get("key", ""), cells.get("period", "")), []).append((number, cells))
    yield from found.values()


def _line(by: Member, group: list[tuple[int, Cells]], mine: Mapping[str, Standing], on: date) -> Line:
    key = group[0][1].get("key", "")
    standing = mine.get(key)
    problems: list[str] = []
    draft = None
    if standing is None:
        problems.append(_("Your institution leads no measure with the key %(key)s.") % {"key": key or "—"})
    else:
        draft = _draft(group, problems)
        if not problems:
            try:
                demand_sound(by=by, standing=standing, draft=draft, on=on)
            except Refusal as refusal:
                problems.append(str(refusal.message))
    return Line(
        rows=tuple(number for number, _cells in group),
        key=key,
        title=f"{standing.line.number} {standing.line.title(by.language)}" if standing else key,
        draft=draft if not problems else None,
        problems=tuple(problems),
    )


def _draft(group: list[tuple[int, Cells]], problems: list[str]) -> Draft:
    said = _merged(group, problems)
    fallback = rules.period_of(said["period"])
    figures = dict(_figures(group, fallback.last if fallback else None, problems))
    return Draft(
        period=said["period"],
        stage=_stage(said["stage"]),
        words=said["words"],
        blocked_by=said["blocked_by"],
        next_step=said["next_step"],
        next_on=_date(said["next_on"], problems),
        figures=figures,
        evidence=pieces(links=said["links"], notes=said["notes"], decisions=said["decisions"]),
    )


def _merged(group: list[tuple[int, Cells]], problems: list[str]) -> dict[str, str]:
    """What the rows of one report say together; two that say different things are a problem."""
    said = {"period": group[0][1].get("period", "")}
    for name in _SAME:
        texts = list(dict.fromkeys(cells[name] for _number, cells in group if cells.get(name)))
        if len(texts) > 1 and name != "measured_on":
            problems.append(_("%(column)s: the rows say different things.") % {"column": COLUMNS[name]})
        said[name] = texts[0] if texts else ""
    return said


def _stage(text: str) -> str:
    """The stage that a word of any language means; the word itself where it means none."""
    for language, _name in settings.LANGUAGES:
        with override(language):
            for stage in Stage:
                if text.casefold() in (stage.value, str(stage.label).casefold()):
                    return stage.value
    return text


def _date(text: str, problems: list[str]) -> date | None:
    if not text:
        return None
    try:
        return read_date(text)
    except Refusal as refusal:
        problems.append(str(refusal.message))
        return None


def _figures(
    group: list[tuple[int, Cells]], fallback: date | None, problems: list[str]
) -> Iterator[tuple[str, Figure]]:
    for number, cells in group:
        text = cells.get("value", "")
        if not text:
            continue
        try:
            value = read_number(text)
        except Refusal as refusal:
            problems.append(_("Row %(row)d: %(problem)s") % {"row": number, "problem": refusal.message})
            continue
        on = _date(cells.get("measured_on", ""), problems) or fallback
        if on is not None:
            yield cells.get("indicator_key", ""), Figure(value, on)


def pieces(*, links: str, notes: str, decisions: str) -> tuple[Piece, ...]:
    """Evidence as people type it: one a line; decisions also with commas or spaces between their numbers."""
    found = [Piece(EvidenceKind.LINK, word) for word in links.split()]
    found += [Piece(EvidenceKind.NOTE, line.strip()) for line in notes.splitlines() if line.strip()]
    found += [
        Piece(EvidenceKind.DECISION, word) for word in decisions.replace(",", " ").replace(";", " ").split()
    ]
    return tuple(found)
