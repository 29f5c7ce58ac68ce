"""A figure that was recorded stays as it was: the database lets only the moment of its correction be added, once."""

from django.db import migrations

_KEPT = """
CREATE FUNCTION statistics_figure_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL
       OR to_jsonb(NEW) - 'superseded_at' <> to_jsonb(OLD) - 'superseded_at' THEN
        RAISE EXCEPTION 'a figure that was recorded stays' USING ERRCODE = 'check_violation', CONSTRAINT = 'figure_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON statistics_figure
    FOR EACH ROW EXECUTE FUNCTION statistics_figure_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("statistics", "0001_initial")]

    operations = [migrations.RunSQL(_KEPT, migrations.RunSQL.noop)]
