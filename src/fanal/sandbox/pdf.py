"""PDF: opened by a reader that repairs nothing silently, emptied of what acts, written anew, drawn by another one."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
import pypdfium2

from fanal.sandbox import jpeg
from fanal.sandbox.pictures import PREVIEW_SIDE, PREVIEWS
from fanal.sandbox.results import Read, Refused

MOST_PAGES = 500
MOST_OBJECTS = 200_000
MOST_DEPTH = 60
MOST_STREAM = 64 * 1024**2
"""Bytes of one stream when it is unpacked; those that are only copied stay packed."""

# Keys that act by themselves, hide files or say who made it (ISO 32000-1: 12.6, 7.11, 14.3, 12.7.8, 14.5).
_ACT = frozenset(
    ("/AA", "/OpenAction", "/JS", "/JavaScript", "/Launch", "/SubmitForm", "/XFA", "/RichMediaContent")
)
_FILES = frozenset(("/EmbeddedFiles", "/EmbeddedFile", "/AF", "/EF", "/Collection", "/FS"))
_SAYS = frozenset(
    ("/Metadata", "/PieceInfo", "/LastModified", "/Perms", "/DSS", "/SpiderInfo", "/Thumb", "/ID")
)
_ACTIONS = frozenset(
    ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/URI", "/Rendition", "/Movie",
     "/Sound", "/ResetForm", "/Hide", "/Thread", "/GoTo3DView", "/RichMediaExecute")
)  # fmt: skip
_GO = frozenset(("/GoTo", "/Named"))
_NOTES = frozenset(
    ("/FileAttachment", "/Sound", "/Movie", "/Screen", "/RichMedia", "/3D", "/TrapNet", "/Projection")
)


def prepare() -> None:
    """Load both readers with a page of their own."""
    with pikepdf.new() as blank:
        blank.add_blank_page(page_size=(72, 72))
        made = io.BytesIO()
        blank.save(made)
    _draw(made.getvalue(), lambda *_: None)


def read(data: bytes, step: Callable[[str, int, int], None]) -> Read:
    """A PDF of at most 500 pages. `Refused`: `locked` (a password), `too_many_pages`, `too_heavy`, `unreadable`."""
    step("copy", 0, 1)
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as file:
            count, removed, copy = _emptied(file)
    except pikepdf.PasswordError:
        raise Refused("locked", "pdf") from None
    except (pikepdf.PdfError, RuntimeError, RecursionError, ValueError, TypeError, AttributeError):
        raise Refused("unreadable", "pdf") from None
    return Read("pdf", copy, count, tuple(_draw(copy, step)), frozenset(removed))


def _emptied(file: pikepdf.Pdf) -> tuple[int, set[str], bytes]:
    if file.is_encrypted:
        raise Refused("locked", "pdf")
    if len(file.objects) > MOST_OBJECTS:
        raise Refused("too_heavy", "pdf")
    count = len(file.pages)
    if count > MOST_PAGES:
        raise Refused("too_many_pages", "pdf")
    if not count:
        raise Refused("unreadable", "pdf")
    removed: set[str] = set()
    if "/Info" in file.trailer:
        del file.trailer["/Info"]
        removed.add("metadata")
    for thing in (file.Root, *file.objects):
        _empty(thing, removed, 0)
    made = io.BytesIO()
    file.save(
        made,
        compress_streams=True,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        deterministic_id=True,
    )
    return count, removed, made.getvalue()


def _empty(thing: Any, removed: set[str], depth: int) -> None:
    """Take out of one object, and of what stands directly in it, everything that acts, hides or tells."""
    if depth > MOST_DEPTH:
        raise Refused("too_heavy", "pdf")
    if isinstance(thing, pikepdf.Stream):
        _stream(thing, removed)
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        _dictionary(thing, removed)
        inner: Iterator[Any] = (value for _key, value in thing.items())
    elif isinstance(thing, pikepdf.Array):
        inner = iter(list(thing))
    else:
        return
    for value in list(inner):
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            _empty(value, removed, depth + 1)


def _dictionary(thing: Any, removed: set[str]) -> None:
    for keys, what in ((_ACT, "scripts"), (_FILES, "files"), (_SAYS, "metadata")):
        for key in keys & set(thing.keys()):
            del thing[key]
            removed.add(what)
    if "/A" in thing and isinstance(thing["/A"], pikepdf.Dictionary) and _kind(thing["/A"]) not in _GO:
        removed.add("links" if _kind(thing["/A"]) == "/URI" else "scripts")
        del thing["/A"]
    if _kind(thing) and _kind(thing) not in _GO and "/S" in thing and _acts(_kind(thing)):
        removed.add("scripts")
        for key in list(thing.keys()):
            del thing[key]
    if "/Annots" in thing and isinstance(thing["/Annots"], pikepdf.Array):
        kept = [note for note in thing["/Annots"] if not _forbidden(note)]
        if len(kept) != len(thing["/Annots"]):
            removed.add("files")
            thing["/Annots"] = pikepdf.Array(kept)


def _kind(action: Any) -> str:
    found = action.get("/S") if isinstance(action, pikepdf.Dictionary) else None
    return str(found) if isinstance(found, pikepdf.Name) else ""


def _acts(kind: str) -> bool:
    return kind in _ACTIONS


def _forbidden(note: Any) -> bool:
    return isinstance(note, pikepdf.Dictionary) and str(note.get("/Subtype")) in _NOTES


def _stream(thing: Any, removed: set[str]) -> None:
    """A photo inside keeps its pixels and loses the place where it was taken; a link to a file outside goes."""
    if "/F" in thing:
        del thing["/F"]
        removed.add("links")
    if thing.get("/Filter") == pikepdf.Name("/DCTDecode"):
        raw = thing.read_raw_bytes()
        plain = jpeg.bare(raw)
        if len(plain) != len(raw):
            removed.add("metadata")
            thing.write(plain, filter=pikepdf.Name("/DCTDecode"), decode_parms=thing.get("/DecodeParms"))


def _draw(copy: bytes, step: Callable[[str, int, int], None]) -> Iterator[bytes]:
    """The first pages as PNG. A page that cannot be drawn has no picture; the copy is good without."""
    try:
        with pypdfium2.PdfDocument(copy) as file:
            most = min(len(file), PREVIEWS)
            for nth in range(most):
                step("preview", nth, most)
                page = file[nth]
                longest = max(page.get_width(), page.get_height(), 1)
                drawn = page.render(scale=min(PREVIEW_SIDE / longest, 4), may_draw_forms=False).to_pil()
                made = io.BytesIO()
                drawn.convert("RGB").save(made, "PNG")
                yield made.getvalue()
    except pypdfium2.PdfiumError:
        return
