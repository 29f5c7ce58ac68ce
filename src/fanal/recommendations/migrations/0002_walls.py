"""Who writes what, held by the database:

- a draft of a position is seen by the service that writes it, and by nobody else;
- an assessment is added by a rapporteur of her own unit, and changed by nobody;
- a position is added and never changed; what answers a recommendation is only taken off, and stays.
"""

from django.db import migrations

from fanal.database import roles

SQL = """
ALTER TABLE recommendations_draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE recommendations_draft FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON recommendations_draft TO {runtime} USING (unit_id = ANY ((SELECT context_units())::integer[]));

ALTER TABLE recommendations_assessment ENABLE ROW LEVEL SECURITY;
ALTER TABLE recommendations_assessment FORCE ROW LEVEL SECURITY;
CREATE POLICY readers ON recommendations_assessment FOR SELECT TO {runtime} USING (true);
CREATE POLICY rapporteurs ON recommendations_assessment FOR INSERT TO {runtime} WITH CHECK (
    unit_id = ANY ((SELECT context_units())::integer[])
    AND EXISTS (SELECT FROM access_membership m WHERE m.id = membership_id AND m.unit_id = recommendations_assessment.unit_id
                AND m.role = 'rapporteur' AND m.ended_at IS NULL));
REVOKE UPDATE, DELETE, TRUNCATE ON recommendations_assessment FROM {runtime};

REVOKE UPDATE, DELETE, TRUNCATE ON recommendations_position FROM {runtime};
REVOKE UPDATE, DELETE, TRUNCATE ON recommendations_answer FROM {runtime};
GRANT UPDATE (removed_at, removed_by) ON recommendations_answer TO {runtime};
"""


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0001_initial"), ("access", "0002_walls")]
    operations = [migrations.RunSQL(SQL.format(runtime=roles.names().runtime), migrations.RunSQL.noop)]
