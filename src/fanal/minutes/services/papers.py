"""Minutes that leave as a file, for one reader."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from fanal.access.rules import Member
from fanal.audit.services import Verb
from fanal.documents.publish import MEDIA, Format, publish
from fanal.errors import Invalid
from fanal.minutes import queries
from fanal.minutes.services.common import trace


@dataclass(frozen=True, slots=True)
class Paper:
    """A file with a name that says nothing but the reference."""

    name: str
    media_type: str
    content: bytes


@transaction.atomic
def paper(
    *, by: Member, reference: str, format: str, item_id: UUID | None = None, language: str = "", at: datetime
) -> Paper:
    """The minutes, or the extract of one item, as `pdf`, `docx`, `odt` or `html`, with what this reader sees and
    nothing else. The frame is in `language`; notes stay in the language in which they were written.

    Refused: `NotFound`; `Invalid` `format`, `unknown_language`.
    """
    if format not in list(Format):
        raise Invalid("format", _("Choose PDF, DOCX, ODT or HTML."), field="format")
    language = language or by.language
    if language not in dict(settings.LANGUAGES):
        raise Invalid("unknown_language", _("Fanal does not speak this language."), field="language")
    eye = queries.sight(by, at)
    with translation.override(language):
        sheet = queries.sheet(reference, eye, at)
        made = queries.extract(sheet, item_id, language) if item_id else queries.whole(sheet, language)
    content = publish(made, format, timezone.localdate(at))
    part = next((each.line.reference for each in sheet.items if each.line.item_id == item_id), "")
    trace("paper", sheet.row, by=by, at=at, verb=Verb.CONSULT, format=format, whole=not part)
    name = "-".join(filter(None, [sheet.row.reference, part]))
    return Paper(f"{name}.{format}", MEDIA[Format(format)], content)
