"""Meetings, agendas and items for other systems. Nobody sees more here than in the pages."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import File as Upload
from ninja import Form, Query, Router, Status
from ninja.files import UploadedFile

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.errors import Invalid
from fanal.meetings import queries, services
from fanal.meetings.api.shapes import (
    AmendIn,
    AnnexOut,
    BuiltOut,
    ChangeIn,
    EndedOut,
    File,
    ItemOut,
    ItemsQuery,
    LengthIn,
    ListQuery,
    MeetingOut,
    MoveIn,
    OffIn,
    PlanIn,
    PointOut,
    ProposeIn,
    Prose,
    Ref,
    ReplyIn,
    SeatsIn,
    SeriesIn,
    WhyIn,
)
from fanal.meetings.api.shapes import Line as Text
from fanal.meetings.queries import Item, Line, Meeting, Point, Sight
from fanal.meetings.rules.series import Rule
from fanal.web.api import PageOf
from fanal.web.cursors import page
from fanal.web.downloads import attached
from fanal.web.etags import put_etag

router = Router(tags=["meetings"])


def _eye(request: MemberRequest) -> Sight:
    return queries.sight(request.member, timezone.localdate())


def _meeting(row: Meeting, response: HttpResponse) -> dict[str, Any]:
    put_etag(response, row.version)
    return {name: getattr(row, name) for name in MeetingOut.model_fields}


def _item(row: Item, response: HttpResponse | None = None) -> dict[str, Any]:
    if response is not None:
        put_etag(response, row.version)
    return {name: getattr(row, name) for name in ItemOut.model_fields} | {"title": row.heading}


def _point(line: Line) -> dict[str, Any]:
    return {
        "id": line.point_id,
        "begins_at": line.slot.begins_at if line.slot else None,
        "annexes": [paper.reference for paper in line.annexes],
        **{
            name: getattr(line, name)
            for name in PointOut.model_fields
            if name not in ("id", "begins_at", "annexes")
        },
    }


def _agenda(point: Point, eye: Sight) -> list[dict[str, Any]]:
    return [_point(line) for line in queries.agenda(point.meeting, eye)]


@router.get("", response=PageOf[MeetingOut])
@requires(Permission.MEETING_READ)
def meetings(request: MemberRequest, asked: Query[ListQuery]) -> Any:
    """The meetings of the bodies in which the member holds a seat, the last first."""
    rows = queries.meetings(_eye(request), body_code=asked.body, state=asked.state)
    found = page(rows, cursor=asked.cursor, size=asked.size, order=queries.ORDER)
    return {
        "items": [{name: getattr(row, name) for name in MeetingOut.model_fields} for row in found.items],
        "next": found.next,
    }


@router.post("", response={201: MeetingOut})
@requires(Permission.MEETING_PREPARE)
def plan(request: MemberRequest, response: HttpResponse, payload: PlanIn) -> Any:
    """Plan a meeting as a draft."""
    row = services.plan(by=request.member, at=timezone.now(), **payload.dict())
    return Status(201, _meeting(row, response))


@router.post("/series", response={201: list[str]})
@requires(Permission.MEETING_PREPARE)
def plan_series(request: MemberRequest, payload: SeriesIn) -> Any:
    """Plan a series of drafts; their references."""
    given = payload.dict()
    rule = Rule(given["every_months"], given["nth"], given["weekday"], given["first"], given["until"])
    values = {name: given[name] for name in ("body_code", "begins", "minutes", "place")}
    _series, made = services.plan_series(by=request.member, rule=rule, at=timezone.now(), **values)
    return Status(201, [row.reference for row in made])


@router.post("/series/{uuid:series_id}/end", response=EndedOut)
@requires(Permission.MEETING_PREPARE)
def end_series(request: MemberRequest, series_id: UUID) -> Any:
    """End a series; its drafts still to come are cancelled."""
    return {"cancelled": services.end_series(by=request.member, series_id=series_id, at=timezone.now())}


@router.get("/items", response=PageOf[ItemOut])
@requires(Permission.MEETING_READ)
def items(request: MemberRequest, asked: Query[ItemsQuery]) -> Any:
    """The items of the member's bodies, the newest first."""
    rows = queries.items(_eye(request), body_code=asked.body, state=asked.state, text=asked.text)
    found = page(rows, cursor=asked.cursor, size=asked.size, order="-proposed_at")
    return {"items": [_item(row) for row in found.items], "next": found.next}


@router.post("/items", response={201: ItemOut})
@requires(Permission.ITEM_PROPOSE)
def propose(request: MemberRequest, response: HttpResponse, payload: ProposeIn) -> Any:
    """Propose an item."""
    row = services.propose(by=request.member, at=timezone.now(), **payload.dict())
    return Status(201, _item(row, response))


@router.get("/items/{reference}", response=ItemOut)
@requires(Permission.MEETING_READ)
def item(request: MemberRequest, response: HttpResponse, reference: Ref) -> Any:
    """One item."""
    return _item(queries.item(reference, _eye(request)), response)


@router.post("/items/{reference}/change", response=ItemOut)
@requires(Permission.ITEM_PROPOSE)
def amend(request: MemberRequest, response: HttpResponse, reference: Ref, payload: AmendIn) -> Any:
    """Change what an item says."""
    row = services.amend(by=request.member, reference=reference, at=timezone.now(), **payload.dict())
    return _item(row, response)


@router.post("/items/{reference}/withdraw", response=ItemOut)
@requires(Permission.ITEM_PROPOSE)
def withdraw(request: MemberRequest, response: HttpResponse, reference: Ref, payload: WhyIn) -> Any:
    """Withdraw an item; twice changes nothing."""
    row = services.withdraw(by=request.member, reference=reference, why=payload.why, at=timezone.now())
    return _item(row, response)


@router.post("/items/{reference}/papers", response={201: AnnexOut})
@requires(Permission.ITEM_PROPOSE)
def annex(
    request: MemberRequest,
    reference: Ref,
    title: Form[Text],
    file: Upload[UploadedFile],
    seats: Form[Prose] = "",
) -> Any:
    """Add a paper to an item (multipart); `seats`: ids of the seats for whom alone it is, with spaces between."""
    named = [_seat(each) for each in seats.split()]
    row = services.annex(
        by=request.member, reference=reference, title=title, name=file.name or "", data=file.read(),
        seats=named, at=timezone.now(),
    )  # fmt: skip
    return Status(201, {"reference": row.reference, "title": row.title})


def _seat(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Invalid("unknown_seat", _("This is not the id of a seat."), field="seats") from None


@router.post("/items/{reference}/admit", response=ItemOut)
@requires(Permission.MEETING_PREPARE)
def admit(request: MemberRequest, response: HttpResponse, reference: Ref, payload: SeatsIn) -> Any:
    """The consent of the chair to a late item."""
    services.admit(
        by=request.member,
        reference=reference,
        excluded=payload.seats,
        why_excluded=payload.why,
        at=timezone.now(),
    )
    return _item(queries.item(reference, _eye(request)), response)


@router.post("/items/{reference}/leave", response=ItemOut)
@requires(Permission.MEETING_PREPARE)
def leave_for_next(request: MemberRequest, response: HttpResponse, reference: Ref, payload: WhyIn) -> Any:
    """The chair leaves a late item for the next meeting."""
    services.leave_for_next(by=request.member, reference=reference, why=payload.why, at=timezone.now())
    return _item(queries.item(reference, _eye(request)), response)


@router.post("/points/{uuid:point_id}/move", response=list[PointOut])
@requires(Permission.MEETING_PREPARE)
def move(request: MemberRequest, point_id: UUID, payload: MoveIn) -> Any:
    """Put a point at another place; the agenda as it stands then."""
    row = services.move(by=request.member, point_id=point_id, to=payload.to - 1, at=timezone.now())
    return _agenda(row, _eye(request))


@router.post("/points/{uuid:point_id}/minutes", response=list[PointOut])
@requires(Permission.MEETING_PREPARE)
def lengthen(request: MemberRequest, point_id: UUID, payload: LengthIn) -> Any:
    """Give a point another length."""
    row = services.lengthen(by=request.member, point_id=point_id, minutes=payload.minutes, at=timezone.now())
    return _agenda(row, _eye(request))


@router.post("/points/{uuid:point_id}/seats", response=list[PointOut])
@requires(Permission.MEETING_PREPARE)
def exclude(request: MemberRequest, point_id: UUID, payload: SeatsIn) -> Any:
    """Say which seats do not vote on an item."""
    row = services.exclude(
        by=request.member, point_id=point_id, seat_ids=payload.seats, why=payload.why, at=timezone.now()
    )
    return _agenda(row, _eye(request))


@router.post("/points/{uuid:point_id}/off", response={204: None})
@requires(Permission.MEETING_PREPARE)
def take_off(request: MemberRequest, point_id: UUID, payload: OffIn) -> Any:
    """Take an item off an agenda; it stays open."""
    services.take_off(
        by=request.member, point_id=point_id, why=payload.why, until=payload.until, at=timezone.now()
    )
    return Status(204, None)


@router.get("/{reference}", response=MeetingOut)
@requires(Permission.MEETING_READ)
def meeting(request: MemberRequest, response: HttpResponse, reference: Ref) -> Any:
    """One meeting."""
    return _meeting(queries.meeting(reference, _eye(request)), response)


@router.get("/{reference}/agenda", response=list[PointOut])
@requires(Permission.MEETING_READ)
def agenda(request: MemberRequest, response: HttpResponse, reference: Ref) -> Any:
    """The agenda, as the member sees it."""
    eye = _eye(request)
    row = queries.meeting(reference, eye)
    put_etag(response, row.version)
    return [_point(line) for line in queries.agenda(row, eye)]


@router.get("/{reference}/paper/{format}", response={200: None})
@requires(Permission.MEETING_READ)
def printed(request: MemberRequest, reference: Ref, format: File, language: str = "") -> Any:
    """The agenda as a file, with what the member sees."""
    made = services.paper(
        by=request.member, reference=reference, format=format, language=language, at=timezone.now()
    )
    return attached(made.name, made.media_type, made.content)


@router.post("/{reference}/reply", response=ReplyIn)
@requires(Permission.MEETING_READ)
def reply(request: MemberRequest, reference: Ref, payload: ReplyIn) -> Any:
    """Answer an invitation for the member's seat; the last answer counts."""
    row = services.reply(by=request.member, reference=reference, at=timezone.now(), **payload.dict())
    return {"answer": row.answer, "note": row.note}


@router.post("/{reference}/change", response=MeetingOut)
@requires(Permission.MEETING_PREPARE)
def change(request: MemberRequest, response: HttpResponse, reference: Ref, payload: ChangeIn) -> Any:
    """Change when and where a meeting takes place."""
    row = services.change(by=request.member, reference=reference, at=timezone.now(), **payload.dict())
    return _meeting(row, response)


@router.post("/{reference}/convene", response=MeetingOut)
@requires(Permission.MEETING_PREPARE)
def convene(request: MemberRequest, response: HttpResponse, reference: Ref) -> Any:
    """Invite the seats; twice changes nothing."""
    return _meeting(services.convene(by=request.member, reference=reference, at=timezone.now()), response)


@router.post("/{reference}/cancel", response=MeetingOut)
@requires(Permission.MEETING_PREPARE)
def cancel(request: MemberRequest, response: HttpResponse, reference: Ref, payload: WhyIn) -> Any:
    """Cancel a meeting; twice changes nothing."""
    row = services.cancel(by=request.member, reference=reference, why=payload.why, at=timezone.now())
    return _meeting(row, response)


@router.post("/{reference}/agenda/build", response=BuiltOut)
@requires(Permission.MEETING_PREPARE)
def build(request: MemberRequest, reference: Ref) -> Any:
    """Put everything that is open and due on an agenda; twice changes nothing."""
    built = services.build(by=request.member, reference=reference, at=timezone.now())
    return {"placed": built.placed, "lapsed": built.lapsed}


@router.post("/{reference}/agenda/set", response=MeetingOut)
@requires(Permission.MEETING_PREPARE)
def set_agenda(request: MemberRequest, response: HttpResponse, reference: Ref) -> Any:
    """Close an agenda; twice changes nothing."""
    return _meeting(services.set_agenda(by=request.member, reference=reference, at=timezone.now()), response)
