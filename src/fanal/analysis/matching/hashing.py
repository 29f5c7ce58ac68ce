"""BLAKE2b (RFC 7693) of many short texts under one secret, in one compiled call: what `hashlib` answers of each.

A record has some fifty keys; `hashlib` alone takes as long for them as all the rest of a question.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from .compiled import compiled

SIZE = 8  # bytes of a hash
_BLOCK = 128
Words = npt.NDArray[np.uint64]
_IV = np.array(
    [
        0x6A09E667F3BCC908, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1,
        0x510E527FADE682D1, 0x9B05688C2B3E6C1F, 0x1F83D9ABFB41BD6B, 0x5BE0CD19137E2179,
    ],
    np.uint64,
)  # fmt: skip
_ORDER = np.array(
    [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
        [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
        [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
        [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
        [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
        [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
        [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
        [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
        [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
        [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
    ],
    np.uint8,
)


def hashes(texts: Sequence[str], secret: bytes, person: bytes) -> Words:
    """The first SIZE bytes of each text's hash as a number, little end first.

    `secret`: 1 to 64 bytes; `person`: what the hash is for, 16 bytes at most. No text is empty.
    """
    joined = "".join(texts)
    data = joined.encode()
    sizes = map(len, texts) if len(data) == len(joined) else (len(text.encode()) for text in texts)
    return _hashes(_begun(secret, person), data, np.fromiter(sizes, np.int64, len(texts)))


@lru_cache(maxsize=16)
def _begun(secret: bytes, person: bytes) -> Words:
    """The state after the secret, which is the first block."""
    parameters = bytes([SIZE, len(secret), 1, 1]).ljust(48, b"\0") + person.ljust(16, b"\0")
    state = _IV ^ np.frombuffer(parameters, np.uint64)
    _compress(state, np.frombuffer(secret.ljust(_BLOCK, b"\0"), np.uint64).copy(), _BLOCK, False)
    return state


@compiled
def _hashes(begun: Words, data: bytes, sizes: npt.NDArray[np.int64]) -> Words:
    found, state, block = np.empty(len(sizes), np.uint64), np.empty(8, np.uint64), np.empty(16, np.uint64)
    signs = block.view(np.uint8)
    at = 0
    for n in range(len(sizes)):
        state[:] = begun
        done, end = _BLOCK, at + sizes[n]
        while end - at > _BLOCK:
            for i in range(_BLOCK):
                signs[i] = data[at + i]
            at, done = at + _BLOCK, done + _BLOCK
            _compress(state, block, done, False)
        block[:] = 0
        for i in range(end - at):
            signs[i] = data[at + i]
        _compress(state, block, done + end - at, True)
        at, found[n] = end, state[0]
    return found


@compiled
def _compress(state: Words, block: Words, done: int, last: bool) -> None:
    a, b, c, d, e, f, g, h = state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]
    i, j, k, l, m, n, o, p = _IV[0], _IV[1], _IV[2], _IV[3], _IV[4] ^ np.uint64(done), _IV[5], _IV[6], _IV[7]  # noqa: E741
    if last:
        o = ~o
    for turn in range(12):
        to = _ORDER[turn % 10]
        a, e, i, m = _mixed(a, e, i, m, block[to[0]], block[to[1]])
        b, f, j, n = _mixed(b, f, j, n, block[to[2]], block[to[3]])
        c, g, k, o = _mixed(c, g, k, o, block[to[4]], block[to[5]])
        d, h, l, p = _mixed(d, h, l, p, block[to[6]], block[to[7]])  # noqa: E741
        a, f, k, p = _mixed(a, f, k, p, block[to[8]], block[to[9]])
        b, g, l, m = _mixed(b, g, l, m, block[to[10]], block[to[11]])  # noqa: E741
        c, h, i, n = _mixed(c, h, i, n, block[to[12]], block[to[13]])
        d, e, j, o = _mixed(d, e, j, o, block[to[14]], block[to[15]])
    for n_, mixed in enumerate((a ^ i, b ^ j, c ^ k, d ^ l, e ^ m, f ^ n, g ^ o, h ^ p)):
        state[n_] ^= mixed


@compiled
def _mixed(a: Any, b: Any, c: Any, d: Any, one: Any, other: Any) -> tuple[Any, Any, Any, Any]:
    a = a + b + one
    d = _turned(d ^ a, 32)
    c = c + d
    b = _turned(b ^ c, 24)
    a = a + b + other
    d = _turned(d ^ a, 16)
    c = c + d
    return a, _turned(b ^ c, 63), c, d


@compiled
def _turned(word: Any, by: int) -> Any:
    return (word >> np.uint64(by)) | (word << np.uint64(64 - by))
