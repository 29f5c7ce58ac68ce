"""What protects my own account: factors, recovery codes, logins, tokens, linked identities."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fanal.access import queries as access
from fanal.access.adapter import LINKING
from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.accounts import queries, services
from fanal.errors import NotFound


@require_safe
@requires(Permission.HOME)
def security(request: MemberRequest) -> HttpResponse:
    """Everything that opens my account, on one page."""
    now = timezone.now()
    tokens = access.tokens_of(request.member).filter(revoked_at__isnull=True, expires_at__gt=now)
    context = {
        "factors": queries.factors(request.member),
        "logins": queries.logins(request.member),
        "here": request.session.session_key,
        "tokens": tokens.count(),
        "identities": queries.identities(request.member),
        "providers": queries.providers(),
    }
    return render(request, "accounts/security.html", context)


@require_POST
@requires(Permission.HOME)
def end_login(request: MemberRequest, login_id: UUID) -> HttpResponse:
    """Log out where I see that I am logged in."""
    services.end_login(by=request.member, login_id=login_id, at=timezone.now())
    return redirect("accounts:security")


@require_POST
@requires(Permission.HOME)
def end_other_logins(request: MemberRequest) -> HttpResponse:
    """Log out everywhere else."""
    here = request.session.session_key or ""
    services.end_other_logins(by=request.member, but=here, at=timezone.now())
    messages.success(request, _("You are logged in here only."))
    return redirect("accounts:security")


@require_POST
@requires(Permission.HOME)
def link(request: MemberRequest, provider: str) -> HttpResponse:
    """Link the login of another house: the next page leads there, and only from this button on."""
    found = next((each for each in queries.providers() if each["id"] == provider), None)
    if found is None:
        raise NotFound
    request.session[LINKING] = timezone.now().timestamp()
    return render(request, "accounts/link.html", {"provider": found})


@require_POST
@requires(Permission.HOME)
def unlink(request: MemberRequest, identity_id: int) -> HttpResponse:
    """Forget the login of another house."""
    services.unlink(by=request.member, identity_id=identity_id, at=timezone.now())
    return redirect("accounts:security")
