"""Adding a file to an object, and copying one into another file (what is sent is copied)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max, Sum
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from fanal.access.queries import visible
from fanal.access.rules import Member
from fanal.attachments.models import Attachment, Conversion, Part, State
from fanal.attachments.queries import Host, find, host
from fanal.attachments.rules import (
    MOST_FILES,
    MOST_TOGETHER,
    refused_at_the_door,
    shown_name,
)
from fanal.attachments.services import pieces, words
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.errors import Invalid, NotAllowed

TASK = "fanal.attachments.tasks.convert"


@dataclass(frozen=True, slots=True)
class Added:
    """A file that was taken in and waits to be read."""

    id: UUID
    number: int
    reference: str


@transaction.atomic
def add(
    *,
    by: Member,
    kind: str,
    object_id: UUID,
    name: str,
    data: bytes,
    at: datetime,
    submission: UUID | None = None,
) -> Added:
    """Add a file to an object: the original is sealed, and its reading is put in the queue, all at once or not.

    Nothing is read out of the bytes here. `submission`: sent twice under one, it is added once. Refused: `NotFound`;
    `NotAllowed` to who only reads; `Invalid` (`empty`, `too_large`, `not_on_the_list`, `too_many_files`).
    """
    place = host(kind, object_id, by)
    if not place.may_add:
        raise NotAllowed("not_contributor", _("Your service reads this file and adds nothing to it."))
    if code := refused_at_the_door(len(data), data[:64]):
        raise Invalid(code, words.why(code), field="file")
    _one_after_another(place.id)
    if submission is not None and (before := _sent_before(by, submission)):
        return _added(before)
    row = _kept(place, by, name, data, at, submission=submission)
    audit.record(
        by=by, verb=Verb.COLLECT, act="attachments.add", at=at, compartment_id=place.compartment_id,
        owner_unit_id=place.owner_unit_id, object_ids=[row.id, place.id], reference=place.reference,
        facts={"number": row.number, "bytes": row.size},
    )  # fmt: skip
    return _added(row)


@transaction.atomic
def copy(
    *, by: Member, kind: str, object_id: UUID, attachments: Sequence[UUID], at: datetime
) -> tuple[Added, ...]:
    """Copy attachments that the member reads into another object, each under a key of its own (ADR 0002).

    The copy is read and cleaned anew. Refused: `NotFound` (one of them, or the object), `NotAllowed` to who only
    reads there, `Invalid` (`not_ready`, `too_many_files`).
    """
    place = host(kind, object_id, by)
    if not place.may_add:
        raise NotAllowed("not_contributor", _("Your service reads this file and adds nothing to it."))
    _one_after_another(place.id)
    made = [_copied(place, by, find(attachment_id, by), at) for attachment_id in attachments]
    return tuple(_added(row) for row in made)


def _copied(place: Host, by: Member, source: Attachment, at: datetime) -> Attachment:
    if source.conversion.state != State.READY:
        raise Invalid("not_ready", words.why("not_ready"), field="attachments")
    again = visible(Attachment, by).filter(object_id=place.id, copied_from=source.id)
    if before := again.first():
        return before
    key = pieces.key_of(source)
    data = pieces.read(source, key, Part.ORIGINAL, by)
    row = _kept(place, by, words.name_of(source), data, at, copied_from=source.id)
    origin = source.compartment.owner_unit_id
    audit.record(
        by=by, verb=Verb.CONSULT, act="attachments.copy", at=at, compartment_id=source.compartment_id,
        owner_unit_id=origin, object_ids=[source.id], reference=source.reference,
    )  # fmt: skip
    audit.record(
        by=by, verb=Verb.DISCLOSE, act="attachments.copy", at=at, compartment_id=place.compartment_id,
        owner_unit_id=place.owner_unit_id, object_ids=[row.id, place.id], reference=place.reference,
        facts={"number": row.number, "bytes": row.size},
    )  # fmt: skip
    return row


def _kept(
    place: Host,
    by: Member,
    name: str,
    data: bytes,
    at: datetime,
    *,
    submission: UUID | None = None,
    copied_from: UUID | None = None,
) -> Attachment:
    held = Attachment.objects.filter(object_id=place.id).aggregate(last=Max("number"), bytes=Sum("size"))
    number = (held["last"] or 0) + 1
    if number > MOST_FILES or (held["bytes"] or 0) + len(data) > MOST_TOGETHER:
        raise Invalid("too_many_files", words.why("too_many_files"), field="file")
    sealed, key = pieces.sealed_about(place.id, shown_name(name), data)
    row = Attachment.objects.create(
        compartment_id=place.compartment_id,
        kind=place.kind,
        object_id=place.id,
        reference=place.reference,
        number=number,
        subject_id=place.id,
        size=len(data),
        sealed=sealed,
        added_at=at,
        added_by=by.person_id,
        added_unit_id=by.unit_id,
        submission=submission,
        copied_from=copied_from,
    )
    pieces.write(row, key, Part.ORIGINAL, data)
    Conversion.objects.create(
        compartment_id=place.compartment_id,
        attachment=row,
        unit_id=place.owner_unit_id,
        reference=place.reference,
        due_at=at,
    )
    _in_the_queue(row.id)
    return row


def _in_the_queue(attachment_id: UUID) -> None:
    """In the caller's transaction; should the queue lose it, the sweep finds it by `due_at`."""
    app.configure_task(TASK, queue="files", allow_unknown=True).defer(attachment_id=str(attachment_id))


def _one_after_another(object_id: UUID) -> None:
    """Two files added to one object at the same moment get two numbers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(object_id.bytes[8:], signed=True)])


def _sent_before(by: Member, submission: UUID) -> Attachment | None:
    return visible(Attachment, by).filter(added_by=by.person_id, submission=submission).first()


def _added(row: Attachment) -> Added:
    return Added(row.id, row.number, row.reference)
