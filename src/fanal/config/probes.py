"""What a monitor asks: does the process answer, can it serve, what did it count. Answered outside every transaction.

Health and readiness need no login and tell nothing but yes or no; why not stands in the log and in `fanal doctor`.
"""

import ipaddress
import logging
import time
from http import HTTPStatus

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from fanal.access.gate import public
from fanal.config import gauges
from fanal.config.commands import house
from fanal.database.errors import Unsafe
from fanal.web import errors

FRESH = 5.0  # seconds for which an answer stands: who asks all the time does not keep the database busy
_log = logging.getLogger("fanal.ready")
_last = (0.0, False)


@public("a process that answers; asked by the machine that runs it, before anybody can log in")
@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """This process answers. Asks nothing of the database."""
    return _plain("ok")


@public("whether requests may be sent here; asked by the machine that runs it, says yes or no")
@require_safe
def ready(_request: HttpRequest) -> HttpResponse:
    """The database answers, its tables are of this version, its walls hold: 200, else 503."""
    global _last
    asked, answer = _last
    now = time.monotonic()
    if now - asked > FRESH or not asked:
        answer = _is_ready()
        _last = (now, answer)
    return _plain("ready") if answer else _plain("not ready", HTTPStatus.SERVICE_UNAVAILABLE)


def _is_ready() -> bool:
    try:
        waiting = house.pending_migrations()
        house.check_safety()
    except (DatabaseError, Unsafe) as problem:
        _log.warning("not ready: %s", type(problem).__name__)
        return False
    if waiting:
        _log.warning("not ready: %s migrations wait", waiting)
    return not waiting


@public("figures without persons; only for this machine or with the token of the installation")
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """What all processes counted and what waits now, in Prometheus's format. To anybody else there is nothing here."""
    if not _is_monitor(request):
        return errors.not_found(request)
    body, kind = gauges.page()
    return HttpResponse(body, content_type=kind)


def _is_monitor(request: HttpRequest) -> bool:
    if settings.FANAL_METRICS_TOKEN:
        said = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return constant_time_compare(said, settings.FANAL_METRICS_TOKEN)
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False  # a proxy on this machine speaks for somebody elsewhere
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _plain(words: str, status: int = 200) -> HttpResponse:
    return HttpResponse(words + "\n", status=status, content_type="text/plain; charset=utf-8")
