"""The answer to a person who asks what is held of her, as a document in her language.

Regulation (EU) 2016/679, art. 12 and 15; Directive (EU) 2016/680, art. 14, restricted under art. 15, or through the
supervisory authority under art. 17: the country says which services answer themselves. The paper bears neutral words
only (R-DOC-1), and the unit's own files alone: another service answers for its own.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fanal.access import vault
from fanal.access.queries import wall_of
from fanal.access.rules import Member
from fanal.alerts import services as alerts
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.country import queries as country
from fanal.country.schema import Law, Rights
from fanal.directory import queries as directory
from fanal.documents.rules import forbidden_words
from fanal.documents.services import Letter, render_letter
from fanal.errors import Invalid
from fanal.ids import new_id
from fanal.protection import services as protection
from fanal.referrals import queries as referral_queries
from fanal.referrals import services as referrals
from fanal.referrals.rules.content import About, with_identity
from fanal.retention import queries, rules
from fanal.retention.models import Answer, File, Outcome
from fanal.retention.queries import LABELS
from fanal.retention.rules import Kind
from fanal.retention.services.erasing import holding, one_person
from fanal.retention.services.reviewing import mine

Block = dict[str, Any]
Held = dict[str, tuple[File, About]]
READ_OUT = gettext_lazy("Our service reads this to you: it does not stand on paper.")


@transaction.atomic
def answer(
    *,
    by: Member,
    reference: str,
    person: UUID | None = None,
    language: str,
    restriction: str = "",
    why: str = "",
    words: str = "",
    at: datetime,
) -> Letter:
    """The document for one person of a file of the unit: what the unit holds of her in all its own files, to whom it
    went, why, from where, how long, and her rights; disclosed in the trace.

    Where the country lets the supervisory authority answer, the document only says so. `restriction`: a ground on which
    less is said, with the reason `why`, which stays in the house. `words`: what else is held, as it may be read by her.
    Refused: `NotFound`; `Invalid` `unknown_language`, `unknown_code`, `why`, `which_person`; `documents` refusals.
    """
    row = mine(reference, by)
    held = holding(row, by, at)
    who = one_person(held, person)
    law = country.law(timezone.localdate(at))
    _demand(law, language, restriction, why)
    rights = law.rights(by.unit_kind)
    outcome = _outcome(rights, restriction)
    found = _all(by, who) if outcome is Outcome.FULL else {}
    with translation.override(language):
        blocks = _blocks(outcome, rights, found, by, law, language, words)
        unit = directory.unit(by.unit_id)
        name = _paper(unit.label(language)) or unit.short(language)
        letter = render_letter(
            "letter",
            language,
            {
                "subject": _("Your personal data"),
                "reference": reference,
                "on": timezone.localdate(at),
                "sender": [name],
                "recipient": [_("To be handed over in person")],
                "blocks": blocks,
                "signature": [name],
            },
        )
    _note(row, who, outcome, restriction, why, language, by, at)
    audit.record(
        by=by, verb=Verb.DISCLOSE, act="retention.answer", at=at, compartment_id=row.compartment_id,
        object_ids=[row.id, *(file.id for file, _about in found.values())], reference=reference,
        facts={"outcome": outcome.value, "restriction": restriction, "language": language, "files": len(found)},
    )  # fmt: skip
    return letter


def _demand(law: Law, language: str, restriction: str, why: str) -> None:
    if language not in dict(settings.LANGUAGES):
        raise Invalid("unknown_language", _("Fanal does not speak this language."), field="language")
    if restriction and not law.has_code("access_restriction", restriction):
        raise Invalid("unknown_code", _("Choose a ground from the list."), field="restriction")
    if restriction and not why.strip():
        raise Invalid("why", _("Say why less is said: the supervisory authority may ask."), field="why")


def _outcome(rights: Rights | None, restriction: str) -> Outcome:
    if rights is not None and rights.answers == "indirect":
        return Outcome.INDIRECT
    return Outcome.RESTRICTED if restriction else Outcome.FULL


def _all(by: Member, person: UUID) -> Held:
    """Everything of the unit's own files about the person, by reference."""
    told: dict[str, About] = {}
    for reference, (identity, _name) in alerts.held_of(by=by, person=person).items():
        told[reference] = with_identity(referral_queries.from_alert(reference, person, by), identity)
    told |= referrals.held_of(by=by, person=person) | protection.held_of(by=by, person=person)
    return {reference: (queries.file(reference, by), about) for reference, about in told.items()}


def _blocks(
    outcome: Outcome, rights: Rights | None, found: Held, by: Member, law: Law, language: str, words: str
) -> list[Block]:
    body = rights.body.get(language) if rights else _("the data protection authority")
    complain = _text(_("You may complain to: %(body)s. You may also go to court.") % {"body": body})
    if outcome is Outcome.INDIRECT:
        said = _("For this service your request is handled by: %(body)s. It checks for you and answers you.")
        return [_text(said % {"body": body})]
    if outcome is Outcome.RESTRICTED:
        return [
            _text(_("Your request was handled. The law does not let us say more at this moment.")),
            complain,
        ]
    blocks = [_text(_("You asked which of your personal data we hold. This is everything, file by file."))]
    for reference, (file, about) in found.items():
        blocks += _file(reference, file, about, by, law, language)
    if words.strip():
        blocks += [_heading(_("In words")), _text(_paper(words.strip()) or str(READ_OUT))]
    return [*blocks, _heading(_("Your rights")), _text(_RIGHTS()), complain]


def _RIGHTS() -> str:
    return _(
        "You may ask us to correct these data, to erase them, or to stop using them while this is examined. No machine "
        "decides about you."
    )


def _file(reference: str, file: File, about: About, by: Member, law: Law, language: str) -> list[Block]:
    until = rules.review_on(Kind(file.kind), file.opened_on, file.keep_until, law)
    told = [(label, _paper(words) or str(READ_OUT)) for label, words in _told(about, law, language)]
    sights = wall_of(file.compartment_id, by).others
    others = sorted({_paper(sight.unit) or str(READ_OUT) for sight in sights})
    return [
        _heading(_("File %(reference)s") % {"reference": reference}),
        _facts([
            (_("Opened on"), _day(file.opened_on)),
            (_("Looked at again on"), _day(until)),
            (_("Why"), _("To protect and help you, and because the law asks our service to.")),
            (_("From whom"), _("From you, or from the service that met you.")),
            (_("Given to"), "; ".join(others) or _("nobody")),
        ]),
        _facts(told or [(_("Data"), _("none that name you"))]),
    ]  # fmt: skip


def _told(about: About, law: Law, language: str) -> list[tuple[str, str]]:
    identity = about.identity
    born = _day(identity.birth_date) if identity.birth_date else ""
    known = {name: getattr(identity, name) for name in LABELS if hasattr(identity, name)} | {
        "birth_date": born
    }
    named = [(str(LABELS[name]), str(words)) for name, words in known.items() if words]
    return [*named, *referral_queries.told(about, law, language)]


def _note(
    row: File,
    person: UUID,
    outcome: Outcome,
    restriction: str,
    why: str,
    language: str,
    by: Member,
    at: datetime,
) -> None:
    answer_id, restricted = new_id(), outcome is Outcome.RESTRICTED
    Answer.objects.create(
        id=answer_id,
        compartment_id=row.compartment_id,
        file=row,
        person=person,
        outcome=outcome,
        restriction=restriction if restricted else "",
        sealed=vault.seal_new({answer_id: why.strip()})[answer_id] if restricted else None,
        language=language,
        at=at,
        answered_by=by.person_id,
    )


def _paper(words: str) -> str:
    """Words as they may stand on paper; empty when they may not (R-DOC-1)."""
    return "" if forbidden_words(words) else words


def _day(day: date) -> str:
    return str(date_format(day, "d.m.Y"))


def _text(words: str) -> Block:
    return {"kind": "text", "text": words}


def _heading(words: str) -> Block:
    return {"kind": "heading", "text": words}


def _facts(rows: list[tuple[str, str]]) -> Block:
    return {"kind": "facts", "rows": rows}
