"""Which column of a file is what: a small TOML file that people write.

kind = "person"                                  # or organisation, thing; or {column = "schema"}
id = "unique_id"                                 # none: the number of the line
names = ["full_name", ["first_name", "surname"]] # columns in brackets are one name, in this order
births = ["dob"]
places = ["birth_place"]
several = ";"                                    # parts the values in one cell; none: one value

[identifiers]                                    # phone, plate, iban, document, national, enterprise, email, handle
phone = ["phone_1", "phone_2"]

[traits]                                         # sex, nationality, occupation, postcode
sex = ["gender"]
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Self, TypeVar

from fanal.analysis.matching.record import Identifier, Kind, Trait

Columns = tuple[str, ...]


class BadMapping(Exception):
    """The mapping cannot be used; the text says which entry, and what to write instead."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which columns hold what. Each name is a tuple of columns that are written one after the other."""

    kind: Kind | str = Kind.PERSON  # a text names the column that says it
    id: str = ""
    names: tuple[Columns, ...] = ()
    births: Columns = ()
    places: Columns = ()
    identifiers: dict[Identifier, Columns] = field(default_factory=dict)
    traits: dict[Trait, Columns] = field(default_factory=dict)
    several: str = ""

    @classmethod
    def load(cls, file: Path) -> Self:
        """Read a mapping file. Refuses with BadMapping what is not TOML, an unknown entry, and one of another shape."""
        try:
            said = tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
            raise BadMapping(f"{file.name} is not TOML: {problem}") from problem
        unknown = said.keys() - {
            "kind",
            "id",
            "names",
            "births",
            "places",
            "several",
            "identifiers",
            "traits",
        }
        if unknown:
            raise BadMapping(f"{file.name}: unknown entry {', '.join(sorted(unknown))}")
        found = cls(
            kind=_kind(said.get("kind", Kind.PERSON.value)),
            id=_text(said.get("id", ""), "id"),
            names=tuple(_columns(each, "names") for each in _listed(said.get("names", []), "names")),
            births=_columns(said.get("births", []), "births"),
            places=_columns(said.get("places", []), "places"),
            identifiers={
                _known(Identifier, name): _columns(columns, name)
                for name, columns in _table(said.get("identifiers", {}), "identifiers").items()
            },
            traits={
                _known(Trait, name): _columns(columns, name)
                for name, columns in _table(said.get("traits", {}), "traits").items()
            },
            several=_text(said.get("several", ""), "several"),
        )
        if not (any(found.names) or found.births or any(found.identifiers.values())):
            raise BadMapping(f"{file.name} names no column with a name, a date of birth or an identifier")
        return found

    def columns(self) -> Iterator[str]:
        """Every column that is named, some perhaps twice."""
        if not isinstance(self.kind, Kind):
            yield self.kind
        if self.id:
            yield self.id
        for several in (
            *self.names,
            self.births,
            self.places,
            *self.identifiers.values(),
            *self.traits.values(),
        ):
            yield from several

    def demand(self, header: Sequence[str], file: str) -> None:
        """Refuse with BadMapping a file without a column that is named, or with two of that name."""
        twice = sorted(name for name in set(self.columns()) if list(header).count(name) > 1)
        if twice:
            raise BadMapping(f"{file} has more than one column {', '.join(twice)}")
        missing = sorted(set(self.columns()) - set(header))
        if missing:
            raise BadMapping(f"{file} has no column {', '.join(missing)}. Its columns: {', '.join(header)}.")


def _kind(said: Any) -> Kind | str:
    if isinstance(said, dict) and isinstance(said.get("column"), str):
        return str(said["column"])
    return _known(Kind, said)


E = TypeVar("E", bound=StrEnum)


def _known(kinds: type[E], name: Any) -> E:
    try:
        return kinds(name)
    except ValueError:
        raise BadMapping(f"{name!r} is none of {', '.join(kinds)}") from None


def _text(said: Any, name: str) -> str:
    if not isinstance(said, str):
        raise BadMapping(f'{name} is a text, such as {name} = "column"')
    return said


def _table(said: Any, name: str) -> dict[str, Any]:
    if not isinstance(said, dict):
        raise BadMapping(f"{name} is a table: a line [{name}], then one line for each kind")
    return said


def _listed(said: Any, name: str) -> list[Any]:
    return said if isinstance(said, list) else [_text(said, name)]


def _columns(said: Any, name: str) -> Columns:
    return tuple(_text(column, name) for column in _listed(said, name))
