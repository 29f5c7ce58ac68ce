"""What the table does not know: a route, a method, a field, a table, a role or a permission that somebody added."""

from django.apps import apps
from django.test import Client

from fanal.access.models import Walled
from fanal.access.rules import Role
from proofs.matrix.law import Law
from proofs.matrix.probes import Probe, ours, url
from proofs.matrix.world import World


def unknown(law: Law) -> list[str]:
    """One line for everything that stands in the code and not in the table, or in the table and nowhere else."""
    routes = {each.route for each in ours()}
    found = [f"route {route!r} is not in law.toml" for route in sorted(routes - law.routes.keys())]
    found += [f"law.toml has a route {route!r} that is gone" for route in sorted(law.routes.keys() - routes)]
    found += [f"role {role!r} is not in law.toml" for role in sorted({r.value for r in Role} - law.roles)]
    found += [
        f"law.toml has a role {role!r} that is gone" for role in sorted(law.roles - {r.value for r in Role})
    ]
    found += [f"operation {line}" for each in ours() for line in _methods(law, each.route, each.methods)]
    return found + _fields(law)


def _methods(law: Law, route: str, methods: frozenset[str]) -> list[str]:
    """The methods of an operation of the API, as its table says them."""
    declared = law.routes[route].may if route in law.routes else {}
    return [f"{method} {route!r} is not in law.toml" for method in methods if method.lower() not in declared]


def _fields(law: Law) -> list[str]:
    found, seen = [], set()
    for model in apps.get_models():
        table = model._meta.db_table
        seen.add(table)
        if not model.__module__.startswith("fanal.") or table in law.public_tables:
            continue
        if table not in law.tables:
            wall = "walled" if issubclass(model, Walled) else "unwalled"
            found.append(f"{wall} table {table!r} is not in law.toml")
            continue
        names = {field.name for field in model._meta.concrete_fields}
        declared = law.tables[table].sensitive | law.tables[table].harmless
        found += [f"field {table}.{name} is not in law.toml" for name in sorted(names - declared)]
        found += [
            f"law.toml has a field {table}.{name} that is gone"
            for name in sorted(law.tables[table].sensitive - names)
        ]
    found += [
        f"law.toml has a table {name!r} that is gone"
        for name in sorted((law.tables.keys() | law.public_tables) - seen)
    ]
    return found


def more_methods(world: World, browsers: dict[str, Client]) -> list[str]:
    """Pages that take a method that the table does not give them: they are asked with one that nobody knows."""
    found = []
    for route, law in world.law.routes.items():
        if route.startswith("api/"):
            continue
        file = next((f.number for f in world.ledger.files if f.kind in law.kinds or "*" in law.kinds), None)
        member = next(
            (n for n, m in world.members.items() if all(world.law.may(m.role, a) for a in law.acts.values())),
            None,
        )
        if member is None or (law.kinds and file is None):
            continue
        try:
            address = url(world, Probe(route, "get", member, "own" if law.kinds else "anyone", file))
        except KeyError:
            continue
        answer = browsers[member].generic("PROPFIND", address)
        if answer.status_code == 405:
            allowed = {name.strip().lower() for name in answer["Allow"].split(",")} - {"head", "options"}
            found += [f"{name} {route!r} is not in law.toml" for name in sorted(allowed - law.may.keys())]
    return found
