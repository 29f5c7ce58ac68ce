"""The segments of a JPEG (ISO/IEC 10918-1, annex B): where it ends, and the same without what it carries along."""

import re
from collections.abc import Iterator

_MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
_SOS, _EOI, _COMMENT, _ICC, _ADOBE = 0xDA, 0xD9, 0xFE, 0xE2, 0xEE


def end(data: bytes) -> int:
    """The position behind its own end of image; its length for one that was cut short."""
    return max((stop for _marker, _start, stop in _segments(data)), default=len(data))


def bare(data: bytes) -> bytes:
    """The same picture without application segments and comments, but with its colour profile. Lossless."""
    if not data.startswith(b"\xff\xd8"):
        return data
    kept = [b"\xff\xd8"]
    for marker, start, stop in _segments(data):
        if marker == _COMMENT or (0xE0 <= marker <= 0xEF and not _needed(marker, data[start + 4 : stop])):
            continue
        kept.append(data[start:stop])
    return b"".join(kept)


def _needed(marker: int, content: bytes) -> bool:
    """What a decoder needs for the colours."""
    return marker == _ADOBE or (marker == _ICC and content.startswith(b"ICC_PROFILE\0"))


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """(marker, start, stop) of each segment behind the start of image; a scan goes as far as its entropy data.

    Bytes between two segments belong to none, as readers take it.
    """
    at = 2
    while found := _MARKER.search(data, at):
        marker, start = data[found.end() - 1], found.end() - 2
        if marker == _EOI:
            yield marker, start, start + 2
            return
        stop = start + 2 + int.from_bytes(data[start + 2 : start + 4], "big")
        if marker == _SOS:
            after = _MARKER.search(data, stop)
            stop = after.start() if after else len(data)
        yield marker, start, stop
        at = stop
