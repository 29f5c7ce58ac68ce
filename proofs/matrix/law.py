"""`law.toml` as values: who may see and do what, whoever wrote the code."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

LEVELS = ("none", "exists", "read", "contribute", "own")
PUBLIC = "anybody"
"""The act of whoever passes by, without being known."""
READERS = "read alerts"
"""The act of every role that reads files about persons at all."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: how far each party sees it."""

    parties: dict[str, str]
    source: str
    readers: str
    """The act of whoever reads such files at all."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table behind the wall: in which kinds of files its rows stand and from which sight one meets them."""

    kinds: tuple[str, ...]
    sight: str
    first_wall: str
    writers: tuple[str, ...]
    clockwork: bool
    sensitive: frozenset[str]
    harmless: frozenset[str]


@dataclass(frozen=True, slots=True)
class Route:
    """One address: the act it serves, the kind of file it names, and who may use each method on that file.

    `acts`, `may`: by method, the latter the least sight of the file or the party. `answers`: what a reader whom the
    law lets through may be told.
    """

    acts: dict[str, str]
    kinds: tuple[str, ...]
    may: dict[str, str]
    answers: dict[str, tuple[int, ...]]
    shows: str


@dataclass(frozen=True, slots=True)
class Law:
    """The whole table."""

    acts: dict[str, frozenset[str]]
    roles: frozenset[str]
    kinds: dict[str, Kind]
    tables: dict[str, Table]
    routes: dict[str, Route]
    public_tables: frozenset[str]

    def may(self, role: str, act: str) -> bool:
        """Whether a role is there for an act."""
        return act == PUBLIC or role in self.acts[act]


@cache
def law() -> Law:
    """The table beside this file."""
    told = tomllib.loads(Path(__file__).with_name("law.toml").read_text())
    roles = frozenset(told["role"])
    acts = {name: _roles(act["roles"], roles) for name, act in told["act"].items()}
    common = frozenset(told["field"]["harmless_everywhere"])
    return Law(
        acts=acts,
        roles=roles,
        kinds={name: _kind(kind) for name, kind in told["kind"].items()},
        tables={name: _table(table, common) for name, table in told["table"].items()},
        routes={route: _route(line) for route, line in told["route"].items()},
        public_tables=frozenset(told["beside_the_wall"]),
    )


def _roles(named: list[str], roles: frozenset[str]) -> frozenset[str]:
    assert set(named) <= roles | {"*"}, f"a role that law.toml does not describe: {named}"
    return roles if "*" in named else frozenset(named)


def _kind(told: dict[str, Any]) -> Kind:
    return Kind(told.get("parties", {}), told["source"], told.get("readers", READERS))


def _table(told: dict[str, Any], common: frozenset[str]) -> Table:
    sight = told.get("sight", "read")
    return Table(
        tuple(told["of"]), sight, told.get("first_wall", sight), tuple(told.get("writers", ())),
        told.get("clockwork", False), frozenset(told["sensitive"]), frozenset(told["harmless"]) | common,
    )  # fmt: skip


def _route(told: dict[str, Any]) -> Route:
    may = {name: told[name] for name in ("get", "post", "put", "patch", "delete") if name in told}
    acts = {name: told.get(f"{name}_act", told["act"]) for name in may}
    answers = {name: tuple(told.get(f"{name}_answers", told.get("answers", ()))) for name in may}
    return Route(acts, tuple(told.get("of", "").split()), may, answers, told.get("shows", ""))
