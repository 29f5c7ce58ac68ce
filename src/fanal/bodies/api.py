"""Bodies, their seats and urgent meetings, for programs: the same acts as the pages."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.utils import timezone
from ninja import Field, Path, Router, Schema, Status

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.bodies import queries, services
from fanal.bodies.rules import SeatHeld, SeatKind
from fanal.directory import queries as directory
from fanal.errors import Invalid, NotFound

router = Router(tags=["bodies"])
Code = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,60}$", description="A body such as bureau.")]
Words = Annotated[str, Field(min_length=1, max_length=5000)]


class BodyOut(Schema):
    """A body; `seat`: the kind of the member's own seat, or empty."""

    code: str
    prefix: str
    kind: str
    name: str
    cadence: str
    vote_rule: str
    prepares_for: str
    seat: str = ""


class SeatOut(Schema):
    """A seat of a body on a day; `units`: codes of those who hold it together."""

    id: UUID
    kind: str
    name: str
    votes: bool
    prepares: bool
    units: list[str]
    members: list[UUID]


class CompositionOut(BodyOut):
    """A body with its seats of a day."""

    on: date
    seats: list[SeatOut]


class RequestOut(Schema):
    """An urgent meeting that was asked for."""

    id: UUID
    body: str
    unit: str
    reason: str
    asked_at: datetime
    due_at: datetime
    convened_for: date | None
    refused_because: str
    answered_at: datetime | None


class SittingOut(Schema):
    id: UUID
    seat_id: UUID
    membership_id: UUID
    substitute: bool
    valid_from: date
    valid_to: date | None


class SeatIn(Schema):
    kind: SeatKind
    units: Annotated[list[str], Field(min_length=1, max_length=40)]
    name: Annotated[str, Field(max_length=200)] = ""
    votes: bool | None = None
    valid_from: date
    valid_to: date | None = None


class PersonIn(Schema):
    membership_id: UUID
    substitute: bool = False
    valid_from: date
    valid_to: date | None = None


class LastDayIn(Schema):
    last_day: date


class GroupIn(Schema):
    name: Annotated[str, Field(min_length=1, max_length=200)]
    prefix: Annotated[str, Field(pattern=r"^[A-Z]{2,8}$")]
    valid_from: date


class AskIn(Schema):
    reason: Words


class ConveneIn(Schema):
    meets_on: date


def _body(row: queries.Body, seat: SeatHeld | None, language: str) -> dict[str, Any]:
    copied = {
        name: getattr(row, name)
        for name in ("code", "prefix", "kind", "cadence", "vote_rule", "prepares_for")
    }
    return {**copied, "name": row.label(language), "seat": seat.kind.value if seat else ""}


def _seats(found: tuple[SeatHeld, ...]) -> list[dict[str, Any]]:
    codes = {unit_id: code for code, unit_id in directory.ids_by_code().items()}
    return [
        {
            "id": it.id,
            "kind": it.kind.value,
            "name": it.label,
            "votes": it.votes,
            "prepares": it.prepares,
            "units": [codes[unit] for unit in it.unit_ids if unit in codes],
            "members": list(it.member_ids),
        }
        for it in found
    ]


def _request(row: queries.Request) -> dict[str, Any]:
    names = ("id", "reason", "asked_at", "due_at", "convened_for", "refused_because", "answered_at")
    return {**{name: getattr(row, name) for name in names}, "body": row.body.code, "unit": row.unit.code}


@router.get("", response=list[BodyOut])
@requires(Permission.BODY_READ)
def bodies(request: MemberRequest) -> Any:
    """Every body of today, with the member's own seat in it."""
    on = timezone.localdate()
    mine = queries.my_seats(request.member, on)
    return [_body(it, mine.get(it.code), request.LANGUAGE_CODE) for it in queries.everybody(on)]


@router.get("/requests", response=list[RequestOut])
@requires(Permission.BODY_READ)
def requests(request: MemberRequest) -> Any:
    """The urgent meetings asked of the bodies in which the member sits, those that wait first."""
    on = timezone.localdate()
    return [
        _request(it)
        for code in queries.my_seats(request.member, on)
        for it in queries.requests(code, request.member, on)
    ]


@router.post("/requests/{request_id}/convene", response=RequestOut)
@requires(Permission.MEETING_PREPARE)
def convene(request: MemberRequest, request_id: UUID, payload: ConveneIn) -> Any:
    """Answer an urgent request with a day."""
    services.convene(by=request.member, request_id=request_id, meets_on=payload.meets_on, at=timezone.now())
    return _request(queries.request(request_id, request.member, timezone.localdate()))


@router.post("/requests/{request_id}/refuse", response=RequestOut)
@requires(Permission.MEETING_PREPARE)
def refuse_meeting(request: MemberRequest, request_id: UUID, payload: AskIn) -> Any:
    """Refuse an urgent request with a reason."""
    services.refuse_meeting(
        by=request.member, request_id=request_id, reason=payload.reason, at=timezone.now()
    )
    return _request(queries.request(request_id, request.member, timezone.localdate()))


@router.post("/seats/{seat_id}/person", response={201: SittingOut})
@requires(Permission.MEETING_PREPARE)
def seat_person(request: MemberRequest, seat_id: UUID, payload: PersonIn) -> Any:
    """Name somebody in a seat."""
    made = services.seat_person(by=request.member, seat_id=seat_id, at=timezone.now(), **payload.dict())
    return Status(201, made)


@router.post("/seats/{seat_id}/end", response={204: None})
@requires(Permission.MEETING_PREPARE)
def end_seat(request: MemberRequest, seat_id: UUID, payload: LastDayIn) -> Any:
    """End a seat with a day, and whoever sits there."""
    services.end_seat(by=request.member, seat_id=seat_id, last_day=payload.last_day, at=timezone.now())
    return Status(204, None)


@router.post("/sittings/{sitting_id}/end", response={204: None})
@requires(Permission.MEETING_PREPARE)
def unseat_person(request: MemberRequest, sitting_id: UUID, payload: LastDayIn) -> Any:
    """End somebody's sitting with a day."""
    services.unseat_person(
        by=request.member, sitting_id=sitting_id, last_day=payload.last_day, at=timezone.now()
    )
    return Status(204, None)


@router.get("/{code}", response=CompositionOut)
@requires(Permission.BODY_READ)
def body(request: MemberRequest, code: Code, on: date | None = None) -> Any:
    """A body with its seats of a day, today without one."""
    today = timezone.localdate()
    day = on or today
    found = queries.body(code, today)
    seat = queries.my_seat(code, request.member, today)
    return {**_body(found, seat, request.LANGUAGE_CODE), "on": day, "seats": _seats(queries.seats(code, day))}


@router.post("/{code}/seats", response={201: SeatOut})
@requires(Permission.MEETING_PREPARE)
def add_seat(request: MemberRequest, code: Code, payload: SeatIn) -> Any:
    """A new seat of a body."""
    ids = directory.ids_by_code()
    unknown = [unit for unit in payload.units if unit not in ids]
    if unknown:
        raise Invalid("unknown_unit", "", field="units")
    values = payload.dict(exclude={"units"})
    made = services.add_seat(
        by=request.member,
        body_code=code,
        unit_ids=[ids[unit] for unit in payload.units],
        at=timezone.now(),
        **values,
    )
    return Status(201, _seats((queries.seat(made.id),))[0])


@router.post("/{code}/ask", response={201: RequestOut})
@requires(Permission.MEETING_ASK)
def ask_meeting(request: MemberRequest, code: Code, payload: AskIn) -> Any:
    """Ask for an urgent meeting of a body."""
    now = timezone.now()
    seat = queries.demand_seat(code, request.member, timezone.localdate(now))
    if seat.kind is SeatKind.OBSERVER:
        raise NotFound
    made = services.ask_meeting(by=request.member, body_code=code, reason=payload.reason, at=now)
    return Status(201, _request(queries.request(made.id, request.member, timezone.localdate(now))))


@router.post("/{code}/groups", response={201: BodyOut})
@requires(Permission.BODY_EDIT)
def found_group(request: MemberRequest, code: Code, payload: GroupIn) -> Any:
    """A working group of a body."""
    now = timezone.now()
    made = services.found_group(by=request.member, parent_code=code, at=now, **payload.dict())
    seat = queries.my_seat(made.code, request.member, timezone.localdate(now))
    return Status(201, _body(made, seat, request.LANGUAGE_CODE))
