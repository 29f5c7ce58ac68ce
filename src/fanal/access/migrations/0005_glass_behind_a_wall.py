"""Who opened which file in an emergency is read by the services concerned and by the officer of their house alone.

Online: policies on a small table; the functions that look before there is a reader belong to the keeper.
"""

from django.db import migrations

from fanal.database import roles

SQL = """
SET LOCAL lock_timeout = '5s';
ALTER TABLE access_glass ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_glass FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON access_glass TO {keeper} USING (true) WITH CHECK (true);
CREATE POLICY concerned ON access_glass TO {runtime} USING (
    owner_unit_id = ANY ((SELECT context_units())::integer[])
    OR unit_id = ANY ((SELECT context_units())::integer[])
    OR EXISTS (SELECT FROM directory_unit u JOIN directory_unit m USING (institution_id)
               WHERE u.id IN (access_glass.owner_unit_id, access_glass.unit_id)
                 AND m.id = ANY ((SELECT context_units())::integer[])
                 AND 'data_protection_officer' = ANY (m.roles)));

-- The numbers that a member has open; asked before there is a reader.
CREATE FUNCTION access_glasses(member uuid) RETURNS integer[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT ARRAY(SELECT g.number FROM access_glass g
                 WHERE g.membership_id = member AND g.until > now() AND g.ended_at IS NULL)
$$;
ALTER FUNCTION access_glasses(uuid) OWNER TO {keeper};
REVOKE EXECUTE ON FUNCTION access_glasses(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_glasses(uuid) TO {runtime};
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0004_accounts_and_glass")]
    operations = [
        migrations.RunSQL(
            SQL.format(keeper=roles.names().keeper, runtime=roles.names().runtime), migrations.RunSQL.noop
        )
    ]
