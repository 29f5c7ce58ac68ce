"""The board of a unit's clocks, its export, and the calendar that a phone subscribes to."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_http_methods, require_safe
from icalendar import Calendar, Event

from fanal.access import queries as access
from fanal.access import services as access_services
from fanal.access.gate import MemberRequest, public, requires
from fanal.access.rules import Permission
from fanal.errors import NotFound
from fanal.protection import queries, services
from fanal.protection.queries import Line
from fanal.web.cursors import page
from fanal.web.export import csv_file, xlsx_file
from fanal.web.forms import Form

SCOPE = "calendar"
LIFE = timedelta(days=365)
_WRITERS = {"csv": csv_file, "xlsx": xlsx_file}


class BoardFilter(Form):
    """What the board is narrowed to; empty: every clock the unit may know of."""

    whom = forms.ChoiceField(
        label=gettext_lazy("Who must act"),
        required=False,
        choices=[
            ("", gettext_lazy("Everybody")),
            ("me", gettext_lazy("My service")),
            ("others", gettext_lazy("Others")),
        ],
    )
    when = forms.ChoiceField(
        label=gettext_lazy("When"),
        required=False,
        choices=[
            ("", gettext_lazy("Any time")),
            ("late", gettext_lazy("Late")),
            ("soon", gettext_lazy("Within 30 days")),
        ],
    )

    def narrowed(self) -> dict[str, str]:
        """The filters; what cannot be read narrows nothing."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in ("whom", "when")}


@require_safe
@requires(Permission.DEADLINES_READ)
def deadlines(request: MemberRequest) -> HttpResponse:
    """Due, overdue, waiting for whom; a partner sees the date of a file that it may not open."""
    now = timezone.now()
    form = BoardFilter(request.GET)
    rows = queries.clocks(request.member, at=now, **form.narrowed())
    found = page(rows, cursor=request.GET.get("cursor", ""), order="due_at")
    context = {
        "filter_form": form,
        "page": found,
        "lines": queries.lines(found.items, request.member),
        "now": now,
        "may_export": request.member.may(Permission.EXPORT),
    }
    return render(request, "protection/deadlines.html", context)


@require_safe
@requires(Permission.EXPORT)
def export_deadlines(request: MemberRequest, kind: str) -> HttpResponse:
    """The same board for a spreadsheet; traced as a disclosure."""
    if kind not in _WRITERS or not request.member.may(Permission.DEADLINES_READ):
        raise NotFound
    now = timezone.now()
    narrowed = BoardFilter(request.GET).narrowed()
    rows = services.export_clocks(by=request.member, kind=kind, at=now, **narrowed)
    header = [_("Reference"), _("Act"), _("Due on"), _("Waiting for"), _("Reason")]
    lines = (
        [x.reference, x.act, x.due_on, x.waiting_for, x.reason] for x in queries.lines(rows, request.member)
    )
    return _WRITERS[kind](f"deadlines-{timezone.localdate(now):%Y%m%d}", header, lines)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.DEADLINES_READ)
def calendar(request: MemberRequest) -> HttpResponse:
    """The address a calendar program subscribes to; made on demand and shown once. A new one ends the older ones."""
    now = timezone.now()
    address = ""
    older = access.tokens_of(request.member).filter(scope=SCOPE, revoked_at__isnull=True, expires_at__gt=now)
    if request.method == "POST":
        for token in older:
            access_services.revoke_token(by=request.member, token_id=token.id, at=now)
        _token, secret = access_services.issue_token(
            by=request.member, label=_("Calendar"), expires_at=now + LIFE, at=now, scope=SCOPE
        )
        address = request.build_absolute_uri(reverse("protection:feed", args=[secret]))
    return render(request, "protection/calendar.html", {"address": address, "older": older.exists()})


@require_safe
@public(
    "a calendar program cannot log in: the secret in the address stands for the member, and for this feed alone"
)
def feed(request: HttpRequest, secret: str) -> HttpResponse:  # noqa: ARG001  (the secret says who asks)
    """The clocks of the member's unit as iCalendar: reference and act, no name. An ended token is not found."""
    now = timezone.now()
    member = access.member_by_token(secret, now, scope=SCOPE)
    if member is None or not member.may(Permission.DEADLINES_READ):
        raise NotFound
    with access_services.acting_as(member), override(member.language):
        rows = services.export_clocks(by=member, whom="", when="", kind="ics", at=now)
        content = _calendar(queries.lines(rows, member), now)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


def _calendar(lines: Iterable[Line], now: datetime) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Fanal//Deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Fanal")
    calendar.add("refresh-interval;value=duration", "PT1H")
    for line in lines:
        event = Event()
        event.add("uid", f"{line.id}@fanal")
        event.add("dtstamp", now)
        event.add("dtstart", line.due_on)
        event.add("summary", f"{line.reference} · {line.act}")
        event.add("description", f"{line.waiting_for}. {line.reason}")
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
