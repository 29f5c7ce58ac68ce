"""Twelve ways to make a trace tell something else, each by somebody who may do more than the last."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from random import Random
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fanal.audit.rules.statements import MARK, sign
from fanal.audit.rules.tree import LEAF, Tree
from proofs.tampering.copies import Copy, altered


@dataclass(frozen=True, slots=True)
class Wound:
    """What was done. `position`: the first line that is not what it was; `alone`: whether the key alone must find it,
    `exact`: whether it must name that very line without a witness (else a line of the same batch)."""

    position: int
    alone: bool = True
    exact: bool = True


Attack = Callable[[Copy, Random, Ed25519PrivateKey], Wound]


def _any(copy: Copy, draw: Random) -> int:
    return draw.randrange(len(copy.rows))


def _alter(copy: Copy, draw: Random) -> int:
    """Another person, unit, purpose or time in one line."""
    position = _any(copy, draw)
    person, unit = str(UUID(int=draw.getrandbits(128))), draw.randrange(1000, 9999)
    field, value = draw.choice([(2, "exported"), (4, person), (6, unit), (10, "other_reason")])
    copy.rows[position] = altered(copy.rows[position], field, value)
    return position


def altered_field(copy: Copy, draw: Random, _key: Ed25519PrivateKey) -> Wound:
    return Wound(_alter(copy, draw))


def altered_with_its_leaf(copy: Copy, draw: Random, _key: Ed25519PrivateKey) -> Wound:
    position = _alter(copy, draw)
    copy.recompute(only=copy.batch_of(position))
    return Wound(position, exact=False)


def tree_recomputed_without_key(copy: Copy, draw: Random, _key: Ed25519PrivateKey) -> Wound:
    position = _alter(copy, draw)
    copy.recompute()
    return Wound(position, exact=False)


def signed_with_another_key(copy: Copy, draw: Random, _key: Ed25519PrivateKey) -> Wound:
    position = _alter(copy, draw)
    other = Ed25519PrivateKey.from_private_bytes(draw.randbytes(32))
    copy.recompute(other, own_name=draw.random() < 0.5)
    return Wound(position, exact=False)


def removed_line(copy: Copy, draw: Random, _key: Ed25519PrivateKey) -> Wound:
    position = _any(copy, draw)
    del copy.rows[position]
    return Wound(position)


def removed_tail(copy: Copy, draw: Random, _key: Ed25519PrivateKey) -> Wound:
    """The last statements with their lines: what is left is whole and signed, and only a witness knows more."""
    keep = draw.randrange(1, len(copy.seals))
    copy.seals = copy.seals[:keep]
    size = copy.seals[-1].statement.size
    copy.rows = copy.rows[:size]
    return Wound(size, alone=False)


def inserted_line(copy: Copy, draw: Random, _key: Ed25519PrivateKey) -> Wound:
    position = draw.randrange(len(copy.rows) + 1)
    like = copy.rows[_any(copy, draw)]
    copy.rows.insert(position, altered(like, 0, str(UUID(int=draw.getrandbits(128)))))
    return Wound(position)


def duplicated_line(copy: Copy, draw: Random, _key: Ed25519PrivateKey) -> Wound:
    source = _any(copy, draw)
    position = draw.randrange(len(copy.rows) + 1)
    copy.rows.insert(position, copy.rows[source])
    # A copy directly before or after its original stands where the original stood: the next place is the first wrong.
    return Wound(position + 1 if position == source else position)


def reordered_lines(copy: Copy, draw: Random, _key: Ed25519PrivateKey) -> Wound:
    one, other = sorted(draw.sample(range(len(copy.rows)), 2))
    copy.rows[one], copy.rows[other] = copy.rows[other], copy.rows[one]
    return Wound(one)


def back_dated_line(copy: Copy, draw: Random, key: Ed25519PrivateKey) -> Wound:
    """Through the front door: the house's own sealer signs a line that says it was written long ago."""
    last = copy.seals[-1]
    count = draw.randrange(1, 5)
    fresh = []
    for _nth in range(count):
        moment = f"{last.statement.time.timestamp():.6f}"
        fresh.append(_dated(altered(copy.rows[-1], 0, str(UUID(int=draw.getrandbits(128)))), moment))
    wrong = draw.randrange(count)
    past = last.statement.time - timedelta(minutes=draw.randrange(70, 600_000))
    fresh[wrong] = _dated(fresh[wrong], f"{past.timestamp():.6f}")
    position = len(copy.rows) + wrong
    copy.rows += fresh
    tree = Tree()
    tree.extend(sha256(LEAF + row).digest() for row in copy.rows)
    said = replace(
        last.statement,
        number=last.statement.number + 1,
        first=last.statement.size,
        last=tree.size - 1,
        size=tree.size,
        root=tree.root().hex(),
        previous=last.digest,
        since=last.statement.time,
        marks=b"".join(sha256(LEAF + row).digest()[:MARK] for row in fresh),
    )
    copy.seals.append(sign(said, key))
    return Wound(position)


def _dated(row: bytes, moment: str) -> bytes:
    return row[:41] + moment.encode() + b"," + row[41:].partition(b",")[2]


def forked_history(copy: Copy, draw: Random, key: Ed25519PrivateKey) -> Wound:
    """Somebody who holds the key writes history anew and signs it: whole in itself, and not what the witness kept."""
    position = _alter(copy, draw)
    copy.recompute(key)
    return Wound(position, alone=False)


def removed_batch(copy: Copy, draw: Random, _key: Ed25519PrivateKey) -> Wound:
    """A statement with all its lines, not the last."""
    nth = draw.randrange(len(copy.seals) - 1)
    said = copy.seals.pop(nth).statement
    del copy.rows[said.first : said.last + 1]
    return Wound(said.first)


CLASSES: tuple[Attack, ...] = (
    altered_field,
    altered_with_its_leaf,
    tree_recomputed_without_key,
    signed_with_another_key,
    removed_line,
    removed_tail,
    inserted_line,
    duplicated_line,
    reordered_lines,
    back_dated_line,
    forked_history,
    removed_batch,
)
