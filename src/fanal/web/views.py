"""Language, the unit one acts for, and leaving quickly."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fanal.access import services
from fanal.access.gate import MemberRequest, public, requires
from fanal.access.middleware import SESSION_KEY
from fanal.access.rules import Permission
from fanal.errors import Invalid, NotFound


@public("everybody reads in a language of their own")
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep a language: in a cookie, and for a member as the preference that mails follow too."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        raise Invalid("language_unknown", _("Fanal does not speak this language."), field="language")
    member = getattr(request, "member", None)
    if member is not None:
        services.choose_language(by=member, language=chosen)
    response = redirect(_back(request))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=365 * 24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@requires(Permission.HOME)
@require_POST
def hat(request: MemberRequest) -> HttpResponse:
    """Act for another of one's own units from now on; `NotFound` for a membership that is not one's own or ended."""
    chosen = request.POST.get("membership", "")
    if chosen not in {str(membership.id) for membership in getattr(request, "memberships", ())}:
        raise NotFound
    request.session[SESSION_KEY] = chosen
    return redirect("/")


@public("leaving needs no permission")
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Log out, empty the browser's storage, and go somewhere harmless."""
    logout(request)
    target = getattr(settings, "FANAL_QUICK_EXIT", "https://www.meteo.be/")
    response = render(request, "web/left.html", {"target": target})
    response["Clear-Site-Data"] = '"storage"'
    return response


def _back(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if safe else "/"
