"""What lies on disk besides keys is encrypted under a key drawn from the caller's secret."""

import os
from hashlib import blake2b

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CTR

from .errors import Broken

NONCE = 12


class Seal:
    """Encryption of one index. `fingerprint` recognises the secret and says nothing about it."""

    def __init__(self, secret: bytes) -> None:
        self._key = blake2b(digest_size=32, key=secret, person=b"fanal.index.key").digest()
        self._frames = AESGCM(self._key)
        self.fingerprint = blake2b(digest_size=16, key=secret, person=b"fanal.index.fp").hexdigest()

    def frame(self, plain: bytes, place: bytes) -> bytes:
        """Sealed and bound to its place in its file."""
        nonce = os.urandom(NONCE)
        return nonce + self._frames.encrypt(nonce, plain, place)

    def opened(self, sealed: bytes, place: bytes) -> bytes:
        """The plain bytes; raises Broken when a single bit differs or the frame stood elsewhere."""
        try:
            return self._frames.decrypt(sealed[:NONCE], sealed[NONCE:], place)
        except (InvalidTag, ValueError) as problem:
            raise Broken("A part of the index was altered. Rebuild it from its source.") from problem

    def column(self, data: bytes, nonce: bytes) -> bytes:
        """A column of a segment, encrypted or decrypted (the same in both directions)."""
        stream = Cipher(AES256(self._key), CTR(nonce)).encryptor()
        return stream.update(data) + stream.finalize()
