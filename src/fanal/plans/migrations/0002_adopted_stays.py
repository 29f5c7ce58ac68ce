"""What was adopted stays, in the database itself; and a measure counts its changes for its editors.

A version that the country delivered (`created_by` is empty) may be completed when more of a published plan is found.
"""

from django.db import migrations, models

_RULES = """
CREATE FUNCTION plans_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.adopted_on IS NOT NULL AND (OLD.created_by IS NOT NULL OR TG_OP = 'DELETE') THEN
        RAISE EXCEPTION 'an adopted version of a plan is not changed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plans_adopted_stays';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON plans_version
    FOR EACH ROW EXECUTE FUNCTION plans_version_stays();

CREATE FUNCTION plans_part_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was jsonb := CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) END;
    is_now jsonb := CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW) END;
    part jsonb;
    which uuid;
BEGIN
    FOREACH part IN ARRAY ARRAY[was, is_now] LOOP
        CONTINUE WHEN part IS NULL;
        which := CASE TG_TABLE_NAME
            WHEN 'plans_indicator' THEN
                (SELECT m.version_id FROM plans_measure m WHERE m.id = (part->>'measure_id')::uuid)
            WHEN 'plans_benchmark' THEN
                (SELECT m.version_id FROM plans_measure m JOIN plans_indicator i ON i.measure_id = m.id
                  WHERE i.id = (part->>'indicator_id')::uuid)
            ELSE (part->>'version_id')::uuid END;
        IF EXISTS (SELECT FROM plans_version v
                    WHERE v.id = which AND v.adopted_on IS NOT NULL AND v.created_by IS NOT NULL) THEN
            RAISE EXCEPTION 'an adopted version of a plan is not changed'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'plans_adopted_stays';
        END IF;
    END LOOP;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""
_TABLES = ("plans_heading", "plans_measure", "plans_indicator", "plans_benchmark")
_TRIGGERS = "".join(
    f"CREATE TRIGGER stays BEFORE INSERT OR UPDATE OR DELETE ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION plans_part_stays();\n"
    for table in _TABLES
)
_UNDO = (
    "".join(f"DROP TRIGGER stays ON {table};\n" for table in (*_TABLES, "plans_version"))
    + "DROP FUNCTION plans_part_stays();\nDROP FUNCTION plans_version_stays();\n"
)


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]

    operations = [
        migrations.AddField("measure", "edition", models.PositiveIntegerField(default=1)),
        migrations.RunSQL(_RULES + _TRIGGERS, _UNDO),
    ]
