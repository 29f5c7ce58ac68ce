"""The questions to the magistrate: put by the Office, answered once, behind a wall that shows nothing else."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access import services as access
from fanal.access import vault
from fanal.access.models import Kind as Wall
from fanal.access.models import Level
from fanal.access.queries import visible
from fanal.access.rules import Member, Role
from fanal.access.services import Opening
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.country import queries as country
from fanal.errors import Invalid, NotAllowed, Refusal
from fanal.ids import new_id
from fanal.notify import services as notify
from fanal.protection.models import Notice, QuestionSet, Reply
from fanal.protection.queries import questions
from fanal.protection.queries.words import BARS
from fanal.protection.rules.deadlines import Party, answer_due, horizon
from fanal.protection.rules.facts import Answer, Kind
from fanal.protection.rules.moves import Bar
from fanal.protection.services.cases import unit_for
from fanal.protection.services.writing import (
    ZONE,
    Act,
    append,
    begin,
    close_clocks,
    finish,
    set_clocks,
    unanswered,
    withdraw_questions,
)
from fanal.referrals.rules.content import Item, from_json, only, to_json

ONCE = "protection_reply_question_set_id_key"


@transaction.atomic
def ask(
    *,
    by: Member,
    reference: str,
    magistrate_unit_id: int,
    judicial_reference: str = "",
    tell_identity: bool = False,
    at: datetime,
    version: int | None = None,
) -> QuestionSet:
    """Put every question of the law to a magistrate's unit (Belgian Aliens Act art. 61/3 §2: before the expiry).

    The unit sees the questions, the file's reference, its own reference, and the identity only if it is told: a copy.
    Questions that another unit has not answered are withdrawn. Refused: `NotFound`, `Stale`, `NotAllowed`
    `not_yours_to_decide`, `ended`, `already_asked`, `Invalid` `unknown_unit`, `unit_closed`.
    """
    act = begin(by=by, reference=reference, on=None, at=at, version=version)
    if not act.owns:
        raise NotAllowed("not_yours_to_decide", _("Only the service that decides asks the magistrate."))
    if act.stand.ended:
        raise Refusal("ended", BARS[Bar.ENDED])
    unit = unit_for(magistrate_unit_id, Role.MAGISTRATE, act.on, field="magistrate_unit")
    _withdraw_open(act, unit.id)
    fact = append(act, Kind.ASKED, data={"to": unit.id})
    wall = access.open_compartment(by=by, kind=Wall.QUESTION, at=at)
    end = horizon(act.stand, act.law)
    row_id = new_id()
    row = QuestionSet.objects.create(
        id=row_id,
        compartment=wall,
        reference=act.row.reference,
        matter_id=act.row.id,
        number=fact.number,
        office_unit_id=by.unit_id,
        magistrate_unit_id=unit.id,
        questions=[question.code for question in act.law.questions],
        asked_on=act.on,
        asked_at=at,
        asked_by=by.person_id,
        document_ends_on=end,
        sealed=_told(act, row_id, judicial_reference, tell_identity),
    )
    openings = [Opening(unit.id, Level.CONTRIBUTE, "decide_residence", "protection.questions")]
    access.grant(by=by, compartment=wall, openings=openings, at=at)
    due = answer_due(at, end, act.law, ZONE)
    set_clocks(wall.id, row.id, row.reference, [due], {Party.MAGISTRATE: unit.id}, at, watched_by=by.unit_id)
    notify.tell(unit_ids=[unit.id], kind="protection.ask", reference=row.reference, at=at)
    finish(act, "protection.ask", verb=Verb.DISCLOSE, facts={"to": unit.id, "identity": tell_identity})
    return row


def _withdraw_open(act: Act, unit_id: int) -> None:
    """One set of questions waits at a time, and nobody is asked twice the same."""
    if any(row.magistrate_unit_id == unit_id for row in unanswered(act)):
        raise Refusal("already_asked", _("This service was already asked and has not answered yet."))
    withdraw_questions(act)


def _told(act: Act, row_id: UUID, judicial_reference: str, tell_identity: bool) -> bytes | None:
    told: dict[str, object] = {}
    if judicial_reference.strip():
        told["judicial_reference"] = judicial_reference.strip()
    if tell_identity and act.row.identity:
        known = vault.unseal({act.row.id: act.row.identity}).get(act.row.id, {})
        told["about"] = to_json(only(from_json(known), [Item.PSEUDONYM, Item.IDENTITY]))
    return vault.seal(row_id, told) if told else None


@transaction.atomic
def answer(
    *,
    by: Member,
    question_set: UUID,
    answers: Mapping[str, str],
    words: Mapping[str, str] | None = None,
    at: datetime,
) -> Reply:
    """Answer every question with yes, no or not yet, and a few words where they help. It is given once.

    Belgian Aliens Act art. 61/3 §2, 61/4 §1 (R-P3-1: three positives open the next title). The same answers sent twice
    change nothing. Refused: `NotFound`, `already_answered`, `Invalid` `unanswered`, `unknown_code`.
    """
    row = questions.addressed(question_set, by)
    given = _demand_answers(row, answers)
    before = visible(Reply, by).filter(question_set=row).first()
    if before is not None and before.answers == given:
        return before
    reply_id = new_id()
    said = {code: text.strip() for code, text in (words or {}).items() if text.strip() and code in given}
    try:
        with transaction.atomic():
            reply = Reply.objects.create(
                id=reply_id,
                compartment_id=row.compartment_id,
                question_set=row,
                answers=given,
                words=vault.seal(reply_id, said) if said else None,
                on=timezone.localdate(at),
                at=at,
                answered_by=by.person_id,
                unit_id=by.unit_id,
            )
    except IntegrityError as error:
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") != ONCE:
            raise
        raise Refusal("already_answered", _("These questions were already answered.")) from None
    close_clocks(row.id, by, at)
    _trace(by, "protection.answer", at, row, {"answers": given})
    return reply


@transaction.atomic
def tell_event(*, by: Member, question_set: UUID, event: str, on: date, at: datetime) -> Notice:
    """Tell the Office of a judicial event (a conviction, a charge kept, proceedings ended), from the magistrate's side.

    Each event once for a set of questions; twice changes nothing. Refused: `NotFound`, `Invalid`
    `unknown_code`, `day_to_come`.
    """
    row = questions.addressed(question_set, by)
    today = timezone.localdate(at)
    if on > today:
        raise Invalid("day_to_come", _("This day is still to come."), field="on")
    if not country.law(today).has_code("judicial_event", event):
        raise Invalid("unknown_code", _("Choose from the list."), field="event")
    notice, new = Notice.objects.get_or_create(
        question_set=row,
        event=event,
        defaults={
            "compartment_id": row.compartment_id,
            "on": on,
            "at": at,
            "told_by": by.person_id,
            "unit_id": by.unit_id,
        },
    )
    if new:
        _trace(by, "protection.tell_event", at, row, {"event": event})
    return notice


def _demand_answers(row: QuestionSet, answers: Mapping[str, str]) -> dict[str, str]:
    for code, value in answers.items():
        if code not in row.questions or value not in set(Answer):
            raise Invalid("unknown_code", _("Choose from the list."), field=code)
    for code in row.questions:
        if code not in answers:
            raise Invalid("unanswered", _("Answer this question; “not yet known” is an answer."), field=code)
    return {code: str(answers[code]) for code in row.questions}


def _trace(by: Member, act: str, at: datetime, row: QuestionSet, facts: Mapping[str, object]) -> None:
    audit.record(
        by=by, verb=Verb.DISCLOSE, act=act, at=at, compartment_id=row.compartment_id,
        owner_unit_id=row.office_unit_id, object_ids=[row.id], purpose="decide_residence", reference=row.reference,
        facts=facts,
    )  # fmt: skip
    notify.tell(unit_ids=[row.office_unit_id], kind=act, reference=row.reference, at=at)
