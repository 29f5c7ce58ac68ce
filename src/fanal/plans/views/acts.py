"""What every form of a draft does: show it, or do it, say so and go back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from fanal.access.gate import MemberRequest
from fanal.web.acts import keep
from fanal.web.forms import Form


def act(
    request: MemberRequest,
    form: Form,
    plan: str,
    *,
    do: Callable[[], object],
    done: str,
    back: str,
    template: str = "plans/act.html",
    **context: Any,
) -> HttpResponse:
    """Show the form of an act, or do it, say so and go back."""
    return keep(
        request, form, template, do=do, done=done, back=back, reference=plan, plan_code=plan, **context
    )


def editor(plan: str) -> str:
    return reverse("plans:draft", args=[plan])


def read_id(said: str) -> UUID:
    try:
        return UUID(said)
    except ValueError:
        return UUID(int=0)
