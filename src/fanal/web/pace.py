"""How often the same person may do the same: buckets that fill again evenly, shared by every process.

Each bucket is one moment, the one at which it is full again (the generic cell rate algorithm); a use moves it on. It
is asked in the request's transaction and spent after it, so that no two requests of one person wait for each other
and a refusal that undoes the request still counts.

A limit is asked before anything is looked up and counts what was asked, never what was found: what is absent and
what is not visible cost the same.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from fanal.access.rules import Member, Permission
from fanal.web import errors

_MINUTE = 60.0
_log = logging.getLogger("fanal.pace")


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a limit by one subject: the bucket, and how many seconds it takes to fill again after it."""

    limit: str
    bucket: bytes
    seconds: float


class Pace:
    """Refuses with 429 and `Retry-After` who asks faster than `settings.FANAL_LIMITS` (uses a minute) allows."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        uses: list[Use] = getattr(request, "uses", [])
        if uses:
            missed = response.status_code == HTTPStatus.NOT_FOUND
            spend(use for use in uses if use.limit != "unfound" or missed)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        uses = uses_of(request, view)
        wait = longest_wait(uses)
        if wait > 0:
            return errors.too_many(request, seconds=wait)
        request.uses = uses  # type: ignore[attr-defined]
        return None


def uses_of(request: HttpRequest, view: Callable[..., Any]) -> list[Use]:
    """What this request uses up: the limits that name its route, its kind, and (if nothing is found) looking."""
    member: Member | None = getattr(request, "member", None)
    limits = {
        _by_route(request),
        _by_kind(request, view, member),
        "api" if errors.is_api(request) else "page",
    }
    if member is None:
        limits &= {"login"}  # behind one address there may be a whole service: only its logins are counted
    else:
        limits.add("unfound")
    asked = {name: settings.FANAL_LIMITS[name] for name in limits if name in settings.FANAL_LIMITS}
    if not asked:
        return []
    subject = str(member.person_id) if member else get_adapter().get_client_ip(request)
    return [
        Use(name, salted_hmac("fanal.pace", f"{name}|{subject}", algorithm="sha256").digest(), _MINUTE / most)
        for name, most in sorted(asked.items())
    ]


def _by_route(request: HttpRequest) -> str:
    match = request.resolver_match
    limit, methods = settings.FANAL_LIMITED_ROUTES.get(match.view_name if match else "", ("", ""))
    return limit if request.method in methods.split() else ""


def _by_kind(request: HttpRequest, view: Callable[..., Any], member: Member | None) -> str:
    if member is None:
        return ""
    if request.method == "POST" and request.content_type == "multipart/form-data":
        return "upload"
    gate = getattr(view, "gate", None)
    return "export" if gate is not None and gate.permission is Permission.EXPORT else ""


def longest_wait(uses: Iterable[Use]) -> float:
    """Seconds until each of these uses has room in its bucket; 0: now."""
    waits = {use.bucket: use.seconds for use in uses}
    if not waits:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bucket, extract(epoch FROM full_at - clock_timestamp()) FROM web_pace WHERE bucket = ANY(%s)",
            [list(waits)],
        )
        found = cursor.fetchall()
    return max((float(left) + waits[bytes(bucket)] - _MINUTE for bucket, left in found), default=0)


def spend(uses: Iterable[Use]) -> None:
    """Take each use out of its bucket. A counter that cannot be written never fails an act that is done."""
    rows = sorted(
        (use.bucket, use.seconds) for use in uses
    )  # always in one order: no two wait for each other
    if not rows:
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO web_pace (bucket, full_at)"
                " SELECT b, clock_timestamp() + make_interval(secs => s)"
                " FROM unnest(%s::bytea[], %s::float8[]) AS used(b, s)"
                " ON CONFLICT (bucket) DO UPDATE SET full_at ="
                " greatest(web_pace.full_at, clock_timestamp()) + (excluded.full_at - clock_timestamp())",
                [[bucket for bucket, _ in rows], [seconds for _, seconds in rows]],
            )
    except DatabaseError as problem:
        _log.warning("a use was not counted: %s", type(problem).__name__)


def sweep(at: datetime) -> int:
    """Remove the buckets that are full again; returns how many. Run by the clock."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM web_pace WHERE full_at <= %s", [at])
        return int(cursor.rowcount)
