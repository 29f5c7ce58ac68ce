"""The walls of the register: decisions and their history. Nobody removes a line."""

from django.db import migrations

from fanal.access.walls import wall
from fanal.database import roles

SQL = """
CREATE POLICY lasting ON decisions_decision AS RESTRICTIVE FOR DELETE TO {runtime} USING (false);
CREATE POLICY lasting ON decisions_step AS RESTRICTIVE FOR DELETE TO {runtime} USING (false);

CREATE FUNCTION decisions_step_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (to_jsonb(NEW) - 'acl') <> (to_jsonb(OLD) - 'acl') THEN
        RAISE EXCEPTION 'a line of the history is not changed' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'decision_step_stands';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stands BEFORE UPDATE ON decisions_step
    FOR EACH ROW EXECUTE FUNCTION decisions_step_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("decisions", "0001_initial")]
    operations = [
        *wall("decisions_decision", listed=False),
        *wall("decisions_step", listed=False),
        migrations.RunSQL(SQL.format(runtime=roles.names().runtime), migrations.RunSQL.noop),
    ]
