"""The agenda of a meeting: setting it, the order and length of its points, late items, seats that do not vote."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fanal.access.rules import Member
from fanal.audit.services import Verb
from fanal.bodies import queries as bodies
from fanal.bodies import services as body_services
from fanal.errors import Invalid, Refusal
from fanal.meetings import queries
from fanal.meetings.models import Item, Meeting, Point
from fanal.meetings.models.meetings import State
from fanal.meetings.queries import Sight
from fanal.meetings.rules.agenda import moved
from fanal.meetings.rules.items import Section
from fanal.meetings.services import inviting
from fanal.meetings.services.building import fill
from fanal.meetings.services.writing import (
    changed,
    demand_chair,
    demand_open,
    demand_prepares,
    demand_to_come,
    last_place,
    new_point,
    sight,
    tell_step,
    to_prepare,
    trace,
)

MOST_MINUTES = 600


@transaction.atomic
def convene(*, by: Member, reference: str, at: datetime) -> Meeting:
    """Convene a meeting: its agenda is built, the seats are invited. Twice changes nothing.

    Refused: `NotFound`; `NotAllowed`; `Refusal` (`meeting_over`, `begins_before`).
    """
    eye = sight(by, at)
    row = to_prepare(reference, eye)
    if row.state == State.CONVENED:
        return row
    demand_to_come(row)
    if row.begins_at <= at:
        raise Refusal("begins_before", _("This meeting would have begun already. Change its day first."))
    _answer_request(row, by, at)
    row.state, row.convened_at = State.CONVENED, at
    fill(row, eye, at=at)
    changed(row, "state", "convened_at")
    trace(row, "convene", by=by, at=at, verb=Verb.DISCLOSE)
    inviting.invite(row, "invitation", at)
    return row


def _answer_request(row: Meeting, by: Member, at: datetime) -> None:
    """A meeting that was asked for as urgent stops the clock of that request; another answer has stopped it before."""
    if row.request_id is None:
        return
    request = bodies.request(row.request_id, by, timezone.localdate(at))
    if request.answered_at is None:
        day = timezone.localdate(row.begins_at)
        body_services.convene(by=by, request_id=request.id, meets_on=day, at=at)


@transaction.atomic
def set_agenda(*, by: Member, reference: str, at: datetime, version: int | None = None) -> Meeting:
    """Close an agenda: what comes afterwards is late, and who does not vote on an item is fixed. Twice changes nothing.

    Everything open is placed first, so that nothing is left behind unseen. Refused: `NotFound`; `NotAllowed`; `Stale`;
    `Refusal` (`not_convened`, `meeting_over`).
    """
    eye = sight(by, at)
    row = to_prepare(reference, eye, version=version)
    demand_to_come(row)
    if row.agenda_set_at is not None:
        return row
    if row.state != State.CONVENED:
        raise Refusal(
            "not_convened", _("Convene the meeting first: an agenda is set for those who were invited.")
        )
    fill(row, eye, at=at)
    row.agenda_set_at = at
    changed(row, "agenda_set_at")
    trace(row, "set_agenda", by=by, at=at)
    inviting.tell(row, "agenda_set", at, but=by.unit_id)
    return row


@transaction.atomic
def move(*, by: Member, point_id: UUID, to: int, at: datetime) -> Point:
    """Put a point at place `to` (from 0) among the ordinary or the restricted ones; cut at the ends.

    Refused: `NotFound`; `NotAllowed`; `Refusal` (`meeting_over`).
    """
    eye, row = _point(by, point_id, at)
    rows = [each for each in queries.points(row.meeting, eye) if each.item.restricted is row.item.restricted]
    by_id = {each.id: each for each in sorted(rows, key=lambda each: (each.position, each.id))}
    for position, each in enumerate(moved(list(by_id), row.id, to), 1):
        by_id[each].position = position
    Point.objects.bulk_update(by_id.values(), ["position"])
    changed(row.meeting)
    trace(row.item, "move", by=by, at=at, objects=[row.id])
    return by_id[row.id]


@transaction.atomic
def lengthen(*, by: Member, point_id: UUID, minutes: int, at: datetime) -> Point:
    """Plan so many minutes for a point; the slots after it move. Refused: as `move`; `Invalid` (`minutes`)."""
    if not 0 <= minutes <= MOST_MINUTES:
        raise Invalid("minutes", _("Give the minutes as a number from 0 to 600."), field="minutes")
    _eye, row = _point(by, point_id, at)
    row.minutes = minutes
    row.save(update_fields=["minutes"])
    changed(row.meeting)
    trace(row.item, "lengthen", by=by, at=at, objects=[row.id], facts={"minutes": minutes})
    return row


@transaction.atomic
def exclude(*, by: Member, point_id: UUID, seat_ids: Collection[UUID], why: str, at: datetime) -> Point:
    """Say which seats do not vote on an item because of a conflict of interest: as long as the agenda is not set.

    The royal decree of 21 July 2014 gives the joint seat of the centres a vote except on such items, fixed when the
    agenda is set; the same act serves any seat that votes. Without seats nobody is excluded. Refused: as `move`;
    `Refusal` (`agenda_set`); `Invalid` (`seat_does_not_vote`, `why`).
    """
    _eye, row = _point(by, point_id, at)
    demand_open(row.meeting)
    _demand_votes(row.meeting, seat_ids, at)
    if seat_ids and not why.strip():
        raise Invalid("why", _("Say in a few words what the conflict is."), field="why")
    row.excluded = sorted(set(seat_ids))
    row.why_excluded = why.strip() if seat_ids else ""
    row.save(update_fields=["excluded", "why_excluded"])
    changed(row.meeting)
    tell_step(
        row.item, "excluded", by=by, at=at, meeting=row.meeting, words=row.why_excluded,
        facts={"seats": [str(each) for each in row.excluded]},
    ).save()  # fmt: skip
    trace(row.item, "exclude", by=by, at=at, objects=[row.id], facts={"seats": len(row.excluded)})
    return row


def _demand_votes(meeting: Meeting, seat_ids: Collection[UUID], at: datetime) -> None:
    voting = {seat.id for seat in bodies.seats(meeting.body, timezone.localdate(at)) if seat.votes}
    if set(seat_ids) - voting:
        raise Invalid("seat_does_not_vote", _("Choose among the seats that vote."), field="seats")


@transaction.atomic
def take_off(*, by: Member, point_id: UUID, why: str, until: date | None = None, at: datetime) -> None:
    """Take an item off an agenda: it is open, and back on the next one, or on the first after a day (`until`).

    Refused: as `move`; `Refusal` (`agenda_set`); `Invalid` (`why`, `day_over`).
    """
    _eye, row = _point(by, point_id, at)
    demand_open(row.meeting)
    if not why.strip():
        raise Invalid("why", _("Say why: who proposed it reads it."), field="why")
    day = timezone.localdate(row.meeting.begins_at)
    if until is not None and until <= day:
        raise Invalid("day_over", _("Choose a day after this meeting."), field="until")
    item = row.item
    item.returns_on = until or date.fromordinal(day.toordinal() + 1)
    item.save(update_fields=["returns_on"])
    tell_step(
        item, "taken_off", by=by, at=at, meeting=row.meeting, words=why,
        facts={"until": item.returns_on.isoformat()},
    ).save()  # fmt: skip
    trace(item, "take_off", by=by, at=at, objects=[row.id])
    row.delete()
    changed(row.meeting)


@transaction.atomic
def admit(
    *, by: Member, reference: str, at: datetime, excluded: Collection[UUID] = (), why_excluded: str = ""
) -> Point:
    """The chair's consent to an item that came after the agenda was set: it is on it, marked as late.

    Seats that do not vote on it are said in this act. Refused: `NotFound`; `NotAllowed` (`not_the_chair`); `Refusal`
    (`not_late`, `meeting_over`); `Invalid` (`seat_does_not_vote`).
    """
    eye = sight(by, at)
    item, meeting = _late(eye, reference)
    _demand_votes(meeting, excluded, at)
    position = last_place(meeting, eye, restricted=item.restricted)
    point = new_point(meeting, item, section=Section.PROPOSED, position=position, at=at, late=True)
    point.excluded, point.why_excluded = sorted(set(excluded)), why_excluded.strip()
    point.save(force_insert=True)
    item.late_for = None
    item.save(update_fields=["late_for"])
    changed(meeting)
    tell_step(item, "admitted", by=by, at=at, meeting=meeting).save()
    trace(item, "admit", by=by, at=at, objects=[point.id])
    inviting.tell_proposer(item, "admitted", at, but=by.unit_id)
    return point


@transaction.atomic
def leave_for_next(*, by: Member, reference: str, why: str, at: datetime) -> None:
    """The chair does not take a late item: it is open, and on the next agenda by itself.

    Refused: as `admit`; `Invalid` (`why`).
    """
    eye = sight(by, at)
    item, meeting = _late(eye, reference)
    if not why.strip():
        raise Invalid("why", _("Say why: who proposed it reads it."), field="why")
    item.late_for = None
    item.returns_on = date.fromordinal(timezone.localdate(meeting.begins_at).toordinal() + 1)
    item.save(update_fields=["late_for", "returns_on"])
    tell_step(item, "left_for_next", by=by, at=at, meeting=meeting, words=why).save()
    trace(item, "leave_for_next", by=by, at=at)
    inviting.tell_proposer(item, "left_for_next", at, but=by.unit_id)


def _late(eye: Sight, reference: str) -> tuple[Item, Meeting]:
    item = queries.item(reference, eye, lock=True)
    demand_chair(item.body, eye)
    if item.late_for is None:
        raise Refusal("not_late", _("This item does not wait for the consent of the chair."))
    meeting = queries.meeting(item.late_for.reference, eye, lock=True)
    demand_to_come(meeting)
    return item, meeting


def _point(by: Member, point_id: UUID, at: datetime) -> tuple[Sight, Point]:
    """A point of an agenda that the member prepares; the meeting is locked first, then the point is read."""
    eye = sight(by, at)
    meeting = queries.point(point_id, eye).meeting
    meeting = queries.meeting(meeting.reference, eye, lock=True)
    demand_prepares(meeting.body, eye)
    demand_to_come(meeting)
    row = queries.point(point_id, eye)
    row.meeting = meeting
    return eye, row
