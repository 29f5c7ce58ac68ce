"""Three roles, so that the application cannot take its own walls down.

- owner: owns the database and the schema, and only migrates;
- runtime: serves people; owns nothing, bypasses nothing, may not create or empty a table;
- keeper: cannot log in; owns the trigger functions that may touch what the acting person may not.
"""

import base64
import hashlib
import hmac
import os
from dataclasses import dataclass
from secrets import token_bytes
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

from fanal.database.cluster import SUPERUSER, Cluster
from fanal.database.errors import DatabaseFault

KEEPER = "fanal_keeper"
SCRAM_ROUNDS = 4096  # PostgreSQL's own default; the passwords are random, so more rounds add nothing


@dataclass(frozen=True)
class Names:
    """How the roles are called; migrations that grant or revoke read them from `names()`."""

    owner: str = "fanal_owner"
    runtime: str = "fanal_runtime"
    keeper: str = KEEPER


@dataclass(frozen=True, repr=False)
class Login:
    role: str
    password: str
    database: str


def names() -> Names:
    """The role names of this installation: those in DATABASE_OWNER_URL and DATABASE_URL, or our own."""
    ours = Names()
    owner, runtime = os.environ.get("DATABASE_OWNER_URL"), os.environ.get("DATABASE_URL")
    return Names(
        owner=read_url(owner).role if owner else ours.owner,
        runtime=read_url(runtime).role if runtime else ours.runtime,
    )


def read_url(url: str) -> Login:
    """Role, password and database of a `postgresql://role:password@host/database` address."""
    parts = urlsplit(url)
    login = Login(
        unquote(parts.username or ""), unquote(parts.password or ""), unquote(parts.path.strip("/"))
    )
    if not (login.role and login.password and login.database):
        raise DatabaseFault(
            "A database address reads postgresql://role:password@host:port/database, all five given."
        )
    return login


def roles_sql(owner: Login, runtime: Login) -> list[sql.Composed]:
    """Statements, for a superuser, that make the three roles or bring them back to what they may do."""
    rights = sql.SQL("NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION")
    statements = []
    for login in (owner, runtime):
        verifier = scram_verifier(login.password)
        statements += [
            _create_role(login.role),
            _sql(
                "ALTER ROLE {} LOGIN {} PASSWORD {}",
                sql.Identifier(login.role),
                rights,
                sql.Literal(verifier),
            ),
        ]
    return [
        *statements,
        _create_role(KEEPER),
        _sql("ALTER ROLE {} NOLOGIN {}", sql.Identifier(KEEPER), rights),
        # Inherited and settable, so that a migration may hand functions over and replace them later.
        _sql("GRANT {} TO {}", sql.Identifier(KEEPER), sql.Identifier(owner.role)),
    ]


def database_sql(owner: Login, runtime: Login) -> list[sql.Composed]:
    """Statements that close the database to everybody else. For a superuser connected to that database."""
    database, public = sql.Identifier(owner.database), sql.Identifier("public")
    o, r, k = (sql.Identifier(name) for name in (owner.role, runtime.role, KEEPER))
    defaults = _sql("ALTER DEFAULT PRIVILEGES FOR ROLE {} IN SCHEMA {}", o, public)
    return [
        _sql("ALTER DATABASE {} OWNER TO {}", database, o),
        # Without TEMPORARY nobody can slip a table of his own under a trigger function.
        _sql("REVOKE ALL ON DATABASE {} FROM PUBLIC", database),
        _sql("GRANT CONNECT ON DATABASE {} TO {}, {}", database, o, r),
        _sql("ALTER SCHEMA {} OWNER TO {}", public, o),
        _sql("REVOKE ALL ON SCHEMA {} FROM PUBLIC, {}", public, r),
        _sql("GRANT USAGE ON SCHEMA {} TO {}, {}", public, r, k),
        _sql("GRANT CREATE ON SCHEMA {} TO {}", public, k),
        _sql("{} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}", defaults, r),
        _sql("{} GRANT USAGE, SELECT ON SEQUENCES TO {}", defaults, r),
    ]


def administrator_sql(owner_url: str, runtime_url: str) -> str:
    """What the administrator of a PostgreSQL that is not ours runs once, in psql, as a superuser.

    Passwords appear only as SCRAM verifiers. Refused with `DatabaseFault`: addresses of two databases, or
    of one role.
    """
    owner, runtime = read_url(owner_url), read_url(runtime_url)
    if owner.database != runtime.database or owner.role == runtime.role:
        raise DatabaseFault(
            "DATABASE_URL and DATABASE_OWNER_URL must name the same database and different roles."
        )
    create = _sql(
        "CREATE DATABASE {} OWNER {} ENCODING 'UTF8' TEMPLATE template0", *_database_and_owner(owner)
    )
    quoted = sql.Identifier(owner.database).as_string()
    lines = [
        "-- Run once with psql as a superuser.",
        *(f"{statement.as_string()};" for statement in roles_sql(owner, runtime)),
        "-- Leave the next line out if the database exists.",
        f"{create.as_string()};",
        f"\\connect {quoted}",
        *(f"{statement.as_string()};" for statement in database_sql(owner, runtime)),
    ]
    return "\n".join(lines) + "\n"


def prepare(cluster: Cluster, database: str, *, template: str = "template0") -> None:
    """Makes the roles and `database` in our own running cluster; what exists is brought back in order.

    `template` names the database that a new one is copied from.
    """
    owner, runtime = (
        Login(role, cluster.parameters(role)["password"], database) for role in (Names.owner, Names.runtime)
    )
    with psycopg.connect(cluster.url("postgres", SUPERUSER), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext('fanal.roles'))")  # two starts at once
        for statement in roles_sql(owner, runtime):
            connection.execute(statement)
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
        if not known:
            source = sql.Identifier(template)
            connection.execute(
                _sql("CREATE DATABASE {} OWNER {} TEMPLATE {}", *_database_and_owner(owner), source)
            )
        with psycopg.connect(cluster.url(database, SUPERUSER)) as inside:
            for statement in database_sql(owner, runtime):
                inside.execute(statement)


def scram_verifier(password: str, salt: bytes | None = None) -> str:
    """What PostgreSQL stores instead of `password` (RFC 5802, SCRAM-SHA-256), so that it never travels.

    Refused with `DatabaseFault`: a password outside printable ASCII, which SASLprep could change.
    """
    if not (password.isascii() and password.isprintable()):
        raise DatabaseFault("Database passwords may hold printable ASCII characters only.")
    salt = salt or token_bytes(16)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, SCRAM_ROUNDS)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    salt64, stored64, server64 = (base64.b64encode(part).decode() for part in (salt, stored, server))
    return f"SCRAM-SHA-256${SCRAM_ROUNDS}:{salt64}${stored64}:{server64}"


def _create_role(name: str) -> sql.Composed:
    create = _sql("CREATE ROLE {}", sql.Identifier(name)).as_string()
    return _sql(
        "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {}) THEN EXECUTE {}; END IF; END $$",
        sql.Literal(name),
        sql.Literal(create),
    )


def _database_and_owner(owner: Login) -> tuple[sql.Identifier, sql.Identifier]:
    return sql.Identifier(owner.database), sql.Identifier(owner.role)


def _sql(template: str, *parts: sql.Composable) -> sql.Composed:
    return sql.SQL(template).format(*parts)
