"""What the pages of reports share."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from fanal.access.gate import MemberRequest
from fanal.country import queries as country
from fanal.country.schema import Law
from fanal.web.acts import keep
from fanal.web.forms import Form


def law() -> Law:
    return country.law(timezone.localdate())


def act(
    request: MemberRequest,
    form: Form,
    *,
    do: Callable[[], object],
    done: str,
    back: str,
    template: str = "reports/act.html",
    **context: Any,
) -> HttpResponse:
    """Show the form of an act, or do it, say so and go back."""
    return keep(request, form, template, do=do, done=done, back=back, **context)


def named(texts: dict[str, str], language: str) -> str:
    """A title in the reader's language."""
    return texts.get(language[:2]) or texts.get("en", "")
