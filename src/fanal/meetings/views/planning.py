"""Planning: one meeting, a series, a change, the invitation, the cancellation."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.bodies import queries as bodies
from fanal.meetings import queries, services
from fanal.meetings.forms import PlanForm, SeriesForm, WhenForm, WhyForm
from fanal.meetings.queries import Meeting, Sight
from fanal.meetings.views.common import body_names, look, page_of, prepared
from fanal.web.acts import keep, posted, require_form
from fanal.web.etags import form_version
from fanal.web.forms import Form


@require_form
@requires(Permission.MEETING_PREPARE)
def plan(request: MemberRequest) -> HttpResponse:
    """Plan one meeting, as a draft."""
    now = timezone.now()
    eye = look(request, now)
    form = PlanForm(
        posted(request), bodies=prepared(eye, request.LANGUAGE_CODE),
        initial={"body_code": request.GET.get("body", "")},
    )  # fmt: skip
    key = _uuid(request.GET.get("request", ""))
    asked = bodies.request(key, request.member, eye.on) if key else None
    return keep(
        request, form, "meetings/form.html",
        do=lambda: services.plan(by=request.member, at=now, request_id=key, **form.cleaned_data),
        done=_("Planned as a draft: only who prepares it sees it. Convene it when the day is sure."),
        back=reverse("meetings:meetings"), after=page_of, heading=_("Plan a meeting"),
        submit=_("Plan it"), title=asked.reason if asked else "",
        lead=_("It answers the urgent request: its clock stops when you convene the meeting.") if asked else "",
    )  # fmt: skip


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_form
@requires(Permission.MEETING_PREPARE)
def change(request: MemberRequest, reference: str) -> HttpResponse:
    """Change when and where; whoever was invited is told."""
    now = timezone.now()
    eye = look(request, now)
    row = _prepared(reference, eye)
    initial = {
        "begins_at": row.begins_at,
        "minutes": (row.ends_at - row.begins_at) // timedelta(minutes=1),
        "place": row.place,
        "words": row.words,
        "proposals_until": row.proposals_until,
    }
    form = WhenForm(posted(request), initial=initial)
    version = int(request.POST.get("version", "0") or 0) if request.method == "POST" else None
    return keep(
        request, form, "meetings/form.html",
        do=lambda: services.change(
            by=request.member, reference=reference, at=now, version=version, **form.cleaned_data
        ),
        done=_("Changed."), back=page_of(row), heading=_("Change the meeting"), reference=row.reference,
        version=form_version(version if version is not None else row.version),
        lead=_("Whoever was invited receives the new day for her calendar.") if row.convened_at else "",
    )  # fmt: skip


@require_form
@requires(Permission.MEETING_PREPARE)
def convene(request: MemberRequest, reference: str) -> HttpResponse:
    """Invite the seats; the agenda is built from what is open."""
    now = timezone.now()
    row = _prepared(reference, look(request, now))
    return _confirm(
        request, row, _("Convene the meeting"),
        [
            _("The persons who sit in each seat are invited by mail, with the day for their calendar."),
            _("Everything that is still open comes on the agenda; members may propose items until you set it."),
        ],
        lambda: services.convene(by=request.member, reference=reference, at=now),
        _("Convened. The invitations leave now."),
    )  # fmt: skip


@require_form
@requires(Permission.MEETING_PREPARE)
def set_agenda(request: MemberRequest, reference: str) -> HttpResponse:
    """Close the agenda."""
    now = timezone.now()
    row = _prepared(reference, look(request, now))
    return _confirm(
        request, row, _("Set the agenda"),
        [
            _("What is proposed from now on is late and needs the consent of the chair."),
            _("Which seats do not vote on an item is fixed."),
            _("The seats are told that the agenda is ready."),
        ],
        lambda: services.set_agenda(by=request.member, reference=reference, at=now),
        _("The agenda is set."),
    )  # fmt: skip


@require_form
@requires(Permission.MEETING_PREPARE)
def cancel(request: MemberRequest, reference: str) -> HttpResponse:
    """Cancel a meeting."""
    now = timezone.now()
    row = _prepared(reference, look(request, now))
    form = WhyForm(posted(request))
    return keep(
        request, form, "meetings/form.html",
        do=lambda: services.cancel(by=request.member, reference=reference, at=now, **form.cleaned_data),
        done=_("Cancelled."), back=page_of(row), heading=_("Cancel the meeting"), reference=row.reference,
        lead=_("What stands on its agenda is open for the next one. Whoever was invited is told, with your reason."),
    )  # fmt: skip


def _confirm(
    request: MemberRequest,
    row: Meeting,
    title: str,
    consequences: list[str],
    do: Callable[[], object],
    done: str,
) -> HttpResponse:
    return keep(
        request, Form(posted(request)), "web/confirm.html", do=do, done=done, back=page_of(row), act=title,
        reference=row.reference, consequences=consequences, draft=False,
    )  # fmt: skip


def _prepared(reference: str, eye: Sight) -> Meeting:
    """A meeting whose page of an act is shown: the act itself asks for the seat again, and refuses in its words."""
    return queries.meeting(reference, eye)


@require_safe
@requires(Permission.MEETING_PREPARE)
def series(request: MemberRequest) -> HttpResponse:
    """The series of the bodies that the reader prepares."""
    now = timezone.now()
    eye = look(request, now)
    names = body_names(eye, request.LANGUAGE_CODE)
    form = SeriesForm(None, bodies=())
    words = {name: dict(form.fields[name].choices) for name in ("nth", "weekday")}  # type: ignore[attr-defined]
    rows = [
        (row, names[row.body], words["nth"][str(row.nth)], words["weekday"].get(str(row.weekday), ""))
        for row in queries.series(eye)
    ]
    return render(request, "meetings/series.html", {"rows": rows, "may_plan": bool(eye.prepares)})


@require_form
@requires(Permission.MEETING_PREPARE)
def plan_series(request: MemberRequest) -> HttpResponse:
    """Plan a series of drafts."""
    now = timezone.now()
    eye = look(request, now)
    form = SeriesForm(posted(request), bodies=prepared(eye, request.LANGUAGE_CODE))
    return keep(
        request, form, "meetings/form.html",
        do=lambda: services.plan_series(by=request.member, at=now, **form.values()),
        done=_("The drafts are made."), back=reverse("meetings:series"), heading=_("Plan a series"),
        submit=_("Make the drafts"), after=f"{reverse('meetings:meetings')}?state=draft",
    )  # fmt: skip


@require_POST
@requires(Permission.MEETING_PREPARE)
def end_series(request: MemberRequest, series_id: UUID) -> HttpResponse:
    """End a series; its drafts still to come are cancelled."""
    count = services.end_series(by=request.member, series_id=series_id, at=timezone.now())
    words = ngettext("Ended; %(n)d draft is cancelled.", "Ended; %(n)d drafts are cancelled.", count)
    messages.success(request, words % {"n": count})
    return redirect("meetings:series")
