"""Counters that a monitor reads. Labels are names of routes, classes of status and codes of refusals: never a path,
an identifier, a name. One folder (`PROMETHEUS_MULTIPROC_DIR`) holds what all processes counted.
"""

from collections.abc import Callable
from time import perf_counter

from django.contrib.auth.signals import user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from prometheus_client import Counter, Histogram

REQUESTS = Counter("fanal_requests", "Answers given", ["method", "route", "status"])
SECONDS = Histogram(
    "fanal_request_seconds",
    "How long an answer took",
    ["route"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15),
)
REFUSALS = Counter("fanal_refusals", "Acts that were refused, by the code of the refusal", ["code"])
FAULTS = Counter("fanal_faults", "Requests that broke")
LOGINS_FAILED = Counter("fanal_logins_failed", "Logins with a wrong address, password or code")
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Watch:
    """The outermost layer: counts every answer, refusals and faults too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = perf_counter()
        response = self.get_response(request)
        route = _route(request)
        REQUESTS.labels(_method(request), route, f"{response.status_code // 100}xx").inc()
        SECONDS.labels(route).observe(perf_counter() - started)
        if code := _refusal(request, response):
            REFUSALS.labels(code).inc()
        if response.status_code == 500:
            FAULTS.inc()
        return response


def _method(request: HttpRequest) -> str:
    return request.method if request.method in METHODS else "other"


def _route(request: HttpRequest) -> str:
    """The name of the route, else its pattern, else one word for whatever is no address of ours."""
    match = request.resolver_match
    if match is None:
        return "none"
    return match.view_name if match.url_name else match.route


def _refusal(request: HttpRequest, response: HttpResponse) -> str:
    refusal = getattr(response, "refusal", None) or getattr(request, "refusal_in_form", None)
    if refusal is not None:
        return str(refusal.code)
    return {413: "too_large", 429: "too_many", 503: "not_now"}.get(response.status_code, "")


@receiver(user_login_failed)
def _count_failed_login(**_: object) -> None:
    LOGINS_FAILED.inc()
