"""What the pages of an act have in common."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

from fanal.access.gate import MemberRequest
from fanal.country import queries as country
from fanal.country.schema import Law
from fanal.errors import Refusal
from fanal.web.errors import into_form
from fanal.web.forms import Form, respond


def law_now(now: datetime) -> Law:
    """The law of the day."""
    return country.law(timezone.localdate(now))


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent; None when the form is only shown."""
    return request.POST if request.method == "POST" else None


def keep(
    request: MemberRequest,
    form: Form,
    template: str,
    *,
    do: Callable[[], object],
    done: str,
    back: str,
    **context: object,
) -> HttpResponse:
    """Show the form of an act, or do the act, say so and go back."""
    if form.is_bound and form.is_valid():
        try:
            do()
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            messages.success(request, done)
            return redirect(back)
    return respond(request, template, form, cancel_url=back, **context)
