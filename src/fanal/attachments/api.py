"""Attachments for other systems: the same walls, the same trace, the same checks."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import File, Router, Schema, Status, UploadedFile

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.attachments import queries, services
from fanal.web.downloads import attached

router = Router(tags=["attachments"])


class AddedOut(Schema):
    """A file that was taken in; whether it is accepted says its state, once it was read."""

    id: UUID
    reference: str
    number: int


class AttachmentOut(Schema):
    """One attachment. `state`: waiting, ready, refused or quarantined; `code` and `why` say why.

    `removed`: what the working copy no longer has. `sha256`: of the original.
    """

    id: UUID
    kind: str
    object_id: UUID
    reference: str
    number: int
    name: str
    size: int
    sha256: str
    added_at: datetime
    unit: str
    copied: bool
    state: str
    code: str
    why: str
    media: str
    pages: int
    previews: int
    removed: list[str]
    scanned: bool


class CopyIn(Schema):
    """Which attachments are copied, by id."""

    attachments: list[UUID]


@router.get("/{host}/{uuid:object_id}", response=list[AttachmentOut])
@requires(Permission.ATTACHMENT_READ)
def attachments(request: MemberRequest, host: str, object_id: UUID) -> Any:
    """The attachments of an object: alert, person, referral, request, procedure or question, by its id. Traced."""
    found = services.panel(by=request.member, kind=host, object_id=object_id, at=timezone.now())
    return [_out(line) for line in found.lines]


@router.post("/{host}/{uuid:object_id}", response={201: AddedOut})
@requires(Permission.ATTACHMENT_ADD)
def add(request: MemberRequest, host: str, object_id: UUID, file: File[UploadedFile]) -> Any:
    """Add a file (multipart, field `file`). It is read afterwards: ask for its state. Send an Idempotency-Key."""
    data = file.read()
    added = services.add(
        by=request.member, kind=host, object_id=object_id, name=file.name or "", data=data, at=timezone.now()
    )
    return Status(201, added)


@router.post("/{host}/{uuid:object_id}/copies", response={201: list[AddedOut]})
@requires(Permission.ATTACHMENT_ADD)
def copy(request: MemberRequest, host: str, object_id: UUID, payload: CopyIn) -> Any:
    """Copy attachments that the unit reads into this object; copied twice is copied once."""
    made = services.copy(
        by=request.member, kind=host, object_id=object_id, attachments=payload.attachments, at=timezone.now()
    )
    return Status(201, list(made))


@router.get("/{uuid:attachment_id}", response=AttachmentOut)
@requires(Permission.ATTACHMENT_READ)
def attachment(request: MemberRequest, attachment_id: UUID) -> Any:
    """One attachment and its state; opening it is traced."""
    return _out(services.consult(by=request.member, attachment_id=attachment_id, at=timezone.now()).line)


@router.get("/{uuid:attachment_id}/copy")
@requires(Permission.ATTACHMENT_READ)
def working_copy(request: MemberRequest, attachment_id: UUID, purpose: str = "") -> HttpResponse:
    """The working copy."""
    found = services.download(
        by=request.member, attachment_id=attachment_id, original=False, purpose=purpose, at=timezone.now()
    )
    return attached(found.name, found.media_type, found.content)


@router.get("/{uuid:attachment_id}/original")
@requires(Permission.ATTACHMENT_READ)
def original(
    request: MemberRequest, attachment_id: UUID, purpose: str = "", file_reference: str = ""
) -> HttpResponse:
    """The original, for a purpose that is traced first."""
    found = services.download(
        by=request.member, attachment_id=attachment_id, original=True, purpose=purpose,
        file_reference=file_reference, at=timezone.now(),
    )  # fmt: skip
    return attached(found.name, found.media_type, found.content)


@router.get("/{uuid:attachment_id}/previews/{int:page}")
@requires(Permission.ATTACHMENT_READ)
def preview(request: MemberRequest, attachment_id: UUID, page: int) -> HttpResponse:
    """The picture (PNG) of a page, from 1."""
    found = services.preview(by=request.member, attachment_id=attachment_id, page=page, at=timezone.now())
    return attached(found.name, found.media_type, found.content)


def _out(line: queries.Line) -> dict[str, Any]:
    values = {name: getattr(line, name) for name in AttachmentOut.model_fields if hasattr(line, name)}
    return {**values, "why": str(services.why(line.code)) if line.code else ""}
