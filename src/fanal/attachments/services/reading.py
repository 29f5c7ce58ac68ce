"""Opening an attachment: each time traced, with its purpose, before a byte leaves."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access.queries import Wall, wall_of
from fanal.access.rules import Member
from fanal.attachments.models import Attachment, Part, State
from fanal.attachments.queries import Host, Line, find, host, line
from fanal.attachments.rules import MEDIA, neutral_name
from fanal.attachments.services import pieces, words
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.country import queries as country
from fanal.errors import Invalid, Refusal


@dataclass(frozen=True, slots=True)
class Sheet:
    """One attachment and the object it belongs to."""

    line: Line
    host: Host
    wall: Wall


@dataclass(frozen=True, slots=True)
class File:
    """Bytes that leave: under which name and as what."""

    name: str
    media_type: str
    content: bytes


@transaction.atomic
def consult(*, by: Member, attachment_id: UUID, at: datetime) -> Sheet:
    """One attachment: its name, its state, how many pictures of it there are. `NotFound`."""
    row = find(attachment_id, by)
    place, wall = host(row.kind, row.object_id, by), wall_of(row.compartment_id, by)
    _trace(by, row, wall, Verb.CONSULT, "attachments.consult", at)
    return Sheet(line(row, by), place, wall)


def progress(*, by: Member, attachment_id: UUID) -> Line:
    """How far its reading is: no name and no trace, for a page that asks every two seconds. `NotFound`."""
    return line(find(attachment_id, by), by)


@transaction.atomic
def download(
    *,
    by: Member,
    attachment_id: UUID,
    original: bool,
    purpose: str = "",
    file_reference: str = "",
    at: datetime,
) -> File:
    """The working copy, or the original as it came, with the trace of who took it and why.

    `purpose`: a code of `reading_purpose`; for the copy by default the one for which the unit was let in; for the
    original it is always said. Refused: `NotFound`; `Refusal` while it is not ready, refused or in quarantine;
    `Invalid` for an unknown purpose, or one that needs a file reference.
    """
    row = find(attachment_id, by)
    wall = wall_of(row.compartment_id, by)
    purpose = _purpose(wall, by, purpose, file_reference, at, said=original)
    key = _demand_ready(row)
    part = Part.ORIGINAL if original else Part.COPY
    verb = Verb.DISCLOSE if original else Verb.CONSULT
    _trace(by, row, wall, verb, f"attachments.{part}", at, purpose, file_reference)
    name = neutral_name(row.reference, row.number, row.conversion.media)
    return File(name, MEDIA[row.conversion.media][1], pieces.read(row, key, part, by))


@transaction.atomic
def preview(*, by: Member, attachment_id: UUID, page: int, at: datetime) -> File:
    """The picture of a page, from 1. `NotFound` where there is none; otherwise refused as a download is."""
    row = find(attachment_id, by)
    wall = wall_of(row.compartment_id, by)
    key = _demand_ready(row)
    content = pieces.read(row, key, Part.PREVIEW, by, page=page)
    _trace(by, row, wall, Verb.CONSULT, "attachments.preview", at, _purpose(wall, by, "", "", at, said=False))
    return File(f"{row.reference}-{row.number:02}-{page}.png", "image/png", content)


def _demand_ready(row: Attachment) -> bytes:
    """The key of its pieces, once it may be read."""
    how = row.conversion
    if how.state == State.WAITING:
        raise Refusal("not_ready", words.why("not_ready"))
    if how.state != State.READY:
        raise Refusal(how.code, words.why(how.code))
    return pieces.key_of(row)


def _purpose(wall: Wall, by: Member, purpose: str, file_reference: str, at: datetime, *, said: bool) -> str:
    law = country.law(timezone.localdate(at))
    let_in = next((sight.purpose for sight in wall.others if sight.unit_id == by.unit_id), "")
    if not said and not purpose:
        return let_in or law.codes("reading_purpose")[0].code
    if not law.has_code("reading_purpose", purpose):
        raise Invalid("unknown_code", _("Choose a purpose from the list."), field="purpose")
    needs = "needs_reference" in law.code("reading_purpose", purpose).flags
    if said and needs and not file_reference.strip():
        words_ = _("This purpose needs the reference of your file.")
        raise Invalid("file_reference", words_, field="file_reference")
    return purpose


def _trace(
    by: Member,
    row: Attachment,
    wall: Wall,
    verb: Verb,
    act: str,
    at: datetime,
    purpose: str = "",
    file_reference: str = "",
) -> None:
    audit.record(
        by=by, verb=verb, act=act, at=at, compartment_id=row.compartment_id, owner_unit_id=wall.owner_unit_id,
        object_ids=[row.id, row.object_id], purpose=purpose, reference=file_reference.strip() or row.reference,
        facts={"number": row.number},
    )  # fmt: skip


__all__ = ["File", "Sheet", "consult", "download", "preview", "progress"]
