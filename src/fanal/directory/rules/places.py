"""Who is competent where, as pure functions of values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from fanal.country.schema import Text, competent


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality on a day: its names, and the district (and zone, in a divided one) it lies in."""

    nis: str
    names: Text
    postcodes: tuple[str, ...]
    district: str
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A judicial district, or one of its zones. `tile` is its column and row on the schematic map."""

    code: str
    name: Text
    tile: tuple[int, int] = (0, 0)
    zones: tuple["Area", ...] = ()


@dataclass(frozen=True, slots=True)
class Where:
    """What was said about the place: a municipality, or a district (with its zone, if named), or nothing."""

    municipality: Place | None = None
    area: Area | None = None
    part: Area | None = None

    @property
    def district(self) -> str:
        """The code of the district; empty: not known."""
        if self.municipality:
            return self.municipality.district
        return self.area.code if self.area else ""

    @property
    def zone(self) -> str:
        """The code of the zone; empty: not known, or the district is not divided."""
        if self.municipality:
            return self.municipality.zone
        return self.part.code if self.part else ""


class Competent(Protocol):
    """What has a place of competence: no districts, the whole country; zones narrow their districts."""

    @property
    def districts(self) -> Sequence[str]: ...
    @property
    def zones(self) -> Sequence[str]: ...


C = TypeVar("C", bound=Competent)


def nearest(units: Iterable[C], district: str = "", zone: str = "") -> tuple[C, ...]:
    """Those competent in a place that are closest to it: of the zone, else of the district, else of the country.

    Several where the place is known too vaguely (a divided district without its zone), or where several units
    share it. Without a place: those of the whole country.
    """
    found = [unit for unit in units if competent(unit.districts, unit.zones, district, zone)]
    closest = min((_distance(unit) for unit in found), default=0)
    return tuple(unit for unit in found if _distance(unit) == closest)


def _distance(unit: Competent) -> int:
    return 0 if unit.zones else 1 if unit.districts else 2
