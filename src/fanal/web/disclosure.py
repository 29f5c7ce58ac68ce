"""A list that leaves the house as a file: whole or not at all, and traced in each file that stands in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from fanal.access.rules import Member
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.errors import Invalid

MOST = 10_000
"""Rows of one file; whoever needs more narrows the list (house rule)."""
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Disclosed:
    """A row of the file: where it stands, whose it is, which one it is, under which reference it is known."""

    compartment_id: UUID
    owner_unit_id: int
    object_id: UUID
    reference: str


def whole(rows: QuerySet[Row]) -> list[Row]:
    """All rows, in their order. `Invalid` (`too_many`) beyond 10,000: a file never ends in the middle unsaid."""
    found = list(rows[: MOST + 1])
    if len(found) > MOST:
        raise Invalid("too_many", _("This list has more than 10,000 rows. Narrow it first."))
    return found


def record(*, by: Member, act: str, at: datetime, kind: str, rows: Iterable[Disclosed]) -> None:
    """Trace the disclosure: one line in each compartment, with the ids that left it, for its owner to read.

    A file without rows is traced too, as an act of the member's own unit.
    """
    files: dict[UUID, list[Disclosed]] = {}
    for row in rows:
        files.setdefault(row.compartment_id, []).append(row)
    lines = [
        audit.Line(
            compartment_id,
            [row.object_id for row in found],
            {"kind": kind, "rows": len(found)},
            found[0].owner_unit_id,
            found[0].reference,
        )
        for compartment_id, found in files.items()
    ]
    if lines:
        audit.record_alike(by=by, verb=Verb.DISCLOSE, act=act, at=at, lines=lines)
    else:
        audit.record(by=by, verb=Verb.DISCLOSE, act=act, at=at, facts={"kind": kind, "rows": 0})
