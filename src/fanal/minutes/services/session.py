"""Opening a session, noting who is there, closing it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access.rules import Member
from fanal.bodies import queries as bodies
from fanal.errors import Invalid, Refusal
from fanal.meetings import queries as meetings
from fanal.meetings import services as meeting_services
from fanal.minutes import queries
from fanal.minutes.models import Minutes, Outcome, Presence
from fanal.minutes.rules import attendance
from fanal.minutes.rules.states import Act
from fanal.minutes.services.common import prepared, trace


@transaction.atomic
def open_session(*, by: Member, reference: str, at: datetime) -> Minutes:
    """Open the session of a meeting that was convened; its minutes begin. Twice changes nothing.

    Refused: `NotFound`; `NotAllowed` to a seat that does not prepare; `Refusal` `not_convened`.
    """
    eye = queries.sight(by, at)
    meeting = meetings.meeting(reference, eye, lock=True)
    bodies.demand_prepares(meeting.body, by, eye.on)
    found = queries.rows(Minutes, eye).filter(meeting=meeting.id).first()
    if found is not None:
        return found
    if meeting.state not in ("convened", "held"):
        raise Refusal("not_convened", _("This meeting was not convened: send the invitation first."))
    row = Minutes.objects.create(
        compartment_id=meeting.compartment_id,
        meeting=meeting.id,
        reference=meeting.reference,
        body=meeting.body,
        held_on=timezone.localdate(meeting.begins_at),
        opened_at=at,
        opened_by=by.person_id,
    )
    trace("open_session", row, by=by, at=at)
    return row


@dataclass(frozen=True, slots=True)
class Seen:
    """What is noted of a seat. `who` sits there, `instead_of` whom."""

    seat_id: UUID
    state: attendance.State
    who: str = ""
    instead_of: str = ""


@transaction.atomic
def note_attendance(
    *, by: Member, reference: str, seen: Iterable[Seen], since: datetime | None = None, at: datetime
) -> int:
    """Note who is there from `since` on (now, unless told), seat by seat; returns how many seats changed.

    What already stands is not noted again. Refused: `NotFound`; `NotAllowed`; `Refusal` `not_now`; `Invalid`
    `unknown_seat`, `substitute_name`, `later_than_now`.
    """
    row, eye = prepared(reference, Act.ATTEND, by, at)
    since = since or at
    if since > at:
        raise Invalid("later_than_now", _("That moment has not come yet."), field="since")
    known = {seat.id for seat in bodies.seats(row.body, row.held_on)}
    standing = attendance.standing(queries.noted(row, eye), since)
    changed = [each for each in seen if _is_news(each, known, standing)]
    Presence.objects.bulk_create(
        Presence(
            compartment_id=row.compartment_id,
            minutes=row,
            seat=each.seat_id,
            state=each.state.value,
            who=each.who.strip()[:120],
            instead_of=each.instead_of.strip()[:120],
            at=since,
            noted_at=at,
            by=by.person_id,
        )
        for each in changed
    )
    if changed:
        trace("note_attendance", row, by=by, at=at, seats=len(changed))
    return len(changed)


def _is_news(seen: Seen, known: set[UUID], standing: dict[UUID, attendance.Noted]) -> bool:
    if seen.seat_id not in known:
        raise Invalid("unknown_seat", _("This seat does not exist in this body."), field="seats")
    if seen.state is attendance.State.SUBSTITUTE and not seen.who.strip():
        raise Invalid("substitute_name", _("Write who sits as a substitute."), field="seats")
    there = standing.get(seen.seat_id)
    if there is None:
        return True
    return (there.state, there.who, there.instead_of) != (
        seen.state,
        seen.who.strip(),
        seen.instead_of.strip(),
    )


@transaction.atomic
def close_session(*, by: Member, reference: str, at: datetime) -> Minutes:
    """Close the session: the meeting was held, its minutes are a draft. What was not treated stays open, and returns.

    Refused: `NotFound`; `NotAllowed`; `Refusal` `not_now`, `nobody_there`, `vote_open`.
    """
    row, eye = prepared(reference, Act.CLOSE, by, at)
    if not attendance.ever_there(queries.noted(row, eye)):
        raise Refusal("nobody_there", _("Nobody is noted as present: note the attendance first."))
    meeting = meetings.meeting(reference, eye, lock=True)
    if queries.open_ballots(row, eye).exists():
        raise Refusal("vote_open", _("A vote is still open: close it first."))
    untreated = [line for line in meetings.agenda(meeting, eye) if not line.outcome]
    meeting_services.keep_open(by=by, point_ids=[line.point_id for line in untreated], at=at)
    Outcome.objects.bulk_create(
        Outcome(
            compartment_id=line.compartment_id,
            minutes=row,
            item=line.item_id,
            kind="stays",
            at=at,
            by=by.person_id,
        )
        for line in untreated
    )
    meeting_services.hold(by=by, reference=reference, at=at)
    row.state, row.closed_at, row.version = "draft", at, row.version + 1
    row.save(update_fields=["state", "closed_at", "version"])
    trace("close_session", row, by=by, at=at, untreated=len(untreated))
    return row
