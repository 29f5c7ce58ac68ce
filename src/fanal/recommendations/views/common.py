"""What the pages share."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from fanal.access.gate import MemberRequest
from fanal.country import queries as country
from fanal.country.schema import Law
from fanal.errors import Refusal
from fanal.web.components import Tone
from fanal.web.errors import into_form
from fanal.web.forms import Form, respond

require_form = require_http_methods(["GET", "HEAD", "POST"])
TONES = {"overdue": Tone.LATE, "new": Tone.SOON, "answered": Tone.OK, "closed": Tone.OK}
"""The tone of a state; a word always stands beside it."""


def law_now(now: datetime) -> Law:
    return country.law(timezone.localdate(now))


def posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def page_of(number: str) -> str:
    return reverse("recommendations:recommendation", args=[number])


def keep(
    request: MemberRequest,
    form: Form,
    reference: str,
    *,
    do: Callable[[], object],
    done: str,
    template: str = "recommendations/act.html",
    back: str = "",
    **context: object,
) -> HttpResponse:
    """Show the form of an act, or do it, say so and go back."""
    back = back or page_of(reference)
    if form.is_bound and form.is_valid():
        try:
            do()
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            messages.success(request, done)
            return redirect(back)
    return respond(request, template, form, cancel_url=back, reference=reference, **context)
