"""The second wall: row-level security, written once and applied to every table that can name a person.

`foundation()` installs the signed context and the triggers that keep `acl`; `wall(table)` puts a table behind it.
Both return migration operations. The functions that keep `acl` belong to a role of their own (the keeper), which has
policies but no login, so that neither the owner nor the runtime role passes the wall.
"""

from django.conf import settings
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.special import RunSQL

from fanal.database import roles

_CONTEXT = """
CREATE TABLE access_context_key (only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
                                 inner_pad bytea NOT NULL, outer_pad bytea NOT NULL);
REVOKE ALL ON access_context_key FROM {runtime};
GRANT SELECT ON access_context_key TO {keeper};

CREATE TABLE access_wall (table_name text PRIMARY KEY);
REVOKE ALL ON access_wall FROM {runtime};
GRANT SELECT ON access_wall TO {keeper};

-- The units of the reader: signed by the application, bound to this backend. Unset or forged context raises.
CREATE FUNCTION context_units() RETURNS integer[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
    claimed text := coalesce(current_setting('fanal.context', true), '');
    signature text := coalesce(current_setting('fanal.signature', true), '');
    key access_context_key;
BEGIN
    IF claimed = '' THEN
        RAISE EXCEPTION 'no reader: the database context is not set' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT * INTO STRICT key FROM access_context_key;
    IF signature <> encode(sha256(key.outer_pad || sha256(key.inner_pad ||
            convert_to(pg_backend_pid() || '|' || claimed, 'UTF8'))), 'hex') THEN
        RAISE EXCEPTION 'the database context is forged' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN claimed::integer[];
END $$;
ALTER FUNCTION context_units() OWNER TO {keeper};
"""

_KEEPING = """
GRANT SELECT, UPDATE ON access_compartment, access_grant TO {keeper};

CREATE FUNCTION access_keep_row() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.compartment_id <> OLD.compartment_id THEN
        RAISE EXCEPTION 'a row does not change compartment' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT CASE TG_ARGV[0] WHEN 'exists' THEN c.acl_exists ELSE c.acl END || TG_ARGV[1]::integer[]
      INTO NEW.acl FROM access_compartment c WHERE c.id = NEW.compartment_id;
    RETURN NEW;
END $$;
ALTER FUNCTION access_keep_row() OWNER TO {keeper};

CREATE FUNCTION access_keep_compartment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.acl := ARRAY[NEW.owner_unit_id];
        NEW.acl_exists := NEW.acl;
        NEW.acl_write := NEW.acl;
    ELSIF current_user <> '{keeper}' THEN
        NEW.acl := OLD.acl;
        NEW.acl_exists := OLD.acl_exists;
        NEW.acl_write := OLD.acl_write;
    END IF;
    RETURN NEW;
END $$;

-- The day where the country is: a date ends at its own midnight, whatever the time zone of a connection.
CREATE FUNCTION access_today() RETURNS date LANGUAGE sql STABLE AS
$$ SELECT (now() AT TIME ZONE '{zone}')::date $$;

CREATE FUNCTION access_apply_grant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.applied := NEW.revoked_at IS NULL AND NEW.valid_from <= access_today()
        AND (NEW.valid_to IS NULL OR NEW.valid_to >= access_today());
    RETURN NEW;
END $$;

-- `access_reopen` touches the rows of every walled table, each by a statement that is planned once for a connection;
-- this one writes it anew when a table is walled.
CREATE FUNCTION access_rebuild() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE 'CREATE OR REPLACE FUNCTION access_reopen(compartments uuid[]) RETURNS void LANGUAGE plpgsql'
        ' SET search_path = pg_catalog, public AS $f$ BEGIN '
        || (SELECT string_agg(format('UPDATE %I SET acl = acl WHERE compartment_id = ANY(compartments);', table_name),
                              ' ' ORDER BY table_name) FROM access_wall)
        || ' END $f$';
    ALTER FUNCTION access_reopen(uuid[]) OWNER TO {keeper};
    REVOKE EXECUTE ON FUNCTION access_reopen(uuid[]) FROM PUBLIC;
END $$;
REVOKE EXECUTE ON FUNCTION access_rebuild() FROM PUBLIC;

CREATE FUNCTION access_open(compartments uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    UPDATE access_compartment c SET
        acl_exists = ARRAY(SELECT c.owner_unit_id UNION SELECT g.unit_id FROM access_grant g
                           WHERE g.compartment_id = c.id AND g.applied ORDER BY 1),
        acl = ARRAY(SELECT c.owner_unit_id UNION SELECT g.unit_id FROM access_grant g
                    WHERE g.compartment_id = c.id AND g.applied AND g.level IN ('read', 'contribute') ORDER BY 1),
        acl_write = ARRAY(SELECT c.owner_unit_id UNION SELECT g.unit_id FROM access_grant g
                          WHERE g.compartment_id = c.id AND g.applied AND g.level = 'contribute' ORDER BY 1)
    WHERE c.id = ANY(compartments);
    PERFORM access_reopen(compartments);
END $$;
ALTER FUNCTION access_open(uuid[]) OWNER TO {keeper};
REVOKE EXECUTE ON FUNCTION access_open(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_open(uuid[]) TO {keeper};

CREATE FUNCTION access_grants_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM access_open(ARRAY(SELECT DISTINCT compartment_id FROM changed));
    RETURN NULL;
END $$;
ALTER FUNCTION access_grants_changed() OWNER TO {keeper};

-- Grants that start or end by date: swept by the clock, which needs to read none of them.
CREATE FUNCTION access_sweep_grants() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE swept uuid[];
BEGIN
    WITH due AS (
        UPDATE access_grant SET applied = NOT applied
        WHERE applied <> (revoked_at IS NULL AND valid_from <= access_today()
                          AND (valid_to IS NULL OR valid_to >= access_today()))
        RETURNING compartment_id)
    SELECT array_agg(DISTINCT compartment_id) INTO swept FROM due;
    IF swept IS NOT NULL THEN PERFORM access_open(swept); END IF;
    RETURN coalesce(cardinality(swept), 0);
END $$;
ALTER FUNCTION access_sweep_grants() OWNER TO {keeper};

CREATE TRIGGER keep BEFORE INSERT OR UPDATE ON access_compartment
    FOR EACH ROW EXECUTE FUNCTION access_keep_compartment();
CREATE TRIGGER apply BEFORE INSERT OR UPDATE OF valid_from, valid_to, revoked_at, applied ON access_grant
    FOR EACH ROW EXECUTE FUNCTION access_apply_grant();
CREATE TRIGGER opened AFTER INSERT ON access_grant REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION access_grants_changed();
CREATE FUNCTION access_grant_ended() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM access_open(ARRAY[NEW.compartment_id]);
    RETURN NULL;
END $$;
ALTER FUNCTION access_grant_ended() OWNER TO {keeper};
CREATE TRIGGER ended AFTER UPDATE OF revoked_at, valid_from, valid_to ON access_grant
    FOR EACH ROW WHEN (OLD.applied IS DISTINCT FROM NEW.applied)
    EXECUTE FUNCTION access_grant_ended();

ALTER TABLE access_compartment ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_compartment FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON access_compartment TO {keeper} USING (true) WITH CHECK (true);
CREATE POLICY readers ON access_compartment FOR SELECT TO {runtime}
    USING (acl_exists && (SELECT context_units()));
CREATE POLICY opened ON access_compartment FOR INSERT TO {runtime}
    WITH CHECK (owner_unit_id = ANY ((SELECT context_units())::integer[]));
CREATE POLICY owners ON access_compartment FOR UPDATE TO {runtime}
    USING (owner_unit_id = ANY ((SELECT context_units())::integer[]))
    WITH CHECK (owner_unit_id = ANY ((SELECT context_units())::integer[]));
CREATE INDEX access_compartment_acl ON access_compartment USING gin (acl_exists) WITH (fastupdate = off);
"""

_GRANTS = """
ALTER TABLE access_grant ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_grant FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON access_grant TO {keeper} USING (true) WITH CHECK (true);
CREATE POLICY readers ON access_grant FOR SELECT TO {runtime} USING (acl && (SELECT context_units()));
CREATE POLICY granted ON access_grant FOR INSERT TO {runtime} WITH CHECK (EXISTS (SELECT FROM access_compartment c
    WHERE c.id = compartment_id AND c.owner_unit_id = ANY ((SELECT context_units())::integer[])));
CREATE POLICY ended ON access_grant FOR UPDATE TO {runtime}
    USING (acl && (SELECT context_units())) WITH CHECK (EXISTS (SELECT FROM access_compartment c
    WHERE c.id = compartment_id AND c.owner_unit_id = ANY ((SELECT context_units())::integer[])));
CREATE TRIGGER keep BEFORE INSERT OR UPDATE ON access_grant
    FOR EACH ROW EXECUTE FUNCTION access_keep_row('read', '{{}}');
INSERT INTO access_wall VALUES ('access_grant');
SELECT access_rebuild();
"""

_WALL = """
GRANT SELECT, UPDATE ON {table} TO {keeper};
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON {table} TO {keeper} USING (true) WITH CHECK (true);
CREATE POLICY readers ON {table} FOR SELECT TO {runtime} USING (acl && (SELECT context_units()));
CREATE POLICY written ON {table} FOR INSERT TO {runtime} WITH CHECK ({writes});
CREATE POLICY changed ON {table} FOR UPDATE TO {runtime}
    USING (acl && (SELECT context_units())) WITH CHECK ({writes}{answers});
CREATE POLICY removed ON {table} FOR DELETE TO {runtime} USING ({writes});
CREATE TRIGGER keep BEFORE INSERT OR UPDATE ON {table}
    FOR EACH ROW EXECUTE FUNCTION access_keep_row('{level}', '{{{extra}}}');
INSERT INTO access_wall VALUES ('{table}');
SELECT access_rebuild();
"""

_LISTED = """
CREATE INDEX {table}_acl ON {table} USING gin (acl) WITH (fastupdate = off);
"""

_WRITES = """EXISTS (SELECT FROM access_compartment c
    WHERE c.id = compartment_id AND c.acl_write && (SELECT context_units()))"""


def foundation() -> list[Operation]:
    """The signed context, the keeping of `acl`, and the walls of compartments and grants themselves."""
    names = roles.names()
    return [
        RunSQL(
            (_CONTEXT + _KEEPING + _GRANTS).format(
                keeper=names.keeper, runtime=names.runtime, zone=settings.TIME_ZONE
            ),
            RunSQL.noop,
        )
    ]


def wall(
    table: str, *, level: str = "read", clock: bool = False, answered_by: str = "", listed: bool = True
) -> list[Operation]:
    """Put a table of `Walled` rows behind the wall.

    `level="exists"`: visible to units that may only know dates (deadlines). `clock=True`: the clockwork unit sees and
    updates it too (no personal data may stand in it). `answered_by` names a column with the id of a unit that may
    update that row although it cannot write in the compartment (a recipient that acknowledges). `listed=False`: rows
    are reached from their file or by an index of their own, never by who may read them, and the wall has no index:
    it would cost at each write, and mislead the planner, which cannot know how many rows a reader sees.
    """
    names = roles.names()
    answers = ""
    if clock:
        answers += " OR 0 = ANY ((SELECT context_units())::integer[])"
    if answered_by:
        answers += f" OR {answered_by} = ANY ((SELECT context_units())::integer[])"
    sql = (_WALL + (_LISTED if listed else "")).format(
        table=table,
        level=level,
        extra="0" if clock else "",
        writes=_WRITES,
        answers=answers,
        keeper=names.keeper,
        runtime=names.runtime,
    )
    return [RunSQL(sql, RunSQL.noop)]
