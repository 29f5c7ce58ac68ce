"""What lies on disk besides keys is encrypted under a key drawn from the caller's secret."""

import os
from hashlib import blake2b

import numpy as np
import numpy.typing as npt
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CTR, ECB

from fanal.analysis.matching.compiled import compiled

from .errors import Broken

NONCE = 12
_BLOCK = 16
Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int64]


class Seal:
    """Encryption of one index. `fingerprint` recognises the secret and says nothing about it."""

    def __init__(self, secret: bytes) -> None:
        self._key = blake2b(digest_size=32, key=secret, person=b"fanal.index.key").digest()
        self._frames = AESGCM(self._key)
        self._blocks = Cipher(AES256(self._key), ECB()).encryptor()  # noqa: S305 (of counters: this is CTR, see `parts`)
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

    def parts(self, sealed: Bytes, nonce: bytes, begins: Places, ends: Places) -> Bytes:
        """Some parts of a sealed column, decrypted and one after the other; nothing else of it is read.

        The same bytes as `column` gives: its blocks are numbered from the nonce, and only those that are needed are
        made, all of them in one call.
        """
        number = int(np.sum((ends + _BLOCK - 1) // _BLOCK - begins // _BLOCK))
        counters = np.empty((number, 2), np.uint64)
        high, low = np.frombuffer(nonce, ">u8").astype(np.uint64)
        _number(begins, ends, high, low, counters)
        stream = np.frombuffer(self._blocks.update(counters.byteswap().tobytes()), np.uint8)
        plain = np.empty(int(np.sum(ends - begins)), np.uint8)
        _unmask(sealed, stream, begins, ends, plain)
        return plain


@compiled
def _number(
    begins: Places, ends: Places, high: np.uint64, low: np.uint64, counters: npt.NDArray[np.uint64]
) -> None:
    at = 0
    for n in range(len(begins)):
        for block in range(begins[n] // 16, (ends[n] + 15) // 16):
            number = low + np.uint64(block)
            counters[at, 0] = high + np.uint64(1) if number < low else high
            counters[at, 1] = number
            at += 1


@compiled
def _unmask(sealed: Bytes, stream: Bytes, begins: Places, ends: Places, plain: Bytes) -> None:
    at, block = 0, 0
    for n in range(len(begins)):
        length = ends[n] - begins[n]
        over, into = sealed[begins[n] : ends[n]], plain[at : at + length]
        mask = stream[block + begins[n] % 16 :]
        for i in range(length):
            into[i] = over[i] ^ mask[i]
        at += length
        block += (ends[n] + 15) // 16 * 16 - begins[n] // 16 * 16
