"""The sealer: gives lines their place in the tree and signs what stands there. It sees leaves, never a line."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.db import connection, transaction

from fanal.audit.models import Seal
from fanal.audit.rules.statements import (
    BEGINNING,
    MARK,
    Signed,
    Statement,
    Unreadable,
    is_signed,
    key_id,
    private_key,
    read_line,
    sign,
)
from fanal.audit.rules.tree import Tree, unpacked
from fanal.errors import Refusal

BATCH = 10_000
"""Lines of one statement."""
ROUND = 10 * BATCH
"""Lines of one transaction of the sealer: killed in the middle, it loses this round, and the next one does it again."""


def signing_key() -> Ed25519PrivateKey:
    """The key of this installation: FANAL_AUDIT_KEY, or the one in its secrets. `Refusal` (`no_audit_key`)."""
    try:
        return private_key(settings.FANAL_AUDIT_KEY)
    except Unreadable as problem:
        raise Refusal("no_audit_key", f"FANAL_AUDIT_KEY cannot be used: {problem}.") from problem


def public_half() -> Ed25519PublicKey:
    """The key that others verify with."""
    return signing_key().public_key()


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Lines without a place: their ids and leaves; `horizon`: older transactions are over."""

    ids: list[UUID]
    leaves: list[bytes]
    horizon: int


def seal(*, at: datetime, everything: bool = False, most: int | None = None) -> int:
    """Seal the lines whose transaction is over; answers how many. Run every minute, by any number of sealers at once.

    `everything` looks at every line and not only at those since the last statement. Refused with `Refusal`
    (`other_audit_key`, `seals_altered`) rather than going on from statements that are not this installation's own.
    """
    key, sealed = signing_key(), 0
    while True:
        with transaction.atomic():
            waiting = _unsealed(most or ROUND, everything)
            sealed += _seal(waiting, key, at, complete=len(waiting.ids) < (most or ROUND))
        if len(waiting.ids) < (most or ROUND):
            return sealed


def _unsealed(most: int, everything: bool) -> _Waiting:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM audit_unsealed(%s, %s)", [most, everything])
        rows = cursor.fetchall()
    return _Waiting([row[0] for row in rows], [bytes(row[1]) for row in rows], rows[0][2] if rows else 0)


def _seal(waiting: _Waiting, key: Ed25519PrivateKey, at: datetime, *, complete: bool) -> int:
    former = Seal.objects.order_by("-number").first()  # locked: `audit_unsealed` let one sealer through
    last, tree = _taken_up(former, key.public_key())
    for begin in range(0, len(waiting.ids), BATCH):
        ids, leaves = waiting.ids[begin : begin + BATCH], waiting.leaves[begin : begin + BATCH]
        tree.extend(leaves)
        ends = complete and begin + BATCH >= len(waiting.ids)
        since = None
        if last is not None and former is not None:
            since = last.statement.time if former.complete else last.statement.since
        signed = sign(_statement(last, tree, leaves, at, since, key_id(key.public_key())), key)
        horizon = waiting.horizon if ends else (former.horizon if former else 0)
        former = _append(signed, tree, horizon, ends, ids)
        last = signed
    return len(waiting.ids)


def _statement(
    last: Signed | None, tree: Tree, leaves: list[bytes], at: datetime, since: datetime | None, name: str
) -> Statement:
    """The next statement. Its time never goes back, whatever the clock does: lines dated otherwise stand out."""
    return Statement(
        number=last.statement.number + 1 if last else 1,
        first=tree.size - len(leaves),
        last=tree.size - 1,
        size=tree.size,
        root=tree.root().hex(),
        previous=last.digest if last else BEGINNING,
        time=max(at, last.statement.time) if last else at,
        since=since,
        key=name,
        marks=b"".join(leaf[:MARK] for leaf in leaves),
    )


def _taken_up(former: Seal | None, key: Ed25519PublicKey) -> tuple[Signed | None, Tree]:
    """The last statement and its tree, checked: what somebody altered is not built upon."""
    if former is None:
        return None, Tree()
    try:
        signed = as_signed(former)
        tree = Tree(former.size, unpacked(bytes(former.peaks)))
    except (Unreadable, ValueError) as problem:
        raise Refusal("seals_altered", f"Statement {former.number} was altered: {problem}.") from problem
    if signed.statement.key != key_id(key):
        raise Refusal(
            "other_audit_key",
            f"The statements here are signed by key {signed.statement.key}; this process holds key {key_id(key)}. "
            f"Bring back the former key (secrets.json, or FANAL_AUDIT_KEY).",
        )
    if not is_signed(signed, key) or (tree.size, tree.root().hex()) != (
        signed.statement.size,
        signed.statement.root,
    ):
        raise Refusal("seals_altered", f"Statement {former.number} was altered: nothing is sealed after it.")
    return signed, tree


def as_signed(row: Seal) -> Signed:
    """The stored statement as it was signed. Raises `Unreadable`."""
    found = Signed(None, row.text, bytes(row.signature))  # type: ignore[arg-type]
    return read_line(found.line())


def _append(signed: Signed, tree: Tree, horizon: int, complete: bool, ids: list[UUID]) -> Seal:
    said = signed.statement
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit_append_seal(%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                said.number, said.time, said.size, signed.text, signed.signature, tree.packed(), horizon, complete,
                ids,
            ],
        )  # fmt: skip
    return Seal(
        number=said.number, at=said.time, size=said.size, text=signed.text, signature=signed.signature,
        peaks=tree.packed(), horizon=horizon, complete=complete,
    )  # fmt: skip
