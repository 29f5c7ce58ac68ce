"""How the application reaches its database: somebody's PostgreSQL by its addresses, or our own cluster."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dj_database_url

from fanal.database import binaries, roles, secrets
from fanal.database.cluster import Cluster
from fanal.database.errors import DatabaseFault

DATABASE = "fanal"
KEEP_OPEN = 600  # seconds; a new connection for each request costs more than the request


def var_dir() -> Path:
    """The folder of what changes: FANAL_VAR, or `var` in the folder we are started from."""
    return Path(os.environ.get("FANAL_VAR") or "var").absolute()


def is_external() -> bool:
    """Whether DATABASE_URL names a PostgreSQL that is not ours to start."""
    return bool(os.environ.get("DATABASE_URL"))


def embedded(var: Path) -> Cluster:
    """The cluster in `var`, served by the programs that FANAL_POSTGRES chooses. Starts nothing."""
    bin_dir = binaries.find(os.environ.get("FANAL_POSTGRES") or "embedded")
    return Cluster(var / "postgres", bin_dir, secrets.load(var))


@contextmanager
def available(var: Path) -> Iterator[None]:
    """The database answers inside this block: our cluster is started if needed, with its roles and database.

    Leaving the block stops the cluster unless another process is inside such a block.
    """
    if is_external():
        yield
        return
    cluster = embedded(var)
    with cluster.in_use():
        roles.prepare(cluster, DATABASE)
        yield


def settings(var: Path) -> dict[str, dict[str, Any]]:
    """Django's DATABASES: `default` is the runtime role, `owner` is for `migrate` alone.

    Starts nothing and connects to nothing. `owner` is absent where DATABASE_URL is given without
    DATABASE_OWNER_URL: such a process cannot migrate.
    """
    if not is_external():
        cluster = embedded(var)
        return {
            "default": _ours(cluster, roles.Names.runtime) | {"CONN_MAX_AGE": KEEP_OPEN},
            "owner": _ours(cluster, roles.Names.owner),
        }
    addresses = {"default": os.environ["DATABASE_URL"]}
    if owner := os.environ.get("DATABASE_OWNER_URL"):
        addresses["owner"] = owner
    return {alias: _theirs(url) for alias, url in addresses.items()}


def _ours(cluster: Cluster, role: str) -> dict[str, Any]:
    reach = cluster.parameters(role)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": DATABASE,
        "USER": reach["user"],
        "PASSWORD": reach["password"],
        "HOST": reach["host"],
        "PORT": reach["port"],
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"requirepeer": reach["requirepeer"], "application_name": "fanal"},
    }


def _theirs(url: str) -> dict[str, Any]:
    found: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=KEEP_OPEN, conn_health_checks=True))
    if found["ENGINE"] != "django.db.backends.postgresql":
        raise DatabaseFault("Fanal needs PostgreSQL: its walls stand on row-level security.")
    return found
