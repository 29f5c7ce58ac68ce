"""The magistrate's page: the questions, four choices, done in three minutes."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.country.schema import Question
from fanal.protection import queries, services
from fanal.protection.forms import AnswerForm, EventForm
from fanal.protection.queries import words
from fanal.protection.rules.facts import Answer
from fanal.protection.views.common import law_now
from fanal.web.acts import keep, posted, require_form


@require_form
@requires(Permission.PROTECTION_ANSWER)
def answer(request: MemberRequest, question_set: UUID) -> HttpResponse:
    """Read the questions and answer them; opening them is traced for the service that asked."""
    now = timezone.now()
    sheet = services.consult_questions(by=request.member, question_set=question_set, at=now)
    row, language = sheet.row, request.LANGUAGE_CODE
    form = AnswerForm(posted(request), questions=row.questions, law=sheet.law, language=language)
    context = {
        "sheet": sheet,
        "row": row,
        "now": now,
        "clocks": queries.lines(sheet.clocks, request.member),
        "pairs": [(form[code], form[f"words_{code}"]) for code in row.questions],
        "given": _given(sheet, language),
    }
    if request.method != "POST" and sheet.reply:
        return render(request, "protection/answered.html", context)
    return keep(
        request, form, "protection/answer.html",
        do=lambda: services.answer(
            by=request.member, question_set=question_set, answers=form.answers(), words=form.words(), at=now
        ),
        done=_("Thank you: your answer is given."), back=reverse("protection:questions_list"),
        after=reverse("protection:questions", args=[row.id]), **context,
    )  # fmt: skip


def _given(sheet: services.QuestionSheet, language: str) -> list[tuple[str, object, str]]:
    if sheet.reply is None:
        return []
    return [
        (
            words.label(sheet.law, Question, code, language),
            words.ANSWERS[Answer(sheet.reply.answers[code])],
            sheet.said.get(code, ""),
        )
        for code in sheet.row.questions
    ]


@require_form
@requires(Permission.PROTECTION_ANSWER)
def tell_event(request: MemberRequest, question_set: UUID) -> HttpResponse:
    """Tell of a conviction, a charge kept, the end of the proceedings."""
    now = timezone.now()
    row = queries.addressed(question_set, request.member)
    form = EventForm(posted(request), law=law_now(now), language=request.LANGUAGE_CODE)
    return keep(
        request, form, "protection/act.html",
        do=lambda: services.tell_event(
            by=request.member, question_set=question_set, at=now, **form.cleaned_data
        ),
        done=_("Told."), back=reverse("protection:questions", args=[row.id]), reference=row.reference,
        heading=_("Tell of a judicial event"), lead=_("The service that asked you is told at once."),
    )  # fmt: skip
