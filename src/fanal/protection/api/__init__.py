"""Procedures for other systems: every act that has a page. Nobody sees more here than there."""

from typing import Annotated

from django.http import HttpResponse
from django.utils import timezone
from ninja import Path, Router

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.protection import queries, services
from fanal.protection.api.shapes import ActedOut, RequestOut
from fanal.protection.models import Procedure, Request
from fanal.web.etags import demand_match, put_etag

router = Router(tags=["protection"])
Ref = Annotated[
    str, Path(pattern=r"^P-[0-9A-Z]{4}-[0-9A-Z]{4}$", description="A reference such as P-7F3K-9QX4.")
]


@router.post("/requests/{reference}/withdraw", response=RequestOut)
@requires(Permission.PROTECTION_REQUEST)
def withdraw_request(request: MemberRequest, response: HttpResponse, reference: Ref) -> Request:
    """Take back a request that waits; twice changes nothing. Needs If-Match."""
    found = queries.request(reference, request.member)
    demand_match(request, found.version)
    row = services.withdraw_request(
        by=request.member, reference=reference, at=timezone.now(), version=found.version
    )
    put_etag(response, row.version)
    return row


@router.get("/procedures/{reference}", response=ActedOut)
@requires(Permission.PROTECTION_READ)
def consult(request: MemberRequest, response: HttpResponse, reference: Ref) -> Procedure:
    """Where a procedure stands."""
    sheet = services.consult(by=request.member, reference=reference, at=timezone.now())
    put_etag(response, sheet.row.version)
    return sheet.row
