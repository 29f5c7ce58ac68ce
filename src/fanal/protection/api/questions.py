"""The magistrate's side: questions, answered once, and what she tells of the proceedings."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from ninja import Query, Router

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.protection import queries, services
from fanal.protection.api import out
from fanal.protection.api.answers import NoticeOut, ReplyOut, SetListed, SetOut
from fanal.protection.api.shapes import AnswerIn, EventIn, SetsQuery
from fanal.web.api import PageOf
from fanal.web.cursors import page

router = Router()


@router.get("", response=PageOf[SetListed])
@requires(Permission.PROTECTION_ANSWER)
def questions(request: MemberRequest, asked: Query[SetsQuery]) -> Any:
    """The questions put to the unit, newest first."""
    rows = queries.to_unit(request.member).select_related("office_unit", "magistrate_unit")
    found = page(rows, cursor=asked.cursor, size=asked.size, order="-asked_at")
    return {"items": [out.question_set(row) for row in found.items], "next": found.next}


@router.get("/{question_set}", response=SetOut)
@requires(Permission.PROTECTION_ANSWER)
def consult_questions(request: MemberRequest, question_set: UUID) -> Any:
    """One set of questions with what the Office told; opening it is traced."""
    sheet = services.consult_questions(by=request.member, question_set=question_set, at=timezone.now())
    return out.questions(sheet, request.member)


@router.post("/{question_set}/answer", response=ReplyOut)
@requires(Permission.PROTECTION_ANSWER)
def answer(request: MemberRequest, question_set: UUID, payload: AnswerIn) -> Any:
    """Answer every question, once; the same answers again change nothing."""
    return services.answer(by=request.member, question_set=question_set, at=timezone.now(), **payload.dict())


@router.post("/{question_set}/events", response=NoticeOut)
@requires(Permission.PROTECTION_ANSWER)
def tell_event(request: MemberRequest, question_set: UUID, payload: EventIn) -> Any:
    """Tell the Office of a conviction, a charge kept, the end of the proceedings; twice changes nothing."""
    return services.tell_event(
        by=request.member, question_set=question_set, at=timezone.now(), **payload.dict()
    )
