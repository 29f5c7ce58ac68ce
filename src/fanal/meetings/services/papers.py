"""The agenda that leaves as a file, for one reader."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from fanal.access.rules import Member
from fanal.audit.services import Verb
from fanal.documents.publish import MEDIA, Format, publish
from fanal.errors import Invalid
from fanal.meetings import queries
from fanal.meetings.services.writing import sight, trace


@dataclass(frozen=True, slots=True)
class Paper:
    """A file with a name that says nothing but the reference."""

    name: str
    media_type: str
    content: bytes


@transaction.atomic
def paper(*, by: Member, reference: str, format: str, language: str = "", at: datetime) -> Paper:
    """The agenda of a meeting as `pdf`, `docx`, `odt` or `html`, with what this reader sees and nothing else. Frame and
    titles of what the system put there are in `language` (empty: hers); what members wrote stays as they wrote it.

    Refused: `NotFound`; `Invalid` (`format`, `unknown_language`).
    """
    if format not in list(Format):
        raise Invalid("format", _("Choose PDF, DOCX, ODT or HTML."), field="format")
    language = language or by.language
    if language not in dict(settings.LANGUAGES):
        raise Invalid("unknown_language", _("Fanal does not speak this language."), field="language")
    eye = sight(by, at)
    row = queries.meeting(reference, eye)
    with translation.override(language):
        made = queries.printed(row, eye, language)
    content = publish(made, format, timezone.localdate(at))
    trace(row, "paper", by=by, at=at, verb=Verb.CONSULT, facts={"format": format})
    return Paper(f"{row.reference}.{format}", MEDIA[Format(format)], content)
