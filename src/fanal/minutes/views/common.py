"""What the pages of minutes share."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from fanal.access.gate import MemberRequest
from fanal.bodies import queries as bodies
from fanal.bodies.rules import SeatHeld
from fanal.directory import queries as directory
from fanal.meetings.queries import Sight
from fanal.minutes import queries
from fanal.minutes.rules import states
from fanal.minutes.rules.states import Act
from fanal.web.acts import keep
from fanal.web.forms import Form


def session_url(reference: str) -> str:
    """The page of a session."""
    return reverse("minutes:session", args=[reference])


def act(
    request: MemberRequest,
    form: Form,
    *,
    do: Callable[[], object],
    done: str | Callable[[Any], str],
    back: str,
    template: str = "minutes/act.html",
    **context: Any,
) -> HttpResponse:
    """Show the form of an act, or do it, say so and go back."""
    return keep(request, form, template, do=do, done=done, back=back, **context)


def seen(request: MemberRequest, reference: str) -> tuple[queries.Sheet, Sight, datetime]:
    """The minutes as the reader sees them now."""
    now = timezone.now()
    eye = queries.sight(request.member, now)
    return queries.sheet(reference, eye, now), eye, now


def may(sheet: queries.Sheet, doing: Act) -> bool:
    """Whether who prepares may do that now: its button is shown."""
    return sheet.mine.prepares and states.allowed(states.State(sheet.row.state), doing)


def seat_units(seats: Sequence[SeatHeld], language: str) -> list[tuple[str, str]]:
    """(id, name) of the units that hold seats of a body: they carry decisions out."""
    ids = dict.fromkeys(unit for seat in seats for unit in seat.unit_ids)
    names = directory.labels(ids, language)
    return sorted(((str(each), names.get(each, "")) for each in ids), key=lambda pair: pair[1])


def chosen(sheet: queries.Sheet) -> list[tuple[str, str]]:
    """(id, title) of the items that the reader sees, for a choice."""
    return [(str(each.line.item_id), f"{each.line.number}. {each.line.title}") for each in sheet.items]


def page_context(sheet: queries.Sheet, **more: Any) -> dict[str, Any]:
    """What every page of a session shows at its top."""
    return {
        "sheet": sheet,
        "row": sheet.row,
        "reference": sheet.row.reference,
        "kinds": dict(bodies.SeatKinds.choices),
        "acts": {each.value: may(sheet, each) for each in Act},
        **more,
    }
