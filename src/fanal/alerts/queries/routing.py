"""Which unit stands behind each kind of service that must be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fanal.alerts.rules import Routing
from fanal.directory import queries as directory
from fanal.directory import rules as places


@dataclass(frozen=True, slots=True)
class Recipient:
    """A routing and the unit it leads to; no unit: nobody could be found, the alert's owner must choose."""

    routing: Routing
    unit: directory.Unit | None


def recipients(
    routings: Sequence[Routing], *, district: str = "", zone: str = "", on: date, language: str
) -> tuple[Recipient, ...]:
    """The unit of each routing on a day, with one query.

    By place: the unit competent there, else the one of the whole country. Where several are, the first in the order
    of the pack that works in the reporter's language, else the first.
    """
    if not routings:
        return ()
    units = directory.units(*(routing.unit_kind for routing in routings), on=on, district=district)
    found = []
    for routing in routings:
        same_kind = [unit for unit in units if unit.kind == routing.unit_kind]
        place = (district, zone) if routing.by_place else ("", "")
        closest = places.nearest(same_kind, *place)
        speaking = [unit for unit in closest if language in unit.languages]
        found.append(Recipient(routing, next(iter([*speaking, *closest]), None)))
    return tuple(found)
