"""What the pages share."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from fanal.access.gate import MemberRequest
from fanal.country import queries as country
from fanal.country.schema import Law
from fanal.web.acts import keep
from fanal.web.components import Tone
from fanal.web.forms import Form

TONES = {"overdue": Tone.LATE, "new": Tone.SOON, "answered": Tone.OK, "closed": Tone.OK}
"""The tone of a state; a word always stands beside it."""


def law_now(now: datetime) -> Law:
    return country.law(timezone.localdate(now))


def page_of(number: str) -> str:
    return reverse("recommendations:recommendation", args=[number])


def perform(
    request: MemberRequest,
    form: Form,
    reference: str,
    *,
    do: Callable[[], object],
    done: str,
    template: str = "recommendations/act.html",
    back: str = "",
    **context: Any,
) -> HttpResponse:
    """Show the form of an act, or do it, say so and go back."""
    back = back or page_of(reference)
    return keep(request, form, template, do=do, done=done, back=back, reference=reference, **context)
