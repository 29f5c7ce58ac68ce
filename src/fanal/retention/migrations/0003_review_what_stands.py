"""Every record that stands gets its line of review, in batches, beside those who work."""

from importlib import import_module
from typing import Any

from django.db import migrations, transaction

from fanal.database import roles

BATCH = 5000


def review(_apps: Any, editor: Any) -> None:
    walls = import_module("fanal.retention.migrations.0002_walls")
    for table, kind, owner, day in walls.RECORDS:
        lines = walls._LINES.format(kind=kind, owner=owner, day=day, rows=table)
        missing = (
            f"{lines} WHERE NOT EXISTS (SELECT FROM retention_file f WHERE f.compartment_id = r.compartment_id)"
            f" LIMIT {BATCH}"
        )
        while _batch(editor.connection, f"INSERT INTO retention_file {walls._COLUMNS} {missing}"):
            pass


def _batch(connection: Any, sql: str) -> int:
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '5s'")
        cursor.execute(f"SET LOCAL ROLE {roles.names().keeper}")
        cursor.execute(sql)
        return int(cursor.rowcount)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("retention", "0002_walls")]
    operations = [
        migrations.RunSQL(f"GRANT INSERT ON retention_file TO {roles.names().keeper}", migrations.RunSQL.noop),
        migrations.RunPython(review, migrations.RunPython.noop),
    ]
