"""The reply to a body: a document put together from positions, measures, decisions and evidence that are held."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fanal.access.rules import Member, Permission
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.country import queries as country
from fanal.country.schema import Law
from fanal.documents import publish
from fanal.documents.model import Block, Blocks, Heading, Inlines, List, Paragraph, Words, table, text
from fanal.errors import Invalid, NotAllowed
from fanal.recommendations import queries
from fanal.recommendations.models import Kind
from fanal.recommendations.queries.coming import body_label
from fanal.recommendations.queries.cycles import Entry
from fanal.recommendations.rules.saying import said

_DAY = "d.m.Y"


@dataclass(frozen=True, slots=True)
class File:
    """A file to hand out."""

    name: str
    media: str
    content: bytes


@transaction.atomic
def reply(*, by: Member, body: str, document: str, language: str, format: str, at: datetime) -> File:
    """The reply to one document of a body, as DOCX, PDF, ODT or HTML; what is missing is listed at its head.

    Only what was stated stands in it, never a draft, and of decisions only what this reader may see. Refused:
    `NotFound`; `NotAllowed`; `Invalid` `format`, `language`.
    """
    if not by.may(Permission.RECOMMENDATION_READ):
        raise NotAllowed("not_allowed", _("Your function does not include this act."))
    if format not in set(publish.Format):
        raise Invalid("format", _("Choose one from the list."), field="format")
    if language not in ("fr", "nl", "de", "en"):
        raise Invalid("language", _("Choose one from the list."), field="language")
    on = timezone.localdate(at)
    entries = queries.cycle(body, document, by, on)
    made = publish.publish(assembled(entries, body, document, language, country.law(on)), format, on)
    audit.record(
        by=by, verb=Verb.DISCLOSE, act="recommendations.reply", at=at,
        object_ids=[each.line.row.pk for each in entries], facts={"format": format, "language": language},
    )  # fmt: skip
    name = f"reply-{body}-{entries[0].line.issued}.{format}"
    return File(name, publish.MEDIA[publish.Format(format)], made)


def assembled(
    entries: Sequence[Entry], body: str, document: str, language: str, law: Law
) -> publish.Document:
    """The document: what is still missing, a table at a glance, then each recommendation by theme with its answer."""
    with translation.override(language):
        title = _("Reply to %(body)s: %(document)s") % {
            "body": body_label(law, body, language),
            "document": document,
        }
        blocks: Blocks = (
            *_gaps(entries),
            _glance(entries, language, law),
            *_themes(entries, language, law),
        )
        frame = publish.Frame(
            subtitle=_("Draft, assembled from the register of recommendations"), reference=document
        )
        return publish.Document(title=title, language=language, blocks=blocks, frame=frame)


def _gaps(entries: Sequence[Entry]) -> Iterator[Block]:
    yield Heading(1, text(_("What is still missing")), key="gaps")
    positions = [each.line.row.number for each in entries if each.position is None]
    evidence = [each.line.row.number for each in entries if not each.line.row.has_evidence]
    if not positions and not evidence:
        yield Paragraph(text(_("Nothing: every recommendation has a position and evidence.")))
    if positions:
        words = ngettext(
            "%(n)d recommendation has no position yet:",
            "%(n)d recommendations have no position yet:",
            len(positions),
        )
        yield Paragraph(text(f"{words % {'n': len(positions)}} {', '.join(positions)}."))
    if evidence:
        words = ngettext(
            "%(n)d recommendation has no evidence yet:",
            "%(n)d recommendations have no evidence yet:",
            len(evidence),
        )
        yield Paragraph(text(f"{words % {'n': len(evidence)}} {', '.join(evidence)}."))


def _glance(entries: Sequence[Entry], language: str, law: Law) -> Block:
    rows = [
        [
            each.line.row.number,
            each.line.row.paragraph,
            _label(law, "recommendation_theme", each.line.row.theme, language),
            _position(each, language, law),
        ]
        for each in entries
    ]
    header = [_("Number"), _("Paragraph"), _("Theme"), _("Position")]
    return table(_("The recommendations at a glance"), header, rows, key="glance")


def _themes(entries: Sequence[Entry], language: str, law: Law) -> Iterator[Block]:
    before = None
    for each in entries:
        theme = each.line.row.theme
        if theme != before:
            yield Heading(1, text(_label(law, "recommendation_theme", theme, language)), key=f"theme-{theme}")
            before = theme
        yield from _entry(each, language, law)


def _entry(each: Entry, language: str, law: Law) -> Iterator[Block]:
    row = each.line.row
    place = ", ".join(filter(None, (row.document, row.paragraph)))
    yield Heading(2, text(f"{row.number} ({place})"), key=row.number.lower())
    force = _label(law, "recommendation_force", row.force, language)
    yield Paragraph((Words(f"{body_label(law, row.body, language)} ({force}): ", strong=True),
                     *text(said(row.words, language)[0])))  # fmt: skip
    if each.position is None:
        yield Paragraph((Words(_("No position yet."), emphasis=True),))
    else:
        stated = _("Position of the government, stated on %(day)s: %(position)s.") % {
            "day": date_format(each.position.stated_on, _DAY),
            "position": _position(each, language, law),
        }
        yield Paragraph((Words(stated, strong=True),))
        yield Paragraph(text(each.position.reason))
    for kind, heading in (
        (Kind.MEASURE, _("Measures")),
        (Kind.DECISION, _("Decisions")),
        (Kind.EVIDENCE, _("Evidence")),
    ):
        found = [_answer(answer) for answer in each.answers if answer.row.kind == kind]
        if found:
            yield Paragraph((Words(heading, strong=True),))
            yield List(tuple((Paragraph(words),) for words in found))
    if len(each.line.years) > 1:
        years = ", ".join(map(str, each.line.years))
        yield Paragraph(text(_("The same was asked in %(years)s.") % {"years": years}))


def _answer(answer: queries.Answered) -> Inlines:
    row = answer.row
    if row.kind == Kind.EVIDENCE:
        said_on = (Words(f"{date_format(row.on, _DAY)}: {row.words} "),)
        return (*said_on, Words(row.link, link=row.link)) if row.link else said_on
    return text(f"{row.key}: {answer.title}" if answer.title != row.key else row.key)


def _position(each: Entry, language: str, law: Law) -> str:
    if each.position is None:
        return _("no position yet")
    return _label(law, "recommendation_position", each.position.position, language)


def _label(law: Law, code_list: str, code: str, language: str) -> str:
    return law.label(code_list, code).get(language) if law.has_code(code_list, code) else code
