"""The trace takes inserts only: no rights to change it, a trigger against the owner too, and a leaf hash per row."""

from django.db import migrations

from fanal.database import roles

SQL = """
REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry FROM {runtime};

CREATE FUNCTION audit_leaf() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    -- RFC 6962 leaf: the zero byte keeps leaves and inner nodes apart. Fields are JSON, so they cannot run together.
    NEW.leaf := sha256('\\x00'::bytea || convert_to(jsonb_build_array(
        NEW.id, extract(epoch FROM NEW.at), NEW.verb, NEW.act, NEW.person_id, NEW.membership_id, NEW.unit_id,
        NEW.owner_unit_id, NEW.compartment_id, NEW.object_ids, NEW.purpose, NEW.reference, NEW.facts)::text, 'UTF8'));
    RETURN NEW;
END $$;
CREATE TRIGGER leaf BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_leaf();

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the trace is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();

ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY owners ON audit_entry FOR SELECT TO {runtime}
    USING (owner_unit_id = ANY ((SELECT context_units())::integer[]));
CREATE POLICY actors ON audit_entry FOR INSERT TO {runtime}
    WITH CHECK (unit_id = ANY ((SELECT context_units())::integer[]));
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("access", "0002_walls")]
    operations = [migrations.RunSQL(SQL.format(runtime=roles.names().runtime), migrations.RunSQL.noop)]
