"""A session, for programs."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Router, Status

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.minutes import queries, services
from fanal.minutes.api import out
from fanal.minutes.api.shapes import (
    ActionIn,
    ActionOut,
    AttendanceIn,
    BallotOut,
    KeptOut,
    LineOut,
    MinutesOut,
    MotionIn,
    NoteIn,
    OutcomeIn,
    Ref,
    VoteIn,
    VoteOut,
)
from fanal.web.api import PageOf
from fanal.web.cursors import page

router = Router(tags=["minutes"])


@router.get("", response=PageOf[LineOut])
@requires(Permission.MEETING_READ)
def minutes_list(request: MemberRequest, body: str = "", state: str = "", cursor: str = "") -> Any:
    """The minutes of the reader's bodies, the latest first."""
    eye = queries.sight(request.member, timezone.now())
    found = page(queries.every(eye, body_code=body, state=state), cursor=cursor, order=queries.ORDER)
    return {"items": list(found.items), "next": found.next}


@router.get("/{reference}", response=MinutesOut)
@requires(Permission.MEETING_READ)
def session(request: MemberRequest, response: HttpResponse, reference: Ref) -> Any:
    """The minutes of a meeting as the reader sees them."""
    return out.minutes(request, reference, response)


@router.post("/{reference}/open", response=MinutesOut)
@requires(Permission.MEETING_PREPARE)
def open_session(request: MemberRequest, reference: Ref) -> Any:
    """Open the session of a meeting that was convened; twice changes nothing."""
    services.open_session(by=request.member, reference=reference, at=timezone.now())
    return out.minutes(request, reference)


@router.post("/{reference}/attendance", response=MinutesOut)
@requires(Permission.MEETING_PREPARE)
def note_attendance(request: MemberRequest, reference: Ref, payload: AttendanceIn) -> Any:
    """Note who is there, seat by seat."""
    seen = [services.Seen(each.seat, each.state, each.who, each.instead_of) for each in payload.seen]
    services.note_attendance(
        by=request.member, reference=reference, seen=seen, since=payload.since, at=timezone.now()
    )
    return out.minutes(request, reference)


@router.post("/{reference}/close", response=MinutesOut)
@requires(Permission.MEETING_PREPARE)
def close_session(request: MemberRequest, reference: Ref) -> Any:
    """Close the session: its minutes are a draft."""
    services.close_session(by=request.member, reference=reference, at=timezone.now())
    return out.minutes(request, reference)


@router.post("/{reference}/items/{item_id}/note", response=KeptOut)
@requires(Permission.MEETING_PREPARE)
def save_note(request: MemberRequest, reference: Ref, item_id: UUID, payload: NoteIn) -> Any:
    """Save what is written of an item; merged with what others wrote since the version it grew from."""
    return services.save_note(
        by=request.member, reference=reference, item_id=item_id, at=timezone.now(), **payload.dict()
    )


@router.post("/{reference}/items/{item_id}/outcome", response=MinutesOut)
@requires(Permission.MEETING_PREPARE)
def conclude(request: MemberRequest, reference: Ref, item_id: UUID, payload: OutcomeIn) -> Any:
    """Note what becomes of an item; a decision that is adopted enters the register."""
    outcome = services.Concluded(**payload.dict())
    services.conclude(
        by=request.member, reference=reference, item_id=item_id, outcome=outcome, at=timezone.now()
    )
    return out.minutes(request, reference)


@router.post("/{reference}/items/{item_id}/ballot", response={201: BallotOut})
@requires(Permission.MEETING_PREPARE)
def open_ballot(request: MemberRequest, reference: Ref, item_id: UUID, payload: MotionIn) -> Any:
    """Put a motion to the vote, so that each seat votes from its own place."""
    made = services.open_ballot(
        by=request.member, reference=reference, item_id=item_id, motion=payload.motion, at=timezone.now()
    )
    return Status(201, out.ballot(made, {}))


@router.post("/{reference}/votes/{ballot_id}", response={201: VoteOut})
@requires(Permission.VOTE)
def cast(request: MemberRequest, reference: Ref, ballot_id: UUID, payload: VoteIn) -> Any:
    """Vote for one's own seat."""
    made = services.cast(
        by=request.member, reference=reference, ballot_id=ballot_id, choice=payload.choice, at=timezone.now()
    )
    return Status(201, made)


@router.post("/{reference}/items/{item_id}/action", response={201: ActionOut})
@requires(Permission.MEETING_PREPARE)
def add_action(request: MemberRequest, reference: Ref, item_id: UUID, payload: ActionIn) -> Any:
    """Note who does what until when."""
    made = services.add_action(
        by=request.member, reference=reference, item_id=item_id, text=payload.text, unit_id=payload.unit,
        due_on=payload.due_on, at=timezone.now(),
    )  # fmt: skip
    return Status(201, out.action(made, request.member.language))


@router.post("/{reference}/actions/{action_id}", response=ActionOut)
@requires(Permission.DECISION_FOLLOW)
def finish_action(request: MemberRequest, reference: Ref, action_id: UUID) -> Any:
    """Say that an action point is done; twice changes nothing."""
    made = services.finish_action(by=request.member, action_id=action_id, at=timezone.now())
    return out.action(made, request.member.language)
