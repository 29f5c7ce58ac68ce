"""One alert: what stands in it, and where it stands."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.alerts import services
from fanal.alerts.queries import Sheet
from fanal.alerts.rules import code_label, duty_label
from fanal.web.components import Phase, Stand
from fanal.web.templatetags.fanal import day


@require_safe
@requires(Permission.ALERT_READ)
def alert(request: MemberRequest, reference: str) -> HttpResponse:
    """One alert; opening it is traced for its owner."""
    now = timezone.now()
    sheet = services.consult(
        by=request.member, reference=reference, purpose=request.GET.get("purpose", ""), at=now
    )
    member = request.member
    context = {
        "sheet": sheet,
        "law": sheet.law,
        "now": now,
        "rail": _rail(sheet, request.LANGUAGE_CODE),
        "may_acknowledge": member.may(Permission.ALERT_ACKNOWLEDGE),
        "may_close": sheet.is_mine and member.may(Permission.ALERT_CLOSE),
        "may_change": sheet.is_mine and member.may(Permission.ALERT_RECORD),
        "may_know_who": member.may(Permission.IDENTITY_READ),
        "may_refer": member.may(Permission.REFERRAL_PROPOSE),
        "may_see_who_looked": sheet.is_mine and member.may(Permission.TRACE_READ),
        "next_act": _next_act(sheet, request) if sheet.is_mine and sheet.open else None,
        "thanks": request.GET.get("recorded") == "1" and sheet.is_mine,
    }
    return render(request, "alerts/alert.html", context)


def _rail(sheet: Sheet, language: str) -> list[Phase]:
    """Recorded, received, duties, outcome: what is behind, where it stands, what comes."""
    received = sum(sent.acknowledged_at is not None for sent in sheet.sent)
    done = sum(duty.done_at is not None for duty in sheet.duties)
    steps = [
        (pgettext("alert", "Recorded"), day(sheet.recorded_at), True),
        (
            pgettext("alert", "Received"),
            _("%(n)d of %(all)d services") % {"n": received, "all": len(sheet.sent)},
            received == len(sheet.sent),
        ),
    ]
    if sheet.duties:
        words = _("%(n)d of %(all)d done") % {"n": done, "all": len(sheet.duties)}
        steps.append((_("Duties"), words, done == len(sheet.duties)))
    outcome = code_label(sheet.law, "alert_outcome", sheet.outcome, language)
    steps.append((_("Outcome"), outcome or _("not yet"), not sheet.open))
    now = 0 if not sheet.open else next((n for n, step in enumerate(steps) if not step[2]), 0)
    return [
        Phase(title, detail, Stand.PAST if finished else Stand.NOW if n == now else Stand.NEXT)
        for n, (title, detail, finished) in enumerate(steps)
    ]


def _next_act(sheet: Sheet, request: MemberRequest) -> tuple[str, str] | None:
    """The one act that comes next for the owner: (words, address); nothing while others must answer."""
    undone = next((duty for duty in sheet.duties if duty.done_at is None), None)
    if undone and request.member.may(Permission.ALERT_RECORD):
        url = reverse("alerts:tick_duty", args=[sheet.reference, undone.code])
        return duty_label(sheet.law, undone.code, request.LANGUAGE_CODE), url
    silent = any(sent.acknowledged_at is None and not sent.stopped for sent in sheet.sent)
    if sheet.obstacles or silent or not request.member.may(Permission.ALERT_CLOSE):
        return None
    return _("Close with an outcome"), reverse("alerts:close", args=[sheet.reference])
