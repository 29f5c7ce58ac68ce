"""A Merkle tree that only grows (RFC 6962, section 2.1; RFC 9162), kept as the roots of its full subtrees."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

HASH = 32
"""Bytes of a hash."""
LEAF, NODE = b"\x00", b"\x01"
"""What is put before a leaf and before an inner node, so that neither passes for the other."""


class Tree:
    """`size` leaves, and the roots of the full subtrees that make it up, the largest first (its peaks)."""

    __slots__ = ("peaks", "size")

    def __init__(self, size: int = 0, peaks: Sequence[bytes] = ()) -> None:
        """A tree taken up again where it was left. Raises ValueError: peaks that are not those of such a size."""
        if size < 0 or len(peaks) != size.bit_count() or any(len(peak) != HASH for peak in peaks):
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} peaks of {HASH} bytes")
        self.size, self.peaks = size, list(peaks)

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Append leaf hashes in their order."""
        peaks, size = self.peaks, self.size
        for leaf in leaves:
            node, full = leaf, size
            while full & 1:
                node = sha256(NODE + peaks.pop() + node).digest()
                full >>= 1
            peaks.append(node)
            size += 1
        self.size = size

    def root(self) -> bytes:
        """The hash that stands for all leaves and their order."""
        if not self.peaks:
            return sha256(b"").digest()
        node = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            node = sha256(NODE + peak + node).digest()
        return node

    def packed(self) -> bytes:
        """The peaks in a row, as they are kept."""
        return b"".join(self.peaks)


def unpacked(peaks: bytes) -> list[bytes]:
    """The peaks that `packed` put in a row."""
    return [peaks[at : at + HASH] for at in range(0, len(peaks), HASH)]
