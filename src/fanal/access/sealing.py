"""Sealing what once stood in clear: the operation of a migration, in batches, while the house is open."""

from typing import Any

from django.db import transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.special import RunPython

from fanal.access import vault
from fanal.database import roles

BATCH = 1000


def seal_column(table: str, clear: str, sealed: str, *, subject: str = "id") -> RunPython:
    """Seal a column of a walled table into another, under the key of each row's `subject`, and empty the clear one.

    For a migration that is not atomic: each batch is a transaction of its own, and a second run goes on where the
    first one stopped. The rows are read and written as the keeper, the only role that no wall holds.
    """

    def seal(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        while _batch(editor, table, clear, sealed, subject):
            pass

    return RunPython(seal, RunPython.noop)


def _batch(editor: BaseDatabaseSchemaEditor, table: str, clear: str, sealed: str, subject: str) -> int:
    connection, keeper = editor.connection, roles.names().keeper
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '5s'")
        cursor.execute(f"SET LOCAL ROLE {keeper}")
        cursor.execute(
            f"SELECT id, {subject}, {clear} FROM {table} WHERE {clear} <> '' LIMIT {BATCH} FOR UPDATE"  # noqa: S608
        )
        rows = cursor.fetchall()
        cursor.execute("RESET ROLE")
        blobs = vault.seal_each(
            {row_id: (owner, text) for row_id, owner, text in rows}, using=connection.alias
        )
        cursor.execute(f"SET LOCAL ROLE {keeper}")
        cursor.executemany(
            f"UPDATE {table} SET {sealed} = %s, {clear} = '' WHERE id = %s",  # noqa: S608 (names of our own)
            [(blob, row_id) for row_id, blob in blobs.items()],
        )
        cursor.execute("RESET ROLE")
    return len(rows)
