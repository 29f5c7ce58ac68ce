"""The calendar that a program subscribes to, and one meeting as a file."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from fanal.access import queries as access
from fanal.access import services as access_services
from fanal.access.gate import MemberRequest, public, requires
from fanal.access.rules import Permission
from fanal.errors import NotFound
from fanal.meetings import queries, services
from fanal.meetings.views.common import look
from fanal.web.acts import require_form
from fanal.web.downloads import attached

SCOPE = "meetings"
LIFE = timedelta(days=365)


@require_form
@requires(Permission.MEETING_READ)
def subscription(request: MemberRequest) -> HttpResponse:
    """The address a calendar program subscribes to; made on demand and shown once. A new one ends the older ones."""
    now = timezone.now()
    address = ""
    older = access.tokens_of(request.member).filter(scope=SCOPE, revoked_at__isnull=True, expires_at__gt=now)
    if request.method == "POST":
        for token in older:
            access_services.revoke_token(by=request.member, token_id=token.id, at=now)
        _token, secret = access_services.issue_token(
            by=request.member, label=_("Meetings in my calendar"), expires_at=now + LIFE, at=now, scope=SCOPE
        )
        address = request.build_absolute_uri(reverse("meetings:feed", args=[secret]))
    context = {"address": address, "older": older.exists()}
    return render(request, "meetings/subscription.html", context)


@require_safe
@public(
    "a calendar program cannot log in: the secret in the address stands for the member, and for this feed alone"
)
def feed(request: HttpRequest, secret: str) -> HttpResponse:  # noqa: ARG001  (the secret says who asks)
    """The meetings of the member's bodies as iCalendar: reference, hour and place. An ended token is not found."""
    now = timezone.now()
    member = access.member_by_token(secret, now, scope=SCOPE)
    if member is None or not member.may(Permission.MEETING_READ):
        raise NotFound
    with access_services.acting_as(member), override(member.language):
        content = services.feed(by=member, at=now)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


@require_safe
@requires(Permission.MEETING_READ)
def as_calendar(request: MemberRequest, reference: str) -> HttpResponse:
    """One meeting for a calendar, as a file."""
    now = timezone.now()
    row = queries.meeting(reference, look(request, now))
    return attached(f"{row.reference}.ics", "text/calendar; charset=utf-8", services.one_event(row, now))
