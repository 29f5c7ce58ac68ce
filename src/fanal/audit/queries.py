"""Reading the trace: the owner of a file sees who looked and why."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from fanal.audit.models import Entry


def looked_at(*, compartment_id: UUID, owner_unit_id: int) -> QuerySet[Entry]:
    """The acts on one file, newest first, for a member of the unit that owns it (none for anybody else)."""
    return Entry.objects.filter(compartment_id=compartment_id, owner_unit_id=owner_unit_id).order_by(
        "-at", "-id"
    )


def units_that_looked(entries: Sequence[Entry]) -> set[int]:
    """The ids of the units that appear in these lines."""
    return {entry.unit_id for entry in entries if entry.unit_id is not None}
