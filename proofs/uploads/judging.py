"""Whether what became of a hostile file is what must become of it."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping

from fanal.sandbox.cage import Made
from proofs.uploads.case import CANARY, Case

_TYPES = re.compile(
    r"application/(pdf|vnd\.(openxmlformats-officedocument|oasis\.opendocument)\.[a-z.]+)|image/(jpeg|png|tiff|webp)"
    r"|text/plain; charset=utf-8"
)
_NAME = re.compile(
    r'attachment; filename="[A-Z0-9-]{11,14}(-\d+)*\.(pdf|jpg|png|tif|webp|txt|docx|xlsx|odt|ods)"'
)


def wrong(case: Case, refused: str, copy: bytes) -> str:
    """What is wrong with a verdict, in words; empty when it is right."""
    if case.accepted and not case.either and refused:
        return f"{case.name}: refused as {refused}, and should be kept without what harms"
    if not case.accepted and not refused:
        return f"{case.name}: accepted"
    kept = [] if refused else [mark for mark in (*case.never, CANARY) if _holds(copy, mark)]
    return f"{case.name}: its copy still holds {kept[0]!r}" if kept else ""


def of_made(case: Case, made: Made) -> str:
    return wrong(case, made.refused, made.copy)


def shown(case: Case, headers: Mapping[str, str]) -> str:
    """What an answer with a file's bytes lets a browser do that it must not; empty for nothing."""
    faults = (
        (not _NAME.fullmatch(headers["Content-Disposition"]), "its name"),
        (headers["Content-Security-Policy"] != "sandbox; default-src 'none'", "its policy"),
        (headers["X-Content-Type-Options"] != "nosniff", "guessing of its kind"),
        (headers["Cross-Origin-Resource-Policy"] != "same-origin", "use from elsewhere"),
        (not _TYPES.fullmatch(headers["Content-Type"]), f"as {headers['Content-Type']}"),
        ("no-store" not in headers["Cache-Control"], "keeping"),
    )
    return next((f"{case.name}: {words}" for bad, words in faults if bad), "")


def _holds(copy: bytes, mark: bytes) -> bool:
    return any(mark in part for part in _parts(copy))


def _parts(copy: bytes) -> Iterator[bytes]:
    yield copy
    if copy.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(copy)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield archive.read(name)
