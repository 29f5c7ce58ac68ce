"""What a member sees of meetings: her seats on a day, and the papers that are not for her person."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from fanal.access import queries as access
from fanal.access.models import Walled
from fanal.access.rules import Member
from fanal.bodies import queries as bodies
from fanal.bodies.rules import SeatHeld

W = TypeVar("W", bound=Walled)


@dataclass(frozen=True, slots=True)
class Sight:
    """A reader on a day. `seats`: {body code: her seat}; `shut`: compartments whose seats name other persons."""

    by: Member
    on: date
    seats: Mapping[str, SeatHeld]
    shut: Collection[UUID]

    @property
    def prepares(self) -> list[str]:
        """The bodies of which she is the chair or the secretariat."""
        return [code for code, seat in self.seats.items() if seat.prepares]

    def rows(self, model: type[W]) -> QuerySet[W]:
        """The rows of a table of meetings that she may read: the start of every read."""
        rows = access.visible(model, self.by).filter(Q(**{_BODY[model.__name__]: list(self.seats)}))
        return rows.exclude(compartment_id__in=self.shut) if self.shut else rows


_BODY = {
    "Series": "body__in",
    "Meeting": "body__in",
    "Item": "body__in",
    "Reply": "meeting__body__in",
    "Point": "meeting__body__in",
    "Step": "item__body__in",
    "Annex": "item__body__in",
}


def sight(by: Member, on: date) -> Sight:
    """What a member sees on a day; five SQL statements at most, once for a page or an act."""
    return Sight(by, on, *bodies.reach(by, on))
