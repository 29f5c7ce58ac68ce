"""The invitation to a meeting and its cancellation, into the calendar of whoever sits in a seat."""

from datetime import datetime, timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from fanal.access.rules import Member
from fanal.bodies import queries as bodies
from fanal.meetings import queries
from fanal.meetings.models import Item, Meeting
from fanal.meetings.models.meetings import State
from fanal.meetings.rules.calendars import Entry, invitation
from fanal.meetings.rules.calendars import feed as publish
from fanal.notify import services as notify


def entry(row: Meeting, stamp: datetime) -> Entry:
    """A meeting as calendars show it: its reference, when and where, and nothing of what is on its agenda."""
    return Entry(
        uid=f"{row.id}@fanal",
        summary=row.reference,
        begins_at=row.begins_at,
        ends_at=row.ends_at,
        place=row.place,
        url=urljoin(settings.FANAL_URL, reverse("meetings:meeting", args=[row.reference])),
        sequence=row.sequence,
        cancelled=row.state == State.CANCELLED,
        tentative=row.state == State.DRAFT,
        stamp=stamp,
    )


def invite(row: Meeting, kind: str, at: datetime) -> None:
    """Send each seat the meeting as it stands: to the persons it names, or to the members of its units."""
    calendar = invitation(entry(row, at), settings.DEFAULT_FROM_EMAIL)
    told = set[object]()
    for seat in bodies.seats(row.body, timezone.localdate(at)):
        for unit_id in seat.unit_ids:
            members = [one for one in seat.member_ids if one not in told]
            if unit_id in told or (seat.member_ids and not members):
                continue
            notify.invite(
                unit_id=unit_id, membership_ids=members, kind=f"meetings.{kind}", reference=row.reference,
                calendar=calendar, at=at,
            )  # fmt: skip
            told |= set(members) or {unit_id}


def tell(row: Meeting, kind: str, at: datetime, *, but: int) -> None:
    """Tell the units of the seats that something about a meeting changed, but the one that did it."""
    seats = bodies.seats(row.body, timezone.localdate(at))
    units = {unit_id for seat in seats for unit_id in seat.unit_ids} - {but}
    notify.tell(unit_ids=sorted(units), kind=f"meetings.{kind}", reference=row.reference, at=at)


def tell_proposer(item: Item, kind: str, at: datetime, *, but: int) -> None:
    """Tell the unit that proposed an item what became of it."""
    if item.unit_id != but:
        notify.tell(unit_ids=[item.unit_id], kind=f"meetings.{kind}", reference=item.reference, at=at)


FEED = timedelta(days=400)
"""How far back and ahead the feed goes: a little more than a year."""


def feed(*, by: Member, at: datetime) -> bytes:
    """The meetings of the member's bodies for a calendar program: those convened, held or cancelled, no draft."""
    eye = queries.sight(by, timezone.localdate(at))
    rows = queries.between(eye, timezone.localdate(at - FEED), timezone.localdate(at + FEED))
    return publish((entry(row, at) for row in rows if row.state != State.DRAFT and row.convened_at), "Fanal")


def one_event(row: Meeting, at: datetime) -> bytes:
    """One meeting as a calendar file."""
    return publish([entry(row, at)], row.reference)
