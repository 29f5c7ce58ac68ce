"""Writing minutes while one speaks: two people at once, merged by the server, every version kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fanal.access import queries as access
from fanal.access.rules import Member
from fanal.errors import Invalid
from fanal.meetings import queries as meetings
from fanal.meetings.queries import Sight
from fanal.minutes import queries
from fanal.minutes.models import Minutes, Note, Version
from fanal.minutes.rules import merging, text
from fanal.minutes.rules.states import Act
from fanal.minutes.services.common import LONGEST, prepared, trace

_ONE_SITTING = timedelta(minutes=10)
"""Savings of one person within this time are one line of the trace; each is a version of its own all the same."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What stands after a saving: the text of everybody, its version, and in how many passages two versions stand."""

    text: str
    version: int
    conflicts: int
    changed: bool


@transaction.atomic
def save_note(
    *, by: Member, reference: str, item_id: UUID, words: str, base: int, window: str = "", at: datetime
) -> Kept:
    """Save what a window has of an item, which grew out of version `base`; merged with what others wrote meanwhile.

    `words`: plain lines, or markup that is turned into them. `window` names the window, so that one whose answer was
    lost does not quarrel with itself. The same words twice change nothing. Refused: `NotFound`; `NotAllowed`;
    `Refusal` `not_now`, `approved`; `Invalid` `too_long`, `unknown_version`.
    """
    row, eye = prepared(reference, Act.WRITE, by, at)
    line = queries.line(meetings.meeting(reference, eye), item_id, eye)
    sent = text.plain_lines(words)
    if len(sent) > LONGEST:
        raise Invalid("too_long", _("This is longer than what is kept here."), field="words", longest=LONGEST)
    note = _note(row, item_id, line.compartment_id, by, at, eye)
    if not 0 <= base <= note.version:
        raise Invalid("unknown_version", _("This version does not exist."), field="base")
    merged = _merged(note, sent, base, window[:32], by, eye)
    if merged.text == note.text and sent == note.text:
        return Kept(note.text, note.version, 0, changed=False)
    return _keep(row, note, sent, merged, window[:32], by, at)


def _note(row: Minutes, item_id: UUID, compartment_id: UUID, by: Member, at: datetime, eye: Sight) -> Note:
    """The note of an item. The minutes are locked: nobody else makes it at the same moment."""
    found = queries.rows(Note, eye).filter(minutes=row, item=item_id).first()
    return found or Note.objects.create(
        compartment_id=compartment_id, minutes=row, item=item_id, at=at, by=by.person_id
    )


def _merged(note: Note, sent: str, base: int, window: str, by: Member, eye: Sight) -> merging.Merged:
    if base == note.version:
        return merging.Merged(sent, 0)
    versions = [
        merging.Saved(each.number, each.window, each.text, each.text if each.sent is None else each.sent)
        for each in queries.rows(Version, eye).filter(note=note, number__gte=base).order_by("number")
    ]
    names = access.names_of({note.by, by.person_id})
    return merging.save(
        versions, base, window, sent, names=(names.get(note.by, "1"), names.get(by.person_id, "2"))
    )


def _keep(
    row: Minutes,
    note: Note,
    sent: str,
    merged: merging.Merged,
    window: str,
    by: Member,
    at: datetime,
) -> Kept:
    goes_on = note.version > 0 and note.by == by.person_id and at - note.at < _ONE_SITTING
    note.text, note.version, note.at, note.by = merged.text, note.version + 1, at, by.person_id
    note.words = meetings.searchable("", merged.text)
    note.save(update_fields=["text", "words", "version", "at", "by"])
    Version.objects.create(
        compartment_id=note.compartment_id,
        minutes=row,
        note=note,
        number=note.version,
        window=window,
        text=merged.text,
        sent=None if sent == merged.text else sent,
        conflicts=merged.conflicts,
        at=at,
        by=by.person_id,
    )
    if not goes_on or merged.conflicts:
        trace(
            "save_note", row, by=by, at=at, compartment_id=note.compartment_id, objects=(note.id,),
            version=note.version, conflicts=merged.conflicts,
        )  # fmt: skip
    return Kept(merged.text, note.version, merged.conflicts, changed=True)
