"""Reading is an act: what was read, by whom and why, is traced with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access import vault
from fanal.access.queries import Wall, visible, wall_of
from fanal.access.rules import Member
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.country import queries as country
from fanal.country.schema import Law, Move
from fanal.errors import Invalid
from fanal.protection.models import Deadline, Document, Fact, Procedure, QuestionSet, Reply, Request
from fanal.protection.queries import files, lists, questions
from fanal.protection.rules import moves
from fanal.protection.rules.facts import File, Status, status
from fanal.protection.rules.moves import Option
from fanal.protection.services.writing import purpose_of
from fanal.referrals.rules.content import About, from_json
from fanal.web import disclosure


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A procedure as its page and its API show it: no identity, and of the questions what the reader sees of them.

    `words`: motivations and best interests by fact id; `replies`: answers by question set, their words in `said`.
    """

    row: Procedure
    file: File
    status: Status
    law: Law
    options: tuple[Option, ...]
    ending: Move | None
    facts: Sequence[Fact]
    words: Mapping[UUID, str]
    best_interests: Mapping[UUID, str]
    documents: Sequence[Document]
    questions: Sequence[QuestionSet]
    replies: Mapping[UUID, Reply]
    said: Mapping[UUID, Mapping[str, str]]
    clocks: Sequence[Deadline]
    wall: Wall


@transaction.atomic
def consult(*, by: Member, reference: str, at: datetime) -> Sheet:
    """Open a procedure, traced with the purpose of the unit's seat. `NotFound`. The number of SQL statements does not
    grow with the file."""
    row = files.procedure(reference, by)
    facts, documents = files.facts(row, by), files.documents(row, by)
    sets = files.question_sets(row.id, by)
    replies = files.replies(sets, by)
    file = files.file_of(row, facts, documents, sets, replies, files.notices(sets, by))
    law = country.law(timezone.localdate(at))
    _record(by, "protection.consult", at, row, purpose_of(row, by))
    return Sheet(
        row=row,
        file=file,
        status=status(file),
        law=law,
        options=moves.options(file, law),
        ending=moves.ending(file, law),
        facts=facts,
        words=vault.unseal({fact.id: fact.words for fact in facts if fact.words}),
        best_interests=vault.unseal({fact.id: fact.best_interests for fact in facts if fact.best_interests}),
        documents=documents,
        questions=sets,
        replies=replies,
        said=_said(replies),
        clocks=lists.clocks_of(reference, by),
        wall=wall_of(row.compartment_id, by),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSheet:
    """A request to open as its page and its API show it: no identity."""

    row: Request
    law: Law
    words: str
    answer: str
    clocks: Sequence[Deadline]
    wall: Wall


@transaction.atomic
def consult_request(*, by: Member, reference: str, at: datetime) -> RequestSheet:
    """Open a request, traced. `NotFound`."""
    row = lists.request(reference, by)
    _record(by, "protection.consult_request", at, row, _request_purpose(row, by))
    return RequestSheet(
        row=row,
        law=country.law(timezone.localdate(at)),
        words=_one(row.id, row.words),
        answer=_one(row.id, row.answer),
        clocks=lists.clocks_of(reference, by),
        wall=wall_of(row.compartment_id, by),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSheet:
    """Questions as the magistrate sees them, with what the Office told, and the answer once it was given."""

    row: QuestionSet
    law: Law
    judicial_reference: str
    about: About
    reply: Reply | None
    said: Mapping[str, str]
    clocks: Sequence[Deadline]
    wall: Wall


@transaction.atomic
def consult_questions(*, by: Member, question_set: UUID, at: datetime) -> QuestionSheet:
    """Open the questions put to the member's unit, traced. `NotFound` for anybody else, and once withdrawn."""
    row = questions.addressed(question_set, by)
    reply = visible(Reply, by).filter(question_set=row).first()
    told: dict[str, Any] = {}
    if row.sealed is not None:
        told = vault.unseal({row.id: row.sealed}).get(row.id, {})
    audit.record(
        by=by, verb=Verb.CONSULT, act="protection.consult_questions", at=at, compartment_id=row.compartment_id,
        owner_unit_id=row.office_unit_id, object_ids=[row.id], purpose="decide_residence", reference=row.reference,
    )  # fmt: skip
    return QuestionSheet(
        row=row,
        law=country.law(row.asked_on),
        judicial_reference=str(told.get("judicial_reference", "")),
        about=from_json(told.get("about", {})),
        reply=reply,
        said=_said({row.id: reply}).get(reply.id, {}) if reply else {},
        clocks=list(visible(Deadline, by).filter(matter_id=row.id, done_at=None)),
        wall=wall_of(row.compartment_id, by),
    )


@transaction.atomic
def reveal_identity(
    *, by: Member, reference: str, purpose: str, file_reference: str = "", at: datetime
) -> About:
    """Show who the person is, for a purpose (and, where the law wants one, the number of a file), traced first.

    Of a request as of a procedure. Refused: `NotFound`; `Invalid` `unknown_purpose`, `file_needed`, `no_identity`.
    """
    law = country.law(timezone.localdate(at))
    if not law.has_code("reading_purpose", purpose):
        raise Invalid("unknown_purpose", _("Say for what purpose you read this."), field="purpose")
    if "needs_reference" in law.code("reading_purpose", purpose).flags and not file_reference.strip():
        raise Invalid("file_needed", _("This purpose needs the number of your file."), field="file_reference")
    row: Procedure | Request | None = visible(Procedure, by).filter(reference=reference).first()
    row = row or lists.request(reference, by)
    if not row.identity:
        raise Invalid("no_identity", _("This file holds no identity."))
    _record(by, "protection.reveal_identity", at, row, purpose, file_reference.strip())
    opened = vault.unseal({row.id: row.identity})
    if row.id not in opened:
        raise Invalid("no_identity", _("This file holds no identity."))
    return from_json(opened[row.id])


@transaction.atomic
def export_procedures(*, by: Member, narrowed: lists.Filter, kind: str, at: datetime) -> list[Procedure]:
    """The procedures of a narrowed list, for a file that leaves the house; traced in each of them.

    `Invalid` (`too_many`) for more than a file holds.
    """
    rows = disclosure.whole(lists.procedures(by, narrowed).order_by("-opened_at", "-id"))
    found = [
        disclosure.Disclosed(row.compartment_id, row.office_unit_id, row.id, row.reference) for row in rows
    ]
    disclosure.record(by=by, act="protection.export", at=at, kind=kind, rows=found)
    return rows


@transaction.atomic
def export_clocks(*, by: Member, whom: str, when: str, kind: str, at: datetime) -> list[Deadline]:
    """The clocks of a narrowed board, soonest first, for a file that leaves the house; traced in each matter.

    `Invalid` (`too_many`) for more than a file holds.
    """
    rows = disclosure.whole(lists.clocks(by, whom=whom, when=when, at=at).order_by("due_at", "id"))
    found = [
        disclosure.Disclosed(row.compartment_id, row.watched_by_id, row.id, row.reference) for row in rows
    ]
    disclosure.record(by=by, act="protection.export_clocks", at=at, kind=kind, rows=found)
    return rows


def _said(replies: Mapping[UUID, Reply]) -> dict[UUID, Mapping[str, str]]:
    opened: dict[UUID, Mapping[str, str]] = vault.unseal(
        {reply.id: reply.words for reply in replies.values() if reply.words}
    )
    return opened


def _one(subject: UUID, sealed: bytes | memoryview | None) -> str:
    return str(vault.unseal({subject: sealed}).get(subject, "")) if sealed else ""


def _request_purpose(row: Request, by: Member) -> str:
    return "decide_residence" if by.unit_id == row.office_unit_id else "accompany"


def _record(
    by: Member, act: str, at: datetime, row: Procedure | Request, purpose: str, file_reference: str = ""
) -> None:
    owner = row.office_unit_id if isinstance(row, Procedure) else row.compartment.owner_unit_id
    audit.record(
        by=by, verb=Verb.CONSULT, act=act, at=at, compartment_id=row.compartment_id, owner_unit_id=owner,
        object_ids=[row.id], purpose=purpose, reference=file_reference or row.reference,
    )  # fmt: skip
