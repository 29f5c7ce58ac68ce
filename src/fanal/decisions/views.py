"""The register of decisions."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.decisions import queries


@require_safe
@requires(Permission.DECISION_READ)
def decision(request: MemberRequest, number: str) -> HttpResponse:
    """One decision."""
    row = queries.get(number, request.member, on=timezone.localdate())
    return render(request, "decisions/decision.html", {"row": row})
