"""Opening a file in an emergency, and reviewing it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.accounts import queries, services
from fanal.accounts.forms import GlassForm, ReviewForm
from fanal.accounts.rules import DOORS
from fanal.errors import Refusal
from fanal.web.acts import require_form
from fanal.web.cursors import page
from fanal.web.errors import into_form
from fanal.web.forms import respond


@require_form
@requires(Permission.GLASS_BREAK)
def break_glass(request: MemberRequest) -> HttpResponse:
    """Open one file for an hour, with a reason."""
    form = GlassForm(request.POST or None, initial={"reference": request.GET.get("reference", "")[:11]})
    if form.is_valid():
        try:
            broken = services.break_glass(by=request.member, at=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            if broken.glass_id:
                messages.warning(request, _("Open for an hour. Its owner is told, and it will be reviewed."))
            return redirect(broken.url)
    return respond(request, "accounts/break.html", form, draft=False)


@require_safe
@requires(Permission.GLASS_REVIEW)
def glasses(request: MemberRequest) -> HttpResponse:
    """Files of the service that were opened in an emergency, and those that the member opened."""
    found = page(queries.glasses(request.member), cursor=request.GET.get("cursor", ""), order="-at")
    return render(request, "accounts/glasses.html", {"page": found, "now": timezone.now()})


@require_form
@requires(Permission.GLASS_REVIEW)
def review(request: MemberRequest, glass_id: UUID) -> HttpResponse:
    """One opening: who, when, why; and what looking again found."""
    by, now = request.member, timezone.now()
    glass = queries.glass(glass_id, by)
    form = ReviewForm(request.POST or None)
    if form.is_valid():
        try:
            services.review(by=by, glass_id=glass_id, outcome=form.cleaned_data["outcome"], at=now)
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            messages.success(request, _("The review is kept."))
            return redirect("accounts:glass", glass_id)
    door = DOORS[glass.reference[:1]]
    context = {
        "glass": glass,
        "reason": services.reason(by=by, glass=glass, at=now),
        "unit": glass.unit.label(request.LANGUAGE_CODE),
        "owner": glass.owner_unit.label(request.LANGUAGE_CODE),
        "page": door.page if by.may(door.permission) and by.unit_id == glass.owner_unit_id else "",
        "open_now": glass.until > now and glass.ended_at is None,
        "is_mine": glass.account_id == by.person_id,
        "is_owner": glass.owner_unit_id == by.unit_id,
        "may_review": glass.reviewed_at is None and glass.account_id != by.person_id,
    }
    return respond(request, "accounts/glass.html", form, **context)


@require_POST
@requires(Permission.GLASS_REVIEW)
def end_glass(request: MemberRequest, glass_id: UUID) -> HttpResponse:
    """Shut the file again before its hour is over."""
    services.end_glass(by=request.member, glass_id=glass_id, at=timezone.now())
    messages.success(request, _("The file is shut again."))
    return redirect("accounts:glass", glass_id)
