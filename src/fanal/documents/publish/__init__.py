"""One source, four formats: PDF, DOCX, ODT and HTML from the same document."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum

from django.utils import translation

from fanal.documents.model import Document, Frame
from fanal.documents.publish import docx, html, odt, pdf
from fanal.documents.publish.labels import Unresolved, resolved
from fanal.documents.reading import Unreadable, read_docx

__all__ = ["MEDIA", "Document", "Format", "Frame", "Unreadable", "Unresolved", "publish", "read_docx"]


class Format(StrEnum):
    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    HTML = "html"


MEDIA = {
    Format.PDF: "application/pdf",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.ODT: "application/vnd.oasis.opendocument.text",
    Format.HTML: "text/html; charset=utf-8",
}
_MAKERS: dict[Format, Callable[[Document, date], bytes]] = {
    Format.PDF: pdf.render,
    Format.DOCX: docx.render,
    Format.ODT: odt.render,
    Format.HTML: html.render,
}


def publish(document: Document, format: Format | str, on: date) -> bytes:
    """The file. `on` is the day on its title and in its metadata: the same document and day give the same bytes.

    Raises `Unresolved` for a reference that leads nowhere or a figure that nobody has put into words,
    `services.Unprintable` for a script without font in a PDF, ValueError for an unknown format.
    """
    make = _MAKERS[Format(format)]
    with translation.override(document.language):
        return make(resolved(document), on)
