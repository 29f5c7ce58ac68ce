"""Bringing older decisions in from a table: read in the cage, looked at, and only then written."""

import itertools
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from fanal.access.rules import Member
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.bodies import queries as bodies
from fanal.decisions import queries, rules
from fanal.decisions.models import Decision, State, Step
from fanal.decisions.rules import bringing
from fanal.decisions.rules.bringing import Entry, Known, Plan, fold
from fanal.decisions.services.recording import next_ordinary, words_of
from fanal.directory import queries as directory
from fanal.errors import Invalid
from fanal.sandbox import cage
from fanal.web.dates import read_date
from fanal.web.sheets import read_sheet

LARGEST = 1_000_000
"""Bytes of a table; some ten thousand decisions."""
_BOUNDS = cage.Bounds(seconds=30, cpu_seconds=20)


def preview(*, by: Member, content: bytes, at: datetime) -> Plan:
    """What bringing a table (CSV or XLSX) in would do, with every problem by row. Writes nothing.

    Refused as a whole, on `file`: `file_large`, `not_a_table`, `columns_missing`, and what `read_sheet` refuses.
    """
    return _plan(by, _inside(content), timezone.localdate(at))


@transaction.atomic
def bring_in(*, by: Member, content: bytes, at: datetime) -> int:
    """Write the rows against which nothing stands; returns how many. The same table again writes none twice, and
    nobody is mailed about the past. Refused as `preview`."""
    plan = _plan(by, _inside(content), timezone.localdate(at))
    for code, entries in groupby(sorted(plan.entries, key=lambda it: (it.body, it.taken_on, it.row)), _body):
        _write(by, code, list(entries), at)
    return len(plan.entries)


def _body(entry: Entry) -> str:
    return entry.body


def _write(by: Member, code: str, entries: Sequence[Entry], at: datetime) -> None:
    """The rows of one body, in as many statements however many they are."""
    bodies.demand_prepares(code, by, timezone.localdate(at))
    body = bodies.locked(code)
    count: dict[int, Iterator[int]] = {}
    rows = []
    for entry in entries:
        year = entry.taken_on.year
        if year not in count:
            count[year] = itertools.count(int(next_ordinary(body, year).rpartition("-")[2]))
        rows.append(
            Decision(
                number=f"{body.prefix}-{year}-{next(count[year]):03d}",
                compartment_id=body.compartment_id,
                body=body,
                title=entry.title,
                text=entry.text,
                words=words_of(entry.title, entry.text),
                taken_on=entry.taken_on,
                due_on=entry.due_on,
                owners=list(entry.owners),
                state=entry.state.value,
                closed_on=None if entry.state in rules.OPEN else entry.taken_on,
                origin=entry.origin,
                origin_url=entry.origin_url,
                recorded_at=at,
                recorded_by=by.person_id,
            )
        )
    Decision.objects.bulk_create(rows)
    Step.objects.bulk_create(
        Step(
            compartment_id=row.compartment_id, decision=row, act=Step.Act.RECORDED, at=at, by=by.person_id,
            unit_id=by.unit_id, state=row.state, due_on=row.due_on,
        )
        for row in rows
    )  # fmt: skip
    audit.record_alike(
        by=by, verb=Verb.COLLECT, act="decisions.record", at=at,
        lines=[audit.Line(row.compartment_id, [row.id], {"body": code}, reference=row.number) for row in rows],
    )  # fmt: skip


def _inside(content: bytes) -> bytes:
    if len(content) > LARGEST:
        raise Invalid("file_large", _("A table of decisions is smaller than this."), field="file")
    made = cage.run(content, bounds=_BOUNDS)
    if made.refused or made.media not in ("text", "xlsx"):
        raise Invalid(
            "not_a_table",
            _("This file is not a plain table. Save it as CSV, or as a workbook (XLSX) without macros."),
            field="file",
        )
    return made.copy


def _plan(by: Member, content: bytes, on: date) -> Plan:
    sheet = read_sheet(content)
    names = bringing.mapped(sheet.columns)
    lacking = [name for name in bringing.NEEDED if name not in names.values()]
    if lacking:
        words = _("These columns are missing: %(names)s.")
        shown = ", ".join(bringing.COLUMNS[name][0] for name in lacking)
        raise Invalid("columns_missing", words % {"names": shown}, field="file")
    rows = [
        (row.number, {names[c]: cell for c, cell in row.cells.items() if c in names}) for row in sheet.rows
    ]
    return bringing.planned(rows, _known(by, on), on, read_day)


def read_day(text: str) -> date | None:
    """A day as people type it; None for what is none."""
    try:
        return read_date(text)
    except Invalid:
        return None


def _known(by: Member, on: date) -> Known:
    prepared = {code for code, seat in bodies.my_seats(by, on).items() if seat.prepares}
    mine = [body for body in bodies.everybody(on) if body.code in prepared]
    words = {
        fold(word): body.code
        for body in mine
        for word in (body.code, body.prefix, *body.names.values(), *body.short_names.values())
    }
    seats = bodies.every_seat(on)
    readers = {
        body.code: frozenset(unit for seat in seats.get(body.code, ()) for unit in seat.unit_ids)
        for body in mine
    }
    units = {
        fold(word): unit.id
        for unit in directory.units(on=on)
        for word in (unit.code, *unit.names.values(), *unit.short_names.values())
    }
    rows = queries.visible(by, on).filter(body__code__in=prepared)
    there = frozenset(
        (code, day, fold(title)) for code, day, title in rows.values_list("body__code", "taken_on", "title")
    )
    return Known(words, units, readers, _states(), there)


def _states() -> dict[str, rules.State]:
    found: dict[str, rules.State] = {
        state.value: state for state in rules.State if state is not rules.State.SUPERSEDED
    }
    for language, _name in settings.LANGUAGES:
        with override(language):
            found |= {
                fold(str(State(value).label)): state
                for value, state in list(found.items())
                if value in State.values
            }
    return found
