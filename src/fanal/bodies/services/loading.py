"""The bodies of a country pack, copied into tables that people then keep."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from fanal.bodies import rules
from fanal.bodies.models import Body, Named, Seat
from fanal.bodies.services.walls import keep_in_step, raise_wall
from fanal.country.schema import Body as BodyFact
from fanal.country.schema import BodySeat, Pack
from fanal.directory import queries as directory

_LASTING = {"unit_id"}
"""What a body keeps once its papers stand somewhere: a wall does not change its owner."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did to one kind of row. `kept`: the pack says otherwise, but a person changed the row."""

    kind: str
    created: int = 0
    updated: int = 0
    closed: int = 0
    kept: int = 0
    unchanged: int = 0


@transaction.atomic
def load(pack: Pack, *, on: date) -> tuple[Loaded, ...]:
    """Copy the bodies and seats of a pack. What a person changed or made stays; what the pack no longer has ends on the
    eve of `on`. Doing it twice changes nothing. The units of the pack must stand in the directory already."""
    at = datetime.combine(on, time(0), tzinfo=UTC)
    facts = pack.of(BodyFact)
    units = directory.ids_by_code()
    bodies = _copy(Body, {it.code: _body(it, nth, units) for nth, it in enumerate(facts)}, on, at)
    ids = {row.code: row.pk for row in Body.objects.all()}
    wanted = {it.code: _seat(it, nth, ids, units) for nth, it in enumerate(pack.of(BodySeat))}
    seats = _copy(Seat, wanted, on, at)
    for row in Body.objects.order_by("position", "code"):
        keep_in_step(row, by=None, on=on, at=at)
    return bodies, seats


def _copy(model: type[Named], wanted: Mapping[str, dict[str, Any]], on: date, at: datetime) -> Loaded:
    present = {row.code: row for row in model._default_manager.select_for_update().filter(delivered=True)}
    updated = closed = kept = 0
    for code, row in present.items():
        values = wanted.get(code) or _closing(row, on)
        changes = {
            name: value
            for name, value in values.items()
            if name not in _LASTING and getattr(row, name) != value
        }
        if not changes:
            continue
        if row.edited_at is not None:
            kept += 1
            continue
        for name, value in changes.items():
            setattr(row, name, value)
        row.save(update_fields=list(changes))
        updated, closed = updated + (code in wanted), closed + (code not in wanted)
    new = [model(delivered=True, **values) for code, values in wanted.items() if code not in present]
    for row in new:
        if isinstance(row, Body):
            row.compartment_id = raise_wall(row.unit_id, at)
        row.save(force_insert=True)
    unchanged = len(present) - updated - closed - kept
    return Loaded(model.__name__.lower(), len(new), updated, closed, kept, unchanged)


def _closing(row: Named, on: date) -> dict[str, Any]:
    eve = max(on - timedelta(days=1), row.valid_from)
    return {"valid_to": eve if row.valid_to is None else min(row.valid_to, eve)}


def _fact(fact: BodyFact | BodySeat, position: int) -> dict[str, Any]:
    return {
        "code": fact.code,
        "source": fact.source,
        "to_verify": fact.to_verify,
        "valid_from": fact.valid_from,
        "valid_to": fact.valid_to,
        "position": position,
    }


def _body(fact: BodyFact, position: int, units: Mapping[str, int]) -> dict[str, Any]:
    return _fact(fact, position) | {
        "names": asdict(fact.name),
        "short_names": asdict(fact.short),
        "kind": fact.kind,
        "prefix": fact.prefix,
        "unit_id": units[fact.keeper],
        "district": fact.district,
        "prepares_for": fact.prepares_for,
        "cadence": fact.cadence,
        "vote_rule": fact.vote_rule,
    }


def _seat(fact: BodySeat, position: int, ids: Mapping[str, Any], units: Mapping[str, int]) -> dict[str, Any]:
    kind = rules.SeatKind(fact.kind)
    return _fact(fact, position) | {
        "names": asdict(fact.name) if fact.name else {},
        "body_id": ids[fact.body],
        "kind": kind.value,
        "unit_ids": _ids(fact.units, units),
        "votes": kind in rules.VOTES if fact.votes is None else fact.votes,
    }


def _ids(codes: Iterable[str], units: Mapping[str, int]) -> list[int]:
    return [units[code] for code in codes]
