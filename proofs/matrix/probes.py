"""The probes: every address × method × member × relation to what the address names, drawn from the URL table."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from tests.house import addresses
from tests.house.addresses import Address
from uuid_utils.compat import uuid4

from proofs.matrix.ledger import File
from proofs.matrix.world import World

NOBODY = "nobody"
RELATIONS = ("own", "granted", "exists", "expired", "revoked", "foreign", "absent")
FREE = ("kind", "move", "name", "code", "number", "key", "page", "host", "format")
"""Parameters that name no file."""
COORDINATION = re.compile(
    r"(api/)?(bodies|decisions|figures|meetings|minutes|plans|progress|recommendations|reports)/"
)
"""Addresses of what concerns no person: the scenario of the house says what stands in them."""
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True, slots=True)
class Probe:
    """One request: who, what, on which file. `child`: the file from which the second parameter is taken instead."""

    route: str
    method: str
    member: str
    relation: str
    file: int | None
    child: int | None = None
    query: str = ""

    def line(self, world: World, url: str) -> str:
        """The probe in one line, enough to ask it again."""
        of = f" {world.ledger.files[self.file].kind} {self.file}" if self.file is not None else ""
        child = f" child of {self.child}" if self.child is not None else ""
        return (
            f"seed={world.seed} HTTP {self.method.upper()} {url} as {self.member}, {self.relation}{of}{child}"
        )


def ours() -> list[Address]:
    """Every address of ours."""
    return [
        each for each in addresses.addresses() if each.is_ours or each.route in ("api/openapi.json", "api/")
    ]


def probes(world: World, random: Random) -> Iterator[Probe]:
    """Each route × method × member × relation once, on a file drawn among those that fit; queries on lists."""
    people = [*world.members, NOBODY]
    for route, law in world.law.routes.items():
        for method in law.may:
            for member in people:
                if not law.kinds:
                    yield Probe(route, method, member, "anyone", None)
                    if method == "get":
                        yield from _asked_of_lists(world, random, route, member)
                else:
                    yield from _of_files(world, random, route, method, member)


def _of_files(world: World, random: Random, route: str, method: str, member: str) -> Iterator[Probe]:
    files = fitting(world, route)
    by = world.members.get(member)
    of: dict[str, list[File]] = {}
    for file in files:
        of.setdefault(_relation(file, by), []).append(file)
    if files:
        of["absent"] = files
    for relation, there in of.items():
        file = random.choice(there)
        yield Probe(route, method, member, relation, file.number)
        child = _child(route)
        if child and relation in ("own", "granted"):
            others = [
                f for f in files if f.number != file.number and f.parts.get(child) != file.parts.get(child)
            ]
            if others:
                yield Probe(route, method, member, "mismatched", file.number, random.choice(others).number)


def _relation(file: File, by: object) -> str:
    if by is None:
        return "foreign"
    if file.kind in ("draft", "token"):
        return "own" if file.author == by.person_id else "foreign"  # type: ignore[attr-defined]
    return file.relation(by.unit_id)  # type: ignore[attr-defined,no-any-return]


def fitting(world: World, route: str) -> list[File]:
    """The files that have what the address asks for."""
    kinds = world.law.routes[route].kinds
    names = [name for name in _PARAMETER.findall(route) if name not in free(route)]
    return [
        file
        for file in world.ledger.files
        if (file.kind in kinds or ("*" in kinds and file.compartment))
        and all(_has(file, name) for name in names)
    ]


def free(route: str) -> tuple[str, ...]:
    """The parameters of a route that name no file: a decision is named by its number."""
    return tuple(name for name in FREE if name != "number") if "decisions/" in route else FREE


def _has(file: File, name: str) -> bool:
    if file.kind in ("paper", "contribution") or (file.kind == "token" and name != "token_id"):
        return name in file.parts
    return name in file.parts or name in ("reference", "compartment_id", "alert", "referral")


def _child(route: str) -> str:
    names = _PARAMETER.findall(route)
    return names[1] if len(names) > 1 and names[1] in ("person_id", "grant") else ""


def _asked_of_lists(world: World, random: Random, route: str, member: str) -> Iterator[Probe]:
    """Lists asked otherwise: sorted by what is hidden, narrowed, with somebody else's cursor, for one file."""
    other = random.choice([file for file in world.ledger.files if file.reference])
    hidden = random.choice(("sealed", "-pseudonym", "persons__sealed", "compartment__acl", "-identity"))
    asked = [
        f"order={hidden}&sort={hidden}&ordering={hidden}",
        f"reference={other.reference}&q={other.reference}",
    ]
    asked.append(
        random.choice(
            ("state=open", "side=received", "box=in", "late=1", "size=200", "whom=others", "due=soon")
        )
    )
    for query in asked:
        yield Probe(route, "get", member, "list", None, query=query)


def url(world: World, probe: Probe) -> str:
    """The address of a probe; what is absent has the shape of what is there."""
    there = values(world, probe)
    if probe.relation == "absent":
        there |= {name: nowhere(value) for name, value in there.items() if name not in free(probe.route)}
    path = "/" + _PARAMETER.sub(lambda found: there[found[1]], probe.route)
    return f"{path}?{probe.query}" if probe.query else path


def values(world: World, probe: Probe) -> dict[str, str]:
    """What stands for each parameter of a probe's address."""
    file = world.ledger.files[probe.file] if probe.file is not None else None
    child = world.ledger.files[probe.child] if probe.child is not None else file
    return {
        name: str(_value(world, probe.route, name, file, child)) for name in _PARAMETER.findall(probe.route)
    }


def _value(world: World, route: str, name: str, file: File | None, child: File | None) -> object:
    if COORDINATION.match(route):
        return addresses.stands_for(route, name, world.scene)
    if file is None:
        return world.beside[name]
    if name in ("person_id", "grant"):
        assert child is not None
        return child.parts[name]
    if name in file.parts:
        return file.parts[name]
    return {
        "reference": file.reference, "compartment_id": file.compartment, "alert": file.reference,
        "referral": file.reference,
    }.get(name, world.beside.get(name, "x"))  # fmt: skip


def nowhere(value: str) -> str:
    """Something of the same shape that is not there."""
    if numbered := re.fullmatch(r"([A-Z]{2,8}-\d{4}-)(\d+)", value):
        return f"{numbered[1]}{'9' * len(numbered[2])}"
    if re.fullmatch(r"[A-Z]-[0-9A-Z]{4}-[0-9A-Z]{4}", value):
        return f"{value[:2]}0000-{value[-4:][::-1] if value[-4:] != value[-4:][::-1] else '0000'}"
    return str(uuid4()) if re.fullmatch(r"[0-9a-f-]{36}", value) else value[:-3] + "zzz"
