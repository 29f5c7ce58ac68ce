"""What the letters of the procedure say, in the language asked for. No name, and no word about what happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fanal.country.schema import DocumentKind, Ground, Law, Move, Question
from fanal.directory.queries import Unit
from fanal.documents.rules import FORBIDDEN_WORDS, forbidden_words
from fanal.protection.models import Document, Fact, QuestionSet
from fanal.protection.queries.words import article, label
from fanal.protection.rules.facts import Kind

Block = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a letter is about: the fact, what followed from it, and the law of its day."""

    fact: Fact
    law: Law
    words: str = ""
    document: Document | None = None
    questions: QuestionSet | None = None
    judicial_reference: str = ""
    answer_by: date | None = None


def letter(
    told: Told, *, sender: Unit, recipient: Unit, reference: str, language: str, invitation: bool
) -> dict[str, Any]:
    """The values of a letter as `documents.services.render_letter` wants them."""
    with translation.override(language):
        subject, blocks = _invitation(told, language) if invitation else _notice(told, language)
        to = discreet_name(recipient, language)
        return {
            "subject": subject,
            "reference": reference,
            "on": told.fact.on,
            "sender": [discreet_name(sender, language)],
            "recipient": [_("For the holder of the document"), _("care of %(unit)s") % {"unit": to}]
            if invitation
            else [to],
            "blocks": blocks,
            "signature": [discreet_name(sender, language)],
        }


def discreet_name(unit: Unit, language: str) -> str:
    """A unit's name as it may stand on paper: the short one where the long one says too much (R-DOC-1)."""
    name: str = unit.label(language)
    short: str = unit.short(language)
    return short if forbidden_words(name) else name


def _notice(told: Told, language: str) -> tuple[str, list[Block]]:
    kind = Kind(told.fact.kind)
    if kind is Kind.ASKED:
        return _questions(told, language)
    if kind is Kind.ENDED:
        return _ended(told, language)
    if kind is Kind.REFUSED:
        return _refused(told, language)
    if kind is Kind.DECIDED:
        return _given(told, language) if told.document else _decided(told, language)
    return _("File opened"), [
        _text(_("A file was opened under this reference on %(day)s.") % {"day": _day(told.fact.on)}),
        _text(_("Please use this reference in every message, and no name.")),
    ]


def _given(told: Told, language: str) -> tuple[str, list[Block]]:
    return _("Document given"), [
        _text(_("The following document is given to the holder.")),
        _rows(_document_rows(told, language)),
        _text(_("What follows is to be asked for before the last day.")),
        *_reasons(told),
    ]


def _decided(told: Told, language: str) -> tuple[str, list[Block]]:
    step = label(told.law, Move, told.fact.code, language)
    return _("Decision"), [
        _text(_("The following was decided.")),
        _rows([(_("Decision"), step), (_("Legal basis"), article(told.fact.basis))]),
        *_reasons(told),
    ]


def _refused(told: Told, language: str) -> tuple[str, list[Block]]:
    step = label(told.law, Move, told.fact.code, language)
    return _("Request refused"), [
        _text(_("The following request was refused.")),
        _rows([(_("Request"), step), (_("Legal basis"), article(told.fact.basis))]),
        *_reasons(told),
    ]


def _ended(told: Told, language: str) -> tuple[str, list[Block]]:
    rows = [
        (pgettext("end", "Ground"), label(told.law, Ground, told.fact.code, language)),
        (_("On"), _day(told.fact.on)),
        (_("Legal basis"), article(told.fact.basis)),
    ]
    leave = [_text(_("An order to leave the territory goes with this decision."))]
    return _("Procedure ended"), [
        _text(_("The procedure under this reference has ended. The running document ends on the same day.")),
        _rows(rows),
        *(leave if told.fact.data.get("order_to_leave") else []),
        *_reasons(told),
    ]


def _questions(told: Told, language: str) -> tuple[str, list[Block]]:
    codes: Sequence[str] = told.questions.questions if told.questions else ()
    rows = [(_("Your reference"), told.judicial_reference)] if told.judicial_reference else []
    if told.answer_by:
        rows.append((_("Please answer by"), _day(told.answer_by)))
    return _("Questions for the magistrate"), [
        _text(_("Before a decision is taken in this file, we ask for your answer to these questions.")),
        *([_rows(rows)] if rows else []),
        {"kind": "list", "items": [label(told.law, Question, code, language) for code in codes]},
        _text(_("Each may be answered with yes, no, or not yet known.")),
    ]


def _invitation(told: Told, language: str) -> tuple[str, list[Block]]:
    return _("Invitation"), [
        _text(_("A document is ready for you. You are invited to collect it.")),
        _rows(_document_rows(told, language)),
        _text(_("Bring this letter, and what proves who you are if you have it.")),
        _text(_("You may come with somebody you trust.")),
        _text(_("Whoever gave you this letter can tell you where and when, and help you in your language.")),
    ]


def _document_rows(told: Told, language: str) -> list[tuple[str, str]]:
    given = told.document
    if given is None:
        return []
    until = _day(given.last_day) if given.last_day else _("without end")
    return [
        (_("Document"), label(told.law, DocumentKind, given.kind, language)),
        (_("First day"), _day(given.first_day)),
        (_("Last day"), until),
        (_("Legal basis"), article(given.basis)),
    ]


def _reasons(told: Told) -> list[Block]:
    return [{"kind": "heading", "text": _("Reasons")}, _text(told.words)] if told.words else []


def _text(words: str) -> Block:
    return {"kind": "text", "text": words}


def _rows(rows: Sequence[tuple[str, str]]) -> Block:
    return {"kind": "facts", "rows": [list(row) for row in rows]}


def _day(day: date) -> str:
    return date_format(day, "l j F Y")


def unsafe_words(law: Law) -> tuple[str, ...]:
    """The words that must not stand on paper: those of the house, and those that the country adds."""
    labels = (code.label for code in law.codes("unsafe_word"))
    own = (word for text in labels for word in (text.fr, text.nl, text.de, text.en) if word)
    return tuple(dict.fromkeys((*FORBIDDEN_WORDS, *own)))
