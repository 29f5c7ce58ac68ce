"""Plain text: letters in a known encoding and nothing that acts."""

import re
from collections.abc import Callable

from fanal.sandbox import polyglots
from fanal.sandbox.results import Read, Refused

MOST_CHARACTERS = 5_000_000
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""They make a text read otherwise than it is written."""
_OTHERS = (
    "%PDF-",
    "{\\rtf",
    "<?xml",
    "MIME-Version:",
    "BEGIN:VCARD",
    "%!PS",
    "[InternetShortcut]",
    "GIF8",
)


def read(data: bytes, _step: Callable[[str, int, int], None]) -> Read:
    """Text in UTF-8, UTF-16 with its mark, or Windows-1252; the copy is UTF-8.

    `Refused` with `not_on_the_list` for anything else: bytes that are no letters, pages, programs, mails.
    """
    if polyglots.program(data):
        raise Refused("not_on_the_list")
    words = _letters(data)
    if len(words) > MOST_CHARACTERS:
        raise Refused("too_heavy", "text")
    start = words.lstrip("\ufeff \t\r\n\f")
    if _CONTROLS.search(words) or start.startswith(_OTHERS) or not start:
        raise Refused("not_on_the_list")
    if polyglots.page_in_letters(words):
        raise Refused("not_on_the_list")
    plain = _BIDI.sub("", words.removeprefix("\ufeff"))
    removed = {"direction"} if plain != words.removeprefix("\ufeff") else set()
    return Read("text", plain.encode(), 1, (), frozenset(removed))


def _letters(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("not_on_the_list")
