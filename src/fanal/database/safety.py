"""Refuses a database on which a crash could lose an act, or a query could walk through the walls."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from fanal.database.binaries import SUPPORTED
from fanal.database.errors import Unsafe

# Losing power must not lose an act that somebody was told is done.
DURABLE = {
    "fsync": "Set fsync = on and restart PostgreSQL.",
    "full_page_writes": "Set full_page_writes = on and reload PostgreSQL.",
    "synchronous_commit": "Set synchronous_commit = on for the server, the database and the role.",
    "data_checksums": "Stop PostgreSQL and run: pg_checksums --enable -D <data folder>",
}

RESTORING = "fanal_restoring"
"""The schema that stands while a backup is brought back: a database that carries it is not whole."""

POWERS = {
    "rolsuper": "is a superuser",
    "rolbypassrls": "bypasses row-level security (BYPASSRLS)",
    "rolcreaterole": "may create roles (CREATEROLE)",
    "rolreplication": "may copy the whole server (REPLICATION)",
}


class Cursor(Protocol):
    def execute(self, statement: Any, parameters: Any = None, /) -> Any: ...
    def fetchall(self) -> Sequence[Sequence[Any]]: ...


class Connection(Protocol):
    """A psycopg connection as well as Django's."""

    def cursor(self) -> AbstractContextManager[Any]: ...


def check(connection: Connection) -> None:
    """Refuses with `Unsafe`, which lists everything that is wrong; does nothing on a database in order."""
    with connection.cursor() as cursor:
        problems = [
            *_unfinished(cursor),
            *_version(cursor),
            *_durability(cursor),
            *_powers(cursor),
            *_ownership(cursor),
            *_rights(cursor),
        ]
    if problems:
        raise Unsafe(problems)


def refuse_unfinished(connection: Connection) -> None:
    """Refuses with `Unsafe` a database into which a backup was only half brought back, or is being brought back."""
    with connection.cursor() as cursor:
        if problems := _unfinished(cursor):
            raise Unsafe(problems)


def _unfinished(cursor: Cursor) -> list[str]:
    cursor.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [RESTORING])
    if not cursor.fetchall():
        return []
    return ["A restore is under way or was interrupted. Run it again: fanal restore FILE --identity KEYFILE"]


def _version(cursor: Cursor) -> list[str]:
    cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
    major = int(cursor.fetchall()[0][0])
    if major in SUPPORTED:
        return []
    return [f"PostgreSQL {major} is not supported. Use a version from {SUPPORTED[0]} to {SUPPORTED[-1]}."]


def _durability(cursor: Cursor) -> list[str]:
    cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s) ORDER BY 1", [list(DURABLE)])
    return [f"{name} is off. {DURABLE[name]}" for name, value in cursor.fetchall() if value == "off"]


def _powers(cursor: Cursor) -> list[str]:
    cursor.execute(
        f"SELECT rolname, {', '.join(POWERS)} FROM pg_roles "  # noqa: S608 (our own constants)
        "WHERE rolname IN (current_user, session_user)"
    )
    found = [
        f"The role {role} {meaning}. Use the runtime role in DATABASE_URL."
        for role, *powers in cursor.fetchall()
        for meaning, held in zip(POWERS.values(), powers, strict=True)
        if held
    ]
    cursor.execute(
        "SELECT DISTINCT m.rolname, g.rolname FROM pg_auth_members a "
        "JOIN pg_roles m ON m.oid = a.member JOIN pg_roles g ON g.oid = a.roleid "
        "WHERE m.rolname IN (current_user, session_user) ORDER BY 1, 2"
    )
    return found + [
        f'The role {role} can act as {group}. Run: REVOKE "{group}" FROM "{role}"'
        for role, group in cursor.fetchall()
    ]


def _ownership(cursor: Cursor) -> list[str]:
    cursor.execute(
        "WITH me AS (SELECT oid FROM pg_roles WHERE rolname IN (current_user, session_user)) "
        "SELECT 'table ' || relname FROM pg_class JOIN me ON relowner = me.oid WHERE relkind <> 'i' "
        "UNION ALL SELECT 'function ' || proname FROM pg_proc JOIN me ON proowner = me.oid "
        "UNION ALL SELECT 'schema ' || nspname FROM pg_namespace JOIN me ON nspowner = me.oid "
        "UNION ALL SELECT 'database ' || datname FROM pg_database JOIN me ON datdba = me.oid "
        "WHERE datname = current_database()"
    )
    owned = sorted(row[0] for row in cursor.fetchall())
    if not owned:
        return []
    shown = ", ".join(owned[:3]) + (f" and {len(owned) - 3} more" if len(owned) > 3 else "")
    return [f"The runtime role owns {shown}: an owner can take walls down. Give them to the owner role."]


def _rights(cursor: Cursor) -> list[str]:
    cursor.execute(
        "SELECT current_user, has_schema_privilege('public', 'CREATE'), "
        "coalesce(has_parameter_privilege('session_replication_role', 'SET'), false), "
        "ARRAY(SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace "
        "AND relkind IN ('r', 'p') AND has_table_privilege(oid, 'TRUNCATE, TRIGGER') ORDER BY 1)"
    )
    role, creates, mutes, empties = cursor.fetchall()[0]
    problems = []
    if creates:
        problems.append(
            f'The role {role} may create tables. Run: REVOKE CREATE ON SCHEMA public FROM PUBLIC, "{role}"'
        )
    if mutes:
        problems.append(
            f"The role {role} may switch triggers off. "
            f'Run: REVOKE SET ON PARAMETER session_replication_role FROM PUBLIC, "{role}"'
        )
    if empties:
        problems.append(
            f"The role {role} may empty or hook into {len(empties)} tables ({', '.join(empties[:3])}…). "
            f'Run: REVOKE TRUNCATE, TRIGGER ON ALL TABLES IN SCHEMA public FROM PUBLIC, "{role}"'
        )
    return problems
