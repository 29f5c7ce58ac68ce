"""What every form of a draft does: show it, or do it, say so and go back."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fanal.access.gate import MemberRequest
from fanal.errors import Refusal
from fanal.web.errors import into_form
from fanal.web.forms import Form, respond

require_form = require_http_methods(["GET", "HEAD", "POST"])


def posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def act(
    request: MemberRequest,
    form: Form,
    plan: str,
    *,
    do: Callable[[], object],
    done: str,
    back: str,
    template: str = "plans/act.html",
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
    return respond(request, template, form, cancel_url=back, reference=plan, plan_code=plan, **context)


def editor(plan: str) -> str:
    return reverse("plans:draft", args=[plan])


def read_id(said: str) -> UUID:
    try:
        return UUID(said)
    except ValueError:
        return UUID(int=0)
