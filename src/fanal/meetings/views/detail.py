"""The page of a meeting: what a member with three minutes needs first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.bodies.rules import SeatHeld
from fanal.directory import queries as directory
from fanal.meetings import queries, services
from fanal.meetings.forms import ReplyForm
from fanal.meetings.queries import Aim, Answer, Line, Meeting, Outcome, Sight, Source, State
from fanal.meetings.rules.items import DUES
from fanal.meetings.views.common import body_names, look, page_of, seats_by_id
from fanal.web.acts import keep, posted, require_form
from fanal.web.components import Tag, Tone
from fanal.web.downloads import attached

TONES = {State.DRAFT: Tone.PLAIN, State.CONVENED: Tone.SOON, State.HELD: Tone.OK, State.CANCELLED: Tone.LATE}


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of an agenda in words."""

    line: Line
    aim: str
    source: str
    by: str
    tags: Sequence[Tag]
    seats: Sequence[str]
    excluded: Sequence[str]


def state_tag(row: Meeting) -> Tag:
    """The state of a meeting in a word."""
    return Tag(str(State(row.state).label), TONES[State(row.state)])


def shown(lines: Sequence[Line], seats: Mapping[UUID, SeatHeld], language: str) -> list[Shown]:
    """Lines of an agenda in words."""
    units = directory.labels({line.unit_id for line in lines if line.seat not in seats}, language)
    return [
        Shown(
            line=line,
            aim=str(Aim(line.aim).label),
            source=str(Source(line.source).label) if line.source != Source.MEMBER else "",
            by=_by(line, seats, units),
            tags=tuple(_tags(line)),
            seats=[seats[each].label for each in line.seats if each in seats],
            excluded=[seats[each].label for each in line.excluded if each in seats],
        )
        for line in lines
    ]


def _by(line: Line, seats: Mapping[UUID, SeatHeld], units: Mapping[int, str]) -> str:
    """Who proposed a line; of what is due by itself nobody."""
    if line.source in DUES:
        return ""
    return seats[line.seat].label if line.seat and line.seat in seats else units.get(line.unit_id, "")


def _tags(line: Line) -> list[Tag]:
    found = []
    if line.outcome:
        found.append(Tag(str(Outcome(line.outcome).label), Tone.OK))
    if line.restricted:
        found.append(Tag(_("restricted"), Tone.SOON))
    if line.late:
        found.append(Tag(_("late item"), Tone.LATE))
    if line.back:
        words = ngettext("back, after %(n)d meeting", "back, after %(n)d meetings", line.back)
        found.append(Tag(words % {"n": line.back}))
    return found


def context_of(row: Meeting, eye: Sight, language: str) -> dict[str, Any]:
    """What the page of a meeting and its agenda editor have in common."""
    seats = seats_by_id(row.body, eye)
    lines = shown(queries.agenda(row, eye), seats, language)
    mine = eye.seats[row.body]
    return {
        "row": row,
        "body": body_names(eye, language)[row.body],
        "tag": state_tag(row),
        "lines": lines,
        "ordinary": [each for each in lines if not each.line.restricted],
        "closed": [each for each in lines if each.line.restricted],
        "seats": seats,
        "mine": mine,
        "prepares": mine.prepares and eye.by.may(Permission.MEETING_PREPARE),
    }


@require_form
@requires(Permission.MEETING_READ)
def meeting(request: MemberRequest, reference: str) -> HttpResponse:
    """When and where, whether my seat comes, what is asked of me, the agenda, who comes."""
    now = timezone.now()
    eye = look(request, now)
    row = queries.meeting(reference, eye)
    context = context_of(row, eye, request.LANGUAGE_CODE)
    replies = queries.replies(row, eye)
    mine = next((each for each in replies if each.seat == eye.seats[row.body].id), None)
    late = queries.late_items(row, eye) if row.state == State.CONVENED else []
    form = ReplyForm(posted(request), initial={"answer": mine.answer, "note": mine.note} if mine else None)
    return keep(
        request, form, "meetings/meeting.html",
        do=lambda: services.reply(by=request.member, reference=reference, at=now, **form.cleaned_data),
        done=_("Your answer is noted."), back=page_of(row), draft=False, now=now, reply=mine, late=late,
        replies=_replies(replies, context["seats"]),
        for_me=_for_me(context, eye),
        may_propose=request.member.may(Permission.ITEM_PROPOSE) and row.state in (State.DRAFT, State.CONVENED),
        may_reply=row.state == State.CONVENED and row.ends_at > now,
        is_chair=eye.seats[row.body].kind == "chair",
        previous=queries.before(row, eye), formats=("pdf", "docx", "odt"), **context,
    )  # fmt: skip


@require_safe
@requires(Permission.MEETING_READ)
def printed(request: MemberRequest, reference: str, format: str) -> HttpResponse:
    """The agenda as PDF, DOCX or ODT, with what the reader sees."""
    made = services.paper(
        by=request.member, reference=reference, format=format, language=request.GET.get("language", ""),
        at=timezone.now(),
    )  # fmt: skip
    return attached(made.name, made.media_type, made.content)


def _for_me(context: Mapping[str, object], eye: Sight) -> list[Shown]:
    """What the reader's own seat or unit proposed, and what waits for a decision: read these first."""
    lines: list[Shown] = context["lines"]  # type: ignore[assignment]
    row: Meeting = context["row"]  # type: ignore[assignment]
    mine = eye.seats[row.body]
    return [
        each
        for each in lines
        if (
            each.line.source not in DUES
            and (each.line.seat == mine.id or each.line.unit_id == eye.by.unit_id)
        )
        or (mine.votes and each.line.aim == Aim.DECISION and mine.id not in each.line.excluded)
    ]


def _replies(
    replies: Sequence[queries.Reply], seats: Mapping[UUID, SeatHeld]
) -> list[tuple[SeatHeld, str, str]]:
    by_seat = {each.seat: each for each in replies}
    return [
        (
            seat,
            str(Answer(by_seat[seat.id].answer).label) if seat.id in by_seat else "",
            by_seat[seat.id].note if seat.id in by_seat else "",
        )
        for seat in seats.values()
    ]
