"""The one place where a refusal becomes a page, a form error or a problem, and where a fault is logged, once."""

import logging
import math
import sys
from http import HTTPStatus

import psycopg
from django import forms
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fanal.errors import Refusal
from fanal.web.log import place
from fanal.web.problems import problem

FORM_STATUSES = {409, 412, 422}
"""A form can put these right; the others leave it."""

WAITED_TOO_LONG = (psycopg.errors.QueryCanceled, psycopg.errors.LockNotAvailable)
"""What the database says when a time limit of ours ran out."""

AGAIN = 5
"""Seconds after which what took too long is worth another try."""

_log = logging.getLogger("fanal.fault")


def refused_by_django(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A method that a route does not know: Django and ninja answer in bare words; the API says it as a problem."""
    if not is_api(request) or response.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
        return response
    said = problem(405, "method_not_allowed")
    said["Allow"] = response["Allow"]
    return said


def is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The answer to a refusal that reached the edge: a page, the login page, or a problem under `/api/`.

    It carries the refusal, so that `Transaction` undoes the request and records that it was tried.
    """
    if is_api(request):
        response = _problem_of(refusal)
    elif refusal.status == HTTPStatus.UNAUTHORIZED:
        response = to_login(request)
    elif refusal.status == HTTPStatus.NOT_FOUND:
        response = not_found(request)
    else:
        context = {"message": refusal.message, "status": refusal.status, "title": _title(refusal.status)}
        response = render(request, "web/errors/refused.html", context, status=refusal.status)
    response.refusal = refusal  # type: ignore[attr-defined]
    return response


def into_form(request: HttpRequest, form: forms.BaseForm, refusal: Refusal) -> None:
    """Put a service's refusal beside its field or at the top of the form; show the form again with `forms.respond`.

    A refusal that a form cannot put right (not found, not allowed) rises again. What the request read stays
    traced: the service undid its own writes, and only the refusal is recorded on top.
    """
    if refusal.status not in FORM_STATUSES:
        raise refusal
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
    request.refusal_in_form = refusal  # type: ignore[attr-defined]


def to_login(request: HttpRequest) -> HttpResponse:
    """To the login page and back; what was typed waits in the browser (see `fanal.js`)."""
    target = f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return redirect(target)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Absent and not visible: the same bytes for the same reader, so no token and no path stand in the page."""
    if is_api(request):
        return problem(404, "not_found")
    return HttpResponse(render_to_string("web/errors/404.html", {}, request), status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """A request no browser of ours sends (too many fields, a forged host, a broken encoding)."""
    return _plain_error(request, 400, "bad_request", _("This request cannot be read."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Django's own PermissionDenied; our refusals say more."""
    return _plain_error(request, 403, "not_allowed", _("Your function does not include this act."))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form from a page that was left open: log in again if need be, then send it again, nothing is lost."""
    if is_api(request):
        return problem(
            403, "csrf", _("Send the header X-CSRFToken, or a personal token instead of a session.")
        )
    if not request.user.is_authenticated:
        return to_login(request)
    context = {"back": request.get_full_path(), "title": _("This page was open for too long")}
    return render(request, "web/errors/csrf.html", context, status=403)


def too_many(request: HttpRequest, *, seconds: float = 60) -> HttpResponse:
    """Asked more often than `web.pace` or the login library allows. Says when, and nothing about what was asked."""
    wait = max(math.ceil(seconds), 1)
    message = ngettext(
        "You asked this very often in a short time. Try again in %(n)d second.",
        "You asked this very often in a short time. Try again in %(n)d seconds.",
        wait,
    ) % {"n": wait}
    response = _plain_error(request, 429, "too_many", message)
    response["Retry-After"] = str(wait)
    return response


def too_large(request: HttpRequest) -> HttpResponse:
    """A request longer than `settings.FANAL_BODY_LIMITS`, refused before it is read."""
    if is_api(request):
        return problem(413, "too_large", _("This is longer than Fanal accepts."))
    return HttpResponse(render_to_string("web/errors/413.html"), status=413)


def fault(request: HttpRequest) -> HttpResponse:
    """Anything that is not a refusal: logged once under a short number that the page shows, without personal data.

    A database that is away, full or takes too long is no fault of the reader or the code: 503, worth another try.
    """
    kind, value, trace = sys.exc_info()
    number = getattr(request, "id", "") or "unknown"
    route = getattr(request.resolver_match, "route", "") if request.resolver_match else ""
    # Not the exception's words: a database's often quote the row.
    _log.error("fault %s: %s in %s %s at %s", number, _kind(kind, value), request.method, route, place(trace))
    if isinstance(value, OperationalError):
        return _not_now(request, slow=isinstance(value.__cause__, WAITED_TOO_LONG))
    if is_api(request):
        response = problem(
            500, "fault", _("Something broke here. Nothing was saved."), facts={"number": number}
        )
    else:
        response = HttpResponse(render_to_string("web/errors/500.html", {"number": number}), status=500)
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _not_now(request: HttpRequest, *, slow: bool) -> HttpResponse:
    if not is_api(request):
        response = HttpResponse(render_to_string("web/errors/503.html", {"slow": slow}), status=503)
    elif slow:
        response = problem(
            503, "too_slow", _("This took too long. Nothing was saved. Try again in a moment.")
        )
    else:
        response = problem(
            503, "away", _("Fanal cannot work just now. Nothing was saved. Try again in a moment.")
        )
    response["Retry-After"] = str(AGAIN)
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _kind(kind: type[BaseException] | None, value: BaseException | None) -> str:
    """The exception's type; for the database's, its code too (appendix A of PostgreSQL's manual)."""
    name = kind.__name__ if kind else "unknown"
    state = getattr(value.__cause__, "sqlstate", None) if value else None
    return f"{name} {state}" if state else name


def _problem_of(refusal: Refusal) -> HttpResponse:
    if refusal.status == HTTPStatus.NOT_FOUND:
        return problem(404, "not_found")
    message = str(refusal.message)
    errors = [{"field": refusal.field, "message": message}] if refusal.field else []
    response = problem(refusal.status, refusal.code, message, errors=errors, facts=refusal.facts)
    if refusal.status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = "Bearer"
    return response


def _plain_error(request: HttpRequest, status: int, code: str, message: str) -> HttpResponse:
    if is_api(request):
        return problem(status, code, message)
    context = {"message": message, "status": status, "title": _title(status)}
    return render(request, "web/errors/refused.html", context, status=status)


def _title(status: int) -> str:
    titles = {
        400: _("This request cannot be read"),
        403: _("This act is not yours"),
        409: _("This act is not possible now"),
        412: _("This changed in the meantime"),
        422: _("Something typed cannot be right"),
        428: _("Say which version you read"),
        429: _("A moment, please"),
    }
    return titles.get(status, _("This act was refused"))
