"""Reading meetings, series and replies."""

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from fanal.access.queries import one
from fanal.errors import NotFound
from fanal.meetings.models import Meeting, Reply, Series
from fanal.meetings.models.meetings import State
from fanal.meetings.queries.sights import Sight

ORDER = "-begins_at"


def meetings(eye: Sight, *, body_code: str = "", state: str = "") -> QuerySet[Meeting]:
    """The meetings of the bodies in which the reader holds a seat; drafts for those who prepare them only."""
    rows = eye.rows(Meeting).exclude(Q(state=State.DRAFT) & ~Q(body__in=eye.prepares))
    if body_code:
        rows = rows.filter(body=body_code)
    return rows.filter(state=state) if state else rows


def meeting(reference: str, eye: Sight, *, lock: bool = False) -> Meeting:
    """A meeting by its reference (`BUR-2026-12`), locked for a change when asked; `NotFound`."""
    rows = meetings(eye).filter(reference=reference.upper())
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        raise NotFound
    return found


def between(eye: Sight, since: date, until: date, *, body_code: str = "") -> list[Meeting]:
    """The meetings from a day to another, both included, in their order."""
    zone = timezone.get_current_timezone()
    begins, ends = (
        datetime.combine(since, time.min, zone),
        datetime.combine(until, time.max, zone),
    )
    rows = meetings(eye, body_code=body_code).filter(begins_at__range=(begins, ends))
    return list(rows.order_by("begins_at", "id"))


def held_on(body_code: str, eye: Sight) -> list[date]:
    """The days on which a body met, in their order."""
    rows = meetings(eye, body_code=body_code).filter(state=State.HELD).order_by("begins_at")
    return [timezone.localdate(at) for at in rows.values_list("begins_at", flat=True)]


def coming(body_code: str, eye: Sight, at: datetime) -> Meeting | None:
    """The next meeting of a body that the reader knows of and that did not begin yet."""
    rows = meetings(eye, body_code=body_code).filter(
        state__in=[State.CONVENED, State.DRAFT], begins_at__gte=at
    )
    return rows.order_by("begins_at", "id").first()


def coming_each(eye: Sight, at: datetime, *, most: int = 50) -> list[Meeting]:
    """The meetings that the reader knows of and that are not over yet, the next first."""
    rows = meetings(eye).filter(state__in=[State.CONVENED, State.DRAFT], ends_at__gte=at)
    return list(rows.order_by("begins_at", "id")[:most])


def before(meeting: Meeting, eye: Sight) -> Meeting | None:
    """The meeting of the same body that was held last before this one."""
    rows = meetings(eye, body_code=meeting.body).filter(state=State.HELD, begins_at__lt=meeting.begins_at)
    return rows.order_by("-begins_at", "-id").first()


def series(eye: Sight, *, body_code: str = "") -> list[Series]:
    """The series of the bodies that the reader prepares, the newest first."""
    rows = eye.rows(Series).filter(body__in=eye.prepares)
    return list((rows.filter(body=body_code) if body_code else rows).order_by("-created_at", "-id"))


def one_series(series_id: UUID, eye: Sight) -> Series:
    """A series of a body that the reader prepares; `NotFound`."""
    return one(eye.rows(Series).filter(body__in=eye.prepares), series_id, lock=True)


def replies(meeting: Meeting, eye: Sight) -> Sequence[Reply]:
    """What the seats answered to the invitation."""
    return list(eye.rows(Reply).filter(meeting=meeting).order_by("at", "id"))


def replies_of(rows: Sequence[Meeting], eye: Sight) -> dict[UUID, str]:
    """{meeting id: what the reader's seat answered}; one SQL statement."""
    mine = [seat.id for seat in eye.seats.values()]
    found = eye.rows(Reply).filter(meeting__in=[row.id for row in rows], seat__in=mine)
    return dict(found.values_list("meeting_id", "answer"))
