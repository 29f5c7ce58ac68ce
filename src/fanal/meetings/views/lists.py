"""Lists: meetings, what is mine, the month, how often a body met, and the items."""

import calendar as months
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.country import queries as country
from fanal.meetings import queries
from fanal.meetings.forms import ItemFilter, MeetingFilter, MonthForm
from fanal.meetings.queries import Aim, Answer, ItemState, Meeting
from fanal.meetings.views.common import body_names, look
from fanal.meetings.views.detail import state_tag
from fanal.web.components import Tag, Tone
from fanal.web.cursors import page


@require_safe
@requires(Permission.MEETING_READ)
def meetings(request: MemberRequest) -> HttpResponse:
    """The meetings of the bodies in which the reader holds a seat, the last first."""
    now = timezone.now()
    eye = look(request, now)
    names = body_names(eye, request.LANGUAGE_CODE)
    form = MeetingFilter(request.GET, bodies=names.items())
    rows = queries.meetings(eye, **form.narrowed())
    found = page(rows, cursor=request.GET.get("cursor", ""), order=queries.ORDER)
    context = {
        "filter_form": form,
        "page": found,
        "rows": [(row, names[row.body], state_tag(row)) for row in found.items],
        "may_plan": bool(eye.prepares) and request.member.may(Permission.MEETING_PREPARE),
        "may_propose": bool(eye.seats) and request.member.may(Permission.ITEM_PROPOSE),
        "bodies": names,
        "now": now,
    }
    return render(request, "meetings/list.html", context)


@require_safe
@requires(Permission.MEETING_READ)
def mine(request: MemberRequest) -> HttpResponse:
    """What comes for the reader: her meetings, whether she answered, and what she proposed."""
    now = timezone.now()
    eye = look(request, now)
    names = body_names(eye, request.LANGUAGE_CODE)
    coming = queries.coming_each(eye, now)
    replies = queries.replies_of(coming, eye)
    context = {
        "rows": [
            (row, names[row.body], state_tag(row), _answer(row, replies.get(row.id, ""))) for row in coming
        ],
        "seats": [(names[code], seat) for code, seat in eye.seats.items()],
        "items": [(row, names[row.body], item_tag(row)) for row in queries.my_items(eye)[:50]],
        "may_propose": bool(eye.seats) and request.member.may(Permission.ITEM_PROPOSE),
        "now": now,
    }
    return render(request, "meetings/mine.html", context)


def _answer(row: Meeting, answer: str) -> Tag:
    if answer:
        return Tag(str(Answer(answer).label), Tone.OK)
    return Tag(_("no answer yet"), Tone.SOON) if row.state == "convened" else Tag("")


def item_tag(row: queries.Item) -> Tag:
    """The state of an item in a word."""
    state = ItemState(row.state)
    return Tag(str(state.label), Tone.SOON if state is ItemState.OPEN else Tone.PLAIN)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the month as the calendar shows it."""

    on: date
    inside: bool
    today: bool
    free: str
    meetings: Sequence[tuple[Meeting, Tag]]


@require_safe
@requires(Permission.MEETING_READ)
def calendar(request: MemberRequest) -> HttpResponse:
    """A month, week by week: the meetings of one body or of all those of the reader, and the public holidays."""
    now = timezone.now()
    eye = look(request, now)
    names = body_names(eye, request.LANGUAGE_CODE)
    form = MonthForm(request.GET)
    form.is_valid()
    year, month = form.cleaned_data.get("month") or (eye.on.year, eye.on.month)
    body = form.cleaned_data.get("body", "")
    body = body if body in names else ""
    first = date(year, month, 1)
    weeks = months.Calendar().monthdatescalendar(year, month)
    rows = queries.between(eye, weeks[0][0], weeks[-1][-1], body_code=body)
    by_day: dict[date, list[tuple[Meeting, Tag]]] = {}
    for row in rows:
        by_day.setdefault(timezone.localdate(row.begins_at), []).append((row, state_tag(row)))
    free = _free(weeks, request.LANGUAGE_CODE)
    context = {
        "title": date_format(first, "F Y"),
        "weeks": [
            [Day(on, on.month == month, on == eye.on, free.get(on, ""), by_day.get(on, ())) for on in week]
            for week in weeks
        ],
        "weekdays": [date_format(day, "l") for day in weeks[0]],
        "before": (first - timedelta(days=1)).strftime("%Y-%m"),
        "after": (first + timedelta(days=31)).strftime("%Y-%m"),
        "bodies": names,
        "chosen": body,
        "month": first.strftime("%Y-%m"),
        "wrong": form.errors.get("month"),
    }
    return render(request, "meetings/calendar.html", context, status=422 if form.errors else 200)


def _free(weeks: Sequence[Sequence[date]], language: str) -> dict[date, str]:
    law = country.law(weeks[1][0])
    years = {weeks[0][0].year, weeks[-1][-1].year}
    return {day: name for year in years for day, name in law.calendar.public_holidays(year, language).items()}


@require_safe
@requires(Permission.MEETING_READ)
def items(request: MemberRequest) -> HttpResponse:
    """The items of the reader's bodies, found by words."""
    now = timezone.now()
    eye = look(request, now)
    names = body_names(eye, request.LANGUAGE_CODE)
    form = ItemFilter(request.GET, bodies=names.items())
    rows = queries.items(eye, **form.narrowed())
    found = page(rows, cursor=request.GET.get("cursor", ""), order="-proposed_at")
    context = {
        "filter_form": form,
        "page": found,
        "rows": [(row, names[row.body], str(Aim(row.aim).label), item_tag(row)) for row in found.items],
        "may_propose": bool(eye.seats) and request.member.may(Permission.ITEM_PROPOSE),
    }
    return render(request, "meetings/items.html", context)
