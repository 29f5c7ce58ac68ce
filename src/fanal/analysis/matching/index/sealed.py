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

from fanal.analysis.matching.compiled import lean

from .errors import Broken

NONCE = 12
BLOCK = 16
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
        counters = np.empty(BLOCK * int(np.sum((ends + BLOCK - 1) // BLOCK - begins // BLOCK)), np.uint8)
        plain = np.empty(int(np.sum(ends - begins)), np.uint8)
        high, low = np.frombuffer(nonce, ">u8").astype(np.uint64)
        _number(begins, ends, high, low, counters)
        _unmask(sealed, self.masks(counters), begins, ends, plain)
        return plain

    def masks(self, counters: Bytes) -> Bytes:
        """What the numbered blocks of a sealed column are masked with."""
        return np.frombuffer(self._blocks.update(counters.data), np.uint8)


@lean
def _number(begins: Places, ends: Places, high: np.uint64, low: np.uint64, counters: Bytes) -> None:
    at = 0
    for n in range(len(begins)):
        at = number(begins[n], ends[n], high, low, counters, at)


@lean
def number(begin: int, end: int, high: np.uint64, low: np.uint64, counters: Bytes, at: int) -> int:
    """Write the numbers of the blocks that a part lies in; answers where those of the next part stand."""
    numbers = counters.view(np.uint64)
    for block in range(begin // BLOCK, (end + BLOCK - 1) // BLOCK):
        this = low + np.uint64(block)
        numbers[at // 8] = _turned(high + np.uint64(1) if this < low else high)
        numbers[at // 8 + 1] = _turned(this)
        at += BLOCK
    return at


@lean
def _turned(number: np.uint64) -> np.uint64:
    """Its eight bytes in the other order."""
    for shift, mask in ((8, 0x00FF00FF00FF00FF), (16, 0x0000FFFF0000FFFF), (32, 0x00000000FFFFFFFF)):
        by, low = np.uint64(shift), np.uint64(mask)
        number = (number & low) << by | number >> by & low
    return number


@lean
def _unmask(sealed: Bytes, masks: Bytes, begins: Places, ends: Places, plain: Bytes) -> None:
    at, block = 0, 0
    for n in range(len(begins)):
        block = unmask(sealed, begins[n], ends[n], masks, block, plain[at:])
        at += ends[n] - begins[n]


@lean
def unmask(sealed: Bytes, begin: int, end: int, masks: Bytes, block: int, plain: Bytes) -> int:
    """Write what a part says; answers where the masks of the next part begin."""
    over, mask = sealed[begin:end], masks[block + begin % BLOCK :]
    for i in range(end - begin):
        plain[i] = over[i] ^ mask[i]
    return block + (end + BLOCK - 1) // BLOCK * BLOCK - begin // BLOCK * BLOCK
