"""Lines get a place in a Merkle tree and a signature behind them, and unusual reading is found.

Online: a nullable column without default is a change of the catalogue alone; no line is rewritten and none gets its
place here (the sealer gives it, `Sealed`, so that a line itself never changes). Functions that read the whole trace
belong to the keeper, who has no login; the runtime role may call them and sees what they answer: leaves and places,
never the content of a line.
"""

import django.contrib.postgres.fields
import uuid
from django.db import migrations, models

from fanal.database import roles

SQL = """
SET LOCAL lock_timeout = '5s';

-- The line as it is hashed, exported and read: one array of JSON, whose fields therefore cannot run together.
CREATE FUNCTION audit_canonical(line audit_entry) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_array(
        line.id, extract(epoch FROM line.at), line.verb, line.act, line.person_id, line.membership_id, line.unit_id,
        line.owner_unit_id, line.compartment_id, line.object_ids, line.purpose, line.reference, line.facts)::text
$$;

CREATE OR REPLACE FUNCTION audit_leaf() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    -- RFC 6962 leaf: the zero byte keeps leaves and inner nodes apart.
    NEW.leaf := sha256('\\x00'::bytea || convert_to(public.audit_canonical(NEW), 'UTF8'));
    NEW.transaction := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$;

GRANT SELECT ON audit_entry TO {keeper};
CREATE POLICY keeper ON audit_entry FOR SELECT TO {keeper} USING (true);

REVOKE ALL ON audit_sealed, audit_finding FROM {runtime};
REVOKE INSERT, UPDATE, DELETE ON audit_seal, audit_stamp FROM {runtime};
GRANT SELECT, INSERT ON audit_seal, audit_sealed, audit_stamp, audit_finding TO {keeper};
GRANT SELECT ON audit_finding TO {runtime};
GRANT SELECT ON directory_unit TO {keeper};
{append_only}

-- The lines that have no place yet and whose transaction is over, oldest transaction first. Sequence order is not
-- commit order: a line below the oldest running transaction can no longer be followed by an older one. `everything`
-- looks at every line instead of those since the last statement (after a restore, transactions count anew).
CREATE FUNCTION audit_unsealed(most integer, everything boolean)
RETURNS TABLE (entry_id uuid, leaf bytea, horizon bigint) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
    former audit_seal;
    edge bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('fanal.audit.seal', 0));  -- one sealer at a time
    SELECT * INTO former FROM audit_seal s ORDER BY s.number DESC LIMIT 1;
    edge := pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
    IF coalesce(former.horizon, 0) = 0 OR everything OR edge < former.horizon THEN  -- 0: the first sealing lasts
        RETURN QUERY SELECT e.id, e.leaf, edge FROM audit_entry e
            WHERE (e.transaction IS NULL OR e.transaction < edge
                   OR e.transaction >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint)  -- restored
              AND NOT EXISTS (SELECT FROM audit_sealed d WHERE d.entry_id = e.id)
            ORDER BY e.transaction NULLS FIRST, e.at, e.id LIMIT most;
    ELSE
        RETURN QUERY SELECT e.id, e.leaf, edge FROM audit_entry e
            WHERE e.transaction >= former.horizon AND e.transaction < edge
              AND NOT EXISTS (SELECT FROM audit_sealed d WHERE d.entry_id = e.id)
            ORDER BY e.transaction, e.at, e.id LIMIT most;
    END IF;
END $$;

-- Append one statement and the places of its lines. What does not go on from the last statement is refused.
CREATE FUNCTION audit_append_seal(seal_number integer, made timestamptz, new_size bigint, statement text, signed bytea,
                                  tree bytea, edge bigint, nothing_left boolean, entries uuid[])
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE former audit_seal;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('fanal.audit.seal', 0));
    SELECT * INTO former FROM audit_seal s ORDER BY s.number DESC LIMIT 1;
    IF cardinality(entries) = 0
       OR seal_number <> coalesce(former.number, 0) + 1
       OR new_size <> coalesce(former.size, 0) + cardinality(entries)
       OR (SELECT count(*) FROM audit_entry e WHERE e.id = ANY(entries)) <> cardinality(entries) THEN
        RAISE EXCEPTION 'this statement does not go on from the last one' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    INSERT INTO audit_seal (number, at, size, text, signature, peaks, horizon, complete)
        VALUES (seal_number, made, new_size, statement, signed, tree, edge, nothing_left);
    INSERT INTO audit_sealed (position, entry_id)
        SELECT coalesce(former.size, 0) + place - 1, entry FROM unnest(entries) WITH ORDINALITY AS u(entry, place);
END $$;

CREATE FUNCTION audit_append_stamp(seal_number integer, stamped bytea, made timestamptz)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    INSERT INTO audit_stamp (number, token, at) SELECT number, stamped, made FROM audit_seal WHERE number = seal_number
        ON CONFLICT (number) DO NOTHING
$$;

-- A file is inside somebody's work when she wrote in it within a year; opening any other one counts.
CREATE FUNCTION audit_is_own_work(member uuid, file uuid, before timestamptz)
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (SELECT FROM audit_entry o WHERE o.compartment_id = file AND o.membership_id = member
                   AND o.verb IN ('collect', 'alter', 'disclose', 'erase')
                   AND o.at > before - interval '1 year' AND o.at <= before)
$$;

-- How many files outside her work each member opened in a time, and how often she was refused: no line, no file.
CREATE FUNCTION audit_openings(since timestamptz, until timestamptz, files_from integer, refusals_from integer)
RETURNS TABLE (membership_id uuid, person_id uuid, unit_id integer, files integer, refusals integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH lately AS MATERIALIZED (
        SELECT e.membership_id, e.person_id, e.unit_id, e.compartment_id, e.verb, e.facts FROM audit_entry e
        WHERE e.at > since AND e.at <= until AND e.membership_id IS NOT NULL AND e.person_id IS NOT NULL
          AND (e.verb = 'refused' OR e.verb = 'consult' AND e.compartment_id IS NOT NULL)),
    refused AS (
        SELECT l.membership_id, l.person_id, l.unit_id, 0 AS files, count(*)::integer AS refusals FROM lately l
        WHERE l.verb = 'refused' AND l.facts ->> 'code' IN ('not_found', 'not_allowed') GROUP BY 1, 2, 3),
    candidates AS (
        SELECT l.membership_id FROM lately l WHERE l.verb = 'consult'
        GROUP BY 1 HAVING count(DISTINCT l.compartment_id) >= files_from),
    opened AS (
        SELECT DISTINCT l.membership_id, l.person_id, l.unit_id, l.compartment_id FROM lately l
        JOIN candidates USING (membership_id) WHERE l.verb = 'consult'),
    outside AS (
        SELECT o.membership_id, o.person_id, o.unit_id, count(*)::integer AS files, 0 AS refusals FROM opened o
        WHERE NOT audit_is_own_work(o.membership_id, o.compartment_id, until) GROUP BY 1, 2, 3)
    SELECT a.membership_id, a.person_id, a.unit_id, sum(a.files)::integer, sum(a.refusals)::integer
    FROM (SELECT * FROM refused UNION ALL SELECT * FROM outside) a GROUP BY 1, 2, 3
    HAVING sum(a.files) >= files_from OR sum(a.refusals) >= refusals_from
$$;

-- How many different files each of these members opened in each stretch of time in which she opened any.
CREATE FUNCTION audit_usual(members uuid[], since timestamptz, until timestamptz, stretch interval)
RETURNS TABLE (membership_id uuid, counts integer[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT each.membership_id, array_agg(each.files) FROM (
        SELECT e.membership_id, count(DISTINCT e.compartment_id)::integer AS files FROM audit_entry e
        WHERE e.at > since AND e.at <= until AND e.membership_id = ANY(members) AND e.verb = 'consult'
          AND e.compartment_id IS NOT NULL
        GROUP BY e.membership_id, date_bin(stretch, e.at, until)) each
    GROUP BY each.membership_id
$$;

-- Tell of it: one row for each unit that watches over the house, and one for each owner of files that were opened.
-- Told once in a stretch of time. Answers the units that are told now.
CREATE FUNCTION audit_tell(told_as text, what text, member uuid, started timestamptz, until timestamptz,
                           ordinarily integer, watchers integer[])
RETURNS integer[] LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE told integer[];
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('fanal.audit.finding' || member::text, 0));
    IF EXISTS (SELECT FROM audit_finding f WHERE f.membership_id = member AND f.kind = what AND f.at > started) THEN
        RETURN '{{}}';
    END IF;
    WITH lines AS MATERIALIZED (
        SELECT e.person_id, e.unit_id, e.owner_unit_id, e.compartment_id, e.act FROM audit_entry e
        WHERE e.at > started AND e.at <= until AND e.membership_id = member AND CASE what
            WHEN 'files' THEN e.verb = 'consult' AND e.compartment_id IS NOT NULL
                              AND NOT audit_is_own_work(member, e.compartment_id, until)
            ELSE e.verb = 'refused' AND e.facts ->> 'code' IN ('not_found', 'not_allowed') END),
    whom AS (
        SELECT unnest(watchers) AS unit_id, true AS watches
        UNION SELECT l.owner_unit_id, false FROM lines l
        WHERE what = 'files' AND l.owner_unit_id <> l.unit_id AND l.owner_unit_id <> ALL (watchers)),
    seen AS (
        SELECT w.unit_id AS told_unit, w.watches, l.* FROM whom w JOIN lines l ON w.watches OR l.owner_unit_id = w.unit_id),
    made AS (
        INSERT INTO audit_finding (id, reference, kind, unit_id, person_id, membership_id, actor_unit_id, since, at,
                                   count, usual, acts, files)
        SELECT gen_random_uuid(), told_as, what, s.told_unit, (array_agg(s.person_id))[1], member,
               (array_agg(s.unit_id))[1], started, until,
               CASE what WHEN 'files' THEN count(DISTINCT s.compartment_id) ELSE count(*) END, ordinarily,
               (SELECT jsonb_object_agg(a.act, a.times) FROM (
                    SELECT x.act, CASE what WHEN 'files' THEN count(DISTINCT x.compartment_id) ELSE count(*) END AS times
                    FROM seen x WHERE x.told_unit = s.told_unit GROUP BY x.act) a),
               CASE WHEN bool_or(s.watches) OR what <> 'files' THEN '{{}}'
                    ELSE array_agg(DISTINCT s.compartment_id) END
        FROM seen s GROUP BY s.told_unit RETURNING audit_finding.unit_id)
    SELECT coalesce(array_agg(made.unit_id), '{{}}') INTO told FROM made;
    RETURN told;
END $$;

-- Counts of acts: for the officer of a house those of its units, for the supervisory authority all of them.
CREATE FUNCTION audit_counts(since timestamptz, until timestamptz)
RETURNS TABLE (unit_id integer, verb text, purpose text, acts bigint, files bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    mine integer[] := context_units();
    everywhere boolean := EXISTS (SELECT FROM directory_unit u
                                  WHERE u.id = ANY(mine) AND 'supervisory_authority' = ANY(u.roles));
    watched integer[] := ARRAY(SELECT u.id FROM directory_unit u JOIN directory_unit m USING (institution_id)
                               WHERE m.id = ANY(mine) AND 'data_protection_officer' = ANY(m.roles));
BEGIN
    RETURN QUERY SELECT f.unit_id, f.verb::text, f.purpose::text, sum(f.times)::bigint, count(f.compartment_id)
        FROM (SELECT e.unit_id, e.verb, e.purpose, e.compartment_id, count(*) AS times FROM audit_entry e
              WHERE e.at >= since AND e.at < until AND (everywhere OR e.unit_id = ANY(watched))
              GROUP BY 1, 2, 3, 4) f
        GROUP BY 1, 2, 3;
END $$;

ALTER TABLE audit_finding ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_finding FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON audit_finding TO {keeper} USING (true) WITH CHECK (true);
CREATE POLICY told ON audit_finding FOR SELECT TO {runtime}
    USING (unit_id = ANY ((SELECT context_units())::integer[]));
"""

APPEND_ONLY = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""

TABLES = ("audit_seal", "audit_sealed", "audit_stamp", "audit_finding")

OF_THE_KEEPER = (
    "audit_unsealed(integer, boolean)",
    "audit_append_seal(integer, timestamptz, bigint, text, bytea, bytea, bigint, boolean, uuid[])",
    "audit_append_stamp(integer, bytea, timestamptz)",
    "audit_is_own_work(uuid, uuid, timestamptz)",
    "audit_openings(timestamptz, timestamptz, integer, integer)",
    "audit_usual(uuid[], timestamptz, timestamptz, interval)",
    "audit_tell(text, text, uuid, timestamptz, timestamptz, integer, integer[])",
    "audit_counts(timestamptz, timestamptz)",
)


def statements() -> str:
    names = roles.names()
    sql = SQL.format(
        keeper=names.keeper,
        runtime=names.runtime,
        append_only="".join(APPEND_ONLY.format(table=table) for table in TABLES),
    )
    for function in OF_THE_KEEPER:
        sql += (
            f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC;\n"
            f"GRANT EXECUTE ON FUNCTION {function} TO {names.runtime}, {names.keeper};\n"
            f"ALTER FUNCTION {function} OWNER TO {names.keeper};\n"
        )
    return sql


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only"), ("directory", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="transaction",
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("size", models.BigIntegerField()),
                ("text", models.TextField()),
                ("signature", models.BinaryField()),
                ("peaks", models.BinaryField()),
                ("horizon", models.BigIntegerField()),
                ("complete", models.BooleanField()),
            ],
        ),
        migrations.CreateModel(
            name="Sealed",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("entry_id", models.UUIDField(unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="Stamp",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("token", models.BinaryField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reference", models.CharField(max_length=20)),
                (
                    "kind",
                    models.CharField(
                        choices=[("files", "many files"), ("refusals", "many refusals")], max_length=10
                    ),
                ),
                ("unit_id", models.IntegerField()),
                ("person_id", models.UUIDField()),
                ("membership_id", models.UUIDField()),
                ("actor_unit_id", models.IntegerField()),
                ("since", models.DateTimeField()),
                ("at", models.DateTimeField()),
                ("count", models.IntegerField()),
                ("usual", models.IntegerField(null=True)),
                ("acts", models.JSONField(default=dict)),
                (
                    "files",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["unit_id", "-at"], name="finding_by_unit"),
                    models.Index(fields=["membership_id", "-at"], name="finding_by_member"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("reference", "unit_id"), name="finding_once_a_unit")
                ],
            },
        ),
        migrations.RunSQL(statements(), migrations.RunSQL.noop),
    ]
