"""The wall of a body's papers: one compartment, opened to the units of its seats and to nobody else."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from fanal.access import services as access
from fanal.access.context import set_units
from fanal.access.models import Compartment, Grant
from fanal.access.rules import Member
from fanal.access.services import Kind, Level, Opening
from fanal.bodies.models import Body, Seat
from fanal.bodies.queries import in_force

PURPOSE, GROUND = "coordination", "seat"


@contextmanager
def as_keeper(unit_id: int) -> Iterator[None]:
    """Act on the walls of a body as the unit that keeps its papers; whoever comes in has been asked for her seat.

    Afterwards the context of the transaction is the one from before, an unset one included.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('fanal.context', true), current_setting('fanal.signature', true)"
        )
        before = cursor.fetchone()
    set_units([unit_id])
    try:
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT set_config('fanal.context', %s, true), set_config('fanal.signature', %s, true)",
                    [word or "" for word in before],
                )


@transaction.atomic
def raise_wall(unit_id: int, at: datetime) -> UUID:
    """The compartment of a new body, owned by the unit that keeps its papers."""
    with as_keeper(unit_id):
        return Compartment.objects.create(kind=Kind.BODY, owner_unit_id=unit_id, created_at=at).id


@transaction.atomic
def keep_in_step(body: Body, *, by: Member | None, on: date, at: datetime) -> None:
    """Open the body's papers to the units of its seats of that day, and close them to those that have none any more.

    Whoever holds a seat contributes: an observer answers an invitation too; what each may write is for the rules of
    each act. Without `by` it is the loading of the country's composition that acts.
    """
    wanted = {unit for ids in _seats(body, on) for unit in ids} - {body.unit_id}
    with as_keeper(body.unit_id):
        wall = Compartment.objects.get(pk=body.compartment_id)
        present = {
            row.unit_id: row for row in Grant.objects.filter(compartment=wall, revoked_at__isnull=True)
        }
        missing = sorted(wanted - present.keys())
        if by is None:
            _grant_unsigned(wall, missing, on, at)
        elif missing:
            openings = [Opening(unit_id, Level.CONTRIBUTE, PURPOSE, GROUND) for unit_id in missing]
            access.grant(by=replace(by, unit_id=body.unit_id), compartment=wall, openings=openings, at=at)
        for unit_id in sorted(present.keys() - wanted):
            if by is None:
                Grant.objects.filter(pk=present[unit_id].pk).update(revoked_at=at)
            else:
                access.revoke(by=replace(by, unit_id=body.unit_id), grant=present[unit_id], at=at)


def _seats(body: Body, on: date) -> list[list[int]]:
    return list(Seat.objects.filter(in_force(on), body=body).values_list("unit_ids", flat=True))


def _grant_unsigned(wall: Compartment, unit_ids: list[int], on: date, at: datetime) -> None:
    """The composition that the country's pack delivers: public law, granted by nobody in particular."""
    Grant.objects.bulk_create(
        Grant(
            compartment=wall,
            unit_id=unit_id,
            level=Level.CONTRIBUTE,
            purpose=PURPOSE,
            ground=GROUND,
            valid_from=on,
            granted_by=UUID(int=0),
            granted_at=at,
        )
        for unit_id in unit_ids
    )


@transaction.atomic
def sweep(*, at: datetime) -> int:
    """Bring the wall of every body in step with its seats of today: they start and end by date. Returns how many bodies
    were looked at. Run by the clock, once a day."""
    on = timezone.localdate(at)
    rows = list(Body.objects.order_by("position", "code"))
    for body in rows:
        keep_in_step(body, by=None, on=on, at=at)
    return len(rows)
