"""The page of a meeting."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.meetings import queries


@require_safe
@requires(Permission.MEETING_READ)
def meeting(request: MemberRequest, reference: str) -> HttpResponse:
    """When and where, and what is on the agenda for this reader."""
    now = timezone.now()
    eye = queries.sight(request.member, timezone.localdate(now))
    row = queries.meeting(reference, eye)
    context = {"row": row, "lines": queries.agenda(row, eye), "now": now}
    return render(request, "meetings/meeting.html", context)
