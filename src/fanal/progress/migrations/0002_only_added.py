"""What was reported, reviewed, remarked and decided is never changed and never removed."""

from django.db import migrations

from fanal.database import roles

TABLES = ("report", "value", "evidence", "remark", "review", "ruling", "reminder")


def _kept() -> migrations.RunSQL:
    runtime = roles.names().runtime
    return migrations.RunSQL(
        [f"REVOKE UPDATE, DELETE ON progress_{table} FROM {runtime}" for table in TABLES],
        migrations.RunSQL.noop,
    )


class Migration(migrations.Migration):
    dependencies = [("progress", "0001_initial")]
    operations = [_kept()]
