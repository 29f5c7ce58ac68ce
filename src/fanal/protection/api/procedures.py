"""Procedures: read, opened, decided, ended, and who else has a seat in them. Every act needs If-Match."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router, Status

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.protection import queries, services
from fanal.protection.api import out
from fanal.protection.api.answers import ActedOut, HandedOut, ProcedureOut, SetLine
from fanal.protection.api.shapes import (
    AskIn,
    DecideIn,
    EndIn,
    EventIn,
    FileIn,
    FilterQuery,
    HandOverIn,
    MoveIn,
    Ref,
    RefuseIn,
    ShowIn,
    StatementIn,
    unit_id,
)
from fanal.web.api import PageOf
from fanal.web.cursors import page
from fanal.web.etags import demand_match, put_etag

router = Router()


@router.get("", response=PageOf[ActedOut])
@requires(Permission.PROTECTION_READ)
def procedures(request: MemberRequest, asked: Query[FilterQuery]) -> Any:
    """The procedures in which the unit has a seat, newest first, without persons."""
    rows = queries.procedures(request.member, asked.narrowed(timezone.now()))
    found = page(rows, cursor=asked.cursor, size=asked.size, order="-opened_at")
    return {"items": [out.acted(row) for row in found.items], "next": found.next}


@router.post("", response={201: ActedOut})
@requires(Permission.PROTECTION_DECIDE)
def open_file(request: MemberRequest, response: HttpResponse, payload: FileIn) -> Any:
    """Open a file without a request. Send an Idempotency-Key: a repeated one opens no second file."""
    row = services.open_file(
        by=request.member,
        case=payload.case(),
        on=payload.on,
        best_interests=payload.best_interests,
        at=timezone.now(),
    )
    return Status(201, _acted(row, response))


@router.get("/{reference}", response=ProcedureOut)
@requires(Permission.PROTECTION_READ)
def procedure(request: MemberRequest, response: HttpResponse, reference: Ref) -> Any:
    """One procedure, the identity left out; opening it is traced."""
    sheet = services.consult(by=request.member, reference=reference, at=timezone.now())
    put_etag(response, sheet.row.version)
    return out.procedure(sheet, request.member)


@router.post("/{reference}/statements", response=ActedOut)
@requires(Permission.PROTECTION_REQUEST)
def record_statement(
    request: MemberRequest, response: HttpResponse, reference: Ref, payload: StatementIn
) -> Any:
    """Note a complaint or a statement on its day; the same again is noted once."""
    version = _matching(request, reference)
    row = services.record_statement(
        by=request.member, reference=reference, at=timezone.now(), version=version, **payload.dict()
    )
    return _acted(row, response)


@router.post("/{reference}/events", response=ActedOut)
@requires(Permission.PROTECTION_DECIDE)
def record_event(request: MemberRequest, response: HttpResponse, reference: Ref, payload: EventIn) -> Any:
    """Note a judicial event that the Office was told of; the same again is noted once."""
    version = _matching(request, reference)
    row = services.record_event(
        by=request.member, reference=reference, at=timezone.now(), version=version, **payload.dict()
    )
    return _acted(row, response)


@router.post("/{reference}/requests", response=ActedOut)
@requires(Permission.PROTECTION_REQUEST)
def request_move(request: MemberRequest, response: HttpResponse, reference: Ref, payload: MoveIn) -> Any:
    """Ask for a step; asked twice is asked once."""
    version = _matching(request, reference)
    row = services.request_move(
        by=request.member, reference=reference, at=timezone.now(), version=version, **payload.dict()
    )
    return _acted(row, response)


@router.post("/{reference}/decisions", response=ActedOut)
@requires(Permission.PROTECTION_DECIDE)
def decide(request: MemberRequest, response: HttpResponse, reference: Ref, payload: DecideIn) -> Any:
    """Take a step: give a document, extend it, renew it, change the phase."""
    version = _matching(request, reference)
    row = services.decide(
        by=request.member, reference=reference, at=timezone.now(), version=version, **payload.dict()
    )
    return _acted(row, response)


@router.post("/{reference}/refusals", response=ActedOut)
@requires(Permission.PROTECTION_DECIDE)
def refuse(request: MemberRequest, response: HttpResponse, reference: Ref, payload: RefuseIn) -> Any:
    """Refuse a step, with a motivation; the running document stays what it is."""
    version = _matching(request, reference)
    row = services.refuse(
        by=request.member, reference=reference, at=timezone.now(), version=version, **payload.dict()
    )
    return _acted(row, response)


@router.post("/{reference}/end", response=ActedOut)
@requires(Permission.PROTECTION_DECIDE)
def end(request: MemberRequest, response: HttpResponse, reference: Ref, payload: EndIn) -> Any:
    """End the protection on a ground of its phase, with a motivation. It is final."""
    version = _matching(request, reference)
    row = services.end(
        by=request.member, reference=reference, at=timezone.now(), version=version, **payload.dict()
    )
    return _acted(row, response)


@router.post("/{reference}/questions", response={201: SetLine})
@requires(Permission.PROTECTION_DECIDE)
def ask(request: MemberRequest, reference: Ref, payload: AskIn) -> Any:
    """Put every question of the law to a magistrate's unit."""
    version = _matching(request, reference)
    asked = services.ask(
        by=request.member,
        reference=reference,
        magistrate_unit_id=unit_id(payload.magistrate_unit),
        judicial_reference=payload.judicial_reference,
        tell_identity=payload.tell_identity,
        at=timezone.now(),
        version=version,
    )
    return Status(201, out.question_set(asked))


@router.post("/{reference}/hand-over", response=HandedOut)
@requires(Permission.PROTECTION_HAND_OVER)
def hand_over(request: MemberRequest, reference: Ref, payload: HandOverIn) -> Any:
    """Give the centre's seat to another centre, with the person's consent; the file is out of sight from then on."""
    version = _matching(request, reference)
    handed = services.hand_over(
        by=request.member,
        reference=reference,
        to_unit_id=unit_id(payload.to_unit),
        consent=payload.consent,
        on=payload.on,
        at=timezone.now(),
        version=version,
    )
    return {"reference": handed}


@router.post("/{reference}/dates", response=ActedOut)
@requires(Permission.PROTECTION_DECIDE)
def show_dates(request: MemberRequest, response: HttpResponse, reference: Ref, payload: ShowIn) -> Any:
    """Let a service know the dates of a procedure, and nothing of the file; shown twice is shown once."""
    version = _matching(request, reference)
    row = services.show_dates(
        by=request.member,
        reference=reference,
        to_unit_id=unit_id(payload.to_unit),
        until=payload.until,
        at=timezone.now(),
        version=version,
    )
    return _acted(row, response)


@router.post("/{reference}/dates/{grant}/hide", response=ActedOut)
@requires(Permission.PROTECTION_DECIDE)
def hide_dates(request: MemberRequest, response: HttpResponse, reference: Ref, grant: UUID) -> Any:
    """Stop showing the dates to a service; twice changes nothing. It needs no If-Match: it only closes."""
    row = services.hide_dates(by=request.member, reference=reference, grant=grant, at=timezone.now())
    return _acted(row, response)


def _matching(request: MemberRequest, reference: str) -> int:
    version = queries.procedure(reference, request.member).version
    demand_match(request, version)
    return version


def _acted(row: Any, response: HttpResponse) -> dict[str, Any]:
    put_etag(response, row.version)
    return out.acted(row)
