"""What the pages of an act have in common."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fanal.access.gate import MemberRequest
from fanal.country import queries as country
from fanal.country.schema import Law
from fanal.errors import Missing, Refusal
from fanal.web.errors import into_form
from fanal.web.forms import Form, respond

require_form = require_http_methods(["GET", "HEAD", "POST"])


def law_now(now: datetime) -> Law:
    """The law of the day."""
    return country.law(timezone.localdate(now))


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent; None when the form is only shown."""
    return request.POST if request.method == "POST" else None


def version_read(request: HttpRequest) -> int | None:
    """The version on which the person decided, as her form carries it; None when the form is only shown.

    Refused with `Missing`: a form without it is not ours.
    """
    if request.method != "POST":
        return None
    typed = request.POST.get("version", "")
    if not typed.isdecimal():
        raise Missing("if_match_missing", _("This form does not say which version you read. Open it again."))
    return int(typed)


def uuid_of(text: str) -> UUID | None:
    """A UUID that was typed or sent; None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def keep(
    request: MemberRequest,
    form: Form,
    template: str,
    *,
    do: Callable[[], object],
    done: str,
    back: str,
    after: str = "",
    **context: object,
) -> HttpResponse:
    """Show the form of an act, or do the act, say so and go `after` (by default `back`)."""
    if form.is_bound and form.is_valid():
        try:
            do()
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            messages.success(request, done)
            return redirect(after or back)
    return respond(request, template, form, cancel_url=back, **context)
