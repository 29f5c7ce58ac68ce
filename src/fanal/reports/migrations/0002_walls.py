"""The walls of the contributions, and what the database keeps by itself:

- what was saved, done or chosen stays as it was;
- nothing is written while the editor or the signatory holds a text;
- a frozen edition and its files stay as they are.
"""

from django.db import migrations

from fanal.access.walls import wall
from fanal.database import roles

_KEPT = """
CREATE FUNCTION reports_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was written stays' USING ERRCODE = 'check_violation', CONSTRAINT = 'report_stays';
END $$;
CREATE TRIGGER stays BEFORE DELETE ON reports_draft FOR EACH ROW EXECUTE FUNCTION reports_stays();
CREATE TRIGGER stays BEFORE DELETE ON reports_step FOR EACH ROW EXECUTE FUNCTION reports_stays();
CREATE TRIGGER kept BEFORE UPDATE OF html, pins, number, contribution_id, saved_at, saved_by ON reports_draft
    FOR EACH ROW EXECUTE FUNCTION reports_stays();
CREATE TRIGGER kept BEFORE UPDATE OF act, words, at, by, unit_id, contribution_id ON reports_step
    FOR EACH ROW EXECUTE FUNCTION reports_stays();
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON reports_choice FOR EACH ROW EXECUTE FUNCTION reports_stays();
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON reports_file FOR EACH ROW EXECUTE FUNCTION reports_stays();
CREATE TRIGGER stays BEFORE DELETE OR UPDATE OF source, provenance, languages, number, report_id, frozen_at, frozen_by
    ON reports_edition FOR EACH ROW EXECUTE FUNCTION reports_stays();

CREATE FUNCTION reports_pen() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM FROM reports_contribution c WHERE c.id = NEW.contribution_id
        AND c.compartment_id = NEW.compartment_id AND c.state IN ('asked', 'drafted', 'returned') FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the pen is elsewhere' USING ERRCODE = 'check_violation', CONSTRAINT = 'report_pen';
    END IF;
    RETURN NEW;
END $$;
ALTER FUNCTION reports_pen() OWNER TO {keeper};
CREATE TRIGGER pen BEFORE INSERT ON reports_draft FOR EACH ROW EXECUTE FUNCTION reports_pen();
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [
        *wall("reports_contribution", clock=True),
        *wall("reports_draft", listed=False),
        *wall("reports_step", listed=False),
        migrations.RunSQL(_KEPT.format(keeper=roles.names().keeper), migrations.RunSQL.noop),
    ]
