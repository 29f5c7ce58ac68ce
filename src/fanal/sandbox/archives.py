"""A zip archive that is a document: every entry read within bounds, no trick of the format let through."""

import io
import stat
import struct
import zipfile
import zlib

from fanal.sandbox.results import Refused

MOST_ENTRIES = 2_000
MOST_BYTES = 150 * 1024**2
"""All entries unpacked."""
MOST_RATIO = 100
"""Times an entry above one megabyte may grow; markup grows ten to twenty times."""
_RATIO_FROM = 1024**2
_ARCHIVE = (
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"BZh",
    b"\xfd7zXZ\0",
    b"\xd0\xcf\x11\xe0",
    b"%PDF-",
)
_PROGRAM = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"#!")
_END, _LOCAL, _LOCAL_SIZE, _END_SIZE = b"PK\x05\x06", b"PK\x03\x04", 30, 22


def entries(data: bytes) -> dict[str, bytes]:
    """{name: content} of all files in it, in their order.

    `Refused`: `unreadable` (entries that overlap, hide or disagree with the directory), `odd_names` (paths that climb,
    links, two alike), `locked` (encrypted), `too_heavy` (more entries, bytes or growth than a document has).
    """
    _one_archive(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > MOST_ENTRIES:
                raise Refused("too_heavy")
            _names(infos)
            _places(data, infos)
            return _contents(archive, infos)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, OSError, ValueError):
        raise Refused("unreadable") from None


def is_archive(content: bytes) -> bool:
    """Whether it packs further files."""
    return content.startswith(_ARCHIVE)


def is_program(content: bytes) -> bool:
    return content.startswith(_PROGRAM)


def _one_archive(data: bytes) -> None:
    """The directory ends where the file ends: nothing behind it, no comment."""
    if data[-_END_SIZE : -_END_SIZE + 4] != _END:
        raise Refused("two_kinds")
    size, offset = struct.unpack_from("<II", data, len(data) - _END_SIZE + 12)
    if offset + size != len(data) - _END_SIZE:
        raise Refused("two_kinds")


def _names(infos: list[zipfile.ZipInfo]) -> None:
    seen = set()
    for info in infos:
        name, parts = info.filename, info.filename.rstrip("/").split("/")
        if not name or "\\" in name or name.startswith("/") or len(name) > 250 or name != info.orig_filename:
            raise Refused("odd_names")
        if any(part in ("", ".", "..") for part in parts) or not name.isprintable() or ":" in name:
            raise Refused("odd_names")
        mode = info.external_attr >> 16
        if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise Refused("odd_names")
        if name.lower() in seen:
            raise Refused("odd_names")
        seen.add(name.lower())


def _places(data: bytes, infos: list[zipfile.ZipInfo]) -> None:
    """Each entry stands once, behind the one before it, and says of itself what the directory says of it."""
    at = 0
    for info in sorted(infos, key=lambda each: each.header_offset):
        if info.flag_bits & 0x1:
            raise Refused("locked")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused("unreadable")
        start = info.header_offset
        if start < at or data[start : start + 4] != _LOCAL:
            raise Refused("unreadable")
        named, extra = struct.unpack_from("<HH", data, start + 26)
        if data[start + _LOCAL_SIZE : start + _LOCAL_SIZE + named] != info.filename.encode(
            "utf-8" if info.flag_bits & 0x800 else "cp437"
        ):
            raise Refused("unreadable")
        at = start + _LOCAL_SIZE + named + extra + info.compress_size
    if infos and min(info.header_offset for info in infos) != 0:
        raise Refused("two_kinds")


def _contents(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    if sum(info.file_size for info in infos) > MOST_BYTES:
        raise Refused("too_heavy")
    found, total = {}, 0
    for info in infos:
        if info.is_dir():
            continue
        if info.file_size > _RATIO_FROM and info.file_size > MOST_RATIO * max(info.compress_size, 1):
            raise Refused("too_heavy")
        with archive.open(info) as entry:
            content = entry.read(info.file_size + 1)
        total += len(content)
        if len(content) != info.file_size or total > MOST_BYTES:
            raise Refused("unreadable")
        found[info.filename] = content
    if not found:
        raise Refused("unreadable")
    return found
