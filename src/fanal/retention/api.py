"""What is kept, for programs: the same acts as the pages."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Field, Path, Router, Schema, Status

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.retention import queries, services
from fanal.web.api import PageOf
from fanal.web.etags import demand_match, put_etag

router = Router(tags=["retention"])
Ref = Annotated[
    str, Path(pattern=r"^[A-Z]-[0-9A-Z]{4}-[0-9A-Z]{4}$", description="A reference such as A-7F3K-9QX4.")
]
Code = Annotated[str, Field(pattern=r"^[a-z0-9_.-]{1,60}$")]
Words = Annotated[str, Field(max_length=5000)]
Line = Annotated[str, Field(max_length=200)]


class LineOut(Schema):
    """A file of the unit and the day on which it is looked at again."""

    reference: str
    kind: str
    opened_on: date
    review_on: date
    late: bool
    kept: bool
    held: bool
    proposed: bool


class HoldOut(Schema):
    """A hold; its number and words for the unit that placed it only."""

    id: UUID
    unit: str
    ground: str
    number: str
    words: str
    placed_at: datetime
    lifted_at: datetime | None


class ErasureOut(Schema):
    """A proposal to erase."""

    id: UUID
    person: UUID | None
    ground: str
    proposed_at: datetime
    confirmed_at: datetime | None
    withdrawn_at: datetime | None


class FileOut(Schema):
    """One file: until when it is kept, why, and what stands in the way of erasing it."""

    reference: str
    kind: str
    version: int
    opened_on: date
    review_on: date
    keep_until: date | None
    why: str
    basis: str
    to_verify: bool
    erased_at: datetime | None
    holds: list[HoldOut]
    proposal: ErasureOut | None


class CorrectionOut(Schema):
    """That something was corrected: which fields, never what they say."""

    id: UUID
    reference: str
    from_unit: str
    fields: list[str]
    at: datetime
    taken_at: datetime | None


class KeepIn(Schema):
    until: date
    why: Words


class HoldIn(Schema):
    ground: Code
    number: Annotated[str, Field(max_length=60)]
    words: Words = ""


class EraseIn(Schema):
    """`person`: her number in the file; none: the whole file."""

    ground: Code
    person: UUID | None = None


class CorrectIn(Schema):
    """What is right; what is not named stays as it is."""

    person: UUID | None = None
    given_names: Line | None = None
    family_name: Line | None = None
    birth_date: date | None = None
    birth_place: Line | None = None
    document_number: Line | None = None
    pseudonym: Annotated[str, Field(max_length=60)] | None = None


class CorrectedOut(Schema):
    """The fields that changed."""

    fields: list[str]


class AnswerIn(Schema):
    language: Literal["fr", "nl", "de", "en"]
    person: UUID | None = None
    words: Words = ""
    restriction: Code | Literal[""] = ""
    why: Words = ""


def _line(found: queries.Line) -> dict[str, Any]:
    row = found.row
    return {
        "reference": row.reference,
        "kind": row.kind,
        "opened_on": row.opened_on,
        "review_on": found.on,
        "late": found.late,
        "kept": found.kept,
        "held": found.held,
        "proposed": found.proposed,
    }


def _hold(found: queries.Held) -> dict[str, Any]:
    row = found.row
    return {
        "id": row.id,
        "unit": row.unit.code,
        "ground": row.ground,
        "number": found.number,
        "words": found.words,
        "placed_at": row.placed_at,
        "lifted_at": row.lifted_at,
    }


def _file(request: MemberRequest, reference: str, response: HttpResponse) -> dict[str, Any]:
    sheet = services.consult(by=request.member, reference=reference, at=timezone.now())
    put_etag(response, sheet.row.version)
    return {
        "reference": sheet.row.reference,
        "kind": sheet.row.kind,
        "version": sheet.row.version,
        "opened_on": sheet.row.opened_on,
        "review_on": sheet.on,
        "keep_until": sheet.row.keep_until,
        "why": sheet.why,
        "basis": sheet.term.source,
        "to_verify": sheet.term.to_verify,
        "erased_at": sheet.row.erased_at,
        "holds": [_hold(each) for each in sheet.holds],
        "proposal": sheet.proposal,
    }


def _correction(row: queries.Correction) -> dict[str, Any]:
    copied = {name: getattr(row, name) for name in ("id", "reference", "fields", "at", "taken_at")}
    return {**copied, "from_unit": row.from_unit.code}


@router.get("", response=PageOf[LineOut])
@requires(Permission.RETENTION_DECIDE)
def files(request: MemberRequest, every: bool = False, cursor: str = "") -> Any:
    """What the unit looks at again soon, the oldest first; `every`: all its files."""
    found = queries.listed(request.member, timezone.now(), every=every, cursor=cursor)
    return {"items": [_line(each) for each in found.items], "next": found.next}


@router.get("/corrections", response=list[CorrectionOut])
@requires(Permission.RETENTION_DECIDE)
def corrections(request: MemberRequest) -> Any:
    """The corrections that reached the unit and that it has not taken over; a hundred at most."""
    return [_correction(row) for row in queries.corrections(request.member)[:100]]


@router.post("/corrections/{correction_id}", response=CorrectionOut)
@requires(Permission.RETENTION_DECIDE)
def take_over(request: MemberRequest, correction_id: UUID) -> Any:
    """Take a correction over into the unit's own files about the same person; twice changes nothing."""
    return _correction(services.take_over(by=request.member, correction_id=correction_id, at=timezone.now()))


@router.post("/holds/{hold_id}/lift", response={204: None})
@requires(Permission.HOLD_PLACE)
def lift_hold(request: MemberRequest, hold_id: UUID) -> Any:
    """End a hold of the unit; twice changes nothing."""
    services.lift_hold(by=request.member, hold_id=hold_id, at=timezone.now())
    return Status(204, None)


@router.post("/erasures/{erasure_id}/confirm", response=ErasureOut)
@requires(Permission.RETENTION_DECIDE)
def confirm_erasure(request: MemberRequest, erasure_id: UUID) -> Any:
    """Erase what a colleague of the unit proposed; nobody can take it back."""
    return services.confirm_erasure(by=request.member, erasure_id=erasure_id, at=timezone.now())


@router.post("/erasures/{erasure_id}/withdraw", response=ErasureOut)
@requires(Permission.RETENTION_DECIDE)
def withdraw_erasure(request: MemberRequest, erasure_id: UUID) -> Any:
    """Take a proposal back; twice changes nothing."""
    return services.withdraw_erasure(by=request.member, erasure_id=erasure_id, at=timezone.now())


@router.get("/{reference}", response=FileOut)
@requires(Permission.RETENTION_DECIDE)
def file(request: MemberRequest, response: HttpResponse, reference: Ref) -> Any:
    """One file that the unit owns or reads; opening it is traced for its owner."""
    return _file(request, reference, response)


@router.post("/{reference}/keep", response=FileOut)
@requires(Permission.RETENTION_DECIDE)
def keep(request: MemberRequest, response: HttpResponse, reference: Ref, payload: KeepIn) -> Any:
    """Keep a file of the unit until a day, for a reason. Needs If-Match."""
    row = queries.file(reference, request.member)
    demand_match(request, row.version)
    services.keep(
        by=request.member, reference=reference, version=row.version, at=timezone.now(), **payload.dict()
    )
    return _file(request, reference, response)


@router.post("/{reference}/hold", response={201: HoldOut})
@requires(Permission.HOLD_PLACE)
def place_hold(request: MemberRequest, reference: Ref, payload: HoldIn) -> Any:
    """Hold a file: nothing of it is erased while the hold stands. By its owner, or by a magistrate who reads it."""
    hold = services.place_hold(by=request.member, reference=reference, at=timezone.now(), **payload.dict())
    held = queries.sheet_holds(queries.file(reference, request.member), request.member)
    return Status(201, next(_hold(each) for each in held if each.row.id == hold.id))


@router.post("/{reference}/erase", response={201: ErasureOut})
@requires(Permission.RETENTION_DECIDE)
def propose_erasure(request: MemberRequest, reference: Ref, payload: EraseIn) -> Any:
    """Propose to erase a file of the unit, or one person of it; a second person confirms."""
    found = services.propose_erasure(
        by=request.member, reference=reference, at=timezone.now(), **payload.dict()
    )
    return Status(201, found)


@router.post("/{reference}/correct", response=CorrectedOut)
@requires(Permission.RETENTION_DECIDE)
def correct(request: MemberRequest, reference: Ref, payload: CorrectIn) -> Any:
    """Correct who a person is; whoever was given it is told which field changed."""
    values = payload.dict(exclude={"person"}, exclude_none=True)
    changed = services.correct(
        by=request.member, reference=reference, values=values, person=payload.person, at=timezone.now()
    )
    return {"fields": list(changed)}


@router.post("/{reference}/answer", response={200: None})
@requires(Permission.RETENTION_DECIDE)
def answer(request: MemberRequest, reference: Ref, payload: AnswerIn) -> Any:
    """The document for a person who asks what is held of her, as PDF; traced as a disclosure."""
    made = services.answer(by=request.member, reference=reference, at=timezone.now(), **payload.dict())
    return HttpResponse(made.content, content_type="application/pdf")
