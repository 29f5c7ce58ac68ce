"""Procedures for other systems: every act that has a page. Nobody sees more here than there."""

from typing import Any

from django.utils import timezone
from ninja import Query, Router

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.protection import queries, services
from fanal.protection.api import out, procedures, questions, requests
from fanal.protection.api.answers import AboutOut, ClockOut
from fanal.protection.api.shapes import ClocksQuery, Ref, RevealIn
from fanal.web.api import PageOf
from fanal.web.cursors import page

__all__ = ["router"]

router = Router(tags=["protection"])


@router.get("/deadlines", response=PageOf[ClockOut])
@requires(Permission.DEADLINES_READ)
def deadlines(request: MemberRequest, asked: Query[ClocksQuery]) -> Any:
    """The clocks that run and that the unit may know of, soonest first: references and dates, no person."""
    rows = queries.clocks(request.member, whom=asked.whom, when=asked.when, at=timezone.now())
    found = page(rows, cursor=asked.cursor, size=asked.size, order="due_at")
    return {"items": [out.clock(row, request.member) for row in found.items], "next": found.next}


@router.post("/{reference}/identity", response=AboutOut)
@requires(Permission.IDENTITY_READ)
def reveal_identity(request: MemberRequest, reference: Ref, payload: RevealIn) -> Any:
    """Who the person of a request or a procedure is, for a purpose that is traced first."""
    return services.reveal_identity(
        by=request.member, reference=reference, at=timezone.now(), **payload.dict()
    )


router.add_router("/procedures", procedures.router, tags=["protection"])
router.add_router("/requests", requests.router, tags=["protection"])
router.add_router("/questions", questions.router, tags=["protection"])
