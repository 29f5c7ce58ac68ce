"""The register of decisions, for programs: the same acts as the pages."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Field, Path, Router, Schema, Status

from fanal.access.gate import MemberRequest, public, requires
from fanal.access.rules import Permission
from fanal.bodies import queries as bodies
from fanal.bodies import services as circles
from fanal.decisions import queries, rules, services
from fanal.decisions.queries import Decision
from fanal.directory import queries as directory
from fanal.errors import Invalid
from fanal.web.api import PageOf
from fanal.web.cursors import page
from fanal.web.etags import demand_match, put_etag

router = Router(tags=["decisions"])
Number = Annotated[
    str, Path(pattern=r"^[A-Za-z]{2,8}-\d{4}-[0-9A-Za-z]{3,6}$", description="A number such as BUR-2026-014.")
]
Words = Annotated[str, Field(max_length=20_000)]
Link = Annotated[str, Field(max_length=400, pattern=r"^(https?://\S+)?$")]


class LineOut(Schema):
    """A decision as a list shows it; `owners`: codes of the units that answer for it."""

    number: str
    body: str
    title: str
    taken_on: date
    due_on: date | None
    state: str
    overdue: bool
    owners: list[str]
    superseded_by: str
    synthetic: bool


class StepOut(Schema):
    """One line of the history."""

    act: str
    at: datetime
    unit: str
    state: str
    due_on: date | None
    note: str
    link: str


class DecisionOut(LineOut):
    """A decision with its history; `restricted`: for named seats only."""

    version: int
    text: str
    meeting: str
    origin: str
    origin_url: str
    restricted: bool
    steps: list[StepOut]


class ExtractOut(Schema):
    """What everybody may read of a decision."""

    number: str
    body: str
    title: str
    text: str
    language: str
    taken_on: date
    synthetic: bool
    published_at: datetime


class RecordIn(Schema):
    """A decision; `seats`: ids of the seats for which alone it is."""

    body: Annotated[str, Field(max_length=60)]
    title: Annotated[str, Field(min_length=1, max_length=300)]
    text: Words = ""
    taken_on: date
    owners: Annotated[list[str], Field(max_length=40)] = []
    due_on: date | None = None
    seats: list[UUID] = []
    origin: Annotated[str, Field(max_length=1000)] = ""
    origin_url: Link = ""


class FollowIn(Schema):
    state: Literal["open", "in_progress", "done", "dropped"]
    note: Annotated[str, Field(max_length=5000)] = ""
    link: Link = ""


class RescheduleIn(Schema):
    due_on: date | None = None
    note: Annotated[str, Field(min_length=1, max_length=5000)]


class SupersedeIn(Schema):
    by_number: Annotated[str, Field(max_length=24)]
    note: Annotated[str, Field(max_length=5000)] = ""


class ExtractIn(Schema):
    title: Annotated[str, Field(min_length=1, max_length=300)]
    text: Annotated[str, Field(min_length=1, max_length=20_000)]
    language: Literal["fr", "nl", "de", "en"]


class WhyIn(Schema):
    note: Annotated[str, Field(min_length=1, max_length=5000)]


def _codes() -> dict[int, str]:
    return {unit_id: code for code, unit_id in directory.ids_by_code().items()}


def _line(row: Decision, codes: dict[int, str], on: date) -> dict[str, Any]:
    return {
        "number": row.number,
        "body": row.body.code,
        "title": row.title,
        "taken_on": row.taken_on,
        "due_on": row.due_on,
        "state": row.state,
        "overdue": rules.overdue(rules.State(row.state), row.due_on, on),
        "owners": [codes[unit] for unit in row.owners if unit in codes],
        "superseded_by": row.superseded_by.number if row.superseded_by else "",
        "synthetic": row.synthetic,
    }


def _whole(request: MemberRequest, number: str, response: HttpResponse) -> dict[str, Any]:
    on = timezone.localdate()
    row = queries.get(number, request.member, on=on)
    put_etag(response, row.version)
    return {
        **_line(row, _codes(), on),
        "version": row.version,
        "text": row.text,
        "meeting": row.meeting_key,
        "origin": row.origin,
        "origin_url": row.origin_url,
        "restricted": row.compartment_id != row.body.compartment_id,
        "steps": [
            {
                **{name: getattr(it, name) for name in ("act", "at", "state", "due_on", "note", "link")},
                "unit": it.unit.code,
            }
            for it in queries.steps(row, request.member, on)
        ],
    }


@router.get("", response=PageOf[LineOut])
@requires(Permission.DECISION_READ)
def decisions(
    request: MemberRequest,
    body: str = "",
    state: str = "",
    owner: str = "",
    year: int | None = None,
    words: str = "",
    cursor: str = "",
) -> Any:
    """The decisions that the member may read, the latest first. `state`: one of them, `overdue` or `unfinished`."""
    on = timezone.localdate()
    codes = _codes()
    unit = next((unit_id for unit_id, code in codes.items() if code == owner), 0) if owner else None
    search = queries.Search(body=body, state=state, owner=unit, year=year, words=words)
    rows = queries.find(search, request.member, on).select_related("superseded_by").defer("text", "words")
    found = page(rows, cursor=cursor, order="-taken_on")
    return {"items": [_line(row, codes, on) for row in found.items], "next": found.next}


@router.post("", response={201: DecisionOut})
@requires(Permission.MEETING_PREPARE)
def record(request: MemberRequest, response: HttpResponse, payload: RecordIn) -> Any:
    """Record a decision of a body that the member prepares."""
    now = timezone.now()
    ids = directory.ids_by_code()
    if any(code not in ids for code in payload.owners):
        raise Invalid("unknown_unit", "", field="owners")
    bodies.demand_prepares(payload.body, request.member, timezone.localdate(now))
    wall = None
    if payload.seats:
        wall = circles.restrict(by=request.member, body_code=payload.body, seat_ids=payload.seats, at=now)
    made = services.record(
        by=request.member, body_code=payload.body, owner_unit_ids=[ids[code] for code in payload.owners],
        compartment_id=wall, at=now, **payload.dict(exclude={"body", "owners", "seats"}),
    )  # fmt: skip
    return Status(201, _whole(request, made.number, response))


@router.get("/public", auth=None, response=PageOf[ExtractOut])
@public("a body decided that everybody may read these extracts")
def extracts(request: Any, cursor: str = "") -> Any:
    """The public extracts, the latest decisions first."""
    found = page(queries.extracts(), cursor=cursor, order="-taken_on")
    names = ("number", "title", "text", "language", "taken_on", "synthetic", "published_at")
    items = [{**{name: getattr(it, name) for name in names}, "body": it.body.code} for it in found.items]
    return {"items": items, "next": found.next}


@router.get("/{number}", response=DecisionOut)
@requires(Permission.DECISION_READ)
def decision(request: MemberRequest, response: HttpResponse, number: Number) -> Any:
    """One decision with its history."""
    return _whole(request, number, response)


@router.post("/{number}/follow", response=DecisionOut)
@requires(Permission.DECISION_FOLLOW)
def follow(request: MemberRequest, response: HttpResponse, number: Number, payload: FollowIn) -> Any:
    """Say how far a decision is, with what shows it. Needs If-Match."""
    now = timezone.now()
    row = queries.get(number, request.member, on=timezone.localdate(now))
    demand_match(request, row.version)
    services.follow(
        by=request.member, number=number, state=rules.State(payload.state), note=payload.note, link=payload.link,
        version=row.version, at=now,
    )  # fmt: skip
    return _whole(request, number, response)


@router.post("/{number}/due", response=DecisionOut)
@requires(Permission.MEETING_PREPARE)
def reschedule(request: MemberRequest, response: HttpResponse, number: Number, payload: RescheduleIn) -> Any:
    """Give a decision another due date. Needs If-Match."""
    now = timezone.now()
    row = queries.get(number, request.member, on=timezone.localdate(now))
    demand_match(request, row.version)
    services.reschedule(by=request.member, number=number, version=row.version, at=now, **payload.dict())
    return _whole(request, number, response)


@router.post("/{number}/supersede", response=DecisionOut)
@requires(Permission.MEETING_PREPARE)
def supersede(request: MemberRequest, response: HttpResponse, number: Number, payload: SupersedeIn) -> Any:
    """Say which decision stands in the place of this one."""
    services.supersede(by=request.member, number=number, at=timezone.now(), **payload.dict())
    return _whole(request, number, response)


@router.put("/{number}/extract", response=ExtractOut)
@requires(Permission.MEETING_PREPARE)
def publish_extract(request: MemberRequest, number: Number, payload: ExtractIn) -> Any:
    """Write what everybody may read of a decision."""
    made = services.publish_extract(by=request.member, number=number, at=timezone.now(), **payload.dict())
    return {
        **{name: getattr(made, name) for name in ExtractOut.model_fields if name != "body"},
        "body": made.body.code,
    }


@router.post("/{number}/extract/withdraw", response={204: None})
@requires(Permission.MEETING_PREPARE)
def withdraw_extract(request: MemberRequest, number: Number, payload: WhyIn) -> Any:
    """Take a public extract back."""
    services.withdraw_extract(by=request.member, number=number, note=payload.note, at=timezone.now())
    return Status(204, None)
