"""The agenda as who prepares it works on it: order, lengths, what comes off, who does not vote, late items."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.errors import Invalid
from fanal.meetings import queries, services
from fanal.meetings.forms import ExcludeForm, OffForm, WhyForm
from fanal.meetings.queries import Meeting, Point
from fanal.meetings.rules import meetings as lives
from fanal.meetings.rules.meetings import Agenda, agenda
from fanal.meetings.views.common import act, look, page_of, seats_by_id
from fanal.meetings.views.detail import context_of
from fanal.web.acts import keep, posted, require_form


def _editor(row: Meeting, point_id: UUID | None = None) -> str:
    address = reverse("meetings:agenda", args=[row.reference])
    return f"{address}#p-{point_id}" if point_id else address


@require_safe
@requires(Permission.MEETING_PREPARE)
def editor(request: MemberRequest, reference: str) -> HttpResponse:
    """The agenda with everything that can be done to it, and what is open beside it."""
    now = timezone.now()
    eye = look(request, now)
    row = queries.meeting(reference, eye)
    stand = agenda(lives.State(row.state), row.agenda_set_at)
    context = context_of(row, eye, request.LANGUAGE_CODE)
    on_it = {each.line.item_id for each in context["lines"]}
    context |= {
        "parts": [(_("Items in their order"), context["ordinary"]), (_("Closed part"), context["closed"])],
        "lines_all": context["lines"],
        "open": stand is Agenda.OPEN,
        "changes": stand is not Agenda.OVER,
        "beside": [it for it in queries.unplaced(row.body, eye, but=row) if it.id not in on_it],
        "late": queries.late_items(row, eye),
        "planned": sum(each.line.minutes for each in context["ordinary"]),
        "length": (row.ends_at - row.begins_at).total_seconds() // 60,
        "is_chair": eye.seats[row.body].kind == "chair",
    }
    return render(request, "meetings/agenda.html", context)


@require_POST
@requires(Permission.MEETING_PREPARE)
def build(request: MemberRequest, reference: str) -> HttpResponse:
    """Put everything that belongs on the agenda there."""
    now = timezone.now()
    row = queries.meeting(reference, look(request, now))
    return act(
        request, _editor(row),
        lambda: services.build(by=request.member, reference=reference, at=now),
        _("Everything that is open and due is on the agenda."),
    )  # fmt: skip


@require_POST
@requires(Permission.MEETING_PREPARE)
def move(request: MemberRequest, point_id: UUID) -> HttpResponse:
    """Move a point up, down, or to a place."""
    now = timezone.now()
    point = queries.point(point_id, look(request, now))
    return act(
        request, _editor(point.meeting, point_id),
        lambda: services.move(by=request.member, point_id=point_id, to=_number(request, "to") - 1, at=now),
    )  # fmt: skip


@require_POST
@requires(Permission.MEETING_PREPARE)
def lengthen(request: MemberRequest, point_id: UUID) -> HttpResponse:
    """Give a point another length."""
    now = timezone.now()
    point = queries.point(point_id, look(request, now))
    return act(
        request, _editor(point.meeting, point_id),
        lambda: services.lengthen(
            by=request.member, point_id=point_id, minutes=_number(request, "minutes"), at=now
        ),
    )  # fmt: skip


def _number(request: MemberRequest, name: str) -> int:
    typed = request.POST.get(name, "").strip()
    if not typed.isdecimal() or len(typed) > 4:
        raise Invalid("number", _("Write a whole number."), field=name)
    return int(typed)


@require_form
@requires(Permission.MEETING_PREPARE)
def exclude(request: MemberRequest, point_id: UUID) -> HttpResponse:
    """Say which seats do not vote on an item."""
    now = timezone.now()
    eye = look(request, now)
    point = queries.point(point_id, eye)
    voting = [seat for seat in seats_by_id(point.meeting.body, eye).values() if seat.votes]
    initial = {"seats": [str(each) for each in point.excluded], "why": point.why_excluded}
    form = ExcludeForm(posted(request), seats=voting, initial=initial)
    return keep(
        request, form, "meetings/form.html",
        do=lambda: services.exclude(
            by=request.member, point_id=point_id, seat_ids=form.cleaned_data["seats"],
            why=form.cleaned_data["why"], at=now,
        ),
        done=_("Noted."), back=_editor(point.meeting, point_id), heading=_("Who does not vote on this item"),
        reference=point.item.reference, title=point.item.heading,
        lead=_(
            "A conflict of interest is fixed when the agenda is set: the joint seat of the centres votes except on "
            "such items (royal decree of 21 July 2014). The seat stays in the room unless the chair decides otherwise."
        ),
    )  # fmt: skip


@require_form
@requires(Permission.MEETING_PREPARE)
def take_off(request: MemberRequest, point_id: UUID) -> HttpResponse:
    """Take an item off the agenda."""
    now = timezone.now()
    point: Point = queries.point(point_id, look(request, now))
    form = OffForm(posted(request))
    return keep(
        request, form, "meetings/form.html",
        do=lambda: services.take_off(by=request.member, point_id=point_id, at=now, **form.cleaned_data),
        done=_("Taken off: it stays open."), back=_editor(point.meeting), heading=_("Take it off this agenda"),
        reference=point.item.reference, title=point.item.heading,
        lead=_("It stays open and returns by itself. Who proposed it reads your reason."),
    )  # fmt: skip


@require_form
@requires(Permission.MEETING_PREPARE)
def admit(request: MemberRequest, reference: str) -> HttpResponse:
    """The chair takes a late item, and says who does not vote on it."""
    now = timezone.now()
    eye = look(request, now)
    item = queries.item(reference, eye)
    voting = [seat for seat in seats_by_id(item.body, eye).values() if seat.votes]
    form = ExcludeForm(posted(request), seats=voting)
    back = page_of(item.late_for) if item.late_for else reverse("meetings:item", args=[item.reference])
    return keep(
        request, form, "meetings/form.html",
        do=lambda: services.admit(
            by=request.member, reference=reference, excluded=form.cleaned_data["seats"],
            why_excluded=form.cleaned_data["why"], at=now,
        ),
        done=_("It is on the agenda, marked as late."), back=back, heading=_("Take this late item"),
        reference=item.reference, title=item.heading, lead=item.why_late,
    )  # fmt: skip


@require_form
@requires(Permission.MEETING_PREPARE)
def leave_for_next(request: MemberRequest, reference: str) -> HttpResponse:
    """The chair leaves a late item for the next meeting."""
    now = timezone.now()
    item = queries.item(reference, look(request, now))
    form = WhyForm(posted(request))
    back = page_of(item.late_for) if item.late_for else reverse("meetings:item", args=[item.reference])
    return keep(
        request, form, "meetings/form.html",
        do=lambda: services.leave_for_next(by=request.member, reference=reference, at=now, **form.cleaned_data),
        done=_("It will be on the next agenda."), back=back, heading=_("Leave it for the next meeting"),
        reference=item.reference, title=item.heading, lead=item.why_late,
    )  # fmt: skip
