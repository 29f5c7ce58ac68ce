"""Reading the trace: the owner of a file sees who looked and why; who watches sees counts and findings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from fanal.audit.models import Entry, Finding, Verb

REFERENCE = r"^[A-Z]-[0-9A-Z]{4}-[0-9A-Z]{4}$"


def looked_at(*, compartment_id: UUID, owner_unit_id: int) -> QuerySet[Entry]:
    """The acts on one file, newest first, for a member of the unit that owns it (none for anybody else)."""
    return Entry.objects.filter(compartment_id=compartment_id, owner_unit_id=owner_unit_id).order_by(
        "-at", "-id"
    )


def units_that_looked(entries: Sequence[Entry]) -> set[int]:
    """The ids of the units that appear in these lines."""
    return {entry.unit_id for entry in entries if entry.unit_id is not None}


def has_line(
    *, unit_id: int, membership_id: UUID | None, act: str, since: datetime, compartment_id: UUID | None
) -> bool:
    """Whether this member did that to this file (or to none) since then, as far as her unit may read it."""
    return Entry.objects.filter(
        owner_unit_id=unit_id,
        compartment_id=compartment_id,
        membership_id=membership_id,
        act=act,
        at__gt=since,
    ).exists()


def findings(*, unit_id: int) -> QuerySet[Finding]:
    """What this unit was told of unusual reading, newest first."""
    return Finding.objects.filter(unit_id=unit_id).order_by("-at", "-id")


def references(*, unit_id: int, files: Sequence[UUID]) -> dict[UUID, str]:
    """{file: its reference} of a unit's own files, as their trace has it; those that it never names are left out."""
    rows = Entry.objects.filter(owner_unit_id=unit_id, compartment_id__in=files, reference__regex=REFERENCE)
    return {file: reference for file, reference in rows.values_list("compartment_id", "reference") if file}


@dataclass(frozen=True, slots=True)
class Count:
    """How often the members of a unit did something for a purpose, and in how many files."""

    unit_id: int | None
    verb: Verb
    purpose: str
    acts: int
    files: int


def counts(*, since: datetime, until: datetime) -> list[Count]:
    """Counts of acts from `since` until before `until`, as far as the reader's unit watches: none for any other unit.

    For the officer of a house those of its units, for the supervisory authority all. No person, no file.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT unit_id, verb, purpose, acts, files FROM audit_counts(%s, %s)", [since, until])
        return [Count(unit, Verb(verb), purpose, acts, files) for unit, verb, purpose, acts, files in cursor]
