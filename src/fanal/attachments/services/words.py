"""Why a file is not accepted, in words that say what to do."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as pgettext

from fanal.access import vault
from fanal.attachments.models import Attachment

_WHY: dict[str, Any] = {
    "empty": _("This file is empty. Choose another one."),
    "too_large": _("This file is larger than 25 MB. Make it smaller, or split it."),
    "not_on_the_list": _(
        "Files of this kind are not accepted. Send a PDF, a photo (JPEG, PNG, TIFF, WebP), plain text, or a document "
        "of Word, Excel or LibreOffice."
    ),
    "too_many_files": _(
        "There is no room for more files here: at most 100 files and 250 MB. Put several pages into one PDF."
    ),
    "not_ready": _("This file is not ready yet, or was not accepted. Wait until it is checked."),
    "two_kinds": _(
        "This file is two kinds of file at once, which only harmful files are. Take the photo again, or print the "
        "document into a new PDF."
    ),
    "unreadable": _(
        "This file is damaged, or not what it seems to be. Open it on your computer, save it again and send the new "
        "one."
    ),
    "too_heavy": _(
        "This file takes too much to open. Print the pages that matter into a new PDF and send that one."
    ),
    "too_many_pixels": _(
        "This picture is too large: at most 64 million points. Make it smaller and send it again."
    ),
    "too_many_pages": _(
        "This file has too many pages: at most 500 in a PDF and 50 in a scan. Split it and send the parts."
    ),
    "locked": _("This file is protected by a password. Save it without the password and send it again."),
    "macros": _(
        "This document holds macros or commands that run by themselves. Save it as PDF, or without macros, and send "
        "that one."
    ),
    "embedded": _("This document holds other files inside. Save it as PDF, or send the files one by one."),
    "fetches": _(
        "This document fetches something from elsewhere when it is opened. Save it as PDF and send that one."
    ),
    "entities": _(
        "This document is built in a way that harmful files use. Save it as PDF and send that one."
    ),
    "odd_names": _(
        "This document is built in a way that harmful files use. Save it as PDF and send that one."
    ),
    "virus": _(
        "The antivirus found something harmful in this file. Nobody can open it. Tell the people who run Fanal at your "
        "service, and do not open the file where it came from."
    ),
    "not_scanned": _(
        "The antivirus does not answer. The file is kept and cannot be opened yet; Fanal tries again by itself."
    ),
    "not_confined": _(
        "Files cannot be checked on this installation. Nothing is lost; tell the people who run Fanal at your service."
    ),
}
"""Code: sentence. Every code that the reading of a file can end with stands here."""

REMOVED: dict[str, Any] = {
    "metadata": _("who made it, when and with what"),
    "position": _("the place where the photo was taken"),
    "scripts": _("commands that run by themselves"),
    "files": _("files hidden inside"),
    "links": _("links to elsewhere"),
    "direction": _("signs that turn the direction of the text"),
}

MEDIA_LABELS: dict[str, Any] = {
    "pdf": "PDF",
    "jpeg": pgettext("file", "photo (JPEG)"),
    "png": pgettext("file", "picture (PNG)"),
    "tiff": pgettext("file", "scan (TIFF)"),
    "webp": pgettext("file", "picture (WebP)"),
    "text": pgettext("file", "plain text"),
    "docx": pgettext("file", "document (Word)"),
    "xlsx": pgettext("file", "spreadsheet (Excel)"),
    "odt": pgettext("file", "document (LibreOffice)"),
    "ods": pgettext("file", "spreadsheet (LibreOffice)"),
}


def why(code: str) -> Any:
    """The sentence of a code."""
    return _WHY.get(code, _WHY["unreadable"])


def name_of(row: Attachment) -> str:
    """The name a file came with; empty once its key was destroyed."""
    return str(vault.unseal({row.subject_id: row.sealed}).get(row.subject_id, {}).get("name", ""))


__all__ = ["MEDIA_LABELS", "REMOVED", "name_of", "why"]
