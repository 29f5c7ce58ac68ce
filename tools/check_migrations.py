"""Migrations that people can work through: no table rewritten, nobody kept waiting while one is read from end to end.

Applies every migration after the baseline to a real PostgreSQL, one by one, and looks at what each did: which tables
that stood there before got a new file (a rewrite), and which statements it sent. `python -m tools.check_migrations`.
"""

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlparse

BASELINE = {
    "access": "0002_walls",
    "alerts": "0001_initial",
    "audit": "0002_append_only",
    "country": "0002_stamp",
    "directory": "0001_initial",
    "notify": "0001_initial",
    "protection": "0002_walls",
    "referrals": "0002_walls",
    "web": "0001_initial",
}
"""The last migration of each app at an installation with people's work. A release moves it."""

SMALL = (
    "country_", "directory_", "django_", "auth_", "account_", "mfa_", "socialaccount_", "procrastinate_",
    "access_account", "access_membership", "access_token", "access_wall", "access_context_key",
)  # fmt: skip
"""Tables of some thousands of rows at most: an index or a check on one is a matter of milliseconds."""

_NAME = r'(?:ONLY\s+)?(?:public\.)?"?(?P<table>\w+)"?'
_ALTER = rf"^ALTER TABLE\s+(?:IF EXISTS\s+)?{_NAME}\s"
# What PostgreSQL does under a lock that keeps people waiting (its manual: ALTER TABLE, notes; CREATE INDEX).
RULES: tuple[tuple[str, str], ...] = (
    (
        rf"^CREATE\s+(?:UNIQUE\s+)?INDEX\s+(?!CONCURRENTLY).*?\sON\s+{_NAME}",
        "builds an index while writers wait. Use AddIndexConcurrently, atomic = False",
    ),
    (
        rf"{_ALTER}.*\bSET NOT NULL\b",
        "reads the whole table while everybody waits. Add a CHECK … NOT VALID, validate it apart, then SET NOT NULL",
    ),
    (
        rf"{_ALTER}.*\bADD\s+CONSTRAINT\b(?:(?!NOT VALID|USING INDEX|ADD COLUMN).)*$",
        "reads the whole table while writers wait. Add it NOT VALID (or USING INDEX) and validate it apart",
    ),
    (
        rf"{_ALTER}.*\bADD COLUMN\b(?:(?!ADD CONSTRAINT).)*\b(?:UNIQUE|PRIMARY KEY)\b",
        "builds a unique index while everybody waits. Add the column, then the index concurrently",
    ),
    (rf"^(?:VACUUM\s*\(?\s*FULL|CLUSTER)\b.*?{_NAME}\s*;?$", "rewrites the table while everybody waits"),
    (rf"^LOCK\s+(?:TABLE\s+)?{_NAME}", "locks the table in its own words"),
)
_WRITES = re.compile(rf"^(?:WITH\b.*\b)?(?:UPDATE|DELETE\s+FROM|INSERT\s+INTO)\s+{_NAME}\b", re.I | re.S)
_RULES = tuple((re.compile(pattern, re.I | re.S), fault) for pattern, fault in RULES)


def faults_of(statement: str, *, existing: set[str], atomic: bool) -> list[str]:
    """What is wrong with one statement of a migration, for the tables that stood there before."""
    text = sqlparse.format(statement, strip_comments=True).strip()
    concerned = [(found["table"], fault) for rule, fault in _RULES if (found := rule.search(text))]
    written = _WRITES.match(text)
    if written and atomic and _reads_rows(text):
        concerned.append(
            (written["table"], "writes many rows in one transaction. Write in batches, atomic = False")
        )
    return [f"{table}: {fault}" for table, fault in concerned if table in existing and not _is_small(table)]


def _reads_rows(text: str) -> bool:
    """Whether as many rows are written as a table has: a plain INSERT of values is not."""
    return not text.upper().startswith("INSERT") or re.search(r"\bSELECT\b", text, re.I) is not None


def watched(
    connection: Any, apply: Callable[[], object], *, atomic: bool, standing: set[str] | None = None
) -> list[str]:
    """What a migration does wrong, found by applying it: statements sent, files of tables that are new.

    `standing`: the tables that hold people's work; by default all that are there.
    """
    before, sent = _files(connection), []
    if standing is not None:
        before = {name: file for name, file in before.items() if name in standing}

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        sent.append(str(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        apply()
    after = _files(connection)
    rewritten = [name for name, file in before.items() if after.get(name, file) != file]
    found = [f"{name}: the whole table was written anew" for name in rewritten if not _is_small(name)]
    for statement in (one for text in sent for one in sqlparse.split(text)):
        found += faults_of(statement, existing=set(before), atomic=atomic)
    return list(dict.fromkeys(found))


def check(connection: Any, baseline: dict[str, str] = BASELINE) -> Iterator[tuple[str, list[str]]]:
    """(migration, faults) of each one after the baseline, in the order in which they are applied."""
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    ours = [node for node in graph.leaf_nodes() if (app := node[0]) in baseline or _is_ours(executor, app)]
    executor.migrate([*baseline.items(), *(node for node in graph.leaf_nodes() if node not in ours)])
    standing = set(_files(connection))  # what is made later is empty when the next migration comes
    for migration, _ in MigrationExecutor(connection).migration_plan(ours):
        name = f"{migration.app_label}.{migration.name}"
        step = MigrationExecutor(connection)
        node = (migration.app_label, migration.name)
        found = watched(
            connection,
            lambda step=step, node=node: step.migrate([node]),
            atomic=migration.atomic,
            standing=standing,
        )
        yield name, found


def _is_ours(executor: Any, app: str) -> bool:
    node = executor.loader.graph.leaf_nodes(app)[0]
    return type(executor.loader.get_migration(*node)).__module__.startswith("fanal.")


def _is_small(table: str) -> bool:
    return table.startswith(SMALL)


def _files(connection: Any) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, pg_relation_filenode(oid) FROM pg_class "
            "WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        )
        return dict(cursor.fetchall())


@contextmanager
def bare_house() -> Iterator[Any]:
    """A cluster of its own with an empty database: the owner's connection of Django."""
    from fanal.database import connect

    folder = Path(tempfile.mkdtemp(prefix="fanal-migrations-"))
    folder.chmod(0o711)
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        os.environ.pop(name, None)
    os.environ |= {
        "FANAL_VAR": str(folder),
        "FANAL_COUNTRY": "testland",
        "DJANGO_SETTINGS_MODULE": "fanal.config.settings",
    }
    try:
        with connect.available(folder):
            import django
            from django.db import connections

            django.setup()
            yield connections["owner"]
            connections.close_all()
    finally:
        data = connect.embedded(folder).data_dir
        for left in {folder, data.parent}:
            shutil.rmtree(left, ignore_errors=True)


def main() -> int:
    wrong = 0
    with bare_house() as connection:
        for name, faults in check(connection):
            for fault in faults:
                wrong += 1
                sys.stdout.write(f"{name}: {fault}\n")
    sys.stdout.write(
        f"{wrong} unsafe steps in migrations.\n" if wrong else "Migrations can be done while people work.\n"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
