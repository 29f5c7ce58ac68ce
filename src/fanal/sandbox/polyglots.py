"""Bytes that are two kinds of file at once: one for the eye that checks, one for the program that opens."""

import io
import re
import zipfile

from fanal.sandbox.results import Refused

_PAGES = re.compile(
    rb"<script|<!doctype html|<iframe|<meta http|<hta:app|<\?php\s|<(html|body)[\s/>]|<svg[\s/>][\x09-\x7e]{8}",
    re.I,
)
"""Long enough that the noise of a photo does not say it: once in a hundred thousand photos of 25 MB."""
_WORDS = ("<script", "<html", "<!doctype html", "<svg", "<iframe", "<body", "<?php", "<hta:", "<meta http")
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
_ARCHIVES = (
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b\x08",
    b"PK\x03\x04",
    b"MSCF\0\0\0\0",
    b"%PDF-",
)
_PDF_WINDOW = 1024
"""Readers accept the header of a PDF anywhere in its first 1,024 bytes (ISO 32000-1, annex H.3.4.1)."""


def refuse(data: bytes) -> None:
    """`two_kinds` for a file that is also a page, an archive or a PDF besides what its first bytes say."""
    start = data[:4]
    is_pdf, is_zip = data.startswith(b"%PDF-"), start == b"PK\x03\x04"
    if not is_zip and zipfile.is_zipfile(io.BytesIO(data)):
        raise Refused("two_kinds")
    if not is_pdf and not is_zip and b"%PDF-" in data[:_PDF_WINDOW]:
        raise Refused("two_kinds")
    if not is_zip and not is_pdf and page_in(data):
        raise Refused("two_kinds")
    if is_pdf:
        _around(data)


def page_in(data: bytes) -> bool:
    """Whether a browser that guesses could find a page in it."""
    return _PAGES.search(data) is not None


def page_in_letters(words: str) -> bool:
    """The same of a text, where any mark of a page is one too many."""
    lower = words.lower()
    return any(mark in lower for mark in _WORDS)


def program(data: bytes) -> bool:
    """Whether it begins as something that a machine starts."""
    return data.startswith(_PROGRAMS)


def tail(data: bytes, end: int) -> None:
    """`two_kinds` when an archive, a program or a PDF hangs behind the end of a picture."""
    behind = data[end:].lstrip(b"\0\r\n \t")
    if behind.startswith((*_ARCHIVES, *_PROGRAMS)) or any(mark in behind for mark in _ARCHIVES[:2]):
        raise Refused("two_kinds")
    if b"%PDF-" in behind:
        raise Refused("two_kinds")


def _around(data: bytes) -> None:
    """Behind the last end of a PDF stands nothing but a line end."""
    end = data.rfind(b"%%EOF")
    if end < 0:
        raise Refused("unreadable", "pdf")
    behind = data[end + 5 :].strip(b"\0\r\n \t")
    if len(behind) > 1024 or page_in(behind) or behind.startswith((*_ARCHIVES, *_PROGRAMS)):
        raise Refused("two_kinds", "pdf")
    if page_in(data[:_PDF_WINDOW].split(b"\n", 1)[0]):
        raise Refused("two_kinds", "pdf")
