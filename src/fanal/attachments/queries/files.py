"""The objects that take attachments, and the attachments of one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from fanal.access import vault
from fanal.access.models import Compartment
from fanal.access.queries import one, visible
from fanal.access.rules import Member, Permission
from fanal.attachments.models import Attachment, Conversion, State
from fanal.attachments.rules import Attachable
from fanal.errors import NotFound

__all__ = ["Host", "Line", "State", "find", "host", "line", "lines", "of_object", "subjects_of", "to_copy"]


@dataclass(frozen=True, slots=True)
class Host:
    """The object that attachments belong to, as the reader sees it. `may_add`: her unit contributes there."""

    kind: str
    id: UUID
    reference: str
    compartment_id: UUID
    owner_unit_id: int
    may_add: bool
    page: str
    page_key: str
    sources: tuple[tuple[str, UUID], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One attachment as it is listed and shown. `name`: as it came, cleaned; empty once its key was destroyed."""

    id: UUID
    kind: str
    object_id: UUID
    compartment_id: UUID
    reference: str
    number: int
    name: str
    sha256: str
    size: int
    added_at: datetime
    added_by: UUID
    unit: str
    copied: bool
    state: State
    code: str
    media: str
    pages: int
    previews: int
    removed: tuple[str, ...]
    scanned: bool
    step: str
    done: int
    total: int

    @property
    def readable(self) -> bool:
        """Whether it may be opened: it was read, nothing was found in it, and its key exists."""
        return self.state == State.READY and bool(self.sha256)


def host(kind: str, object_id: UUID, by: Member) -> Host:
    """An object that takes attachments and whose content the member reads; `NotFound` otherwise."""
    known = _attachable(kind)
    if not _holds(by, known.read):
        raise NotFound
    model: Any = apps.get_model(known.model)
    row = visible(model, by).filter(pk=object_id).select_related("compartment").first()
    if row is None or by.unit_id not in row.compartment.acl or _is_shut(known, row.compartment_id, by):
        raise NotFound
    wall: Compartment = row.compartment
    return Host(
        kind,
        row.pk,
        row.reference,
        wall.id,
        wall.owner_unit_id,
        by.unit_id in wall.acl_write and _holds(by, known.add),
        known.page,
        str(getattr(row, known.by)),
        tuple((source, found) for source, name in known.from_ if (found := getattr(row, name))),
    )


def of_object(object_id: UUID, by: Member) -> QuerySet[Attachment]:
    """The attachments of one object that the member's unit may read, in their order."""
    rows = visible(Attachment, by).filter(object_id=object_id)
    return rows.select_related("conversion", "added_unit").order_by("number")


def find(attachment_id: UUID, by: Member, *, lock: bool = False) -> Attachment:
    """One attachment of a file that the member reads, and whose kind her function opens; `NotFound` otherwise."""
    rows = visible(Attachment, by).select_related("conversion", "added_unit")
    row = one(rows, attachment_id, lock=lock)
    known = _attachable(row.kind)
    if not _holds(by, known.read) or _is_shut(known, row.compartment_id, by):
        raise NotFound
    return row


def to_copy(place: Host, by: Member) -> list[Line]:
    """What may be copied into an object: the attachments of those it comes from that the member reads and are ready."""
    rows: list[Attachment] = []
    waiting, seen = list(place.sources), set()
    while waiting:
        kind, object_id = waiting.pop()
        if object_id in seen:
            continue
        seen.add(object_id)
        try:
            source = host(kind, object_id, by)
        except NotFound:
            continue
        waiting += source.sources
        rows += of_object(object_id, by).filter(conversion__state=State.READY)
    return lines(rows, by)


def line(row: Attachment, by: Member) -> Line:
    """One attachment in values."""
    return lines([row], by)[0]


def lines(rows: Iterable[Attachment], by: Member) -> list[Line]:
    """Attachments in values, their names opened; one query for the keys."""
    rows = list(rows)
    told = vault.unseal_each({row.id: (row.subject_id, row.sealed) for row in rows})
    return [_line(row, told.get(row.id, {}), by) for row in rows]


def subjects_of(compartment_ids: Iterable[UUID]) -> frozenset[UUID]:
    """The subjects under whose keys the attachments of these files are sealed (for erasure; the caller's context)."""
    rows = Attachment.objects.filter(compartment_id__in=list(compartment_ids))
    return frozenset(rows.values_list("subject_id", flat=True))


def _line(row: Attachment, told: dict[str, Any], by: Member) -> Line:
    how: Conversion = row.conversion
    return Line(
        id=row.id,
        kind=row.kind,
        object_id=row.object_id,
        compartment_id=row.compartment_id,
        reference=row.reference,
        number=row.number,
        name=told.get("name", ""),
        sha256=told.get("sha256", ""),
        size=row.size,
        added_at=row.added_at,
        added_by=row.added_by,
        unit=row.added_unit.label(by.language),
        copied=row.copied_from is not None,
        state=State(how.state),
        code=how.code,
        media=how.media,
        pages=how.pages,
        previews=how.previews,
        removed=tuple(how.removed),
        scanned=how.scanned_at is not None,
        step=how.step,
        done=how.done,
        total=how.total,
    )


def _attachable(kind: str) -> Attachable:
    found: Attachable | None = settings.FANAL_ATTACHABLE.get(kind)
    if found is None:
        raise NotFound
    return found


def _is_shut(known: Attachable, compartment_id: UUID, by: Member) -> bool:
    """Whether a file is for other persons of the member's unit than for her."""
    return bool(known.shut) and compartment_id in import_string(known.shut)(by, timezone.localdate())


def _holds(by: Member, permissions: Iterable[str]) -> bool:
    return any(by.may(Permission(each)) for each in permissions)
