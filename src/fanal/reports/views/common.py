"""What the pages of reports share."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from fanal.access.gate import MemberRequest
from fanal.country import queries as country
from fanal.country.schema import Law
from fanal.errors import Refusal
from fanal.web.errors import into_form
from fanal.web.forms import Form, respond

require_form = require_http_methods(["GET", "HEAD", "POST"])


def law() -> Law:
    return country.law(timezone.localdate())


def posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def act(
    request: MemberRequest,
    form: Form,
    *,
    do: Callable[[], object],
    done: str,
    back: str,
    template: str = "reports/act.html",
    **context: object,
) -> HttpResponse:
    """Show the form of an act, or do it, say so and go back."""
    if form.is_bound and form.is_valid():
        try:
            do()
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            messages.success(request, done)
            return redirect(back)
    return respond(request, template, form, cancel_url=back, **context)


def named(texts: dict[str, str], language: str) -> str:
    """A title in the reader's language."""
    return texts.get(language[:2]) or texts.get("en", "")
