"""Which places are free: the board, and our own figures."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.alerts.rules import code_label, language_name
from fanal.referrals import queries, services
from fanal.referrals.forms import PlacesForm
from fanal.referrals.views.common import law_now
from fanal.web.acts import keep, posted


@require_safe
@requires(Permission.CAPACITY_READ)
def board(request: MemberRequest) -> HttpResponse:
    """The places of every service that may publish them. Never an address."""
    now = timezone.now()
    law, language = law_now(now), request.LANGUAGE_CODE
    rows = [
        {
            "unit": unit.label(language),
            "is_mine": unit.id == request.member.unit_id,
            "capacity": capacity,
            "stale": capacity is not None and capacity.valid_until < now,
            "sexes": [code_label(law, "sex", sex, language) for sex in capacity.sexes] if capacity else [],
            "languages": [language_name(code, language) for code in capacity.languages] if capacity else [],
        }
        for unit, capacity in queries.board(on=law.on)
    ]
    may_publish = request.member.may(Permission.CAPACITY_PUBLISH)
    return render(request, "referrals/board.html", {"rows": rows, "now": now, "may_publish": may_publish})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.CAPACITY_PUBLISH)
def publish(request: MemberRequest) -> HttpResponse:
    """Publish what our service can take, until when."""
    now = timezone.now()
    last = queries.latest([request.member.unit_id]).get(request.member.unit_id)
    form = PlacesForm(
        posted(request),
        law=law_now(now),
        language=request.LANGUAGE_CODE,
        last=queries.offer(last) if last else None,
    )
    return keep(
        request, form, "referrals/publish.html",
        do=lambda: services.publish_capacity(by=request.member, offer=form.offer(), at=now),
        done=_("Published."), back=reverse("referrals:board"), draft=False,
    )  # fmt: skip
