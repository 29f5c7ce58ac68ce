"""Identities at rest: AES-256-GCM with one key per subject, itself wrapped under the installation's key.

A subject is a person, or a file for its free text. Destroying the subject's key is the erasure: its row stays, emptied,
so that no later act makes a new key for somebody who was erased. Searching goes through keyed tokens (HMAC-SHA-256, one
key per purpose), never through the sealed text.
"""

import hashlib
import hmac
import json
import os
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from fanal.access.models import SubjectKey
from fanal.errors import Refusal

_NONCE = 12
_DESTROYED = b""
K = TypeVar("K")


class Erased(Refusal):
    """The key of this person, or of this file's words, was destroyed: nothing is written there any more."""

    status = 410

    def __init__(self) -> None:
        super().__init__("erased", _("This was erased. It cannot be changed any more."))


def seal(subject_id: UUID, value: object) -> bytes:
    """Encrypt a JSON-able value under the subject's key, made at its first use.

    The result is nonce ‖ ciphertext and opens only with the same subject id. `Erased` once the key was destroyed.
    """
    return seal_each({subject_id: (subject_id, value)})[subject_id]


def seal_each(values: Mapping[K, tuple[UUID, object]], *, using: str | None = None) -> dict[K, bytes]:
    """As `seal`, many values at once: {what it is: (subject id, value)}. `using`: the database of a migration."""
    wanted = {subject for subject, _value in values.values()}
    rows = {row.pk: bytes(row.wrapped) for row in SubjectKey.objects.using(using).filter(pk__in=wanted)}
    if _DESTROYED in rows.values():
        raise Erased
    keys = {subject: _unwrap(subject, wrapped) for subject, wrapped in rows.items()}
    return _sealed(values, keys | _new_keys(wanted - keys.keys(), using))


def seal_new(values: Mapping[UUID, object]) -> dict[UUID, bytes]:
    """Encrypt {subject id: value} for subjects that have no key yet, all keys in one statement (see `seal`)."""
    return seal_new_each({subject: (subject, value) for subject, value in values.items()})


def seal_new_each(values: Mapping[K, tuple[UUID, object]]) -> dict[K, bytes]:
    """As `seal_new`, several values under one subject's new key: {what it is: (subject id, value)}."""
    return _sealed(values, _new_keys(dict.fromkeys(subject for subject, _value in values.values())))


def unseal(sealed: Mapping[UUID, bytes | memoryview]) -> dict[UUID, Any]:
    """Decrypt {subject id: sealed value}, one query for all keys. A subject whose key was destroyed is left out."""
    return unseal_each({subject: (subject, blob) for subject, blob in sealed.items()})


def unseal_each(
    sealed: Mapping[K, tuple[UUID, bytes | memoryview]], *, using: str | None = None
) -> dict[K, Any]:
    """As `unseal`, several values of one subject: {what it is: (subject id, sealed value)}; one query at most."""
    keys = _open_keys({subject for subject, _blob in sealed.values()}, using) if sealed else {}
    return {
        what: json.loads(_decrypt(keys[subject], bytes(blob), subject))
        for what, (subject, blob) in sealed.items()
        if subject in keys
    }


def erase(subject_ids: Iterable[UUID]) -> int:
    """Destroy the keys of these subjects, in the caller's transaction; returns how many were destroyed now.

    What was sealed under them opens for nobody any more, whoever holds the installation's key. A subject that never
    had a key gets none later. Twice changes nothing. The caller keeps the list for a restore (`fanal.retention`).
    """
    ids = set(subject_ids)
    destroyed = (
        SubjectKey.objects.filter(subject_id__in=ids).exclude(wrapped=_DESTROYED).update(wrapped=_DESTROYED)
    )
    SubjectKey.objects.bulk_create(
        (SubjectKey(subject_id=subject, wrapped=_DESTROYED) for subject in sorted(ids)), ignore_conflicts=True
    )
    return destroyed


def discard(subject_ids: Iterable[UUID]) -> None:
    """Destroy the keys of what goes with them in the same transaction, such as a draft: nothing is left to forget."""
    SubjectKey.objects.filter(subject_id__in=set(subject_ids)).delete()


def erased(subject_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Those of these subjects whose key was destroyed."""
    rows = SubjectKey.objects.filter(subject_id__in=set(subject_ids), wrapped=_DESTROYED)
    return frozenset(rows.values_list("subject_id", flat=True))


def token(purpose: str, text: str) -> bytes:
    """The keyed search token of a text (16 bytes), equal for texts that differ only in case, accents or spacing."""
    key = hmac.digest(bytes.fromhex(settings.FANAL_TOKEN_KEY), purpose.encode(), hashlib.sha256)
    return hmac.digest(key, plain(text).encode(), hashlib.sha256)[:16]


def plain(text: str) -> str:
    """A text without case, accents, punctuation and superfluous space, in any script."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = (char if char.isalnum() else " " for char in decomposed if not unicodedata.combining(char))
    return " ".join("".join(kept).split())


def _new_keys(subjects: Iterable[UUID], using: str | None = None) -> dict[UUID, bytes]:
    keys = {subject: AESGCM.generate_key(256) for subject in subjects}
    if keys:
        SubjectKey.objects.using(using).bulk_create(
            SubjectKey(subject_id=subject, wrapped=_encrypt(_master(), key, subject))
            for subject, key in keys.items()
        )
    return keys


def _sealed(values: Mapping[K, tuple[UUID, object]], keys: Mapping[UUID, bytes]) -> dict[K, bytes]:
    return {what: _encrypt(keys[subject], _json(value), subject) for what, (subject, value) in values.items()}


def _open_keys(subject_ids: set[UUID], using: str | None) -> dict[UUID, bytes]:
    rows = SubjectKey.objects.using(using).filter(subject_id__in=subject_ids).exclude(wrapped=_DESTROYED)
    return {row.subject_id: _unwrap(row.subject_id, bytes(row.wrapped)) for row in rows}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _unwrap(subject_id: UUID, wrapped: bytes) -> bytes:
    return _decrypt(_master(), wrapped, subject_id)


def _master() -> bytes:
    return bytes.fromhex(settings.FANAL_VAULT_KEY)


def _encrypt(key: bytes, clear: bytes, subject_id: UUID) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, clear, subject_id.bytes)


def _decrypt(key: bytes, blob: bytes, subject_id: UUID) -> bytes:
    return AESGCM(key).decrypt(blob[:_NONCE], blob[_NONCE:], subject_id.bytes)
