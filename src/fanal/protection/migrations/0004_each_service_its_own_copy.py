"""The identity in a request and in a procedure goes under the key of its own row, in batches.

It was sealed under the person's number, which an alert shares: erasing her there would have erased the copy of another
service, which is controller of its own. Where questions were withdrawn, the unit that was asked loses its sight of them.
"""

from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.db import migrations, transaction

from fanal.access import vault
from fanal.database import roles

BATCH = 500
WITHDRAWN = """
UPDATE access_grant g SET revoked_at = q.withdrawn_at FROM protection_questionset q
 WHERE q.compartment_id = g.compartment_id AND q.withdrawn_at IS NOT NULL AND g.revoked_at IS NULL
"""


def seal_again(_apps: Any, editor: Any) -> None:
    for table in ("protection_request", "protection_procedure"):
        after: UUID | None = UUID(int=0)
        while after is not None:
            after = _batch(editor.connection, table, after)


def _batch(connection: Any, table: str, after: UUID) -> UUID | None:
    keeper = roles.names().keeper
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '5s'")
        cursor.execute(f"SET LOCAL ROLE {keeper}")
        cursor.execute(
            f"SELECT id, person_id, identity FROM {table} WHERE identity IS NOT NULL AND id > %s"
            f" ORDER BY id LIMIT {BATCH} FOR UPDATE",
            [after],
        )
        rows = cursor.fetchall()
        cursor.execute("RESET ROLE")
        opened = {row_id: _open(connection, row_id, person, blob) for row_id, person, blob in rows}
        sealed = vault.seal_each(
            {row_id: (row_id, value) for row_id, value in opened.items() if value is not None},
            using=connection.alias,
        )
        cursor.execute(f"SET LOCAL ROLE {keeper}")
        cursor.executemany(
            f"UPDATE {table} SET identity = %s WHERE id = %s", [(blob, row_id) for row_id, blob in sealed.items()]
        )
        cursor.execute("RESET ROLE")
    return rows[-1][0] if rows else None


def _open(connection: Any, row_id: UUID, person: UUID, blob: bytes) -> Any:
    """What was sealed under the person's key; None when a run before this one has sealed it anew."""
    try:
        return vault.unseal_each({row_id: (person, blob)}, using=connection.alias).get(row_id)
    except InvalidTag:
        return None


def close_withdrawn(_apps: Any, editor: Any) -> None:
    with transaction.atomic(using=editor.connection.alias), editor.connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '5s'")
        cursor.execute(f"SET LOCAL ROLE {roles.names().keeper}")
        cursor.execute(WITHDRAWN)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("protection", "0003_a_key_of_its_own")]
    operations = [
        migrations.RunPython(seal_again, migrations.RunPython.noop),
        migrations.RunPython(close_withdrawn, migrations.RunPython.noop),
    ]
