"""What the pages of meetings have in common."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from fanal.access.gate import MemberRequest
from fanal.bodies import queries as bodies
from fanal.bodies.rules import SeatHeld
from fanal.errors import Refusal
from fanal.meetings import queries
from fanal.meetings.queries import Meeting, Sight


def look(request: MemberRequest, now: datetime) -> Sight:
    """What the reader sees today."""
    return queries.sight(request.member, timezone.localdate(now))


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
