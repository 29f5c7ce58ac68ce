"""What somebody opens who stole the database and holds the key of the installation: every value with every key."""

from collections.abc import Iterable, Iterator
from uuid import UUID

import psycopg
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from psycopg import sql

from proofs.rest.marks import Marks

NONCE = 12


def keys(connection: psycopg.Connection, master: bytes) -> dict[UUID, bytes]:
    """The keys of subjects that the installation's key opens."""
    rows = connection.execute("SELECT subject_id, wrapped FROM access_subjectkey").fetchall()
    opened = ((subject, _open(master, bytes(wrapped), subject)) for subject, wrapped in rows)
    return {subject: key for subject, key in opened if key is not None}


def opened(connection: psycopg.Connection, master: bytes, marks: Marks) -> int:
    """How many sealed values of the whole database open and show a mark."""
    known = keys(connection, master)
    return sum(_shows(blob, known.items(), marks) for blob in _blobs(connection))


def _shows(blob: bytes, known: Iterable[tuple[UUID, bytes]], marks: Marks) -> bool:
    for subject, key in known:
        clear = _open(key, blob, subject)
        if clear is not None:
            said = clear.decode(errors="replace")
            return any(mark in said for mark in marks.all)
    return False


def _blobs(connection: psycopg.Connection) -> Iterator[bytes]:
    columns = connection.execute(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND data_type = 'bytea'"
    ).fetchall()
    for table, column in columns:
        query = sql.SQL("SELECT {} FROM {} WHERE length({}) > {}").format(
            sql.Identifier(column), sql.Identifier(table), sql.Identifier(column), sql.Literal(NONCE + 16)
        )
        for (blob,) in connection.execute(query):
            yield bytes(blob)


def _open(key: bytes, blob: bytes, subject: UUID) -> bytes | None:
    try:
        return AESGCM(key).decrypt(blob[:NONCE], blob[NONCE:], subject.bytes)
    except (InvalidTag, ValueError):
        return None
