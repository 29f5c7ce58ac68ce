from django.db import migrations

from fanal.access.walls import wall
from fanal.database import roles

# A centre or a guardian contributes to a procedure, and the database knows what that means: requests, statements and
# the handing over of one's own seat. Decisions, documents and questions are written by the owner alone; facts and
# answers are never changed; a magistrate's unit answers what was put to it and nothing else.
_WHO_WRITES_WHAT = """
CREATE POLICY contributed ON protection_fact AS RESTRICTIVE FOR INSERT TO {runtime} WITH CHECK (
    unit_id = ANY ({units}) AND (kind IN ('requested', 'statement', 'handed_over') OR {owner}));
CREATE POLICY kept ON protection_fact AS RESTRICTIVE FOR UPDATE TO {runtime} USING (false);
CREATE POLICY lasting ON protection_fact AS RESTRICTIVE FOR DELETE TO {runtime} USING (false);

CREATE POLICY opened ON protection_procedure AS RESTRICTIVE FOR INSERT TO {runtime} WITH CHECK ({owner});
CREATE POLICY lasting ON protection_procedure AS RESTRICTIVE FOR DELETE TO {runtime} USING (false);

CREATE POLICY given ON protection_document AS RESTRICTIVE FOR INSERT TO {runtime} WITH CHECK ({owner});
CREATE POLICY followed ON protection_document AS RESTRICTIVE FOR UPDATE TO {runtime} USING ({owner});
CREATE POLICY lasting ON protection_document AS RESTRICTIVE FOR DELETE TO {runtime} USING (false);

CREATE POLICY asked ON protection_questionset AS RESTRICTIVE FOR INSERT TO {runtime} WITH CHECK ({owner});
CREATE POLICY withdrawn ON protection_questionset AS RESTRICTIVE FOR UPDATE TO {runtime} USING ({owner});
CREATE POLICY lasting ON protection_questionset AS RESTRICTIVE FOR DELETE TO {runtime} USING (false);

CREATE POLICY answered ON protection_reply AS RESTRICTIVE FOR INSERT TO {runtime} WITH CHECK (
    unit_id = ANY ({units}) AND EXISTS (SELECT FROM protection_questionset q
        WHERE q.id = question_set_id AND q.magistrate_unit_id = unit_id AND q.withdrawn_at IS NULL));
CREATE POLICY kept ON protection_reply AS RESTRICTIVE FOR UPDATE TO {runtime} USING (false);
CREATE POLICY lasting ON protection_reply AS RESTRICTIVE FOR DELETE TO {runtime} USING (false);

CREATE POLICY told ON protection_notice AS RESTRICTIVE FOR INSERT TO {runtime} WITH CHECK (
    unit_id = ANY ({units}) AND EXISTS (SELECT FROM protection_questionset q
        WHERE q.id = question_set_id AND q.magistrate_unit_id = unit_id AND q.withdrawn_at IS NULL));
CREATE POLICY kept ON protection_notice AS RESTRICTIVE FOR UPDATE TO {runtime} USING (false);
CREATE POLICY lasting ON protection_notice AS RESTRICTIVE FOR DELETE TO {runtime} USING (false);
"""

_WHAT_A_FILE_IS = """
CREATE FUNCTION protection_keep_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.reference, NEW.track, NEW.person_id, NEW.opened_on, NEW.office_unit_id)
        IS DISTINCT FROM (OLD.reference, OLD.track, OLD.person_id, OLD.opened_on, OLD.office_unit_id) THEN
        RAISE EXCEPTION 'what a procedure is about does not change' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.identity IS DISTINCT FROM OLD.identity THEN
        IF NOT NEW.office_unit_id = ANY (context_units()) THEN
            RAISE EXCEPTION 'only the owner writes the identity' USING ERRCODE = 'insufficient_privilege';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER kept BEFORE UPDATE ON protection_procedure
    FOR EACH ROW EXECUTE FUNCTION protection_keep_file();
"""

# Only the owner of a wall opens it. A grant that may be handed on (`onward`) is the exception: its holder gives its
# own seat to another unit, in one act, and stands outside from that moment.
_HANDING_OVER = """
GRANT INSERT ON access_grant TO {keeper};
CREATE FUNCTION protection_hand_over(file uuid, receiver integer, new_id uuid, person uuid, moment timestamptz,
                                     day date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE held access_grant;
BEGIN
    SELECT * INTO held FROM access_grant WHERE compartment_id = file AND applied AND onward
        AND unit_id = ANY (context_units()) FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no seat to hand over' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE access_grant SET revoked_at = moment WHERE id = held.id;
    INSERT INTO access_grant (id, compartment_id, acl, unit_id, level, purpose, ground, handling, onward, valid_from,
                              valid_to, granted_by, granted_at, applied)
    VALUES (new_id, file, '{{}}', receiver, held.level, held.purpose, held.ground, held.handling, true, day,
            held.valid_to, person, moment, false);
END $$;
ALTER FUNCTION protection_hand_over(uuid, integer, uuid, uuid, timestamptz, date) OWNER TO {keeper};
"""


def _run(sql: str) -> migrations.RunSQL:
    names = roles.names()
    units = "(SELECT context_units())::integer[]"
    owner = (
        "EXISTS (SELECT FROM access_compartment c WHERE c.id = compartment_id"
        f" AND c.owner_unit_id = ANY ({units}))"
    )
    filled = sql.format(keeper=names.keeper, runtime=names.runtime, units=units, owner=owner)
    return migrations.RunSQL([filled], migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [("protection", "0001_initial"), ("access", "0002_walls")]
    operations = [
        *wall("protection_request", answered_by="office_unit_id"),
        *wall("protection_procedure"),
        *wall("protection_fact"),
        *wall("protection_document"),
        *wall("protection_questionset"),
        *wall("protection_reply"),
        *wall("protection_notice"),
        *wall("protection_deadline", level="exists", clock=True, answered_by="waiting_for_id"),
        _run(_WHO_WRITES_WHAT),
        _run(_WHAT_A_FILE_IS),
        _run(_HANDING_OVER),
    ]
