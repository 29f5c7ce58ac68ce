"""Bringing a table into a draft: kept while it is looked at, every problem by row, then written whole or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fanal.access.rules import Member
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.errors import Invalid, NotFound, Refusal
from fanal.plans import queries, rules
from fanal.plans.models import Heading, Level, Measure, Upload, Version
from fanal.plans.rules import Fault, MeasureLine
from fanal.plans.rules import table as tables
from fanal.plans.rules.table import Problem, Snag, Table
from fanal.plans.services.words import WORDS
from fanal.plans.services.writing import fill, open_draft, put_indicators
from fanal.web import sheets
from fanal.web.dates import read_date

LARGEST = 5 * 1024**2
SNAGS: Mapping[Snag, Promise] = {
    Snag.UNKNOWN_ROW: _("Write chapter, objective, measure or indicator; “%(about)s” is none of them."),
    Snag.NO_CHAPTER: _("Nothing stands above this row: put a row with its chapter before it."),
    Snag.NO_MEASURE: _("An indicator stands under its measure: put the row of the measure before it."),
    Snag.UNKNOWN_KEY: _("This draft has no measure “%(about)s”. Leave the key empty for a new measure."),
    Snag.KEY_TWICE: _("“%(about)s” stands in another row already. Keep one of them."),
    Snag.NUMBER_TWICE: _("The number %(about)s stands in another row already. Give each row its own."),
    Snag.NUMBER_IN_DRAFT: _(
        "The draft has another measure %(about)s, which this table lacks. Add it, or renumber."
    ),
    Snag.BAD_DATE: _("“%(about)s” is no day. Write it like 24.11.2026."),
    Snag.BAD_NUMBER: _(
        "“%(about)s” is no number that can only be read in one way. Write it like 1250 or 12,5."
    ),
    Snag.BAD_BENCHMARK: _("“%(about)s”: write the day, a colon and the value, such as 30.06.2027: 25."),
    Snag.TOO_MANY: _("From here on the table is too long: at most %(about)s rows."),
    Snag.NO_HEADING_NUMBER: _("Give the chapter or objective a number."),
    Snag.NO_HEADING_TITLE: _("Give the chapter or objective a title in one language at least."),
}


def said_of(problem: Problem) -> str:
    """A problem in the reader's language: what it is and what to do."""
    what = problem.what
    words = WORDS[what] if isinstance(what, Fault) else SNAGS[what]
    return str(words) % {"about": problem.about}


@transaction.atomic
def upload(*, by: Member, plan_code: str, content: bytes, at: datetime) -> Upload:
    """Keep a table for the draft of a plan until its writer confirms or forgets it; one for each writer.

    A workbook goes through the cage first. Refused: `NotFound`; `Invalid` `file_large`, and what `web.sheets` refuses.
    """
    draft = open_draft(plan_code)
    if len(content) > LARGEST:
        raise Invalid("file_large", _("This file is too large: at most 5 MB."), field="file")
    if not content.strip():
        raise Invalid("file_empty", _("This file holds no table."), field="file")
    kept = sheets.vetted(content)
    names = sheets.sheet_names(kept)
    fitting = [name for name in names if _fits(kept, name)]
    if not names:
        _columns(kept, "")
    Upload.objects.filter(version=draft, person=by.person_id).delete()
    return Upload.objects.create(
        version=draft, person=by.person_id, content=kept, at=at, names=list(names),
        sheet=fitting[0] if len(fitting) == 1 else "",
    )  # fmt: skip


def _fits(content: bytes, name: str) -> bool:
    try:
        _columns(content, name)
    except Invalid:
        return False
    return True


def _columns(content: bytes, name: str) -> sheets.Sheet:
    """The sheet, when it is a table of measures."""
    found = sheets.read_sheet(content, sheet=name)
    missing = [column for column in ("row", "number") if column not in found.columns]
    if missing:
        raise Invalid(
            "column_missing",
            _("This is not a table of measures: the column “%(name)s” is missing. Start from the template.")
            % {"name": missing[0]},
            field="file",
        )
    return found


@transaction.atomic
def choose_sheet(*, by: Member, plan_code: str, sheet: str, at: datetime) -> Upload:  # noqa: ARG001
    """Say which sheet of the kept workbook is meant. `NotFound`; `Invalid` `column_missing`."""
    row = mine(plan_code, by)
    if sheet not in row.names:
        raise NotFound
    _columns(bytes(row.content), sheet)
    row.sheet = sheet
    row.save(update_fields=["sheet"])
    return row


@transaction.atomic
def forget(*, by: Member, plan_code: str, at: datetime) -> None:  # noqa: ARG001
    """Throw the kept table away."""
    mine(plan_code, by).delete()


def mine(plan_code: str, by: Member) -> Upload:
    """The table that the member keeps for the draft of a plan; `NotFound`."""
    found = (
        Upload.objects.select_related("version__plan")
        .filter(version__plan=plan_code, version__adopted_on=None, person=by.person_id)
        .first()
    )
    if found is None:
        raise NotFound
    return found


# Looking at it


@dataclass(frozen=True, slots=True)
class Preview:
    """What writing the table would do to the draft: measures that come, change, stay as they are, and those that only
    the draft has; unknown columns, which are not read; with a problem nothing is written."""

    table: Table
    sheet: str
    unread: tuple[str, ...]
    added: tuple[tables.WantedMeasure, ...]
    changed: tuple[tables.WantedMeasure, ...]
    same: int
    missing: tuple[MeasureLine, ...]


def preview(row: Upload, at: datetime) -> Preview:
    """Everything that is to be known of a kept table before it is written. Writes nothing."""
    found = _columns(bytes(row.content), row.sheet)
    held = queries.measures_of(row.version_id)
    keys = {line.key: line.number for line in held}
    table = tables.read(found.rows, frame=queries.frame(row.version, at), keys=keys, read_day=_day)
    known = {line.key: line for line in held}
    places = _places(row.version)
    changed = [
        wanted
        for wanted in table.measures
        if wanted.values.key in known and not _same(wanted, known[wanted.values.key], places)
    ]
    added = [wanted for wanted in table.measures if wanted.values.key not in known]
    named = {wanted.values.key for wanted in table.measures}
    missing = tuple(line for line in held if line.key not in named)
    taken = {line.number for line in missing}
    clashes = tuple(
        Problem(wanted.row, "number", Snag.NUMBER_IN_DRAFT, wanted.values.number)
        for wanted in table.measures
        if wanted.values.number in taken
    )
    return Preview(
        table=replace(table, problems=(*table.problems, *clashes)),
        sheet=row.sheet,
        unread=tuple(column for column in found.columns if column not in tables.COLUMNS),
        added=tuple(added),
        changed=tuple(changed),
        same=len(table.measures) - len(changed) - len(added),
        missing=missing,
    )


def _day(said: str) -> date:
    try:
        return read_date(said)
    except Refusal as refusal:
        raise ValueError(refusal.code) from refusal


def _places(version: Version) -> dict[str, tuple[str, str]]:
    return {str(row.anchor): (row.level, row.number) for row in version.headings.all()}


def _same(wanted: tables.WantedMeasure, line: MeasureLine, places: Mapping[str, tuple[str, str]]) -> bool:
    values = queries.values_of(line)
    told = wanted.values
    indicators = tuple(
        replace(each, key=each.key or kept.key)
        for each, kept in zip(told.indicators, values.indicators, strict=False)
    )
    same_count = len(told.indicators) == len(values.indicators)
    plain = replace(told, indicators=indicators)
    return same_count and places.get(line.heading) == wanted.heading and _sorted(plain) == _sorted(values)


def _sorted(values: rules.MeasureValues) -> rules.MeasureValues:
    """Lists whose order says nothing, in one order; languages without words left out."""
    lists = ("co_leads", "contacts", "sdgs", "objectives", "principles", "sisters")
    texts = {name: {k: v for k, v in getattr(values, name).items() if v} for name in ("titles", "texts")}
    indicators = tuple(
        replace(each, titles={k: v for k, v in each.titles.items() if v}) for each in values.indicators
    )
    ordered = {name: tuple(sorted(getattr(values, name))) for name in lists}
    return replace(values, indicators=indicators, **texts, **ordered)  # type: ignore[arg-type]


# Writing it


@transaction.atomic
def bring_in(*, by: Member, plan_code: str, remove_missing: bool = False, at: datetime) -> Preview:
    """Write the kept table into the draft, in its order; all of it or nothing.

    `remove_missing`: measures that only the draft has go; else they stay. The same table twice changes nothing.
    Refused: `NotFound`; `Refusal` `has_problems` while a row has one.
    """
    draft = open_draft(plan_code)
    row = mine(plan_code, by)
    found = preview(row, at)
    if found.table.problems:
        raise Refusal("has_problems", _("Nothing is written while a row has a problem. Correct the table."))
    if remove_missing:
        draft.measures.filter(key__in=[line.key for line in found.missing]).delete()
    headings = _write_headings(draft, found.table.headings)
    _make_room(draft, {wanted.values.key for wanted in found.table.measures})
    touched = {wanted.values.key for wanted in found.changed} | {""}
    for position, wanted in enumerate(found.table.measures, 1):
        _write_measure(draft, wanted, headings[wanted.heading], position, wanted.values.key in touched)
    row.delete()
    audit.record(
        by=by, verb=Verb.ALTER, act="plans.bring_in", at=at, object_ids=[draft.pk], reference=plan_code,
        facts={"added": len(found.added), "changed": len(found.changed), "removed": remove_missing},
    )  # fmt: skip
    return found


def _write_headings(draft: Version, wanted: Sequence[tables.WantedHeading]) -> dict[tuple[str, str], Heading]:
    known = {(row.level, row.number): row for row in draft.headings.all()}
    draft.headings.update(
        position=F("position") + len(wanted)
    )  # what the table lacks comes after what it has
    for position, each in enumerate(wanted, 1):
        row = known.get((each.level, each.number)) or Heading(
            version=draft, level=each.level, number=each.number
        )
        row.titles, row.position = dict(each.titles), position
        row.parent = known[Level.CHAPTER, each.chapter] if each.chapter else None
        row.save()
        known[each.level, each.number] = row
    return known


def _make_room(draft: Version, keys: set[str]) -> None:
    """Numbers may change hands: until each has its own again, they stand apart."""
    for row in draft.measures.filter(key__in=keys).only("pk", "key"):
        Measure.objects.filter(pk=row.pk).update(number=f"#{row.key[-18:]}")


def _write_measure(
    draft: Version, wanted: tables.WantedMeasure, heading: Heading, position: int, touched: bool
) -> None:
    row = draft.measures.filter(key=wanted.values.key).first() if wanted.values.key else None
    row = row or Measure(version=draft)
    if row.key and not touched:
        Measure.objects.filter(pk=row.pk).update(number=wanted.values.number, position=position)
        return
    fill(row, wanted.values, heading, draft)
    Measure.objects.filter(pk=row.pk).update(position=position)
    kept = list(row.indicators.order_by("position"))
    keys = {each.key for each in kept}
    told = [
        replace(each, key=each.key if each.key in keys else "")
        if each.key
        else replace(each, key=kept[nth].key if nth < len(kept) else "")
        for nth, each in enumerate(wanted.values.indicators)
    ]
    row.indicators.exclude(key__in=[each.key for each in told if each.key]).delete()
    put_indicators(row, tuple(told))
