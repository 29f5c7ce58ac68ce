"""How backup and restore reach the database: past its walls, as nothing that serves people ever does."""

import os
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import conninfo, pq

from fanal.database import binaries, connect, roles
from fanal.database.cluster import SUPERUSER
from fanal.database.errors import DatabaseFault

VARIABLE = "DATABASE_ADMIN_URL"


@dataclass(frozen=True, repr=False)
class Reach:
    """An address that no wall holds, and the logins that the database was prepared for (passwords among them).

    `owner` is None where its address is not given: a restore needs it, a backup asks the database.
    """

    url: str
    owner: roles.Login | None
    runtime: roles.Login

    def connect(self, *, autocommit: bool = False) -> psycopg.Connection:
        """A connection that reads every row. Refused with `DatabaseFault`: not reachable, or a wall would hold it."""
        try:
            connection = psycopg.connect(self.url, autocommit=autocommit, application_name="fanal durability")
        except psycopg.OperationalError as problem:
            raise DatabaseFault(f"The database does not answer: {problem}") from None
        passes = connection.execute(
            "SELECT rolsuper OR rolbypassrls, current_user FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        connection.rollback()
        if passes is None or not passes[0]:
            connection.close()
            raise DatabaseFault(
                f"The role of {VARIABLE} is held by the walls and would miss rows. It needs BYPASSRLS and "
                f"pg_read_all_data (backup), or superuser (restore)."
            )
        return connection

    def environment(self) -> dict[str, str]:
        """What PostgreSQL's programs need to connect: a password in an argument is seen in the list of processes."""
        names = {
            option.keyword.decode(): option.envvar.decode()
            for option in pq.Conninfo.get_defaults()
            if option.envvar
        }
        given = conninfo.conninfo_to_dict(self.url)
        return {
            "PATH": "/usr/bin:/bin",
            "LC_ALL": "C.UTF-8",
            "PGAPPNAME": "fanal durability",
            **{names[key]: str(value) for key, value in given.items() if value is not None and key in names},
        }


def reach(var: Path) -> Reach:
    """The way past the walls: as superuser of our own cluster, or by DATABASE_ADMIN_URL on a server of yours."""
    if not connect.is_external():
        cluster = connect.embedded(var)
        owner, runtime = (
            roles.Login(role, cluster.parameters(role)["password"], connect.DATABASE)
            for role in (roles.Names.owner, roles.Names.runtime)
        )
        return Reach(cluster.url(connect.DATABASE, SUPERUSER), owner, runtime)
    admin, owner_url = os.environ.get(VARIABLE), os.environ.get("DATABASE_OWNER_URL")
    if not admin:
        raise DatabaseFault(
            f"Set {VARIABLE}: on a server of your own, backup and restore pass the walls by it, "
            f"and no other command uses it."
        )
    found = Reach(
        admin, roles.read_url(owner_url) if owner_url else None, roles.read_url(os.environ["DATABASE_URL"])
    )
    if conninfo.conninfo_to_dict(admin).get("dbname") != found.runtime.database:
        raise DatabaseFault(f"{VARIABLE} and DATABASE_URL must name the same database.")
    return found


def owner_of(connection: psycopg.Connection) -> str:
    """The role that the database belongs to."""
    row = connection.execute(
        "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
    ).fetchone()
    assert row is not None
    return str(row[0])


def server_version(connection: psycopg.Connection) -> int:
    """The major version of the server."""
    return connection.info.server_version // 10000


def program(name: str, *, at_least: int, like: int) -> Path:
    """`pg_dump` or a neighbour of version `like` if this machine has it, else the next newer one.

    Refused with `DatabaseFault`: none as new as `at_least`; an older one does not understand what a newer one made.
    """
    found = {binaries.version(folder): folder / name for folder in _folders() if (folder / name).exists()}
    usable = sorted((version for version in found if version >= at_least), key=lambda v: (v != like, v))
    if not usable:
        have = ", ".join(map(str, sorted(found))) or "none"
        raise DatabaseFault(
            f"{name} of PostgreSQL {at_least} or newer is needed; this machine has {have}. "
            f"Install it (apt-get install postgresql-client-{at_least}) or set FANAL_POSTGRES to its folder."
        )
    return found[usable[0]]


def _folders() -> list[Path]:
    chosen = []
    for choice in dict.fromkeys((os.environ.get("FANAL_POSTGRES") or "embedded", "embedded")):
        try:
            chosen.append(binaries.find(choice))
        except DatabaseFault:
            continue
    debian = [folder for folder in binaries.DEBIAN.glob("*/bin") if (folder / "pg_dump").exists()]
    return [*(folder for folder in debian if (folder / "postgres").exists()), *chosen]
