"""Progress for programs: the same reading and the same acts as the pages."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils import timezone
from ninja import Field, Path, Router, Schema, Status

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.plans import queries as plans
from fanal.progress import queries, services
from fanal.progress.queries import Said, Standing
from fanal.web.api import PageOf

router = Router(tags=["progress"])
Key = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,60}$", description="The key of a measure.")]
PlanCode = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,40}$", description="The code of a plan.")]
Words = Annotated[str, Field(max_length=5000)]
Number = Annotated[Decimal, Field(max_digits=15, decimal_places=3)]


class StateOut(Schema):
    """A measure and where it stands. `reason` is a code, `why` its sentence in the language of the member."""

    key: str
    number: str
    title: str
    lead: str
    state: str
    reason: str
    why: str
    missing: list[str]
    disputed: bool
    reported_to: date | None
    evaluation: str


class FigureOut(Schema):
    indicator: str
    value: Decimal
    measured_on: date


class PieceOut(Schema):
    kind: str
    value: str


class OpinionOut(Schema):
    """A remark (`agrees` is null) or a review."""

    unit: str
    words: str
    at: datetime
    agrees: bool | None


class ReportOut(Schema):
    """A report with what was said beside it."""

    id: UUID
    measure: str
    period: str
    stage: str
    words: str
    blocked_by: str
    next_step: str
    next_on: date | None
    unit: str
    sent_at: datetime
    figures: list[FigureOut]
    evidence: list[PieceOut]
    remarks: list[OpinionOut]
    reviews: list[OpinionOut]


class FigureIn(Schema):
    indicator: Annotated[str, Field(max_length=70)]
    value: Number
    measured_on: date


class PieceIn(Schema):
    """A `link` (web address), a `note` (the reference of a document) or a `decision` (its number)."""

    kind: Literal["link", "note", "decision"]
    value: Annotated[str, Field(min_length=1, max_length=400)]


class ReportIn(Schema):
    """What a lead says for a period such as 2026-Q3. Send an Idempotency-Key: a repeated one makes no second."""

    period: Annotated[str, Field(max_length=8)]
    stage: Literal["not_begun", "under_way", "completed"]
    words: Annotated[str, Field(min_length=1, max_length=5000)]
    blocked_by: Words = ""
    next_step: Words = ""
    next_on: date | None = None
    figures: Annotated[list[FigureIn], Field(max_length=50)] = []
    evidence: Annotated[list[PieceIn], Field(max_length=services.MOST_PIECES)] = []


class ReviewIn(Schema):
    agrees: bool
    reason: Words = ""


class RemarkIn(Schema):
    words: Annotated[str, Field(min_length=1, max_length=5000)]


class RuleIn(Schema):
    """The number of the decision in the register."""

    decision: Annotated[str, Field(min_length=1, max_length=40)]


def _state(found: Standing, language: str) -> dict[str, Any]:
    state, line = found.state, found.line
    return {
        "key": line.key,
        "number": line.number,
        "title": line.title(language),
        "lead": line.lead,
        "state": state.code.value,
        "reason": state.reason.code,
        "why": queries.reason_words(state.reason, line, found.task.rhythm.months),
        "missing": [period.code for period in state.missing],
        "disputed": state.disputed,
        "reported_to": state.reported,
        "evaluation": found.evaluation.value if found.evaluation else "",
    }


def _said(found: Said) -> dict[str, Any]:
    row = found.row
    names = ("id", "measure", "stage", "words", "blocked_by", "next_step", "next_on", "sent_at")
    return {
        **{name: getattr(row, name) for name in names},
        "period": row.period_code,
        "unit": found.unit,
        "figures": [value for _indicator, value in found.values],
        "evidence": found.evidence,
        "remarks": found.remarks,
        "reviews": found.reviews,
    }


def _one(report_id: UUID) -> dict[str, Any]:
    return _said(queries.report(report_id)[0])


@router.get("/plans/{plan}", response=list[StateOut])
@requires(Permission.PLAN_READ)
def plan(request: MemberRequest, plan: PlanCode) -> Any:
    """Every measure of a plan with its state of today and the reason, in the order of the plan."""
    found = queries.states(plan, timezone.localdate())
    return [_state(each, request.member.language) for each in found]


@router.get("/mine", response=list[StateOut])
@requires(Permission.PROGRESS_REPORT)
def mine(request: MemberRequest) -> Any:
    """The measures that the member's institution leads in the plans in force."""
    found = queries.led_by(queries.house_of(request.member), timezone.localdate())
    return [_state(each, request.member.language) for each in found]


@router.get("/measures/{key}", response=StateOut)
@requires(Permission.PLAN_READ)
def measure(request: MemberRequest, key: Key) -> Any:
    """One measure with its state of today and the reason."""
    return _state(queries.standing(key, timezone.localdate()), request.member.language)


@router.get("/measures/{key}/reports", response=PageOf[ReportOut])
@requires(Permission.PLAN_READ)
def reports(request: MemberRequest, key: Key, cursor: str = "") -> Any:
    """The reports on a measure, the last sent first, with reviews and remarks."""
    found = queries.reports(plans.measure(key, timezone.localdate()), cursor=cursor)
    return {"items": [_said(each) for each in found.items], "next": found.next}


@router.post("/measures/{key}/reports", response={201: ReportOut})
@requires(Permission.PROGRESS_REPORT)
def report(request: MemberRequest, key: Key, payload: ReportIn) -> Any:
    """Report on a measure that the member's institution leads."""
    said = payload.dict(exclude={"figures", "evidence"})
    draft = services.Draft(
        **said,
        figures={each.indicator: services.Figure(each.value, each.measured_on) for each in payload.figures},
        evidence=[services.Piece(each.kind, each.value) for each in payload.evidence],
    )
    row = services.report(by=request.member, key=key, draft=draft, at=timezone.now())
    return Status(201, _one(row.pk))


@router.post("/measures/{key}/drop", response=StateOut)
@requires(Permission.PROGRESS_REVIEW)
def drop(request: MemberRequest, key: Key, payload: RuleIn) -> Any:
    """Enter the decision that drops a measure; twice changes nothing."""
    return _ruled(request, key, payload, dropped=True)


@router.post("/measures/{key}/resume", response=StateOut)
@requires(Permission.PROGRESS_REVIEW)
def resume(request: MemberRequest, key: Key, payload: RuleIn) -> Any:
    """Enter the decision that takes a dropped measure up again; twice changes nothing."""
    return _ruled(request, key, payload, dropped=False)


def _ruled(request: MemberRequest, key: str, payload: RuleIn, *, dropped: bool) -> dict[str, Any]:
    now = timezone.now()
    services.rule(by=request.member, key=key, dropped=dropped, decision=payload.decision, at=now)
    return _state(queries.standing(key, timezone.localdate(now)), request.member.language)


@router.post("/reports/{report_id}/review", response=ReportOut)
@requires(Permission.PROGRESS_REVIEW)
def review(request: MemberRequest, report_id: UUID, payload: ReviewIn) -> Any:
    """Agree with a report, or say why not; the same again changes nothing."""
    services.review(by=request.member, report_id=report_id, at=timezone.now(), **payload.dict())
    return _one(report_id)


@router.post("/reports/{report_id}/remark", response=ReportOut)
@requires(Permission.PROGRESS_REPORT)
def remark(request: MemberRequest, report_id: UUID, payload: RemarkIn) -> Any:
    """Add a remark as a co-responsible institution; the same words again change nothing."""
    services.remark(by=request.member, report_id=report_id, words=payload.words, at=timezone.now())
    return _one(report_id)
