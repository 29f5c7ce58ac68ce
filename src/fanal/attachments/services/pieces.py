"""Bytes in and out of the database, in pieces that open only in their own place (AES-256-GCM, one key a file).

The key is drawn for each attachment and stands sealed in its row, under the key of its subject (`access.vault`).
What a piece is of, which one it is and whether it is the last are authenticated with it: a piece that was moved,
repeated or left out is a fault, never a shorter file.
"""

import hashlib
import os
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from fanal.access import vault
from fanal.access.queries import visible
from fanal.access.rules import Member
from fanal.attachments.models import Attachment, Part, Piece
from fanal.attachments.rules import PIECE
from fanal.errors import NotFound

_NONCE = 12
_AT_ONCE = 8
"""Pieces in one statement: two megabytes."""


def sealed_about(subject_id: UUID, name: str, data: bytes) -> tuple[bytes, bytes]:
    """(what stands sealed in the row, the key of its pieces) of a new file. `Erased` where the subject was erased."""
    key = AESGCM.generate_key(256)
    told = {"name": name, "sha256": hashlib.sha256(data).hexdigest(), "key": key.hex()}
    return vault.seal(subject_id, told), key


def key_of(row: Attachment) -> bytes:
    """The key of its pieces. `NotFound` once the subject's key was destroyed."""
    told: dict[str, Any] | None = vault.unseal({row.subject_id: row.sealed}).get(row.subject_id)
    if told is None:
        raise NotFound
    return bytes.fromhex(told["key"])


def write(row: Attachment, key: bytes, part: Part, data: bytes, *, page: int = 0) -> None:
    """Keep a part of an attachment; the caller's context must be able to write in its file."""
    batch: list[Piece] = []
    for number, last, clear in _cut(data):
        sealed = _seal(key, clear, _place(row.id, part, page, number, last=last))
        batch.append(
            Piece(
                attachment=row,
                compartment_id=row.compartment_id,
                part=part,
                page=page,
                number=number,
                sealed=sealed,
            )
        )
        if last or len(batch) == _AT_ONCE:
            Piece.objects.bulk_create(batch)
            batch = []


def read(row: Attachment, key: bytes, part: Part, by: Member, *, page: int = 0) -> bytes:
    """A part of an attachment, whole; `NotFound` when there is none that the member sees."""
    return opened(row, key, part, visible(Piece, by).filter(attachment=row), page=page)


def opened(row: Attachment, key: bytes, part: Part, pieces: Any, *, page: int = 0) -> bytes:
    """As `read`, out of these pieces. Raises `InvalidTag` when one was moved, changed or left out."""
    blobs = pieces.filter(part=part, page=page).order_by("number").values_list("sealed", flat=True)
    found = [bytes(blob) for blob in blobs.iterator(chunk_size=_AT_ONCE)]
    if not found:
        raise NotFound
    last = len(found) - 1
    return b"".join(
        _open(key, blob, _place(row.id, part, page, number, last=number == last))
        for number, blob in enumerate(found)
    )


def _cut(data: bytes) -> Iterator[tuple[int, bool, bytes]]:
    count = max(-(-len(data) // PIECE), 1)
    for number in range(count):
        yield number, number == count - 1, data[number * PIECE : (number + 1) * PIECE]


def _place(attachment_id: UUID, part: str, page: int, number: int, *, last: bool) -> bytes:
    return attachment_id.bytes + f"|{part}|{page}|{number}|{int(last)}".encode()


def _seal(key: bytes, clear: bytes, place: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, clear, place)


def _open(key: bytes, sealed: bytes, place: bytes) -> bytes:
    return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], place)
