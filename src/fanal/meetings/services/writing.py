"""What every act on a meeting has in common: who acts in which seat, the trace, the history, who is told."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from fanal.access.rules import Member
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.bodies import queries as bodies
from fanal.bodies.rules import SeatHeld, SeatKind
from fanal.errors import NotAllowed, Refusal, Stale
from fanal.meetings import queries
from fanal.meetings.models import Item, Meeting, Point, Step
from fanal.meetings.queries import Sight
from fanal.meetings.rules import meetings as lives
from fanal.notify import services as notify


def sight(by: Member, at: datetime) -> Sight:
    """What the member sees on the day of an act."""
    return queries.sight(by, timezone.localdate(at))


def to_prepare(reference: str, eye: Sight, *, version: int | None = None) -> Meeting:
    """A meeting that the member prepares, locked: one change of an agenda after the other.

    `NotFound`; `NotAllowed` (`seat_does_not_prepare`); `Stale` when it changed since `version`.
    """
    row = queries.meeting(reference, eye, lock=True)
    demand_prepares(row.body, eye)
    if version is not None and version != row.version:
        raise Stale(
            "stale", _("Somebody changed this since you opened it. Look at it again, then repeat your act.")
        )
    return row


def demand_prepares(body_code: str, eye: Sight) -> SeatHeld:
    """The member's seat of the chair or the secretariat; `NotAllowed` (`seat_does_not_prepare`)."""
    seat = eye.seats[body_code]
    if not seat.prepares:
        raise NotAllowed(
            "seat_does_not_prepare", _("Only the chair and the secretariat of this body do this.")
        )
    return seat


def demand_chair(body_code: str, eye: Sight) -> SeatHeld:
    """The member's seat of the chair; `NotAllowed` (`not_the_chair`)."""
    seat = eye.seats[body_code]
    if seat.kind is not SeatKind.CHAIR:
        raise NotAllowed("not_the_chair", _("Only the chair of this body decides this."))
    return seat


def demand_to_come(row: Meeting) -> None:
    """Refused (`meeting_over`) once a meeting was held or cancelled."""
    if row.state not in lives.TO_COME:
        raise Refusal("meeting_over", _("This meeting is over: its agenda does not change any more."))


def demand_open(row: Meeting) -> None:
    """Refused (`agenda_set`) once the agenda was set, (`meeting_over`) once the meeting is over."""
    demand_to_come(row)
    if row.agenda_set_at is not None:
        moment = timezone.localtime(row.agenda_set_at)
        raise Refusal(
            "agenda_set",
            _(
                "The agenda of %(meeting)s was set on %(day)s. Ask for it to come late, or leave it for the next "
                "meeting: what you wrote is still here."
            )
            % {"meeting": row.reference, "day": f"{moment:%d.%m.%Y %H:%M}"},
            field="meeting",
        )


def changed(row: Meeting, *fields: str) -> None:
    """Save a meeting as changed."""
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def tell_step(
    item: Item, act: str, *, by: Member, at: datetime, meeting: Meeting | None = None, words: str = "",
    facts: Mapping[str, object] | None = None,
) -> Step:  # fmt: skip
    """One line of an item's history, not saved yet."""
    return Step(
        compartment_id=item.compartment_id,
        item=item,
        meeting=meeting,
        act=act,
        facts=dict(facts or {}),
        words=words.strip(),
        at=at,
        by=by.person_id,
        unit_id=by.unit_id,
    )


def trace(
    row: Meeting | Item, act: str, *, by: Member, at: datetime, verb: Verb = Verb.ALTER,
    objects: Iterable[UUID] = (), facts: Mapping[str, object] | None = None,
) -> None:  # fmt: skip
    """The trace of an act on a meeting or an item, in its compartment."""
    audit.record(
        by=by,
        verb=verb,
        act=f"meetings.{act}",
        at=at,
        compartment_id=row.compartment_id,
        object_ids=[row.id, *objects],
        reference=row.reference,
        facts=dict(facts or {}),
    )


def tell_preparers(item: Item, kind: str, *, by: Member, at: datetime) -> None:
    """Tell the units that prepare the meetings of an item's body; of a restricted one those that it names."""
    seats = [
        seat
        for seat in bodies.seats(item.body, timezone.localdate(at))
        if seat.prepares and (not item.seats or seat.id in item.seats)
    ]
    units = {unit_id for seat in seats for unit_id in seat.unit_ids} - {by.unit_id}
    notify.tell(unit_ids=sorted(units), kind=f"meetings.{kind}", reference=item.reference, at=at)


def last_place(meeting: Meeting, eye: Sight, *, restricted: bool) -> int:
    """The place after the last point of its kind on an agenda."""
    rows = [row.position for row in queries.points(meeting, eye) if row.item.restricted is restricted]
    return max(rows, default=0) + 1


def new_point(
    meeting: Meeting, item: Item, *, section: str, position: int, at: datetime, late: bool = False
) -> Point:
    """A point of an agenda, in the compartment of its item, not saved yet."""
    return Point(
        compartment_id=item.compartment_id,
        meeting=meeting,
        item=item,
        position=position,
        section=section,
        minutes=item.minutes,
        late=late,
        added_at=at,
    )
