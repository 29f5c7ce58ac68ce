"""A file is opened once for each form that was sent, and a corrected identity may be sealed anew by a migration.

The index is built beside the writers, then becomes the constraint.
"""

from django.db import migrations, models

from fanal.database import roles

SQL = """
CREATE OR REPLACE FUNCTION protection_keep_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.reference, NEW.track, NEW.person_id, NEW.opened_on, NEW.office_unit_id)
        IS DISTINCT FROM (OLD.reference, OLD.track, OLD.person_id, OLD.opened_on, OLD.office_unit_id) THEN
        RAISE EXCEPTION 'what a procedure is about does not change' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.identity IS DISTINCT FROM OLD.identity AND current_user <> '{keeper}' THEN
        IF NOT NEW.office_unit_id = ANY (context_units()) THEN
            RAISE EXCEPTION 'only the owner writes the identity' USING ERRCODE = 'insufficient_privilege';
        END IF;
    END IF;
    RETURN NEW;
END $$;
"""
NAME, COLUMNS = "protection_file_opened_once", "(office_unit_id, submission)"


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("protection", "0002_walls")]
    operations = [
        migrations.RunSQL(SQL.format(keeper=roles.names().keeper), migrations.RunSQL.noop),
        migrations.AddField("procedure", "submission", models.UUIDField(null=True)),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(f"CREATE UNIQUE INDEX CONCURRENTLY {NAME} ON protection_procedure {COLUMNS}"),
                migrations.RunSQL(
                    f"ALTER TABLE protection_procedure ADD CONSTRAINT {NAME} UNIQUE USING INDEX {NAME}"
                ),
            ],
            state_operations=[
                migrations.AddConstraint(
                    "procedure", models.UniqueConstraint(fields=["office_unit", "submission"], name=NAME)
                )
            ],
        ),
    ]
