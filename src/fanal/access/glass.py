"""Opening a file in an emergency, in the database: the second wall knows the hour itself.

A file is opened to one person and not to her unit: a number of its own, below zero, stands in the arrays of the wall.
The application claims that number for her while it lasts, and `context_units` drops it once the hour is over, whatever
the application claims and whether or not the clock has swept the arrays.
"""

from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.special import RunSQL

from fanal.database import roles

_SQL = """
CREATE SEQUENCE access_glass_number AS integer;
REVOKE ALL ON SEQUENCE access_glass_number FROM {runtime};
GRANT USAGE ON SEQUENCE access_glass_number TO {keeper};
REVOKE ALL ON access_glass FROM {runtime};
GRANT SELECT, UPDATE (sealed, ended_at, reviewed_at, reviewed_by_id, outcome) ON access_glass TO {runtime};
GRANT SELECT, INSERT, UPDATE ON access_glass TO {keeper};

CREATE OR REPLACE FUNCTION context_units() RETURNS integer[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
    claimed text := coalesce(current_setting('fanal.context', true), '');
    signature text := coalesce(current_setting('fanal.signature', true), '');
    key access_context_key;
    units integer[];
BEGIN
    IF claimed = '' THEN
        RAISE EXCEPTION 'no reader: the database context is not set' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT * INTO STRICT key FROM access_context_key;
    IF signature <> encode(sha256(key.outer_pad || sha256(key.inner_pad ||
            convert_to(pg_backend_pid() || '|' || claimed, 'UTF8'))), 'hex') THEN
        RAISE EXCEPTION 'the database context is forged' USING ERRCODE = 'insufficient_privilege';
    END IF;
    units := claimed::integer[];
    IF 0 > ANY (units) THEN
        units := ARRAY(SELECT u FROM unnest(units) u WHERE u >= 0 OR EXISTS (
            SELECT FROM access_glass g WHERE g.number = -u AND g.until > now() AND g.ended_at IS NULL));
    END IF;
    RETURN units;
END $$;

CREATE OR REPLACE FUNCTION access_open(compartments uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    UPDATE access_compartment c SET
        acl_exists = ARRAY(SELECT c.owner_unit_id UNION SELECT g.unit_id FROM access_grant g
                           WHERE g.compartment_id = c.id AND g.applied
                           UNION SELECT -b.number FROM access_glass b
                           WHERE b.compartment_id = c.id AND NOT b.swept ORDER BY 1),
        acl = ARRAY(SELECT c.owner_unit_id UNION SELECT g.unit_id FROM access_grant g
                    WHERE g.compartment_id = c.id AND g.applied AND g.level IN ('read', 'contribute')
                    UNION SELECT -b.number FROM access_glass b
                    WHERE b.compartment_id = c.id AND NOT b.swept ORDER BY 1),
        acl_write = ARRAY(SELECT c.owner_unit_id UNION SELECT g.unit_id FROM access_grant g
                          WHERE g.compartment_id = c.id AND g.applied AND g.level = 'contribute' ORDER BY 1)
    WHERE c.id = ANY(compartments);
    PERFORM access_reopen(compartments);
END $$;

CREATE OR REPLACE FUNCTION access_sweep_grants() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE swept uuid[];
BEGIN
    WITH due AS (
        UPDATE access_grant SET applied = NOT applied
        WHERE applied <> (revoked_at IS NULL AND valid_from <= access_today()
                          AND (valid_to IS NULL OR valid_to >= access_today()))
        RETURNING compartment_id),
    over AS (
        UPDATE access_glass b SET swept = true WHERE NOT b.swept AND (b.until <= now() OR b.ended_at IS NOT NULL)
        RETURNING b.compartment_id)
    SELECT array_agg(DISTINCT compartment_id) INTO swept
      FROM (SELECT compartment_id FROM due UNION SELECT compartment_id FROM over) changed;
    IF swept IS NOT NULL THEN PERFORM access_open(swept); END IF;
    RETURN coalesce(cardinality(swept), 0);
END $$;

-- One call, whatever there is: nothing comes back for a reference that is absent, accompanied or of another kind, and
-- no number for a file that she reads anyway.
CREATE FUNCTION access_break_glass(of_kind text, found_in text, its_reference text, glass uuid, person uuid,
                                   member uuid, member_unit integer)
RETURNS TABLE (compartment uuid, owner integer, opened integer) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE wall access_compartment;
BEGIN
    IF NOT member_unit = ANY (context_units()) OR of_kind NOT IN ('alert', 'referral', 'protection')
            OR NOT EXISTS (SELECT FROM access_wall w WHERE w.table_name = found_in) THEN
        RAISE EXCEPTION 'nothing is opened like this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    EXECUTE format('SELECT c.* FROM access_compartment c JOIN %I f ON f.compartment_id = c.id'
                   ' WHERE f.reference = $1 AND c.kind = $2', found_in) INTO wall USING its_reference, of_kind;
    IF wall.id IS NULL THEN
        RETURN;
    END IF;
    compartment := wall.id;
    owner := wall.owner_unit_id;
    IF wall.acl && context_units() THEN  -- it is open to her already
        RETURN NEXT;
        RETURN;
    END IF;
    INSERT INTO access_glass (id, number, reference, compartment_id, owner_unit_id, account_id, membership_id, unit_id,
                              sealed, at, until, outcome, swept)
    VALUES (glass, nextval('access_glass_number'), its_reference, wall.id, wall.owner_unit_id, person, member,
            member_unit, '', now(), now() + interval '1 hour', '', false)
    RETURNING number INTO opened;
    PERFORM access_open(ARRAY[wall.id]);
    RETURN NEXT;
END $$;
ALTER FUNCTION access_break_glass(text, text, text, uuid, uuid, uuid, integer) OWNER TO {keeper};
REVOKE EXECUTE ON FUNCTION access_break_glass(text, text, text, uuid, uuid, uuid, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_break_glass(text, text, text, uuid, uuid, uuid, integer) TO {runtime};
"""


def glass() -> list[Operation]:
    """What the table of openings in an emergency needs beside its columns; needs `walls.foundation`."""
    names = roles.names()
    return [RunSQL(_SQL.format(keeper=names.keeper, runtime=names.runtime), RunSQL.noop)]
