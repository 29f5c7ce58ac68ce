"""To which units a person can be referred, and which of them can take her now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from fanal.access.rules import PERMISSIONS, Member, Permission
from fanal.directory import queries as directory
from fanal.directory.queries import Unit
from fanal.referrals.models import Capacity
from fanal.referrals.rules.capacity import Answer, Fit, Needs, Offer, fit

_ANSWERING = frozenset(role.value for role, may in PERMISSIONS.items() if Permission.REFERRAL_ANSWER in may)
_PUBLISHING = frozenset(role.value for role, may in PERMISSIONS.items() if Permission.CAPACITY_PUBLISH in may)


@dataclass(frozen=True, slots=True)
class Option:
    """A unit that may be asked: what it published, if anything, and whether that fits. A unit that does not work with
    places is to be asked, for no reason."""

    unit: Unit
    capacity: Capacity | None
    fit: Fit


def recipients(by: Member, *, on: date) -> tuple[Unit, ...]:
    """The units, open on a day, in which somebody may answer a referral; never the member's own. One query."""
    return tuple(unit for unit in _answering(on) if unit.id != by.unit_id)


def answers(unit: Unit) -> bool:
    """Whether somebody in this unit may answer a referral."""
    return not _ANSWERING.isdisjoint(unit.roles)


def board(*, on: date) -> tuple[tuple[Unit, Capacity | None], ...]:
    """Every unit, open on a day, whose members may publish places, with its last publication. Two queries."""
    units = [unit for unit in _answering(on) if not _PUBLISHING.isdisjoint(unit.roles)]
    last = latest(unit.id for unit in units)
    return tuple((unit, last.get(unit.id)) for unit in units)


def options(needs: Needs, by: Member, *, at: datetime, on: date) -> tuple[Option, ...]:
    """Every recipient with the answer to: can it take this person now? Yes before unknown before no. Two queries."""
    units = recipients(by, on=on)
    last = latest(unit.id for unit in units)
    found = [_option(unit, last.get(unit.id), needs, at) for unit in units]
    order = list(Answer)
    return tuple(sorted(found, key=lambda option: order.index(option.fit.answer)))


def latest(unit_ids: Iterable[int]) -> dict[int, Capacity]:
    """{unit id: its last publication}; units that published nothing are left out. One query."""
    rows = Capacity.objects.filter(unit_id__in=list(unit_ids))
    newest = rows.order_by("unit_id", "-published_at", "-id").distinct("unit_id")
    return {row.unit_id: row for row in newest}


def offer(row: Capacity) -> Offer:
    """What a publication says, as the rules read it."""
    return Offer(
        free=row.free,
        valid_until=row.valid_until,
        sexes=frozenset(row.sexes),
        age_from=row.age_from,
        age_to=row.age_to,
        languages=frozenset(row.languages),
        children=row.children,
        wheelchair=row.wheelchair,
        night=row.night,
    )


def _option(unit: Unit, row: Capacity | None, needs: Needs, at: datetime) -> Option:
    if _PUBLISHING.isdisjoint(unit.roles):
        return Option(unit, None, Fit(Answer.UNKNOWN, ()))
    return Option(unit, row, fit(needs, offer(row) if row else None, at=at))


def _answering(on: date) -> Iterable[Unit]:
    return (unit for unit in directory.units(on=on) if answers(unit))
