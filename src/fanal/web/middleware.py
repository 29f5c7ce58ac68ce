"""Around every request: headers that forbid what we never do, its length, one transaction, refusals as answers."""

import secrets
from collections.abc import Callable
from contextlib import nullcontext

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import resolve
from django.utils import timezone

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.audit import services as audit
from fanal.errors import Refusal
from fanal.reading import reading
from fanal.web import errors
from fanal.web.log import request_id

Next = Callable[[HttpRequest], HttpResponse]

POLICY = "; ".join(
    [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
        "connect-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
        "object-src 'none'",
    ]
)  # fmt: skip
_FEATURES = (
    "camera",
    "microphone",
    "geolocation",
    "payment",
    "usb",
    "interest-cohort",
    "browsing-topics",
    "display-capture",
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    # Not `no-referrer`: under it browsers send `Origin: null` with a form, and the CSRF check refuses it.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _FEATURES),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}


class Headers:
    """Security headers on every answer; nothing but our static files may be kept by anybody."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.id = secrets.token_hex(4)  # type: ignore[attr-defined]
        before = request_id.set(request.id)  # type: ignore[attr-defined]
        response = self.get_response(request)
        request_id.reset(before)
        for name, value in HEADERS.items():
            response.setdefault(name, value)  # a file that leaves has a stricter policy of its own
        response["X-Request-Id"] = request.id  # type: ignore[attr-defined]
        if not request.path.startswith(settings.STATIC_URL):
            response["Cache-Control"] = "no-store"
        return response


class Probes:
    """Answers what a monitor asks (`settings.FANAL_PROBES`) before any session, transaction or wall."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info not in settings.FANAL_PROBES:
            return self.get_response(request)
        request.resolver_match = match = resolve(request.path_info)
        answer: HttpResponse = match.func(request)
        return answer


class Length:
    """Refuses with 413, unread, a request longer than its kind may be."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = request.META.get("CONTENT_LENGTH") or "0"
        limits = settings.FANAL_BODY_LIMITS
        most = limits.get(request.content_type or "", limits[""])
        if said.isdecimal() and int(said) > most:
            return errors.too_large(request)
        return self.get_response(request)


class Transaction:
    """One transaction for the whole request: session, reading, act and trace stand or fall together.

    A fault (500 and above) or a refusal that reached the edge undoes everything; the refusal is then recorded in a
    transaction of its own, so that trying leaves a trace. A streamed answer would read after the transaction and is
    a fault.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with transaction.atomic(), reading() if request.method in ("GET", "HEAD") else nullcontext():
            response = self.get_response(request)
            if response.streaming:
                raise RuntimeError(
                    "an answer is never streamed: it would be read outside the transaction and the wall"
                )
            refusal: Refusal | None = getattr(response, "refusal", None)
            if response.status_code >= 500 or refusal is not None:
                transaction.set_rollback(True)
        self._record(request, refusal or getattr(request, "refusal_in_form", None))
        return response

    def _record(self, request: HttpRequest, refusal: Refusal | None) -> None:
        member: Member | None = getattr(request, "member", None)
        if refusal is None or member is None:
            return
        with acting_as(member):
            audit.record_refusal(by=member, act=_act(request), at=timezone.now(), code=refusal.code)


class Refusals:
    """The innermost layer: a refusal that a view lets rise becomes an answer here."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return errors.refused_by_django(request, self.get_response(request))

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return errors.refused(request, exception) if isinstance(exception, Refusal) else None


def _act(request: HttpRequest) -> str:
    """What was tried, as the name of the route: a path may carry a reference, a route never does."""
    match = request.resolver_match
    return (
        f"{request.method} {match.view_name if match.url_name else match.route}"
        if match
        else str(request.method)
    )
