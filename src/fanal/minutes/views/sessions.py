"""The list of minutes, a session and who is there, what the room sees, closing."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.bodies import queries as bodies
from fanal.errors import NotFound
from fanal.meetings import queries as meetings
from fanal.minutes import queries, services
from fanal.minutes.forms import AttendanceForm
from fanal.minutes.queries import State
from fanal.minutes.rules import attendance
from fanal.minutes.views.common import act, page_context, seen, session_url
from fanal.web.acts import posted, require_form
from fanal.web.cursors import page
from fanal.web.forms import Form


@require_safe
@requires(Permission.MEETING_READ)
def minutes_list(request: MemberRequest) -> HttpResponse:
    """The minutes of the reader's bodies, the latest first; `?body=`, `?state=`, `?q=` words of what was written."""
    eye = queries.sight(request.member, timezone.now())
    body, state, text = (request.GET.get(name, "") for name in ("body", "state", "q"))
    state = state if state in State.values else ""
    rows = queries.every(eye, body_code=body, state=state, text=text[:200])
    names = {each.code: each.label(request.member.language) for each in bodies.everybody(eye.on)}
    found = page(rows, cursor=request.GET.get("cursor", ""), order=queries.ORDER)
    context = {
        "page": found,
        "lines": [(row, names.get(row.body, row.body)) for row in found.items],
        "bodies": [(code, names.get(code, code)) for code in eye.seats],
        "states": State.choices,
        "body": body,
        "state": state,
        "text": text,
    }
    return render(request, "minutes/list.html", context)


@require_safe
@requires(Permission.MEETING_READ)
def session(request: MemberRequest, reference: str) -> HttpResponse:
    """The minutes of a meeting as the reader sees them, with the acts that are hers."""
    try:
        sheet, eye, now = seen(request, reference)
    except NotFound:
        return _not_opened(request, reference)
    context = page_context(
        sheet,
        quorum=queries.words.quorum(sheet.quorum),
        attended=queries.words.attended(sheet.seats, sheet.noted, sheet.row.opened_at, sheet.at),
        items=[_shown(sheet, each) for each in sheet.items],
        remarking=sheet.row.state == State.CIRCULATED
        and sheet.row.remarks_until is not None
        and eye.on <= sheet.row.remarks_until,
        unanswered=_unanswered(sheet),
        now=now,
        formats=("pdf", "docx", "odt"),
    )
    return render(request, "minutes/session.html", context)


def _shown(sheet: queries.Sheet, item: queries.Treated) -> dict[str, object]:
    return {
        "line": item.line,
        "text": item.text,
        "outcome": item.outcome,
        "words": queries.words.outcome(item),
        "votes": queries.words.votes(item, sheet.label),
        "open_ballot": item.ballot.row if item.ballot and item.ballot.row.closed_at is None else None,
        "actions": item.actions,
        "remarks": [(each, sheet.label(each.seat)) for each in item.remarks],
        "addenda": item.addenda,
    }


def _unanswered(sheet: queries.Sheet) -> int:
    every = [*sheet.remarks, *(each for item in sheet.items for each in item.remarks)]
    return sum(1 for each in every if each.taken is None)


def _not_opened(request: MemberRequest, reference: str) -> HttpResponse:
    """A meeting whose session was not opened yet: its door, for who prepares it."""
    eye = queries.sight(request.member, timezone.now())
    meeting = meetings.meeting(reference, eye)
    if meeting.state not in ("convened", "held"):
        raise NotFound
    context = {
        "meeting": meeting,
        "reference": meeting.reference,
        "prepares": eye.seats[meeting.body].prepares,
    }
    return render(request, "minutes/door.html", context)


@require_form
@requires(Permission.MEETING_PREPARE)
def open_session(request: MemberRequest, reference: str) -> HttpResponse:
    """Open the session of a meeting."""
    eye = queries.sight(request.member, timezone.now())
    meetings.meeting(reference, eye)
    return act(
        request, Form(posted(request)),
        do=lambda: services.open_session(by=request.member, reference=reference, at=timezone.now()),
        done=_("The session is open. Note who is there."), back=session_url(reference),
        template="web/confirm.html", act=_("Open the session"), reference=reference,
        consequences=[_("The minutes begin; who is there is noted from now on.")],
    )  # fmt: skip


@require_form
@requires(Permission.MEETING_PREPARE)
def note_attendance(request: MemberRequest, reference: str) -> HttpResponse:
    """Who is there, seat by seat; who came or left at another hour."""
    sheet, _eye, now = seen(request, reference)
    standing = attendance.standing(sheet.noted, now)
    form = AttendanceForm(posted(request), seats=sheet.seats, standing=standing)

    return act(
        request, form,
        do=lambda: services.note_attendance(
            by=request.member, reference=reference, seen=form.seen(), since=_since(form, now), at=timezone.now()
        ),
        done=lambda changed: _("The attendance is noted.") if changed else _("Nothing changed."),
        back=session_url(reference),
        template="minutes/attendance.html", **page_context(sheet, quorum=queries.words.quorum(sheet.quorum)),
    )  # fmt: skip


def _since(form: AttendanceForm, now: datetime) -> datetime | None:
    hour = form.cleaned_data.get("since")
    return timezone.localtime(now).replace(hour=hour.hour, minute=hour.minute, second=0) if hour else None


@require_form
@requires(Permission.MEETING_PREPARE)
def close_session(request: MemberRequest, reference: str) -> HttpResponse:
    """Close the session."""
    sheet, _eye, _now = seen(request, reference)
    left = [each.line.title for each in sheet.items if each.outcome is None]
    consequences = [
        _("The meeting counts as held, and its minutes are a draft."),
        _("Not treated, and therefore back on the next agenda: %(items)s") % {"items": "; ".join(left)}
        if left
        else _("Every item has its outcome."),
    ]
    return act(
        request, Form(posted(request)),
        do=lambda: services.close_session(by=request.member, reference=reference, at=timezone.now()),
        done=_("The session is closed. What was not treated comes back."), back=session_url(reference),
        template="web/confirm.html", act=_("Close the session"), consequences=consequences,
        **page_context(sheet),
    )  # fmt: skip


@require_safe
@requires(Permission.MEETING_PREPARE)
def room(request: MemberRequest, reference: str) -> HttpResponse:
    """What is shown to the whole room: the item that is written at this moment, never one that is restricted."""
    now = timezone.now()
    eye = queries.sight(request.member, now)
    sheet = queries.sheet(reference, eye, now, projected=True)
    bodies.demand_prepares(sheet.row.body, request.member, eye.on)
    written = [each for each in sheet.items if each.note is not None]
    latest = max(written, key=lambda each: each.note.at if each.note else now, default=None)
    current = latest or (sheet.items[0] if sheet.items else None)
    context = page_context(
        sheet,
        quorum=queries.words.quorum(sheet.quorum),
        current=_shown(sheet, current) if current else None,
        items=[_shown(sheet, each) for each in sheet.items],
        projected=True,
    )
    return render(request, "minutes/room.html", context)
