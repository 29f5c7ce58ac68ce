"""The attachments of an object, as they are shown on its page."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from fanal.access.rules import Member
from fanal.attachments.queries import Host, Line, host, lines, of_object
from fanal.audit import services as audit
from fanal.audit.services import Verb


@dataclass(frozen=True, slots=True)
class Panel:
    """An object and its attachments, as one member sees them."""

    host: Host
    lines: tuple[Line, ...]


@transaction.atomic
def panel(*, by: Member, kind: str, object_id: UUID, at: datetime) -> Panel:
    """The attachments of an object, by name; reading names is traced, an empty list is not. `NotFound`."""
    place = host(kind, object_id, by)
    found = lines(of_object(object_id, by), by)
    if found:
        audit.record(
            by=by, verb=Verb.CONSULT, act="attachments.list", at=at, compartment_id=place.compartment_id,
            owner_unit_id=place.owner_unit_id, object_ids=[place.id, *(each.id for each in found)],
            reference=place.reference,
        )  # fmt: skip
    return Panel(place, tuple(found))
