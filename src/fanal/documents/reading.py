"""A Word document read back as prose: headings, lists, tables and notes stay, styles and pictures go."""

from django.utils.translation import gettext as _

from fanal.documents import pandoc, prose
from fanal.errors import Invalid
from fanal.sandbox import cage

LARGEST = 20 * 1024**2
"""Bytes of a document that is read as text; a house rule."""


class Unreadable(Invalid):
    """The file is no Word document, or one that is not opened here. `facts["why"]`: the code of the cage."""

    def __init__(self, why: str) -> None:
        super().__init__("docx_unreadable", _words(why), field="file", why=why)


def read_docx(data: bytes) -> str:
    """Clean prose (see `prose.clean`) of a DOCX file of at most 20 MB.

    The file is inspected in the cage first: macros, embedded files, what is fetched from elsewhere, and archives that
    unpack without end are refused with `Unreadable`; pandoc then reads the inspected copy without files or network.
    Links to other pages go with the copy, their words stay.
    """
    if len(data) > LARGEST:
        raise Unreadable("too_heavy")
    made = cage.run(data)
    if made.refused:
        raise Unreadable(made.refused)
    if made.media != "docx":
        raise Unreadable("not_on_the_list")
    try:
        html = pandoc.convert(
            made.copy, source="docx+empty_paragraphs", target="html5", options=("--wrap=none",)
        )
    except pandoc.Failed as failure:
        raise Unreadable(failure.code) from None
    return prose.clean(html.decode())


def _words(why: str) -> str:
    said = {
        "macros": _("This file holds macros. Save it without them, as .docx, and choose it again."),
        "embedded": _("This file holds another file. Take it out, save, and choose the document again."),
        "fetches": _(
            "This file fetches parts from elsewhere. Save it with everything inside, and choose it again."
        ),
        "locked": _("This file is locked with a password. Save it without one, and choose it again."),
        "too_heavy": _(
            "This file is too large or takes too long to read. Take out the pictures, or divide it."
        ),
        "not_on_the_list": _("This is no Word document. Save the text as .docx and choose that file."),
    }
    return said.get(why) or _("This file cannot be read. Open it in Word, save it as .docx, and try again.")
