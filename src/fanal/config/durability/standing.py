"""How the walls of a database stand, as digests that two databases can be held against each other by."""

from hashlib import sha256

import psycopg


def _plain(expression: str) -> str:
    """A condition without brackets, casts and space: PostgreSQL writes those anew when it reads its text back."""
    written_anew = "'::(character varying|[a-z_]+)(\\[\\])?|[()[:space:]]'"
    return f"regexp_replace(coalesce({expression}, ''), {written_anew}, '', 'g')"


# Each answers lines of text that say who owns what, who may do what, and what refuses it.
KINDS = {
    "owners": "SELECT format('%s %s %s', relkind, relname, pg_get_userbyid(relowner)) FROM pg_class "
    "WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')",
    "grants": "SELECT format('%s %s %s %s', relname, coalesce(pg_get_userbyid(nullif(a.grantee, 0)), 'public'), "
    "a.privilege_type, a.is_grantable) FROM pg_class, aclexplode(coalesce(relacl, acldefault('r', relowner))) a "
    "WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm') "
    "AND a.privilege_type <> 'MAINTAIN'",
    "row security": "SELECT format('%s %s %s', relname, relrowsecurity, relforcerowsecurity) FROM pg_class "
    "WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')",
    "policies": "SELECT format('%s %s %s %s %s %s %s', tablename, policyname, permissive, roles, cmd, "  # noqa: S608
    f"{_plain('qual')}, {_plain('with_check')}) FROM pg_policies WHERE schemaname = 'public'",
    "triggers": "SELECT format('%s %s %s %s', tgrelid::regclass, tgname, tgenabled, "  # noqa: S608 (our own constants)
    f"{_plain('pg_get_triggerdef(oid)')}) FROM pg_trigger WHERE NOT tgisinternal",
    "functions": "SELECT format('%s(%s) %s %s %s %s %s', proname, pg_get_function_identity_arguments(oid), "
    "pg_get_userbyid(proowner), prosecdef, md5(prosrc), proconfig, "
    "ARRAY(SELECT format('%s %s', coalesce(pg_get_userbyid(nullif(a.grantee, 0)), 'public'), a.privilege_type) "
    "FROM aclexplode(coalesce(proacl, acldefault('f', proowner))) a ORDER BY 1)) "
    "FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    "constraints": "SELECT format('%s %s %s', conrelid::regclass, conname, convalidated) FROM pg_constraint "
    "WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'f', 'p', 'u', 'x')",
    "indexes": "SELECT format('%s %s %s', indrelid::regclass, indexrelid::regclass, indisvalid) FROM pg_index "
    "JOIN pg_class c ON c.oid = indrelid WHERE c.relnamespace = 'public'::regnamespace",
}


def walls(connection: psycopg.Connection) -> dict[str, str]:
    """{kind: digest} of owners, grants, row-level security, policies, triggers, functions, constraints, indexes."""
    return {kind: _digest_lines(connection, query) for kind, query in KINDS.items()}


def _digest_lines(connection: psycopg.Connection, query: str) -> str:
    lines = sorted(str(row[0]) for row in connection.execute(query.encode()).fetchall())
    return sha256("\n".join(lines).encode()).hexdigest()
