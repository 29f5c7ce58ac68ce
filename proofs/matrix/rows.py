"""Probes below the pages: each wall alone, for every unit and every row of every walled table.

A probe is one pair (unit, row) for one act: the set of rows that PostgreSQL, or `visible`, gives a unit is compared
with the set that the ledger and the law give it, so that a row too many and a row too few are both found.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import TextField, Value
from tests.walls import second_wall_open

from fanal.access.context import set_units
from fanal.access.models import Walled
from fanal.access.queries import visible
from fanal.access.rules import CLOCKWORK_UNIT
from fanal.directory.models import Unit
from proofs.matrix.law import LEVELS, Table
from proofs.matrix.ledger import File
from proofs.matrix.world import World

NO_UNIT = 999_999
"""The number of no unit: what it sees, everybody sees."""
ACTS = ("select", "visible", "update", "delete", "forge")
Models = list[type[Walled]]
Met = dict[str, set[str]]
"""Table → the ids of the rows that a probe met there."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """How many pairs were compared, and what was found: one line each, enough to repeat it."""

    pairs: int
    faults: list[str]


def sweep(world: World, *, acts: Iterable[str] = ACTS, tables: set[str] | None = None) -> Sweep:
    """Every unit of the country, the clockwork and nobody, on every row of the world; or some acts, some tables."""
    units = [*Unit.objects.order_by("pk").values_list("pk", flat=True), CLOCKWORK_UNIT, NO_UNIT]
    wanted = [model for model in models() if tables is None or model._meta.db_table in tables]
    pairs, faults = 0, []
    for unit in units:
        for act in acts:
            found = _PROBES[act](world, wanted, unit)
            for model in wanted:
                name = model._meta.db_table
                pairs += len(world.rows[name])
                ought = _ought(world, name, unit, act)
                wrong = (found.get(name, set()) ^ ought) & world.rows[name].keys()
                faults += [_line(world, act, name, unit, row) for row in sorted(wrong)]
        read = list(_written_by_a_reader(world, wanted, unit)) if "update" in acts else []
        pairs += len(read)
        faults += [line for line in read if line]
    return Sweep(pairs, faults)


def models() -> Models:
    """Every table behind the wall."""
    return [model for model in apps.get_models() if issubclass(model, Walled)]


def seen(world: World, table: str, unit: int) -> set[str]:
    """The rows of a table that the law lets a unit meet."""
    law = world.law.tables[table]
    return {row for row, file in world.rows[table].items() if may_see(law, file, unit)}


def _ought(world: World, table: str, unit: int, act: str) -> set[str]:
    """What an act must meet: what the law shows, `visible` what it shows before the queries ask for more."""
    if act == "select":
        return seen(world, table, unit)
    if act == "visible":
        law = replace(world.law.tables[table], sight=world.law.tables[table].first_wall)
        return {row for row, file in world.rows[table].items() if may_see(law, file, unit)}
    return set()


def may_see(table: Table, file: File, unit: int) -> bool:
    """Whether the law lets a unit meet a row of a file in a table."""
    if unit == CLOCKWORK_UNIT:
        return table.clockwork
    return LEVELS.index(file.level(unit)) >= LEVELS.index(table.sight)


def may_write(table: Table, file: File, unit: int) -> bool:
    """Whether a unit may change such a row: owners, contributors, and the parties that answer there."""
    level = file.level(unit)
    return level in ("own", "contribute") or bool(set(table.writers) & file.parties(unit))


def _select(_world: World, wanted: Models, unit: int) -> Met:
    """The second wall alone: nothing is filtered."""
    with transaction.atomic():
        set_units([unit])
        return _all_of(model._default_manager.all() for model in wanted)


def _visible(world: World, wanted: Models, unit: int) -> Met:
    """The first wall alone: the second one lets everything through."""
    somebody = replace(world.cast.outsider, unit_id=unit)
    with second_wall_open():
        return _all_of(visible(model, somebody) for model in wanted)


def _all_of(querysets: Iterable[object]) -> Met:
    """The keys of several tables in one statement."""
    first, *others = [
        rows.annotate(of=Value(rows.model._meta.db_table, TextField())).values_list("of", "pk")  # type: ignore[attr-defined]
        for rows in querysets
    ]
    met: Met = {}
    for table, row in first.union(*others, all=True) if others else first:
        met.setdefault(table, set()).add(str(row))
    return met


def _update(world: World, wanted: Models, unit: int) -> Met:
    """What she does not see she does not change."""
    return {
        name: set(_met(f"UPDATE {name} SET id = id", unit, world.rows[name].keys() - seen(world, name, unit)))
        for name in _names(wanted)
    }


def _delete(world: World, wanted: Models, unit: int) -> Met:
    """What she does not write she does not remove."""
    tables = world.law.tables
    return {
        name: set(
            _met(
                f"DELETE FROM {name}",
                unit,
                {row for row, file in world.rows[name].items() if not may_write(tables[name], file, unit)},
            )
        )
        for name in _names(wanted)
    }


def _names(wanted: Models) -> list[str]:
    return [model._meta.db_table for model in wanted]


def _met(statement: str, unit: int, rows: Iterable[str]) -> list[str]:
    """The rows that a statement met; it is undone. What the database refuses was met by nobody."""
    ids = [UUID(row) for row in rows]
    if not ids:
        return []
    try:
        with transaction.atomic():
            set_units([unit])
            with connection.cursor() as cursor:
                cursor.execute(f"{statement} WHERE id = ANY(%s) RETURNING id", [ids])
                found = [str(row) for (row,) in cursor.fetchall()]
            transaction.set_rollback(True)
    except DatabaseError as refused:
        return [] if _is_refusal(refused) else [str(ids[0])]
    return found


def _is_refusal(error: DatabaseError) -> bool:
    """The database says that the runtime role may not: no such right, or a policy."""
    return getattr(error.__cause__, "sqlstate", "") == "42501"


def _written_by_a_reader(world: World, wanted: Models, unit: int) -> Iterator[str]:
    """One row of each table that the unit reads without writing: the database refuses to change it. Empty: refused."""
    for name in _names(wanted):
        law = world.law.tables[name]
        rows = [] if unit == CLOCKWORK_UNIT else sorted(seen(world, name, unit))
        only_read = [row for row in rows if not may_write(law, world.rows[name][row], unit)]
        if only_read:
            row = world.random.choice(only_read)
            written = _met(f"UPDATE {name} SET id = id", unit, {row})
            yield _line(world, "update what is only read", name, unit, row) if written else ""


def _forge(_world: World, wanted: Models, unit: int) -> Met:
    """Who claims a unit without the application's signature is not believed, and who claims none sees nothing."""
    met: Met = {}
    for claimed in (f"{{{unit}}}", ""):
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute(
                        "SELECT set_config('fanal.context', %s, true), set_config('fanal.signature', '00', true)",
                        [claimed],
                    )
                met = _all_of(model._default_manager.all() for model in wanted)
                transaction.set_rollback(True)
        except DatabaseError as refused:
            if not _is_refusal(refused):
                raise
    return met


_PROBES = {"select": _select, "visible": _visible, "update": _update, "delete": _delete, "forge": _forge}


def _line(world: World, act: str, table: str, unit: int, row: str) -> str:
    file = world.rows[table][row]
    relation = file.relation(unit)
    return (
        f"seed={world.seed} SQL {act} {table} {row} as unit {unit}, {relation} of {file.kind} {file.number}"
        f" {file.reference}"
    )
