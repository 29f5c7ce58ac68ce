"""The database: its promises, its walls, its log, its clock."""

import ctypes
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from fanal.config.commands import house
from fanal.config.doctor.finding import Findings, fail, ok, warn
from fanal.database import connect
from fanal.database.errors import Unsafe

ALSO_WALLED = ("access_compartment", "audit_entry", "alerts_draft")
APPEND_ONLY = ("audit_entry", "audit_seal", "audit_sealed")
APART, FAR_APART = timedelta(seconds=2), timedelta(seconds=30)
UNSYNCHRONISED = 5  # TIME_ERROR of adjtimex(2)
QUIET = {
    "log_min_messages": ("log", "fatal", "panic"),
    "log_min_error_statement": ("panic",),
    "log_statement": ("none",),
    "log_min_duration_statement": ("-1",),
    "log_error_verbosity": ("terse",),
}
"""PostgreSQL's settings under which its log quotes no statement, no value and no row."""


def rows(statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return list(cursor.fetchall())


def database(_at: datetime) -> Findings:
    """Version, durability, powers of the role, tables of this version, and whether the way to it is closed."""
    name = _("Database")
    try:
        house.check_safety()
    except Unsafe as problem:
        for one in problem.problems:
            yield fail("database", name, one, _("Fanal does not start on it until this is put right."))
    waiting = house.pending_migrations()
    if waiting:
        yield fail(
            "migrations",
            name,
            _("Tables of another version: %(n)d migrations wait.") % {"n": waiting},
            "fanal migrate",
        )
    ((version, local, encrypted),) = rows(
        "SELECT current_setting('server_version'), inet_server_addr() IS NULL OR inet_server_addr() <<= '127.0.0.0/8'"
        " OR inet_server_addr() <<= '::1', coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false)"
    )
    if not local and not encrypted:
        yield fail(
            "database_tls",
            name,
            _("The way to it is not encrypted."),
            _("Add ?sslmode=verify-full to DATABASE_URL."),
        )
    yield ok("database", name, f"PostgreSQL {version}")


def walls(_at: datetime) -> Findings:
    """Every table that can name a person stands behind its wall, and no trigger is switched off."""
    name = _("Walls")
    wanted = sorted({*_walled(), *(table for table in ALSO_WALLED if _exists(table))})
    forced = {
        row[0] for row in rows("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
    }
    reading = _policies("SELECT")
    kept = {table for table, _trigger in _triggers("keep")}
    open_tables = [
        table
        for table in wanted
        if table not in forced or table not in reading or (table in _walled() and table not in kept)
    ]
    open_tables += [
        table for table in APPEND_ONLY if _exists(table) and table not in dict(_triggers("append_only"))
    ]
    if open_tables:
        found = _("The wall of these tables is down: %(tables)s") % {"tables": ", ".join(open_tables)}
        yield fail(
            "walls",
            name,
            found,
            _("Stop Fanal. Bring the database back from a backup, and find out who did this."),
        )
    off = [f"{table}.{trigger}" for table, trigger in _triggers(enabled=False)]
    if off:
        found = _("Triggers are switched off: %(triggers)s") % {"triggers": ", ".join(off)}
        yield fail("triggers", name, found, "ALTER TABLE … ENABLE TRIGGER ALL")
    if not open_tables and not off:
        yield ok("walls", name, _("%(n)d tables, each behind its own.") % {"n": len(wanted)})


def _walled() -> list[str]:
    """The tables of the models that stand in a compartment."""
    models = (model for model in apps.get_models() if model._meta.managed)
    return [
        m._meta.db_table for m in models if {"acl", "compartment"} <= {f.name for f in m._meta.get_fields()}
    ]


def _exists(table: str) -> bool:
    return bool(rows("SELECT to_regclass(%s) IS NOT NULL", [table])[0][0])


def _policies(command: str) -> set[str]:
    """The tables where the runtime role reads by its signed context and in no other way."""
    found = rows(
        "SELECT tablename, bool_and(permissive = 'RESTRICTIVE' OR coalesce(qual, '') LIKE '%%context_units%%')"
        " FROM pg_policies WHERE current_user::name = ANY(roles) AND cmd IN (%s, 'ALL') GROUP BY 1",
        [command],
    )
    return {table for table, closed in found if closed}


def _triggers(name: str = "", *, enabled: bool = True) -> list[tuple[str, str]]:
    found = rows(
        "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace"
        " AND (t.tgenabled IN ('O', 'A')) = %s AND (%s = '' OR t.tgname = %s)",
        [enabled, name, name],
    )
    return [(str(table), str(trigger)) for table, trigger in found]


def log(_at: datetime) -> Findings:
    """Whether PostgreSQL's own log would quote statements, values or rows."""
    said = dict(rows("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(QUIET)]))
    loud = {name: value for name, value in said.items() if value not in QUIET[name]}
    if not loud:
        yield ok("database_log", _("PostgreSQL's log"), _("Quotes nothing."))
        return
    settings_said = ", ".join(f"{name} = {value}" for name, value in sorted(loud.items()))
    found = _("It may quote what is written about people: %(settings)s") % {"settings": settings_said}
    yield warn(
        "database_log", _("PostgreSQL's log"), found, _("Take the settings of deploy/postgresql.conf.")
    )


def clocks(at: datetime) -> Findings:
    """Deadlines are counted by them: this machine's, the database's, and whether one stepped back."""
    name = _("Clock")
    ((theirs, sealed),) = rows("SELECT clock_timestamp(), (SELECT max(at) FROM audit_seal)")
    apart = abs(theirs - timezone.now())
    if apart > APART:
        found = _("This machine and the database are %(n)d seconds apart.") % {"n": apart.total_seconds()}
        cure = _("Let both follow the same time servers (chrony or systemd-timesyncd).")
        yield fail("clock", name, found, cure) if apart > FAR_APART else warn("clock", name, found, cure)
    if sealed is not None and sealed > at + APART:
        found = _("The trace was sealed at %(at)s, which is yet to come: the clock stepped back.") % {
            "at": sealed
        }
        yield fail("clock_back", name, found, _("Put the clock right; deadlines wait until it is."))
    if _unsynchronised():
        yield warn(
            "clock_ntp",
            name,
            _("This machine follows no time server."),
            _("Let both follow the same time servers (chrony or systemd-timesyncd)."),
        )
    elif apart <= APART:
        yield ok("clock", name, _("This machine and the database agree."))


def _unsynchronised() -> bool:
    """What the kernel says of its own clock (adjtimex asks and changes nothing)."""
    room = ctypes.create_string_buffer(512)  # struct timex, all zero: only read
    return bool(ctypes.CDLL(None).adjtimex(room) == UNSYNCHRONISED)


def data_folder() -> Any:
    """Where our own cluster keeps its files; None where the database is somebody else's."""
    return None if connect.is_external() else connect.embedded(settings.VAR).data_dir
