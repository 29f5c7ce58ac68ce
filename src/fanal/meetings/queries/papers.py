"""The agenda as a document: one source for every format, for one reader, without a trace of what is not for her."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import normalize_newlines
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fanal.bodies import queries as bodies
from fanal.bodies.rules import SeatHeld
from fanal.directory import queries as directory
from fanal.documents.model import (
    Block,
    Break,
    Document,
    Frame,
    Heading,
    Inline,
    List,
    Paragraph,
    Words,
    table,
    text,
)
from fanal.meetings.models import Meeting
from fanal.meetings.models.items import Aim, Outcome, Source
from fanal.meetings.models.meetings import State
from fanal.meetings.queries.agenda import Line, agenda, seats_of
from fanal.meetings.queries.sights import Sight
from fanal.meetings.rules.items import DUES


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What the blocks are made of: the lines of one reader, the seats of the body, the names of other services."""

    row: Meeting
    lines: Sequence[Line]
    seats: Mapping[UUID, SeatHeld]
    units: Mapping[int, str]

    def by(self, line: Line) -> str:
        """Who proposed a line; what is due by itself says so."""
        if line.source in DUES:
            return str(Source(line.source).label)
        found = self.seats.get(line.seat) if line.seat else None
        return found.label if found else self.units.get(line.unit_id, "")

    def named(self, seats: Sequence[UUID]) -> str:
        return ", ".join(self.seats[each].label for each in seats if each in self.seats)


def printed(row: Meeting, eye: Sight, language: str) -> Document:
    """The agenda of a meeting as the reader sees it, in the language in force. Who is not named for an item or a paper
    receives the bytes that she would receive without it."""
    body = bodies.body(row.body, eye.on).label(language)
    lines, seats = agenda(row, eye), seats_of(row, eye.on)
    units = directory.labels({line.unit_id for line in lines if line.seat not in seats}, language)
    sheet = _Sheet(row, lines, seats, units)
    day = date_format(timezone.localtime(row.begins_at), "j F Y")
    return Document(
        title=_("Agenda: %(body)s, %(day)s") % {"body": body, "day": day},
        language=language,
        blocks=tuple(_blocks(sheet)),
        frame=Frame(subtitle=_stand(row), reference=row.reference, issuer=body),
    )


def _stand(row: Meeting) -> str:
    if row.state == State.CANCELLED:
        return str(State.CANCELLED.label)
    if row.agenda_set_at is not None:
        day = date_format(timezone.localtime(row.agenda_set_at), "j F Y")
        return _("Agenda set on %(day)s") % {"day": day}
    return _("Provisional agenda") if row.state in (State.DRAFT, State.CONVENED) else ""


def _blocks(sheet: _Sheet) -> Iterator[Block]:
    row = sheet.row
    begins, ends = timezone.localtime(row.begins_at), timezone.localtime(row.ends_at)
    when = f"{date_format(begins, 'l j F Y')}, {begins:%H:%M}–{ends:%H:%M}"
    yield Paragraph((Words(" · ".join(filter(None, [when, row.place])), strong=True),))
    yield from _prose(row.words)
    ordinary = [line for line in sheet.lines if not line.restricted]
    closed = [line for line in sheet.lines if line.restricted]
    if not sheet.lines:
        yield Paragraph(text(_("Nothing on the agenda yet")))
    if ordinary:
        yield _table(_("Items in their order"), _("No."), ordinary, sheet)
    if closed:
        yield Heading(1, text(_("Closed part")))
        yield _table(_("Restricted items"), _("Code"), closed, sheet)
    told = [line for line in (*ordinary, *closed) if _tells(line)]
    if told:
        yield Heading(1, text(_("The items one by one")))
        for line in told:
            yield from _item(line, sheet)


def _table(caption: str, first: str, lines: Sequence[Line], sheet: _Sheet) -> Block:
    head = [first, _("Hour"), _("Item"), pgettext("of a body", "Asked"), _("Proposed by")]
    rows = [
        [line.number, _hours(line), line.title, str(Aim(line.aim).label), sheet.by(line)] for line in lines
    ]
    return table(caption, head, rows)


def _hours(line: Line) -> str:
    if line.slot is None:
        return "–"
    begins, ends = timezone.localtime(line.slot.begins_at), timezone.localtime(line.slot.ends_at)
    return f"{begins:%H:%M}–{ends:%H:%M}"


def _tells(line: Line) -> bool:
    """Whether there is more to say of an item than its line in the table."""
    return bool(
        line.text or line.annexes or line.excluded or line.seats or line.late or line.due_on or line.outcome
    )


def _item(line: Line, sheet: _Sheet) -> Iterator[Block]:
    yield Heading(2, text(f"{line.number}. {line.title}"))
    facts = [line.reference]
    if line.due_on:
        facts.append(f"{_('due on')} {date_format(line.due_on, 'j F Y')}")
    if line.late:
        facts.append(_("late item"))
    if line.outcome:
        facts.append(str(Outcome(line.outcome).label))
    yield Paragraph((Words(" · ".join(facts), emphasis=True),))
    if line.seats:
        yield Paragraph(text(_("Only for: %(seats)s.") % {"seats": sheet.named(line.seats)}))
    if line.excluded:
        said = _("Without a vote on this item: %(seats)s.") % {"seats": sheet.named(line.excluded)}
        yield Paragraph(text(said))
    yield from _prose(line.text)
    if line.annexes:
        yield Paragraph(text(_("Papers:")))
        rows = [f"{paper.reference} · {paper.title}" for paper in line.annexes]
        yield List(tuple((Paragraph(text(each)),) for each in rows))


def _prose(typed: str) -> Iterator[Block]:
    """Plain text as paragraphs; a line of its own stays one."""
    for part in normalize_newlines(typed).split("\n\n"):
        rows = [each.strip() for each in part.split("\n") if each.strip()]
        if rows:
            runs: list[Inline] = [Words(rows[0])]
            for each in rows[1:]:
                runs += [Break(), Words(each)]
            yield Paragraph(tuple(runs))
