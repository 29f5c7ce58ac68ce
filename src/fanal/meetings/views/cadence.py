"""How often a body met, beside how often it has to, over the years."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.bodies import queries as bodies
from fanal.errors import NotFound
from fanal.meetings import queries
from fanal.meetings.views.common import look


@require_safe
@requires(Permission.MEETING_READ)
def cadence(request: MemberRequest, body_code: str) -> HttpResponse:
    """Met, late, missed: year by year, the last first."""
    now = timezone.now()
    eye = look(request, now)
    if body_code not in eye.seats:
        raise NotFound
    language = request.LANGUAGE_CODE
    found = queries.kept(body_code, eye)
    context = {
        "body": bodies.body(body_code, eye.on).label(language),
        "rule": found.rule.label.get(language) if found.rule else "",
        "periods": found.periods,
        "held": found.held[:-41:-1],
        "code": body_code,
    }
    return render(request, "meetings/cadence.html", context)
