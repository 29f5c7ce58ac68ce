"""The letters of the procedure: made when they are asked for, from the facts, and traced."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fanal.access import vault
from fanal.access.queries import visible
from fanal.access.rules import Member
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.country import queries as country
from fanal.documents.services import Letter, render_letter
from fanal.errors import Invalid, NotFound
from fanal.protection.models import Document, Fact, Procedure, QuestionSet
from fanal.protection.queries import files
from fanal.protection.queries import letters as written
from fanal.protection.queries.letters import Told
from fanal.protection.rules.deadlines import answer_due
from fanal.protection.rules.facts import Kind
from fanal.protection.services.writing import ZONE, purpose_of

LETTERS = (Kind.OPENED, Kind.DECIDED, Kind.REFUSED, Kind.ENDED, Kind.ASKED)
"""The facts that a letter tells of."""


@transaction.atomic
def letter(
    *, by: Member, reference: str, number: int, language: str, invitation: bool = False, at: datetime
) -> Letter:
    """The letter of a fact, by its number, as accessible PDF: the questions to the magistrate, the notice of an
    opening, a document, a refusal or an end to the centre, the invitation to collect a document.

    It bears the reference and no name (R-DOC-1: a word that says what happened makes it impossible). Refused:
    `NotFound` for a fact that the reader does not see or that has no letter, `Invalid` `unknown_language`.
    """
    if language not in dict(settings.LANGUAGES):
        raise Invalid("unknown_language", _("Fanal does not speak this language."), field="language")
    row = files.procedure(reference, by)
    fact = visible(Fact, by).filter(procedure=row, number=number, kind__in=LETTERS).first()
    if fact is None:
        raise NotFound
    told = _told(row, fact, by)
    if invitation and told.document is None:
        raise NotFound
    to = told.questions.magistrate_unit if told.questions else row.centre_unit
    values = written.letter(
        told,
        sender=row.office_unit,
        recipient=to,
        reference=row.reference,
        language=language,
        invitation=invitation,
    )
    made = render_letter("letter", language, values)
    audit.record(
        by=by, verb=Verb.DISCLOSE, act="protection.letter", at=at, compartment_id=row.compartment_id,
        owner_unit_id=row.office_unit_id, object_ids=[fact.id], purpose=purpose_of(row, by), reference=row.reference,
        facts={"number": number, "language": language, "invitation": invitation},
    )  # fmt: skip
    return made


def _told(row: Procedure, fact: Fact, by: Member) -> Told:
    law = country.law(fact.on)
    words = str(vault.unseal({fact.id: fact.words}).get(fact.id, "")) if fact.words else ""
    if fact.kind != Kind.ASKED:
        return Told(fact=fact, law=law, words=words, document=visible(Document, by).filter(fact=fact).first())
    asked = visible(QuestionSet, by).select_related("magistrate_unit")
    found = asked.filter(matter_id=row.id, number=fact.number).first()
    if found is None:
        raise NotFound
    told: dict[str, Any] = vault.unseal({found.id: found.sealed}).get(found.id, {}) if found.sealed else {}
    return Told(
        fact=fact,
        law=law,
        questions=found,
        judicial_reference=str(told.get("judicial_reference", "")),
        answer_by=answer_due(found.asked_at, found.document_ends_on, law, ZONE).on,
    )
