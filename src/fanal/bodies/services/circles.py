"""What is for named seats only: a compartment of its own, opened to their units and to nobody else."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access import services as access
from fanal.access.rules import Member
from fanal.access.services import Kind, Level, Opening
from fanal.bodies import queries
from fanal.bodies.models import Circle
from fanal.bodies.services.walls import GROUND, PURPOSE
from fanal.errors import Invalid


@transaction.atomic
def restrict(*, by: Member, body_code: str, seat_ids: Iterable[UUID], at: datetime) -> UUID:
    """Open a compartment for these seats of a body, and the member's own; returns its id.

    Whoever restricts is among those who see. The units of the seats contribute there, as they do to the ordinary
    papers; where a seat names persons, `queries.papers` asks the person too. Refused: `NotFound` without a seat,
    `Invalid` (`no_seat_named`) without any other seat, (`unknown_seat`) for one that is not of this body today.
    """
    on = timezone.localdate(at)
    body = queries.body(body_code, on)
    mine = queries.demand_seat(body_code, by, on)
    known = {seat.id: seat for seat in queries.seats(body_code, on)}
    named = set(seat_ids)
    if not named:
        raise Invalid("no_seat_named", _("Say for which seats this is."), field="seats")
    if named - known.keys():
        raise Invalid("unknown_seat", _("One of these seats is not one of this body today."), field="seats")
    named |= {mine.id}
    wall = access.open_compartment(by=by, kind=Kind.BODY, at=at)
    units = {unit_id for seat_id in named for unit_id in known[seat_id].unit_ids} - {by.unit_id}
    openings = [Opening(unit_id, Level.CONTRIBUTE, PURPOSE, GROUND) for unit_id in sorted(units)]
    access.grant(by=by, compartment=wall, openings=openings, at=at)
    Circle.objects.create(compartment=wall, body=body, seat_ids=sorted(named), at=at)
    return wall.id
