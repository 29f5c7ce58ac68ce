"""Alerts for other systems: every act that has a page. Nobody sees more here than there."""

from dataclasses import asdict
from typing import Annotated, Any

from django.http import HttpResponse
from django.utils import timezone
from ninja import Path, Query, Router, Status

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.alerts import queries, services
from fanal.alerts.api import shapes
from fanal.alerts.api.shapes import (
    AlertOut,
    CloseIn,
    DutyDoneOut,
    DutyIn,
    FunnelOut,
    IdentityIn,
    IdentityOut,
    KnownOut,
    LineOut,
    ReceiptOut,
    RecordedOut,
    ReportIn,
    RevealIn,
    SendIn,
    SentOut,
    ToldOut,
)
from fanal.alerts.queries import Filters, Sheet
from fanal.web.api import PageOf
from fanal.web.etags import demand_match, put_etag

router = Router(tags=["alerts"])
Ref = Annotated[
    str, Path(pattern=r"^[A-Z]-[0-9A-Z]{4}-[0-9A-Z]{4}$", description="A reference such as A-7F3K-9QX4.")
]
CodePath = Annotated[str, Path(pattern=r"^[A-Za-z0-9_.-]{1,60}$")]


@router.get("", response=PageOf[LineOut])
@requires(Permission.ALERT_READ)
def alerts(request: MemberRequest, asked: Query[shapes.FilterQuery]) -> Any:
    """The alerts the unit recorded or received, newest first, without persons."""
    filters = Filters(**asked.dict(exclude={"cursor", "size"}))
    return queries.listed(request.member, filters, timezone.now(), cursor=asked.cursor, size=asked.size)


@router.post("", response={201: RecordedOut})
@requires(Permission.ALERT_RECORD)
def record(request: MemberRequest, response: HttpResponse, payload: ReportIn) -> Status[dict[str, Any]]:
    """Record an alert and tell at once whom the law says. Send an Idempotency-Key: a repeated one makes no second."""
    found = services.record(
        by=request.member,
        report=payload.value(),
        at=timezone.now(),
        idempotency_key=request.headers.get("Idempotency-Key", ""),
    )
    return Status(201, _recorded(found, response))


@router.post("/plan", response=list[ToldOut])
@requires(Permission.ALERT_RECORD)
def plan(request: MemberRequest, payload: ReportIn) -> list[dict[str, Any]]:
    """Who would be told of this report and why; nothing is recorded."""
    found = services.plan(by=request.member, report=payload.value(), at=timezone.now())
    return [
        {
            "unit": each.unit.code if each.unit else "",
            "reason": each.routing.reason.get(request.member.language),
            **{
                name: getattr(each.routing, name)
                for name in ("unit_kind", "legal_basis", "due_at", "mandatory")
            },
        }
        for each in found.recipients
    ]


@router.post("/known", response=list[KnownOut])
@requires(Permission.ALERT_RECORD)
def known(request: MemberRequest, payload: IdentityIn) -> Any:
    """The alerts the unit may see in which perhaps the same person appears: references only. A match is traced."""
    (found,) = services.match(by=request.member, identities=[payload.value()], at=timezone.now())
    return list(found)  # a pair would be read as status and body


@router.get("/figures", response=FunnelOut)
@requires(Permission.ALERT_READ)
def own_figures(request: MemberRequest, year: shapes.Year | None = None) -> Any:
    """What became of the alerts that the unit recorded in a year."""
    return queries.own_funnel(request.member, _year(year))


@router.get("/figures/country", response=FunnelOut)
@requires(Permission.FUNNEL_READ)
def national_figures(
    request: MemberRequest,
    year: shapes.Year | None = None,
    unit_kind: shapes.Code = "",
    form: shapes.Code = "",
) -> Any:
    """What became of the alerts of the country: small figures hidden, the others rounded to five."""
    return queries.national_funnel(_year(year), unit_kind=unit_kind, form=form)


@router.get("/{reference}", response=AlertOut)
@requires(Permission.ALERT_READ)
def alert(
    request: MemberRequest, response: HttpResponse, reference: Ref, purpose: shapes.Code = ""
) -> dict[str, Any]:
    """One alert; opening it is traced for its owner, with the purpose (by default the one it was sent for)."""
    sheet = services.consult(by=request.member, reference=reference, purpose=purpose, at=timezone.now())
    put_etag(response, sheet.version)
    return _sheet(sheet, request.member.language)


@router.post("/{reference}/receipt", response=ReceiptOut)
@requires(Permission.ALERT_ACKNOWLEDGE)
def receipt(request: MemberRequest, reference: Ref) -> Any:
    """Say that the unit has the alert; saying it twice changes nothing."""
    return services.acknowledge(by=request.member, reference=reference, at=timezone.now())


@router.post("/{reference}/duties/{code}", response=DutyDoneOut)
@requires(Permission.ALERT_RECORD)
def tick_duty(request: MemberRequest, reference: Ref, code: CodePath, payload: DutyIn) -> Any:
    """Note that a duty at detection was fulfilled; the first note stands. Needs If-Match."""
    line = _matching(request, reference)
    done = services.tick_duty(
        by=request.member,
        reference=reference,
        duty=code,
        at=timezone.now(),
        version=line.version,
        **payload.dict(),
    )
    return {"duty": done.duty, "done_at": done.done_at, "how": queries.how_of(done)}


@router.post("/{reference}/transmissions", response={201: SentOut})
@requires(Permission.ALERT_RECORD)
def send(request: MemberRequest, reference: Ref, payload: SendIn) -> Status[dict[str, Any]]:
    """Send the alert to one more service, for a purpose and on a ground. Needs If-Match."""
    line = _matching(request, reference)
    sent = services.transmit_further(
        by=request.member, reference=reference, at=timezone.now(), version=line.version, **payload.dict()
    )
    names = ("mandatory", "sent_at", "due_at", "acknowledged_at", "reminded")
    values = {name: getattr(sent, name) for name in names}
    unit = sent.to_unit.label(request.member.language)
    told = {"ground": payload.ground.strip(), "unit": unit, "stopped": False, "is_me": False}
    return Status(201, {**values, **told})


@router.post("/{reference}/close", response=RecordedOut)
@requires(Permission.ALERT_CLOSE)
def close(request: MemberRequest, response: HttpResponse, reference: Ref, payload: CloseIn) -> Any:
    """End the alert with a coded outcome. Needs If-Match."""
    line = _matching(request, reference)
    closed = services.close(
        by=request.member, reference=reference, at=timezone.now(), version=line.version, **payload.dict()
    )
    return _recorded(closed, response)


@router.post("/{reference}/reopen", response=RecordedOut)
@requires(Permission.ALERT_CLOSE)
def reopen(request: MemberRequest, response: HttpResponse, reference: Ref) -> Any:
    """Take an ending back. Needs If-Match."""
    line = _matching(request, reference)
    opened = services.reopen(by=request.member, reference=reference, at=timezone.now(), version=line.version)
    return _recorded(opened, response)


@router.post("/{reference}/identities", response=list[IdentityOut])
@requires(Permission.IDENTITY_READ)
def identities(request: MemberRequest, reference: Ref, payload: RevealIn) -> list[dict[str, Any]]:
    """Who the persons are, for a purpose that is traced first; without the trace there is no answer."""
    found = services.reveal_identity(
        by=request.member, reference=reference, at=timezone.now(), **payload.dict()
    )
    return [{"person": person, **asdict(identity)} for person, identity in found.items()]


def _matching(request: MemberRequest, reference: str) -> queries.Line:
    line = queries.owned_line(reference, request.member)
    demand_match(request, line.version)
    return line


def _recorded(row: Any, response: HttpResponse) -> dict[str, Any]:
    put_etag(response, row.version)
    values = {name: getattr(row, name) for name in ("reference", "version", "recorded_at", "outcome")}
    return {**values, "open": not row.outcome}


def _sheet(sheet: Sheet, language: str) -> dict[str, Any]:
    copied = {name: getattr(sheet, name) for name in AlertOut.model_fields if hasattr(sheet, name)}
    return {
        **copied,
        "owner": sheet.wall.owner,
        "read_by": sheet.wall.others,
        "obstacles": [obstacle.reason.get(language) for obstacle in sheet.obstacles],
    }


def _year(year: int | None) -> int:
    return timezone.localdate().year if year is None else year
