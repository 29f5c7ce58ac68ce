"""The page of an act: its form, the act, where one goes then."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from fanal.errors import Refusal
from fanal.web.errors import into_form
from fanal.web.forms import Form, respond

require_form = require_http_methods(["GET", "HEAD", "POST"])


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, or nothing when the form is only shown."""
    return request.POST if request.method == "POST" else None


def keep(
    request: HttpRequest,
    form: Form,
    template: str,
    *,
    do: Callable[[], object],
    done: str | Callable[[Any], str],
    back: str,
    after: str | Callable[[Any], str] = "",
    **context: object,
) -> HttpResponse:
    """Show the form of an act, or do the act, say so and go back (`after`: elsewhere).

    What is said and where one goes may depend on what was made.

    A refusal is said at its field, and nothing that was typed is lost.
    """
    if form.is_bound and form.is_valid():
        try:
            made = do()
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            messages.success(request, done(made) if callable(done) else done)
            return redirect(after(made) if callable(after) else after or back)
    return respond(request, template, form, cancel_url=back, **context)
