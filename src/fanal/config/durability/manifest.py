"""What a backup says of itself: how many rows each table holds, a digest of them, and how the walls stand.

Taken inside the snapshot that is dumped. The digest of a table is a sum over its rows, so that their order does not
matter: 128 bits of the SHA-256 of each row as PostgreSQL writes it, added as numbers.
"""

import json
from dataclasses import asdict, dataclass

import psycopg
from psycopg import sql

from fanal.config.commands.console import Tell
from fanal.config.durability.faults import BadArchive

FORMAT = 1

LEFT_OUT = ("access_context_key", "django_session")
"""Tables whose rows stay behind: the key that signs contexts belongs to the installation, and a session that was
ended after the backup must not live again."""

_TABLES = """
SELECT n.nspname || '.' || c.relname, n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
  AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') ORDER BY 1
"""

_DIGEST = """
SELECT count(*), coalesce(sum(('x' || substr(h, 1, 16))::bit(64)::bigint::numeric), 0) || ':' ||
       coalesce(sum(('x' || substr(h, 17, 16))::bit(64)::bigint::numeric), 0)
FROM (SELECT encode(sha256(convert_to(t::text, 'UTF8')), 'hex') AS h FROM ONLY {} AS t OFFSET 0) AS rows
"""


@dataclass(frozen=True)
class Manifest:
    """`tables`: name → [rows, digest]; `walls`: kind → digest of its lines; `probes`: see `probes.py`."""

    format: int
    made_at: str
    fanal: str
    server: int
    dumped_by: int
    owner: str
    runtime: str
    tables: dict[str, list[int | str]]
    walls: dict[str, str]
    probes: dict[str, str]

    def encode(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    @staticmethod
    def decode(text: bytes) -> "Manifest":
        """Refused with `BadArchive`: another format, or no manifest."""
        try:
            values = json.loads(text)
            if values["format"] != FORMAT:
                raise BadArchive(
                    f"This backup has format {values['format']}, this version reads {FORMAT}. "
                    f"Restore it with the version of Fanal that made it."
                )
            return Manifest(**values)
        except (ValueError, KeyError, TypeError) as problem:
            raise BadArchive("The manifest of this backup cannot be read.") from problem


def tables(connection: psycopg.Connection, tell: Tell, label: str) -> dict[str, list[int | str]]:
    """{table: [rows, digest]} of every table that a backup holds, as the connection's snapshot sees them."""
    _write_alike(connection)
    names = [row for row in connection.execute(_TABLES).fetchall() if row[2] not in LEFT_OUT]
    found: dict[str, list[int | str]] = {}
    for number, (name, schema, table) in enumerate(names, start=1):
        row = connection.execute(sql.SQL(_DIGEST).format(sql.Identifier(schema, table))).fetchone()
        found[name] = list(row or ())
        tell(label, number, len(names))
    return found


def differences(then: Manifest, now: dict[str, list[int | str]], standing: dict[str, str]) -> list[str]:
    """What a restored database lacks or has too much, in words; empty when it is what was backed up."""
    found = []
    for name in sorted(then.tables.keys() | now.keys()):
        before, after = then.tables.get(name), now.get(name)
        if before is None or after is None:
            found.append(f"table {name} is {'too much' if before is None else 'missing'}")
        elif before[0] != after[0]:
            found.append(f"table {name} holds {after[0]} rows instead of {before[0]}")
        elif before[1] != after[1]:
            found.append(f"table {name} holds other content")
    return found + [f"the {kind} differ" for kind in then.walls if then.walls[kind] != standing.get(kind)]


def _write_alike(connection: psycopg.Connection) -> None:
    """The same row is the same text whoever asks, wherever."""
    for name, value in (
        ("TimeZone", "UTC"),
        ("DateStyle", "ISO, YMD"),
        ("IntervalStyle", "postgres"),
        ("bytea_output", "hex"),
        ("extra_float_digits", "1"),
    ):
        connection.execute("SELECT set_config(%s, %s, false)", [name, value])
