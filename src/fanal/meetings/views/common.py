"""What the pages of meetings have in common."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from fanal.access.gate import MemberRequest
from fanal.bodies import queries as bodies
from fanal.bodies.rules import SeatHeld
from fanal.errors import Refusal
from fanal.meetings import queries
from fanal.meetings.queries import Meeting, Sight
from fanal.web.errors import into_form
from fanal.web.forms import Form, respond

require_form = require_http_methods(["GET", "HEAD", "POST"])


def look(request: MemberRequest, now: datetime) -> Sight:
    """What the reader sees today."""
    return queries.sight(request.member, timezone.localdate(now))


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent; None when the form is only shown."""
    return request.POST if request.method == "POST" else None


def body_names(eye: Sight, language: str) -> dict[str, str]:
    """{body code: its name} of the bodies in which the reader holds a seat, in their order."""
    return {it.code: it.label(language) for it in bodies.everybody(eye.on) if it.code in eye.seats}


def prepared(eye: Sight, language: str) -> list[tuple[str, str]]:
    """The bodies that the reader prepares, to choose from."""
    return [(code, name) for code, name in body_names(eye, language).items() if eye.seats[code].prepares]


def seats_by_id(body_code: str, eye: Sight) -> dict[UUID, SeatHeld]:
    """{seat id: seat} of a body today."""
    return {seat.id: seat for seat in bodies.seats(body_code, eye.on)}


def page_of(meeting: Meeting) -> str:
    """The address of a meeting."""
    return reverse("meetings:meeting", args=[meeting.reference])


def keep(
    request: MemberRequest,
    form: Form,
    template: str,
    *,
    do: Callable[[], object],
    done: str,
    back: str,
    after: Callable[[], str] | None = None,
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
            return redirect(after() if after else back)
    return respond(request, template, form, cancel_url=back, **context)


def act(request: MemberRequest, back: str, do: Callable[[], object], done: str = "") -> HttpResponse:
    """Do an act of one button; what is refused and can be put right is said on the page it came from."""
    try:
        do()
    except Refusal as refusal:
        if refusal.status not in (409, 412, 422):
            raise
        request.refusal_in_form = refusal  # type: ignore[attr-defined]
        messages.error(request, str(refusal.message))
    else:
        if done:
            messages.success(request, done)
    return redirect(back)
