"""What stands in the database, held against what was promised; read past the walls."""

from collections.abc import Mapping

import psycopg

from proofs.crash.senders import Book

# Each counts what must not be.
BROKEN = {
    "writes without their trace, or with two": """
        SELECT count(*) FROM (SELECT a.id FROM alerts_alert a LEFT JOIN audit_entry e
            ON e.compartment_id = a.compartment_id AND e.act = 'alerts.record'
            GROUP BY a.id HAVING count(e.id) <> 1) x""",
    "traces without their write": """
        SELECT count(*) FROM audit_entry e WHERE e.compartment_id IS NOT NULL AND NOT EXISTS
            (SELECT FROM access_compartment c WHERE c.id = e.compartment_id)""",
    "traces of a write that is not there": """
        SELECT count(*) FROM audit_entry e WHERE e.act = 'alerts.record' AND NOT EXISTS
            (SELECT FROM alerts_alert a WHERE a.compartment_id = e.compartment_id)""",
    "files without content": """
        SELECT count(*) FROM access_compartment c WHERE c.kind = 'alert' AND NOT EXISTS
            (SELECT FROM alerts_alert a WHERE a.compartment_id = c.id)""",
    "writes without persons or recipients": """
        SELECT count(*) FROM alerts_alert a WHERE
            NOT EXISTS (SELECT FROM alerts_person p WHERE p.alert_id = a.id) OR
            NOT EXISTS (SELECT FROM alerts_transmission t WHERE t.alert_id = a.id)""",
    "walls that are not those of the file": """
        SELECT count(*) FROM alerts_alert a JOIN access_compartment c ON c.id = a.compartment_id
        WHERE a.acl <> c.acl""",
}


def broken(db: psycopg.Connection) -> dict[str, int]:
    """{what must not be: how often it is}."""
    return {name: _count(db, query) for name, query in BROKEN.items()}


def lost(db: psycopg.Connection, acknowledged: Mapping[str, str]) -> set[str]:
    """The references that were acknowledged and are not there."""
    there = {row[0] for row in db.execute("SELECT reference FROM alerts_alert")}
    return set(acknowledged.values()) - there


def not_once(db: psycopg.Connection, book: Book) -> int:
    """How many writes are there more or less often than once: every key was acknowledged in the end."""
    references = list(book.acknowledged.values())
    shared = len(references) - len(set(references))
    return shared + abs(_count(db, "SELECT count(*) FROM alerts_alert") - len(book.keys))


def _count(db: psycopg.Connection, query: str) -> int:
    row = db.execute(query.encode()).fetchone()
    return int(row[0]) if row else 0
