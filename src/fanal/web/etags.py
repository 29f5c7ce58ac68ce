"""Versions of rows as ETag: what one read is what one changes, on the API and in a form."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from fanal.errors import Missing, Stale

Version = int | datetime


def etag(version: Version) -> str:
    """The strong ETag of a row's `version` number or `updated_at`."""
    return f'"{_plain(version)}"'


def put_etag(response: HttpResponse, version: Version) -> None:
    """Say the version of what is answered. An endpoint takes `response: HttpResponse` and calls it."""
    response["ETag"] = etag(version)


def demand_match(request: HttpRequest, version: Version) -> None:
    """Let a write through only if it names the version it read.

    The API says it in `If-Match` (`*` matches any), a form in its hidden field `version` (see `base_form.html`).
    Refused with `Missing` (428) when it is not said, with `Stale` (412) when the row changed since.
    """
    said = request.headers.get("If-Match") or _from_form(request)
    if not said:
        raise Missing("if_match_missing", _("Say in the header If-Match which version you read."))
    named = [one.strip() for one in said.split(",")]
    if "*" not in named and etag(version) not in named:
        raise Stale(
            "stale", _("Somebody changed this since you opened it. Look at it again, then repeat your act.")
        )


def form_version(version: Version) -> str:
    """The value of a form's hidden field `version`."""
    return _plain(version)


def _from_form(request: HttpRequest) -> str:
    posted: Any = request.POST.get("version", "")
    return f'"{posted}"' if posted else ""


def _plain(version: Version) -> str:
    return f"{round(version.timestamp() * 1_000_000):x}" if isinstance(version, datetime) else str(version)
