"""The page of the platform's administrator."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.config import doctor
from fanal.web.components import Tone

TONES = {doctor.State.OK: Tone.OK, doctor.State.WARN: Tone.SOON, doctor.State.FAIL: Tone.LATE}


@require_safe
@requires(Permission.OPERATIONS_READ)
def page(request: MemberRequest) -> HttpResponse:
    """How the installation fares: settings, walls, clocks, certificates, queue, disk. Nobody and no file in it."""
    now = timezone.now()
    found = doctor.examine(now)
    order = list(TONES)[::-1]
    rows = [
        (finding, TONES[finding.state]) for finding in sorted(found, key=lambda one: order.index(one.state))
    ]
    wrong = sum(finding.state is not doctor.State.OK for finding in found)
    return render(
        request, "config/doctor.html", {"rows": rows, "now": now, "wrong": wrong, "many": len(found)}
    )
