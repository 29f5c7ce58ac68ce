"""A large invented database, written by the database itself, its walls as the triggers would have kept them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg import sql

from fanal.access.rules import Member

ALERTS, PERSONS_EACH, DUTIES_EACH = 200_000, 3, 1
FEW, MANY = 10, 1000
"""How many alerts two units have that nobody else shares: the pages of the one are compared with the other's."""

TABLES = (
    "access_compartment",
    "access_grant",
    "alerts_alert",
    "alerts_person",
    "alerts_searchtoken",
    "alerts_sign",
    "alerts_transmission",
    "alerts_dutydone",
)
_WALLED = TABLES[1:]


@dataclass(frozen=True)
class Crowd:
    """Who records alerts, and who is told of them: of eight in ten the office and a centre, of all a magistrate,
    which makes two and a half grants an alert."""

    detectors: Sequence[int]
    office: int
    centres: Sequence[int]
    magistrates: Sequence[int]
    few: Member
    many: Member


_PLAN = """
CREATE TEMP TABLE plan AS
WITH numbered AS (
    SELECT i, now() - interval '5 years' * (1 - i::float8 / %(alerts)s) AS at,
           CASE WHEN i <= %(few_count)s THEN %(few)s
                WHEN i <= %(few_count)s + %(many_count)s THEN %(many)s
                ELSE pg_temp.one_of(%(detectors)s, 'd' || i) END AS owner
    FROM generate_series(1, %(alerts)s) AS i),
told AS (
    SELECT *, CASE WHEN i <= %(few_count)s + %(many_count)s THEN '{}' ELSE ARRAY(
        SELECT unit FROM unnest(ARRAY[
            CASE WHEN i %% 10 < 8 THEN %(office)s END,
            CASE WHEN i %% 10 < 8 THEN pg_temp.one_of(%(centres)s, 'c' || i) END,
            pg_temp.one_of(%(magistrates)s, 'm' || i)]) AS unit
        WHERE unit IS NOT NULL AND unit <> owner) END AS readers
    FROM numbered)
SELECT i, at, owner, u.kind AS owner_kind, readers,
       ARRAY(SELECT owner UNION SELECT unnest(readers) ORDER BY 1) AS acl,
       pg_temp.uid('w', i, at) AS wall, pg_temp.uid('a', i, at) AS alert,
       regexp_replace(lpad(upper(to_hex(i)), 8, '0'), '(....)(....)', 'A-\\1-\\2') AS reference
FROM told JOIN directory_unit u ON u.id = owner;
CREATE INDEX ON plan (i);
ANALYZE plan;
"""

_UID = """
CREATE FUNCTION pg_temp.uid(kind text, i bigint, at timestamptz) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(h, 1, 3) || '8'
            || substr(h, 4, 15))::uuid FROM md5(kind || i) AS h
$$;
CREATE FUNCTION pg_temp.one_of(units int[], draw text) RETURNS int LANGUAGE sql IMMUTABLE AS $$
    SELECT units[1 + (hashtext(draw) & 1048575) % cardinality(units)]
$$;
"""

_ROWS: Mapping[str, str] = {
    "access_compartment": """
        (id, kind, created_at, acl_exists, acl, acl_write, owner_unit_id)
        SELECT wall, 'alert', at, acl, acl, ARRAY[owner], owner FROM plan""",
    "access_grant": """
        (id, acl, level, purpose, ground, handling, onward, valid_from, granted_by, granted_at, applied,
         compartment_id, unit_id)
        SELECT pg_temp.uid('g', i * 8 + n, at), acl, 'read', 'take_up', 'bench', 'H0', false, at::date, %(author)s, at,
               true, wall, reader FROM plan, unnest(readers) WITH ORDINALITY AS r(reader, n)""",
    "alerts_alert": """
        (id, acl, reference, owner_kind, recorded_at, recorded_by, version, phenomenon, forms, urgent,
         detected_through, source_grade, information_grade, handling, municipality, district, zone, sector, child,
         person_count, state, outcome, outcome_reference, closed_at, closed_by, compartment_id, owner_unit_id)
        SELECT alert, acl, reference, owner_kind, at, %(author)s, 1, 'trafficking',
               ARRAY[(ARRAY['WORK', 'SEX', 'BEG', 'CRIME'])[1 + i %% 4]], i %% 9 = 0,
               '', '', '', '', '', '', '', '', i %% 11 = 0, %(persons)s,
               CASE WHEN closed THEN 'closed' ELSE 'open' END,
               CASE WHEN closed THEN (ARRAY['referred', 'not_trafficking', 'refused_help', 'unreachable'])[1 + i %% 4]
                    ELSE '' END,
               '', CASE WHEN closed THEN at + interval '9 days' END, CASE WHEN closed THEN %(author)s::uuid END,
               wall, owner
        FROM plan, LATERAL (SELECT i %% 50 <> 0 AND at < now() - interval '30 days' AS closed) AS c""",
    "alerts_person": """
        (id, acl, number, subject, age_basis, birth_year, minority, sex, citizenship, languages,
         safe_contact, alert_id, compartment_id)
        SELECT pg_temp.uid('p', i * 8 + n, at), acl, n, 'presumed_victim', 'known', 1970 + i %% 35,
               'adult', CASE WHEN i %% 2 = 0 THEN 'F' ELSE 'M' END, 'RO', '{ro}', '{phone}', alert, wall
        FROM plan, generate_series(1, %(persons)s) AS n""",
    "alerts_searchtoken": """
        (id, acl, purpose, digest, alert_id, compartment_id, person_id)
        SELECT pg_temp.uid('t', i * 8 + n, at), acl, 'name', decode(md5('t' || i || n), 'hex'), alert, wall,
               pg_temp.uid('p', i * 8 + n, at)
        FROM plan, generate_series(1, %(persons)s) AS n""",
    "alerts_sign": """
        (id, acl, indicator, listed_from, source, noted_at, noted_by, alert_id, compartment_id)
        SELECT pg_temp.uid('s', i * 8 + n, at), acl, (%(signs)s::text[])[1 + (i + n) %% cardinality(%(signs)s::text[])],
               '1900-01-01', '', at, %(author)s, alert, wall
        FROM plan, generate_series(1, 2) AS n""",
    "alerts_transmission": """
        (id, acl, reference, to_kind, route, ground, mandatory, level, sent_at, sent_by, due_at, acknowledged_at,
         acknowledged_by, reminded, alert_id, compartment_id, from_unit_id, to_unit_id)
        SELECT pg_temp.uid('x', i * 8 + n, at), acl || 0, reference, u.kind, 'bench', 'bench', true, 'read', at,
               %(author)s, at + interval '1 day', CASE WHEN said THEN at + interval '6 hours' END,
               CASE WHEN said THEN %(author)s::uuid END, 0, alert, wall, owner, reader
        FROM plan, unnest(readers) WITH ORDINALITY AS r(reader, n),
             LATERAL (SELECT (i + n) %% 40 <> 0 OR at < now() - interval '60 days' AS said) AS s, directory_unit u
        WHERE u.id = reader""",
    "alerts_dutydone": """
        (id, acl, duty, done_at, ticked_at, ticked_by, alert_id, compartment_id)
        SELECT pg_temp.uid('u', i, at), acl, %(duty)s, at, at, %(author)s, alert, wall FROM plan""",
}

_TRACE = """
INSERT INTO audit_entry (id, at, verb, act, person_id, membership_id, unit_id, owner_unit_id, compartment_id,
                         object_ids, purpose, reference, facts)
SELECT pg_temp.uid('e', i, at), at, 'collect', 'alerts.record', %(author)s, %(author)s, owner, owner, wall,
       ARRAY[alert], '', '', '{"persons": 3}' FROM plan
"""
_TALLY = """
INSERT INTO alerts_tally (month, unit_kind, form, outcome, slot, alerts)
SELECT date_trunc('month', recorded_at)::date, owner_kind, forms[1], outcome, 0, count(*) FROM alerts_alert
GROUP BY 1, 2, 3, 4
"""


def fill(
    db: psycopg.Connection, crowd: Crowd, *, alerts: int, signs: Sequence[str], duty: str
) -> Iterator[str]:
    """Write so many alerts with all that hangs on them; yields the name of each step before it is taken.

    As superuser and past the triggers (they would take hours): the arrays are computed here, and `wrong_walls` asks
    the triggers afterwards whether they agree.
    """
    values = {
        "alerts": alerts,
        "persons": PERSONS_EACH,
        "few_count": min(FEW, alerts // 20),
        "many_count": min(MANY, alerts // 4),
        "few": crowd.few.unit_id,
        "many": crowd.many.unit_id,
        "detectors": list(crowd.detectors),
        "office": crowd.office,
        "centres": list(crowd.centres),
        "magistrates": list(crowd.magistrates),
        "author": crowd.few.person_id,
        "signs": list(signs),
        "duty": duty,
    }
    yield "plan"
    db.execute(_UID)
    db.execute("SET work_mem = '256MB'; SET maintenance_work_mem = '512MB'; SET synchronous_commit = off")
    cursor = psycopg.ClientCursor(db)
    cursor.execute(_PLAN, values)
    with _bare(db):
        db.execute("SET session_replication_role = replica")
        for table, select in _ROWS.items():
            yield table
            cursor.execute(f"INSERT INTO {table} {select}", values)
        db.execute("SET session_replication_role = origin")
        yield "trace"
        cursor.execute(_TRACE, values)
        cursor.execute(_TALLY)
        yield "indexes"
    yield "statistics"
    db.execute("VACUUM ANALYZE")


STEPS = len(_ROWS) + 4


@contextmanager
def _bare(db: psycopg.Connection) -> Iterator[None]:
    """Inside this block the tables have no index but those of their constraints."""
    rows = db.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
        " WHERE indrelid = ANY(%s::regclass[]) AND NOT indisunique",
        [list(TABLES)],
    ).fetchall()
    for name, _ in rows:
        db.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    yield
    for _, definition in rows:
        db.execute(definition)


def wrong_walls(db: psycopg.Connection, sample: int) -> int:
    """How many rows of so many random compartments change when the database's own function opens them anew."""
    db.execute("DROP TABLE IF EXISTS sampled")
    db.execute(
        "CREATE TEMP TABLE sampled AS SELECT id, acl, acl_exists, acl_write FROM access_compartment"
        " ORDER BY random() LIMIT %s",
        [sample],
    )
    before = _fingerprints(db)
    db.execute("SELECT access_open(ARRAY(SELECT id FROM sampled))")
    return sum(one != other for one, other in zip(before, _fingerprints(db), strict=True))


def _fingerprints(db: psycopg.Connection) -> list[tuple[object, ...]]:
    found = db.execute(
        "SELECT c.id, c.acl, c.acl_exists, c.acl_write FROM access_compartment c JOIN sampled USING (id) ORDER BY 1"
    ).fetchall()
    for table in _WALLED:
        found += db.execute(
            f"SELECT r.id, r.acl FROM {table} r WHERE compartment_id IN (SELECT id FROM sampled) ORDER BY 1"  # noqa: S608
        ).fetchall()
    return found
