"""Where things happen and who is competent there: institutions, units, districts, municipalities."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from .facts import Fact, Text, to


@dataclass(frozen=True, kw_only=True)
class Institution(Fact):
    """A legal body or a department: the house that units belong to."""

    kind: str = to("code/institution_kind")
    name: Text
    abbreviation: Text


@dataclass(frozen=True, kw_only=True)
class District(Fact):
    """A judicial district. `tile` is its column and row on the schematic map."""

    name: Text
    resort: str = to("code/resort")
    tile: tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Zone(Fact):
    """A part of a district that has its own competent units. Only districts that are divided have zones."""

    name: Text
    district: str = to("district")


@dataclass(frozen=True, kw_only=True)
class Unit(Fact):
    """A service that acts. `districts` and `zones` say where it is competent, see `competent`.

    `sectors`: the fields of policy that a contact point stands for. `roles`: those (of `access.rules.Role`)
    that its members may hold; a unit without roles is a number to call, nobody works in it here.
    """

    institution: str = to("institution")
    kind: str = to("code/unit_kind")
    name: Text
    short: Text
    districts: tuple[str, ...] = to("district", default=())
    zones: tuple[str, ...] = to("zone", default=())
    languages: tuple[str, ...]
    roles: tuple[str, ...] = ()
    sectors: tuple[str, ...] = to("code/policy_sector", default=())


def competent(districts: Collection[str], zones: Collection[str], district: str, zone: str = "") -> bool:
    """Whether a unit with these districts and zones is competent in that place.

    No districts: the whole country. Zones narrow the districts they belong to. An empty `zone` means that the
    district is not divided, or that only the district is known: then each of its parts may be competent.
    """
    if not districts:
        return True
    return district in districts and (not zone or not zones or zone in zones)


@dataclass(frozen=True, kw_only=True)
class Municipality(Fact):
    """A municipality between two dates; `code` is its statistical (NIS) code. A merged one is a new fact."""

    name: Text
    postcodes: tuple[str, ...]
    district: str = to("district")
    zone: str = to("zone", default="")

    @property
    def nis(self) -> str:
        return self.code


@dataclass(frozen=True, kw_only=True)
class Function(Fact):
    """What somebody is in a unit, such as reference magistrate: the right word on a card."""

    name: Text
    unit_kinds: tuple[str, ...] = to("code/unit_kind")


@dataclass(frozen=True, kw_only=True)
class ContactPoint(Fact):
    """How a unit is reached. `hours` is free text; `always` means day and night, every day."""

    unit: str = to("unit")
    function: str = to("function", default="")
    channel: Literal["phone", "email", "web"]
    value: str
    label: Text
    hours: Text | None = None
    always: bool = False
    public: bool = False
