"""Watching over the trace: counts for those who watch, findings for those who are told. No line is read here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from fanal.audit.models import Unusual, Verb
from fanal.audit.queries import has_line
from fanal.audit.rules.watch import Bounds
from fanal.audit.services.recording import Actor, record

AGAIN = timedelta(hours=1)
"""Who reads one page of the trace again within this time leaves no second line."""


@dataclass(frozen=True, slots=True)
class Opener:
    """What one member did lately: how many files outside her work she opened, how often she was refused."""

    membership_id: UUID
    person_id: UUID
    unit_id: int
    files: int
    refusals: int


def openers(*, bounds: Bounds, at: datetime) -> list[Opener]:
    """The members who opened or tried enough to be looked at."""
    since = at - timedelta(minutes=bounds.minutes)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM audit_openings(%s, %s, %s, %s)", [since, at, bounds.files, bounds.refusals]
        )
        return [Opener(*row) for row in cursor.fetchall()]


def usual_counts(*, openers: Sequence[Opener], bounds: Bounds, at: datetime) -> dict[UUID, list[int]]:
    """{membership: how many files she opened in each stretch of time before this one in which she opened any}."""
    until = at - timedelta(minutes=bounds.minutes)
    since = at - timedelta(days=bounds.usual_days)
    members = [opener.membership_id for opener in openers]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM audit_usual(%s::uuid[], %s, %s, %s)",
            [members, since, until, f"{bounds.minutes} minutes"],
        )
        return {member: list(counts) for member, counts in cursor.fetchall()}


def tell_of(
    *,
    opener: Opener,
    kind: Unusual,
    reference: str,
    ordinarily: int | None,
    watchers: list[int],
    bounds: Bounds,
    at: datetime,
) -> list[int]:
    """Write a finding for the units that watch and for the owners of the files; answers the units told now.

    None is told twice of one member and kind within a stretch of time, however often the round is run.
    """
    since = at - timedelta(minutes=bounds.minutes)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit_tell(%s, %s, %s, %s, %s, %s, %s)",
            [reference, kind.value, opener.membership_id, since, at, ordinarily, watchers],
        )
        return list(cursor.fetchone()[0])


def record_reading(*, by: Actor, act: str, at: datetime, compartment_id: UUID | None = None) -> None:
    """The reading of the trace is in the trace: once in `AGAIN` for a member and a file, and not at each turn of a
    page, or the trace would be full of its own readers."""
    if not has_line(
        unit_id=by.unit_id,
        membership_id=by.membership_id,
        act=act,
        since=at - AGAIN,
        compartment_id=compartment_id,
    ):
        record(by=by, verb=Verb.CONSULT, act=act, at=at, compartment_id=compartment_id)
