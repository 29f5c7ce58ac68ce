"""Minutes as a document: one source for every format, made for one reader, without a trace of what is not for her."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fanal.documents.model import (
    Block,
    Blocks,
    Document,
    Frame,
    Heading,
    List,
    Paragraph,
    Words,
    table,
    text,
)
from fanal.errors import NotFound
from fanal.minutes.models import Action, Addendum
from fanal.minutes.models.session import State
from fanal.minutes.queries import words
from fanal.minutes.queries.sessions import Sheet, Treated
from fanal.minutes.rules import text as notes


def whole(sheet: Sheet, language: str) -> Document:
    """The minutes as the reader of the sheet sees them."""
    blocks = [
        *_head(sheet),
        *(block for item in sheet.items for block in _item(item, sheet)),
        *_agreed(sheet.items),
        *_addenda(sheet.addenda),
        *_approved(sheet),
    ]
    return _document(_title(sheet, language), sheet, tuple(blocks), language)


def extract(sheet: Sheet, item_id: UUID, language: str) -> Document:
    """One item of the minutes; `NotFound` when the reader does not see it."""
    item = next((each for each in sheet.items if each.line.item_id == item_id), None)
    if item is None:
        raise NotFound
    title = _("Extract of the minutes: %(body)s, %(day)s") % _named(sheet, language)
    return _document(title, sheet, (*_item(item, sheet), *_approved(sheet)), language)


def _title(sheet: Sheet, language: str) -> str:
    return _("Minutes: %(body)s, %(day)s") % _named(sheet, language)


def _named(sheet: Sheet, language: str) -> dict[str, str]:
    return {"body": sheet.body.label(language), "day": _day(sheet.row.held_on)}


def _document(title: str, sheet: Sheet, blocks: Blocks, language: str) -> Document:
    row = sheet.row
    state = (
        "" if row.state == State.APPROVED else _("Not approved: draft of version %(n)d") % {"n": row.version}
    )
    return Document(
        title=title,
        language=language,
        blocks=blocks,
        frame=Frame(subtitle=state, reference=row.reference, issuer=sheet.body.label(language)),
    )


def _head(sheet: Sheet) -> Iterator[Block]:
    row = sheet.row
    attended = words.attended(sheet.seats, sheet.noted, row.opened_at, sheet.at)
    yield Heading(1, text(_("Attendance")))
    yield table(
        _("Who was there"),
        [_("Seat"), _("State"), _("Who")],
        [[seat.label, state, who] for seat, state, who in attended],
    )
    yield _said(words.quorum(sheet.quorum))


def _item(item: Treated, sheet: Sheet) -> Iterator[Block]:
    yield Heading(1, text(f"{item.line.number}. {item.line.title}"))
    if item.line.restricted:
        labels = ", ".join(filter(None, map(sheet.label, item.line.seats)))
        yield Paragraph((Words(_("Restricted to: %(seats)s") % {"seats": labels}, emphasis=True),))
    if item.line.excluded:
        labels = ", ".join(filter(None, map(sheet.label, item.line.excluded)))
        yield _said(_("Without a vote on this item: %(seats)s.") % {"seats": labels})
    yield from notes.blocks(item.text, level=2)
    if item.outcome is not None:
        yield Paragraph((Words(words.outcome(item), strong=True),))
        if item.outcome.text:
            yield from notes.blocks(item.outcome.text, level=2)
        if item.outcome.decision:
            yield _said(_("Register of decisions: %(number)s") % {"number": item.outcome.decision})
    said = words.votes(item, sheet.label)
    if said:
        yield List(tuple((_said(f"{choice}: {seats}"),) for choice, seats in said))
    if item.actions:
        yield List(tuple((_said(_action(each, sheet.eye.by.language)),) for each in item.actions))
    yield from _addenda(item.addenda)


def _action(action: Action, language: str) -> str:
    until = _("until %(day)s") % {"day": _day(action.due_on)} if action.due_on else ""
    return " · ".join(filter(None, [action.text, action.unit.label(language), until]))


def _agreed(items: Sequence[Treated]) -> Iterator[Block]:
    taken = [item for item in items if item.outcome is not None and item.outcome.decision]
    if taken:
        yield Heading(1, text(_("Decisions")))
        rows = [[item.outcome.decision, item.line.number, item.line.title] for item in taken if item.outcome]
        yield table(_("Decisions taken"), [_("Number"), _("Item"), _("Subject")], rows)


def _addenda(addenda: Sequence[Addendum]) -> Iterator[Block]:
    for each in addenda:
        yield Heading(
            2, text(_("Addendum %(n)d of %(day)s") % {"n": each.number, "day": _day(each.at.date())})
        )
        yield from notes.blocks(each.text)
        yield Paragraph((Words(each.signed, emphasis=True),))


def _approved(sheet: Sheet) -> Iterator[Block]:
    row = sheet.row
    if row.approved_at is not None:
        said = _("Approved at meeting %(meeting)s.") % {"meeting": row.approved_in}
        yield Paragraph((Words(said, strong=True),))


def _said(said: str) -> Paragraph:
    return Paragraph(text(said))


def _day(day: date) -> str:
    return str(date_format(day, "j F Y"))
