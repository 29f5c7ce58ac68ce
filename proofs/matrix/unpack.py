"""What an answer says once it is opened: a page, a workbook, a letter, a calendar, a package."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from html import unescape

from pypdf import PdfReader


def said(body: bytes, content_type: str, headers: Mapping[str, str]) -> Iterator[bytes]:
    """Every form of an answer in which something could be read: headers, raw bytes, unpacked contents."""
    yield "\n".join(f"{name}: {value}" for name, value in headers.items()).encode()
    yield body
    if body.startswith(b"PK\x03\x04"):
        yield from _archive(body)
    elif body.startswith(b"%PDF"):
        yield from _letter(body)
    elif content_type.startswith("text/html"):
        yield unescape(body.decode(errors="replace")).encode()
    elif content_type.startswith("text/calendar"):
        yield body.replace(b"\r\n ", b"").replace(b"\r\n\t", b"")


def _archive(body: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        for name in package.namelist():
            yield name.encode()
            yield package.read(name)


def _letter(body: bytes) -> Iterator[bytes]:
    reader = PdfReader(io.BytesIO(body))
    yield str(dict(reader.metadata or {})).encode()
    for page in reader.pages:
        yield page.extract_text().encode()
