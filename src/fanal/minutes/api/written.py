"""Written procedures, for programs."""

from typing import Any

from django.utils import timezone
from ninja import Router, Status

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.minutes import services
from fanal.minutes.api import out
from fanal.minutes.api.shapes import ProcedureIn, ProcedureOut, Ref, StandIn, WithdrawIn

router = Router(tags=["minutes"])


@router.post("/written", response={201: ProcedureOut})
@requires(Permission.MEETING_PREPARE)
def open_procedure(request: MemberRequest, payload: ProcedureIn) -> Any:
    """Put a text to the seats of a body in writing."""
    given = payload.dict()
    row = services.open_procedure(by=request.member, body_code=given.pop("body"), at=timezone.now(), **given)
    return Status(201, out.written(request, row.reference))


@router.get("/written/{reference}", response=ProcedureOut)
@requires(Permission.MEETING_READ)
def written(request: MemberRequest, reference: Ref) -> Any:
    """One written procedure and how it stands."""
    return out.written(request, reference)


@router.post("/written/{reference}/answer", response=ProcedureOut)
@requires(Permission.VOTE)
def answer(request: MemberRequest, reference: Ref, payload: StandIn) -> Any:
    """Answer for one's own seat; until the end it may answer otherwise."""
    services.answer(by=request.member, reference=reference, at=timezone.now(), **payload.dict())
    return out.written(request, reference)


@router.post("/written/{reference}/close", response=ProcedureOut)
@requires(Permission.MEETING_PREPARE)
def close_procedure(request: MemberRequest, reference: Ref) -> Any:
    """Close a written procedure whose result stands; what is adopted enters the register."""
    services.close_procedure(by=request.member, reference=reference, at=timezone.now())
    return out.written(request, reference)


@router.post("/written/{reference}/withdraw", response=ProcedureOut)
@requires(Permission.MEETING_PREPARE)
def withdraw_procedure(request: MemberRequest, reference: Ref, payload: WithdrawIn) -> Any:
    """Withdraw a text before its result stands."""
    services.withdraw_procedure(by=request.member, reference=reference, why=payload.why, at=timezone.now())
    return out.written(request, reference)
