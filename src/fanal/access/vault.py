"""Identities at rest: AES-256-GCM with one key per subject, itself wrapped under the installation's key.

A subject is a person, or a file for its free text. Destroying the subject's key is the erasure. Searching goes through
keyed tokens (HMAC-SHA-256, one key per purpose), never through the sealed text.
"""

import hashlib
import hmac
import json
import os
import unicodedata
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from fanal.access.models import SubjectKey

_NONCE = 12


def seal(subject_id: UUID, value: object) -> bytes:
    """Encrypt a JSON-able value under the subject's key, made at its first use.

    The result is nonce ‖ ciphertext and opens only with the same subject id.
    """
    return _encrypt(_key(subject_id), json.dumps(value, ensure_ascii=False).encode(), subject_id)


def seal_new(values: Mapping[UUID, object]) -> dict[UUID, bytes]:
    """Encrypt {subject id: value} for subjects that have no key yet, all keys in one statement (see `seal`)."""
    keys = {subject: AESGCM.generate_key(256) for subject in values}
    SubjectKey.objects.bulk_create(
        SubjectKey(subject_id=subject, wrapped=_encrypt(_master(), key, subject))
        for subject, key in keys.items()
    )
    return {
        subject: _encrypt(keys[subject], json.dumps(value, ensure_ascii=False).encode(), subject)
        for subject, value in values.items()
    }


def unseal(sealed: Mapping[UUID, bytes | memoryview]) -> dict[UUID, Any]:
    """Decrypt {subject id: sealed value}, one query for all keys. A subject whose key was destroyed is left out."""
    keys = {row.subject_id: row.wrapped for row in SubjectKey.objects.filter(subject_id__in=sealed.keys())}
    return {
        subject: json.loads(_decrypt(_unwrap(subject, bytes(keys[subject])), bytes(blob), subject))
        for subject, blob in sealed.items()
        if subject in keys
    }


def token(purpose: str, text: str) -> bytes:
    """The keyed search token of a text (16 bytes), equal for texts that differ only in case, accents or spacing."""
    key = hmac.digest(bytes.fromhex(settings.FANAL_TOKEN_KEY), purpose.encode(), hashlib.sha256)
    return hmac.digest(key, plain(text).encode(), hashlib.sha256)[:16]


def plain(text: str) -> str:
    """A text without case, accents, punctuation and superfluous space, in any script."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = (char if char.isalnum() else " " for char in decomposed if not unicodedata.combining(char))
    return " ".join("".join(kept).split())


def _key(subject_id: UUID) -> bytes:
    row = SubjectKey.objects.filter(subject_id=subject_id).first()
    if row:
        return _unwrap(subject_id, bytes(row.wrapped))
    key = AESGCM.generate_key(256)
    SubjectKey.objects.create(subject_id=subject_id, wrapped=_encrypt(_master(), key, subject_id))
    return key


def _unwrap(subject_id: UUID, wrapped: bytes) -> bytes:
    return _decrypt(_master(), wrapped, subject_id)


def _master() -> bytes:
    return bytes.fromhex(settings.FANAL_VAULT_KEY)


def _encrypt(key: bytes, clear: bytes, subject_id: UUID) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, clear, subject_id.bytes)


def _decrypt(key: bytes, blob: bytes, subject_id: UUID) -> bytes:
    return AESGCM(key).decrypt(blob[:_NONCE], blob[_NONCE:], subject_id.bytes)
