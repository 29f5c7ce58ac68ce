"""The walls of the reviews, and what the database keeps by itself:

- every record with persons has a line of review, written with the record;
- nothing is confirmed for erasure while a hold stands, and no hold is placed on what was erased;
- only the unit that placed a hold lifts it; nobody removes a line.
"""

from django.db import migrations

from fanal.access.walls import wall
from fanal.database import roles

RECORDS = (
    ("alerts_alert", "alert", "r.owner_unit_id", "r.recorded_at::date"),
    ("referrals_matter", "referral", "r.unit_id", "r.created_at::date"),
    ("protection_request", "request", "c.owner_unit_id", "r.asked_on"),
    ("protection_procedure", "procedure", "r.office_unit_id", "r.opened_on"),
)
"""Table, kind, owner and day of opening of each record with persons."""

_LINES = """
SELECT gen_random_uuid(), r.compartment_id, '{{}}', '{kind}', r.reference, {owner}, {day}, 1
  FROM {rows} r JOIN access_compartment c ON c.id = r.compartment_id
"""
_COLUMNS = "(id, compartment_id, acl, kind, reference, owner_unit_id, opened_on, version)"

_OPENED = """
CREATE FUNCTION retention_opened_{kind}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO retention_file {columns} {lines};
    RETURN NULL;
END $$;
CREATE TRIGGER reviewed AFTER INSERT ON {table} REFERENCING NEW TABLE AS opened
    FOR EACH STATEMENT EXECUTE FUNCTION retention_opened_{kind}();
"""

_RULES = """
CREATE POLICY owned ON retention_file AS RESTRICTIVE FOR INSERT TO {runtime}
    WITH CHECK (owner_unit_id = ANY ({units}));
CREATE POLICY decided ON retention_file AS RESTRICTIVE FOR UPDATE TO {runtime}
    USING (owner_unit_id = ANY ({units}) OR 0 = ANY ({units}));
CREATE POLICY lasting ON retention_file AS RESTRICTIVE FOR DELETE TO {runtime} USING (false);

-- A magistrate's unit may hold a file that it reads and does not own; the service says who is a magistrate.
CREATE POLICY placed ON retention_hold FOR INSERT TO {runtime} WITH CHECK (EXISTS (
    SELECT FROM access_compartment c WHERE c.id = compartment_id AND c.acl && (SELECT context_units())));
CREATE POLICY named ON retention_hold AS RESTRICTIVE FOR INSERT TO {runtime} WITH CHECK (unit_id = ANY ({units}));
CREATE POLICY lifted ON retention_hold AS RESTRICTIVE FOR UPDATE TO {runtime} USING (unit_id = ANY ({units}));
CREATE POLICY lasting ON retention_hold AS RESTRICTIVE FOR DELETE TO {runtime} USING (false);

CREATE POLICY owned ON retention_erasure AS RESTRICTIVE FOR ALL TO {runtime} USING (EXISTS (
    SELECT FROM access_compartment c WHERE c.id = compartment_id AND c.owner_unit_id = ANY ({units})));
CREATE POLICY lasting ON retention_erasure AS RESTRICTIVE FOR DELETE TO {runtime} USING (false);
CREATE POLICY owned ON retention_answer AS RESTRICTIVE FOR ALL TO {runtime} USING (EXISTS (
    SELECT FROM access_compartment c WHERE c.id = compartment_id AND c.owner_unit_id = ANY ({units})));
CREATE POLICY lasting ON retention_answer AS RESTRICTIVE FOR DELETE TO {runtime} USING (false);
CREATE POLICY lasting ON retention_correction AS RESTRICTIVE FOR DELETE TO {runtime} USING (false);

-- Locked, so that of a hold and an erasure of one moment one wins and the other one knows.
CREATE FUNCTION retention_may_hold() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM FROM retention_file f WHERE f.id = NEW.file_id AND f.compartment_id = NEW.compartment_id
        AND f.erased_at IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'what was erased is not held' USING ERRCODE = 'check_violation', CONSTRAINT = 'retention_hold_late';
    END IF;
    RETURN NEW;
END $$;
ALTER FUNCTION retention_may_hold() OWNER TO {keeper};
CREATE TRIGGER in_time BEFORE INSERT ON retention_hold FOR EACH ROW EXECUTE FUNCTION retention_may_hold();

CREATE FUNCTION retention_may_erase() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    IF OLD.confirmed_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL THEN
        RAISE EXCEPTION 'what was decided stays' USING ERRCODE = 'check_violation', CONSTRAINT = 'retention_decided';
    END IF;
    IF NEW.confirmed_at IS NOT NULL AND EXISTS (
            SELECT FROM retention_hold h WHERE h.file_id = NEW.file_id AND h.lifted_at IS NULL) THEN
        RAISE EXCEPTION 'a hold stands' USING ERRCODE = 'check_violation', CONSTRAINT = 'retention_held';
    END IF;
    RETURN NEW;
END $$;
ALTER FUNCTION retention_may_erase() OWNER TO {keeper};
CREATE TRIGGER unheld BEFORE UPDATE ON retention_erasure FOR EACH ROW
    WHEN (OLD.acl IS NOT DISTINCT FROM NEW.acl) EXECUTE FUNCTION retention_may_erase();

-- The list of what was erased only grows.
REVOKE UPDATE, DELETE ON retention_erased FROM {runtime};

-- What stands beside the sealed text goes with it: search tokens, what points at a person, copies without a key. Only
-- for subjects that stand on the list.
GRANT SELECT ON retention_erased TO {keeper};
GRANT DELETE ON alerts_searchtoken TO {keeper};
CREATE FUNCTION retention_forget(subjects uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE gone uuid[] := ARRAY(SELECT subject_id FROM retention_erased WHERE subject_id = ANY (subjects));
BEGIN
    DELETE FROM alerts_searchtoken WHERE person_id = ANY (gone);
    UPDATE alerts_person SET sealed = NULL, pseudonym_sealed = NULL, birth_year = NULL, estimated_age = NULL,
           languages = '{{}}', safe_contact = '{{}}' WHERE id = ANY (gone);
    UPDATE alerts_alert SET sealed = NULL, platform_sealed = NULL WHERE id = ANY (gone);
    UPDATE alerts_dutydone SET how_sealed = NULL WHERE alert_id = ANY (gone);
    UPDATE alerts_transmission SET sealed = NULL WHERE id = ANY (gone);
    UPDATE protection_request SET identity = NULL, words = NULL WHERE id = ANY (gone);
    UPDATE protection_procedure SET identity = NULL WHERE id = ANY (gone);
END $$;
ALTER FUNCTION retention_forget(uuid[]) OWNER TO {keeper};
REVOKE EXECUTE ON FUNCTION retention_forget(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION retention_forget(uuid[]) TO {runtime};
"""


def _run(sql: str) -> migrations.RunSQL:
    names = roles.names()
    units = "(SELECT context_units())::integer[]"
    return migrations.RunSQL(
        sql.format(keeper=names.keeper, runtime=names.runtime, units=units), migrations.RunSQL.noop
    )


def _opened(table: str, kind: str, owner: str, day: str) -> migrations.RunSQL:
    lines = _LINES.format(kind=kind, owner=owner, day=day, rows="opened").replace("{{}}", "{}")
    return migrations.RunSQL(
        _OPENED.format(table=table, kind=kind, columns=_COLUMNS, lines=lines), migrations.RunSQL.noop
    )


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0001_initial"),
        ("alerts", "0004_no_words_in_clear"),
        ("referrals", "0005_no_words_in_clear"),
        ("protection", "0004_each_service_its_own_copy"),
    ]
    operations = [
        *wall("retention_file", clock=True),
        *wall("retention_hold", answered_by="unit_id", listed=False),
        *wall("retention_erasure", listed=False),
        *wall("retention_answer", listed=False),
        *wall("retention_correction", level="exists", answered_by="to_unit_id", listed=False),
        _run(_RULES),
        *(_opened(*record) for record in RECORDS),
    ]
