"""The check of migrations goes red on what would keep people waiting, on a real PostgreSQL, and on nothing else."""

from collections.abc import Sequence

import pytest
from django.contrib.postgres.functions import RandomUUID
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import connections, migrations, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation
from tools.check_migrations import faults_of, watched

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def found(operations: Sequence[Operation], *, atomic: bool = True) -> list[str]:
    """What the check says of a migration with these operations, after it was applied."""
    owner = connections["owner"]
    state = MigrationExecutor(owner).loader.project_state()
    migration = migrations.Migration("sample", "alerts")
    migration.operations, migration.atomic = list(operations), atomic

    def apply() -> None:
        with owner.schema_editor(atomic=atomic) as editor:
            migration.apply(state, editor)

    return watched(owner, apply, atomic=atomic)


BAD: dict[str, tuple[Operation, str]] = {
    "a default that the database computes for each row": (
        migrations.AddField("alert", "sample", models.UUIDField(db_default=RandomUUID())),
        "alerts_alert: the whole table was written anew",
    ),
    "another type": (
        migrations.AlterField("alert", "version", models.BigIntegerField(default=1)),
        "alerts_alert: the whole table was written anew",
    ),
    "an index": (
        migrations.AddIndex("alert", models.Index(fields=["recorded_at"], name="sample")),
        "alerts_alert: builds an index while writers wait",
    ),
    "a column with a foreign key, whose index is built at once": (
        migrations.AddField(
            "alert",
            "sample",
            models.ForeignKey("directory.unit", models.PROTECT, null=True, related_name="+"),
        ),
        "alerts_alert: builds an index while writers wait",
    ),
    "a unique column": (
        migrations.AddField("alert", "sample", models.IntegerField(null=True, unique=True)),
        "alerts_alert: builds a unique index while everybody waits",
    ),
    "a check over all rows": (
        migrations.AddConstraint(
            "alert", models.CheckConstraint(condition=models.Q(version__gt=0), name="sample")
        ),
        "alerts_alert: reads the whole table while writers wait",
    ),
    "a column that must not be empty any more": (
        migrations.RunSQL("ALTER TABLE alerts_alert ALTER COLUMN version SET NOT NULL"),
        "alerts_alert: reads the whole table while everybody waits",
    ),
    "rows filled in one transaction": (
        migrations.RunSQL("SELECT 1; UPDATE alerts_alert SET version = version + 1"),
        "alerts_alert: writes many rows in one transaction",
    ),
    "rows filled in one transaction by code": (
        migrations.RunPython(lambda _, editor: editor.execute("DELETE FROM alerts_alert")),
        "alerts_alert: writes many rows in one transaction",
    ),
    "a lock in its own words": (
        migrations.RunSQL("LOCK TABLE alerts_alert IN ACCESS EXCLUSIVE MODE"),
        "alerts_alert: locks the table in its own words",
    ),
}


@pytest.mark.parametrize("sample", BAD)
def test_what_keeps_people_waiting_is_told(sample: str) -> None:
    operation, said = BAD[sample]
    assert [fault for fault in found([operation]) if fault.startswith(said)]


def test_what_keeps_nobody_waiting_passes() -> None:
    assert (
        found(
            [
                migrations.AddField("alert", "sample", models.CharField(max_length=20, default="")),
                migrations.AddField("alert", "other", models.IntegerField(null=True)),
                migrations.RunSQL(
                    "ALTER TABLE alerts_alert ADD CONSTRAINT sample CHECK (version > 0) NOT VALID;"
                    "ALTER TABLE alerts_alert VALIDATE CONSTRAINT sample"
                ),
                migrations.CreateModel("Sample", [("id", models.AutoField(primary_key=True))]),
                migrations.AddIndex("sample", models.Index(fields=["id"], name="sample_of_a_new_table")),
            ]
        )
        == []
    )


def test_an_index_beside_the_writers_passes() -> None:
    index = models.Index(fields=["recorded_at"], name="sample")
    assert found([AddIndexConcurrently("alert", index)], atomic=False) == []


@pytest.mark.parametrize(
    ("statement", "wrong"),
    [
        ('CREATE UNIQUE INDEX "x" ON "alerts_alert" ("version")', True),
        ("create index x on public.alerts_alert (version)", True),
        ("CREATE INDEX CONCURRENTLY x ON alerts_alert (version)", False),
        ("ALTER TABLE alerts_alert ADD CONSTRAINT x UNIQUE USING INDEX x", False),
        ("VACUUM FULL alerts_alert", True),
        ("CREATE INDEX x ON directory_unit (code)", False),
        ("CREATE INDEX x ON made_by_this_migration (code)", False),
        ("INSERT INTO alerts_alert SELECT * FROM alerts_alert", True),
        ("INSERT INTO alerts_alert VALUES (1)", False),
        ("-- a comment\nUPDATE alerts_alert SET version = 2", True),
    ],
)
def test_statements(statement: str, wrong: bool) -> None:
    said = faults_of(statement, existing={"alerts_alert", "directory_unit"}, atomic=True)
    assert bool(said) is wrong
