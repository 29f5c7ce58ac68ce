"""The trace that came back, held against itself and against what was signed over it."""

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from fanal.audit.rules.statements import BEGINNING, Signed, Unreadable, is_signed, key_id, read_line
from fanal.audit.rules.tree import Tree

_BROKEN = """
SELECT count(*) FILTER (WHERE leaf IS DISTINCT FROM
    sha256('\\x00'::bytea || convert_to(public.audit_canonical(e), 'UTF8'))), count(*)
FROM public.audit_entry e
"""
_LEAVES = """
SELECT e.leaf FROM public.audit_sealed s LEFT JOIN public.audit_entry e ON e.id = s.entry_id ORDER BY s.position
"""
_STATEMENTS = "SELECT text, signature FROM public.audit_seal ORDER BY number"


@dataclass(frozen=True)
class Trace:
    """How many lines there are, how many of them are sealed, and what is wrong with them."""

    lines: int
    sealed: int
    problems: list[str]


def check(connection: psycopg.Connection, key: Ed25519PublicKey) -> Trace:
    """Recompute every leaf hash and the whole tree, and hold both against the signed statements.

    `key`: the public half of the installation's signing key. Nothing is raised; `problems` is empty where all fits.
    """
    broken, lines = connection.execute(_BROKEN).fetchone() or (0, 0)
    problems = [f"{broken} lines of the trace do not match their leaf hash"] if broken else []
    last: Signed | None = None
    try:
        last = _last_statement(connection, key)
    except Unreadable as problem:
        problems.append(f"the signed statements over the trace do not hold: {problem}")
    tree = Tree()
    tree.extend(_leaves(connection))
    if last is not None and (tree.size, tree.root().hex()) != (last.statement.size, last.statement.root):
        problems.append(
            f"the trace is not what statement {last.statement.number} signed: {tree.size} lines instead of "
            f"{last.statement.size}, or others"
        )
    return Trace(int(lines), tree.size, problems)


def _last_statement(connection: psycopg.Connection, key: Ed25519PublicKey) -> Signed | None:
    """The last of the chain, which names the one before it and so all of them; its signature is the one that counts.

    Raises `Unreadable`: the first link that does not hold.
    """
    last: Signed | None = None
    with connection.transaction(), connection.cursor("statements") as cursor:
        for text, signature in cursor.execute(_STATEMENTS):
            signed = read_line(Signed(None, text, bytes(signature)).line())  # type: ignore[arg-type]
            number = signed.statement.number
            if signed.statement.previous != (last.digest if last else BEGINNING):
                raise Unreadable(f"statement {number} was altered, or the one before it")
            last = signed
    if last is not None and last.statement.key != key_id(key):
        raise Unreadable(
            f"statement {last.statement.number} was signed by key {last.statement.key}; "
            f"this installation holds {key_id(key)}"
        )
    if last is not None and not is_signed(last, key):
        raise Unreadable(f"statement {last.statement.number} was altered")
    return last


def _leaves(connection: psycopg.Connection) -> Iterator[bytes]:
    with connection.transaction(), connection.cursor("leaves") as cursor:
        cursor.itersize = 10_000
        for (leaf,) in cursor.execute(_LEAVES):
            yield bytes(leaf or b"")
