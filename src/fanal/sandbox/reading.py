"""One file read inside: which kind it is by its content alone, its copy, its first pages as pictures."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass

import puremagic

from fanal.sandbox import office, pdf, pictures, polyglots, text
from fanal.sandbox.results import Read, Refused

__all__ = ["Read", "Refused", "Step", "prepare", "read"]

Step = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class _Kind:
    starts: Callable[[bytes], bool]
    read: Callable[[bytes, Step], Read]
    extensions: frozenset[str]


def _signature(*starts: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(starts)


_KINDS = (
    _Kind(_signature(b"%PDF-"), pdf.read, frozenset((".pdf", ".ai", ".fdf"))),
    _Kind(_signature(b"\xff\xd8\xff"), pictures.read, frozenset((".jpg", ".jpeg", ".jfif", ".jpe", ".jp2"))),
    _Kind(_signature(b"\x89PNG\r\n\x1a\n"), pictures.read, frozenset((".png", ".apng", ".mng"))),
    _Kind(_signature(b"II*\0", b"MM\0*"), pictures.read, frozenset()),
    _Kind(lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP", pictures.read, frozenset((".webp",))),
    _Kind(_signature(b"PK\x03\x04"), office.read, frozenset()),
)


def prepare() -> None:
    """What must be loaded before the files are taken away."""
    pictures.prepare()
    pdf.prepare()
    warnings.simplefilter("error", pictures.BOMB)


def read(data: bytes, step: Step) -> Read:
    """The kind, copy and previews of one file. Raises `Refused` for what is not on the list or not what it seems."""
    step("kind", 0, 1)
    if not data:
        raise Refused("empty")
    kind = next((kind for kind in _KINDS if kind.starts(data)), None)
    if kind is None:
        return text.read(data, step)
    _agrees(data, kind)
    polyglots.refuse(data)
    return kind.read(data, step)


def _agrees(data: bytes, kind: _Kind) -> None:
    """A second opinion: who reads the same bytes otherwise has found something that is two things at once."""
    if not kind.extensions:
        return
    try:
        found = {match.extension for match in puremagic.magic_string(data[:4096])}
    except (puremagic.PureError, ValueError):
        raise Refused("unreadable") from None
    if not found & kind.extensions:
        raise Refused("two_kinds")
