"""What may be attached, how much of it, and under which name it leaves. Pure."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

MEGABYTE = 1024**2
MOST_BYTES = 25 * MEGABYTE
"""One file. The antivirus daemon's own limit is the same by default (clamd.conf, StreamMaxLength)."""
MOST_FILES = 100
MOST_TOGETHER = 250 * MEGABYTE
"""Files of one object, and their bytes. House rules, not legal ones."""
LONGEST_NAME = 120
PIECE = 256 * 1024
"""Bytes sealed at once."""
LEASE = timedelta(minutes=5)
MOST_TRIES = 5
"""So often a reading that died is begun again: a file that kills its reader each time is refused."""

MEDIA: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "pdf": ("pdf", "application/pdf"),
        "jpeg": ("jpg", "image/jpeg"),
        "png": ("png", "image/png"),
        "tiff": ("tif", "image/tiff"),
        "webp": ("webp", "image/webp"),
        "text": ("txt", "text/plain; charset=utf-8"),
        "docx": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        "xlsx": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        "odt": ("odt", "application/vnd.oasis.opendocument.text"),
        "ods": ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    }
)
"""Kind: (extension, media type), the only ones under which anything leaves."""


@dataclass(frozen=True, slots=True)
class Attachable:
    """A kind of object that takes attachments: its table, who reads and who adds (permissions, one is enough), and
    its page, found by that attribute. `from_`: (kind, attribute with its id) of what it may copy from. `shut`: where
    the function stands that gives the compartments which are open to a member's unit and not to her."""

    model: str
    read: tuple[str, ...]
    add: tuple[str, ...]
    page: str
    by: str = "reference"
    from_: tuple[tuple[str, str], ...] = ()
    shut: str = ""


def shown_name(name: str) -> str:
    """A file's name as it is shown: the last part of a path, one line, no characters that turn it round.

    Never used for anything but to be read by a person: what leaves has a neutral name.
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(
        " " if unicodedata.category(char) in ("Zl", "Zp", "Zs", "Cc") else char
        for char in last
        if unicodedata.category(char) not in ("Cf", "Cs", "Co", "Cn")
    )
    return " ".join(kept.split())[:LONGEST_NAME]


def neutral_name(reference: str, number: int, media: str) -> str:
    """`A-7F3K-9QX4-03.pdf`: what a file is called when it leaves (R-DOC-1: a name may lie on a screen)."""
    return f"{reference}-{number:02}.{MEDIA[media][0]}"


def again_at(at: datetime, tries: int) -> datetime:
    """When a file that could not be read or scanned is tried again: after 5, 10, 20 minutes …, 6 hours at most."""
    return at + min(LEASE * (1 << max(tries - 1, 0)), timedelta(hours=6))


def refused_at_the_door(size: int, start: bytes) -> str:
    """The code of what can be said without reading the file: empty, too large, or plainly a program or a page."""
    if not size:
        return "empty"
    if size > MOST_BYTES:
        return "too_large"
    lowered = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_NEVER) or lowered.startswith(_PAGES):
        return "not_on_the_list"
    return ""


_NEVER = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"GIF8",
    b"\xd0\xcf\x11\xe0",
    b"MSCF",
)
_PAGES = (b"<!doctype", b"<html", b"<svg", b"<script", b"<?xml", b"<?php")
