"""Lists: procedures, requests, clocks. Each takes the reader and what the list is narrowed to."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from fanal.access.queries import visible
from fanal.access.rules import Member
from fanal.errors import NotFound
from fanal.protection.models import Deadline, Procedure, Request, RequestState

SOON = timedelta(days=30)
"""What a board calls soon: the first reminder comes 30 days before the end (an organisational default)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a list of procedures is narrowed to; empty: everything the member may see.

    `due`: whose next clock is `late` at that moment, or runs out `soon` (within 30 days).
    """

    reference: str = ""
    state: str = ""
    track: str = ""
    phase: str = ""
    due: str = ""
    at: datetime | None = None


def procedures(by: Member, narrowed: Filter = Filter()) -> QuerySet[Procedure]:
    """The procedures in which the member's unit has a seat."""
    rows = visible(Procedure, by).select_related("centre_unit", "office_unit")
    if narrowed.reference:
        rows = rows.filter(reference=narrowed.reference)
    if narrowed.state:
        rows = rows.filter(ended_on__isnull=narrowed.state == "running")
    if narrowed.track:
        rows = rows.filter(track=narrowed.track)
    if narrowed.phase:
        rows = rows.filter(phase=narrowed.phase)
    if narrowed.due and narrowed.at:
        today = timezone.localdate(narrowed.at)
        late = narrowed.due == "late"
        rows = rows.filter(
            **({"next_due_on__lt": today} if late else {"next_due_on__range": (today, today + SOON)})
        )
    return rows


def requests(by: Member, *, state: str = "") -> QuerySet[Request]:
    """The requests to open that the member's unit made or must answer."""
    rows = visible(Request, by).select_related("centre_unit", "office_unit", "compartment")
    return rows.filter(state=state) if state else rows


def request(reference: str, by: Member) -> Request:
    """One request; `NotFound`."""
    found = requests(by).filter(reference=reference).first()
    if found is None:
        raise NotFound
    return found


def waiting_requests(by: Member) -> QuerySet[Request]:
    """The requests without an answer."""
    return requests(by, state=RequestState.WAITING)


def clocks(by: Member, *, whom: str = "", when: str = "", at: datetime) -> QuerySet[Deadline]:
    """The clocks that run and that the member's unit may know of, dates only included.

    `whom`: `me`, `others`; `when`: `late`, `soon` (within 30 days).
    """
    rows = visible(Deadline, by).filter(done_at=None).select_related("waiting_for")
    mine = Q(waiting_for_id=by.unit_id)
    if whom:
        rows = rows.filter(mine if whom == "me" else ~mine)
    if when:
        rows = rows.filter(due_at__lt=at) if when == "late" else rows.filter(due_at__range=(at, at + SOON))
    return rows


def clocks_of(reference: str, by: Member) -> list[Deadline]:
    """The clocks that run under a reference, soonest first."""
    rows = visible(Deadline, by).filter(reference=reference, done_at=None).select_related("waiting_for")
    return list(rows.order_by("due_at", "id"))


def exists(reference: str, by: Member) -> None:
    """`NotFound` unless a procedure or a request with that reference is visible."""
    if not visible(Procedure, by).filter(reference=reference).exists():
        request(reference, by)
