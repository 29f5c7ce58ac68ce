"""Requests to open: made by a centre or a guardian, answered by whoever decides."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router, Status

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.protection import queries, services
from fanal.protection.api import out
from fanal.protection.api.answers import ActedOut, RequestLine, RequestOut
from fanal.protection.api.shapes import OpenIn, Ref, RefuseRequestIn, RequestIn, RequestsQuery
from fanal.web.api import PageOf
from fanal.web.cursors import page
from fanal.web.etags import demand_match, put_etag

router = Router()


@router.get("", response=PageOf[RequestLine])
@requires(Permission.PROTECTION_READ)
def requests(request: MemberRequest, asked: Query[RequestsQuery]) -> Any:
    """The requests that the unit made or must answer, newest first, without persons."""
    rows = queries.requests(request.member, state=asked.state)
    found = page(rows, cursor=asked.cursor, size=asked.size, order="-asked_at")
    return {"items": [out.request_line(row) for row in found.items], "next": found.next}


@router.post("", response={201: RequestLine})
@requires(Permission.PROTECTION_REQUEST)
def request_opening(request: MemberRequest, response: HttpResponse, payload: RequestIn) -> Any:
    """Ask for a procedure. Send an Idempotency-Key: a repeated one makes no second request."""
    row = services.request_opening(
        by=request.member, case=payload.case(), words=payload.words, at=timezone.now()
    )
    return Status(201, _line(row, response))


@router.get("/{reference}", response=RequestOut)
@requires(Permission.PROTECTION_READ)
def requested(request: MemberRequest, response: HttpResponse, reference: Ref) -> Any:
    """One request, the identity left out; opening it is traced."""
    sheet = services.consult_request(by=request.member, reference=reference, at=timezone.now())
    put_etag(response, sheet.row.version)
    return out.request(sheet, request.member)


@router.post("/{reference}/withdraw", response=RequestLine)
@requires(Permission.PROTECTION_REQUEST)
def withdraw_request(request: MemberRequest, response: HttpResponse, reference: Ref) -> Any:
    """Take back a request that waits; twice changes nothing. Needs If-Match."""
    version = _matching(request, reference)
    row = services.withdraw_request(
        by=request.member, reference=reference, at=timezone.now(), version=version
    )
    return _line(row, response)


@router.post("/{reference}/refuse", response=RequestLine)
@requires(Permission.PROTECTION_DECIDE)
def refuse_request(
    request: MemberRequest, response: HttpResponse, reference: Ref, payload: RefuseRequestIn
) -> Any:
    """Refuse to open, with a motivation; twice changes nothing. Needs If-Match."""
    version = _matching(request, reference)
    row = services.refuse_request(
        by=request.member, reference=reference, words=payload.words, at=timezone.now(), version=version
    )
    return _line(row, response)


@router.post("/{reference}/open", response=ActedOut)
@requires(Permission.PROTECTION_DECIDE)
def open_requested(request: MemberRequest, response: HttpResponse, reference: Ref, payload: OpenIn) -> Any:
    """Open the procedure that was asked for, under the same reference; twice gives the same one. Needs If-Match."""
    version = _matching(request, reference)
    row = services.open_requested(
        by=request.member, reference=reference, at=timezone.now(), version=version, **payload.dict()
    )
    put_etag(response, row.version)
    return out.acted(row)


def _matching(request: MemberRequest, reference: str) -> int:
    version = queries.request(reference, request.member).version
    demand_match(request, version)
    return version


def _line(row: Any, response: HttpResponse) -> dict[str, Any]:
    put_etag(response, row.version)
    return out.request_line(row)
