"""What a write changed, row by row, and whether the one who wrote may: one object authorised, no other mutated."""

from collections.abc import Iterator

from django.db import connection
from tests.walls import second_wall_open

from fanal.access.rules import Member
from proofs.matrix.ledger import File
from proofs.matrix.rows import may_write, models
from proofs.matrix.world import World

Prints = dict[tuple[str, str], tuple[str, str]]
"""(table, id) → (whose it is: a compartment, or an author; a digest of the row without what the walls keep)."""
_OURS = {"alerts_draft": "account_id", "access_token": "membership_id"}


def prints() -> Prints:
    """Every row behind the walls as it stands."""
    tables = {model._meta.db_table: "compartment_id" for model in models()} | _OURS
    parts = [
        f"SELECT '{table}', t.id::text, t.{whose}::text, md5((to_jsonb(t) - 'acl' - 'applied')::text) FROM {table} t"
        for table, whose in tables.items()
    ]
    parts.append("SELECT 'access_compartment', id::text, owner_unit_id::text, '' FROM access_compartment")
    with second_wall_open(), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return {(table, row): (whose, digest) for table, row, whose, digest in cursor.fetchall()}


def unlawful(world: World, before: Prints, by: Member | None) -> Iterator[str]:
    """The changes since `before` that the law does not let this member make."""
    now = prints()
    files = {str(file.compartment): file for file in world.ledger.files if file.compartment}
    owners = {row: owner for (table, row), (owner, _) in now.items() if table == "access_compartment"}
    for key in now.keys() | before.keys():
        if now.get(key) == before.get(key):
            continue
        table, row = key
        whose = (now.get(key) or before[key])[0]
        if not _lawful(world, table, whose, files, owners, by):
            yield f"{table} {row}"


def _lawful(
    world: World, table: str, whose: str, files: dict[str, File], owners: dict[str, str], by: Member | None
) -> bool:
    if by is None:
        return False
    if table == "alerts_draft":
        return whose == str(by.person_id)
    if table == "access_token":
        return whose == str(by.membership_id)
    if table == "access_compartment":
        return whose == str(by.unit_id)
    file = files.get(whose)
    if file is None:  # a wall that was raised just now
        return owners.get(whose) == str(by.unit_id)
    return may_write(world.law.tables[table], file, by.unit_id)
