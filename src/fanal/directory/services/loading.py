"""The places of a country pack, copied into tables that people may then keep by hand."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db import transaction

from fanal.access.vault import plain
from fanal.country.schema import (
    LANGUAGES,
    ContactPoint,
    District,
    Fact,
    Function,
    Institution,
    Municipality,
    Pack,
    Unit,
    Zone,
)
from fanal.directory import models

Key = tuple[str, date | None]
Values = dict[str, Any]
F = TypeVar("F", bound=Fact)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did to one kind of row. `kept`: the pack says otherwise, but a person changed the row."""

    kind: str
    created: int = 0
    updated: int = 0
    closed: int = 0
    kept: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """What loading a country did to the directory, kind by kind."""

    kinds: tuple[Loaded, ...]

    @property
    def changed(self) -> bool:
        """Whether any row was created, updated or closed."""
        return any(it.created or it.updated or it.closed for it in self.kinds)


@transaction.atomic
def load_country(pack: Pack, *, on: date) -> Report:
    """Copy the institutions, districts, zones, units, municipalities, functions and contact points of a pack.

    Rows are found by their stable code (municipalities and contact points: by code and first day). A row that
    the pack no longer has is closed, its last day being the eve of `on`; no row is deleted, and no row that a
    person changed is touched. Loading the same pack again changes nothing. In an empty database the units get
    the ids 1, 2, 3 … in the order of the pack. ValueError when a code has two versions where one row stands for it.
    """
    return Report(tuple(_load(pack, on)))


def _load(pack: Pack, on: date) -> Iterator[Loaded]:
    yield _copy(models.Institution, _by_code(pack, Institution, _institution), on)
    yield _copy(models.District, _by_code(pack, District, _district), on)
    yield _copy(models.Zone, _by_code(pack, Zone, _zone), on)
    yield _copy(models.Unit, _by_code(pack, Unit, _unit), on)
    yield _copy(models.Function, _by_code(pack, Function, _function), on)
    yield _copy(models.Municipality, _by_version(pack, Municipality, _municipality), on)
    ids = dict(models.Unit.objects.values_list("code", "id"))
    points = _by_version(pack, ContactPoint, lambda fact: _contact_point(fact) | {"unit_id": ids[fact.unit]})
    yield _copy(models.ContactPoint, points, on)


def _by_code(pack: Pack, kind: type[F], values: Callable[[F], Values]) -> Mapping[Key, Values]:
    wanted: dict[Key, Values] = {}
    for fact in pack.of(kind):
        if (fact.code, None) in wanted:
            raise ValueError(
                f"{kind.__name__} {fact.code!r} has two versions: close one, give the other a new code"
            )
        wanted[fact.code, None] = _fact(fact) | values(fact)
    return wanted


def _by_version(pack: Pack, kind: type[F], values: Callable[[F], Values]) -> Mapping[Key, Values]:
    return {(fact.code, fact.valid_from): _fact(fact) | values(fact) for fact in pack.of(kind)}


def _copy(model: type[models.Named], wanted: Mapping[Key, Values], on: date) -> Loaded:
    by_version = any(first_day for _, first_day in wanted)
    present: set[Key] = set()
    updated: list[models.Named] = []
    closed: list[models.Named] = []
    kept = 0
    for row in model._default_manager.select_for_update().exclude(code="").order_by("id"):
        key = (row.code, row.valid_from if by_version else None)
        present.add(key)
        values = wanted.get(key) or _closing(row, on)
        if all(getattr(row, name) == value for name, value in values.items()):
            continue
        if row.edited_at is not None:
            kept += 1
            continue
        for name, value in values.items():
            setattr(row, name, value)
        (updated if key in wanted else closed).append(row)
    for row in (*updated, *closed):
        row.save()
    new = [model(**values) for key, values in wanted.items() if key not in present]
    model._default_manager.bulk_create(new)
    return Loaded(
        kind=model._meta.model_name or "",
        created=len(new),
        updated=len(updated),
        closed=len(closed),
        kept=kept,
        unchanged=len(present) - len(updated) - len(closed) - kept,
    )


def _closing(row: models.Named, on: date) -> Values:
    """Closed on the eve, unless the row ended before; a row that never began lasts its first day."""
    eve = max(on - DAY, row.valid_from)
    return {"valid_to": eve if row.valid_to is None else min(row.valid_to, eve)}


def _fact(fact: Fact) -> Values:
    return {
        "code": fact.code,
        "source": fact.source,
        "to_verify": fact.to_verify,
        "valid_from": fact.valid_from,
        "valid_to": fact.valid_to,
    }


def _institution(fact: Institution) -> Values:
    return {"names": asdict(fact.name), "short_names": asdict(fact.abbreviation), "kind": fact.kind}


def _district(fact: District) -> Values:
    return {"names": asdict(fact.name), "resort": fact.resort, "tile": list(fact.tile)}


def _zone(fact: Zone) -> Values:
    return {"names": asdict(fact.name), "district_id": fact.district}


def _function(fact: Function) -> Values:
    return {"names": asdict(fact.name), "unit_kinds": list(fact.unit_kinds)}


def _unit(fact: Unit) -> Values:
    return {
        "names": asdict(fact.name),
        "short_names": asdict(fact.short),
        "institution_id": fact.institution,
        "kind": fact.kind,
        "districts": list(fact.districts),
        "zones": list(fact.zones),
        "sectors": list(fact.sectors),
        "languages": list(fact.languages),
        "roles": list(fact.roles),
    }


def _municipality(fact: Municipality) -> Values:
    words = plain(" ".join([*(fact.name.get(language) for language in LANGUAGES), *fact.postcodes]))
    return {
        "names": asdict(fact.name),
        "postcodes": list(fact.postcodes),
        "district_id": fact.district,
        "zone_id": fact.zone or None,
        "words": f" {words}",
    }


def _contact_point(fact: ContactPoint) -> Values:
    return {
        "names": asdict(fact.label),
        "function_id": fact.function or None,
        "channel": fact.channel,
        "value": fact.value,
        "hours": asdict(fact.hours) if fact.hours else {},
        "always": fact.always,
        "public": fact.public,
    }
