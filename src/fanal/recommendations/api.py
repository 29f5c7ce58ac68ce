"""The register of recommendations for programs: the same acts as the pages."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Field, Path, Router, Schema, Status

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.errors import Invalid
from fanal.recommendations import queries, services
from fanal.recommendations.queries.clusters import proposal_lines
from fanal.recommendations.rules import State, read_issued
from fanal.web.api import PageOf
from fanal.web.cursors import page
from fanal.web.downloads import attached
from fanal.web.etags import demand_match, put_etag

router = Router(tags=["recommendations"])
Number = Annotated[str, Path(pattern=r"^REC-\d{4}-\d{3,6}$", description="A number such as REC-2022-007.")]
Code = Annotated[str, Field(pattern=r"^[a-z0-9_.-]{1,60}$")]
Words = Annotated[str, Field(max_length=5000)]
Line = Annotated[str, Field(max_length=200)]


class LineOut(Schema):
    """One recommendation in a list. `words` by language; `asked_in`: the years in which the same was asked."""

    number: str
    body: str
    instrument: str
    document: str
    paragraph: str
    issued: str
    force: str
    theme: str
    addressees: list[str]
    words: dict[str, str]
    link: str
    external_id: str
    reply_due: date | None
    state: str
    position: str
    asked_in: list[int]
    synthetic: bool


class PositionOut(Schema):
    """What the government said, on which day, by which service."""

    position: str
    reason: str
    stated_on: date
    unit: str


class AnswerOut(Schema):
    """What answers it."""

    id: UUID
    kind: str
    key: str
    title: str
    link: str
    on: date


class AssessmentOut(Schema):
    """What the independent rapporteur found."""

    verdict: str
    words: str
    public: bool
    assessed_at: datetime
    unit: str


class SheetOut(LineOut):
    """One recommendation with everything that this reader may see; positions and assessments: the latest first."""

    version: int
    positions: list[PositionOut]
    assessments: list[AssessmentOut]
    answers: list[AnswerOut]
    same: list[str]


class ContentIn(Schema):
    """What was asked. `issued`: 2022, 2022-10 or 2022-10-20."""

    body: Code
    document: Annotated[str, Field(max_length=120)]
    issued: Annotated[str, Field(max_length=10)]
    words: dict[Literal["fr", "nl", "de", "en"], Words]
    force: Code = "unstated"
    theme: Code = "other"
    paragraph: Annotated[str, Field(max_length=60)] = ""
    instrument: Line = ""
    external_id: Annotated[str, Field(max_length=120)] = ""
    addressees: Annotated[list[Code], Field(max_length=50)] = []
    link: Annotated[str, Field(max_length=500)] = ""
    reply_due: date | None = None


class PositionIn(Schema):
    """`draft`: kept for the own service only."""

    position: Code | Literal[""] = ""
    reason: Words = ""
    stated_on: date | None = None
    draft: bool = False


class AssessmentIn(Schema):
    verdict: Code
    words: Words
    public: bool = False


class AnswerIn(Schema):
    """A measure or a decision by its `key`, or evidence in `words`."""

    kind: Literal["measure", "decision", "evidence"]
    key: Annotated[str, Field(max_length=60)] = ""
    words: Words = ""
    link: Annotated[str, Field(max_length=500)] = ""
    on: date | None = None


class ClosingIn(Schema):
    decision: Annotated[str, Field(max_length=40)]


class ProposalOut(Schema):
    """Recommendations that seem to ask the same, how alike they are (0 to 100), and what they share."""

    id: UUID
    percent: int
    members: list[str]
    shared: list[str]


class ConfirmIn(Schema):
    """The numbers of those that ask the same; the others of the proposal are kept apart."""

    numbers: Annotated[list[str], Field(max_length=500)]


class SearchOut(Schema):
    """How far a search is; `found`: groups to judge, once it ended."""

    id: UUID
    step: str
    done: int
    total: int
    ended_at: datetime | None
    found: int
    failed: bool


class ReplyIn(Schema):
    body: Code
    document: Annotated[str, Field(max_length=120)]
    language: Literal["fr", "nl", "de", "en"]
    format: Literal["docx", "pdf", "odt", "html"]


def _line(line: queries.Row) -> dict[str, Any]:
    copied = (
        "number", "body", "instrument", "document", "paragraph", "force", "theme", "addressees", "words", "link",
        "external_id", "reply_due", "position", "synthetic",
    )  # fmt: skip
    own = {name: getattr(line.row, name) for name in copied}
    return own | {"issued": str(line.issued), "state": line.state.value, "asked_in": list(line.years)}


def _answer(found: queries.Answered) -> dict[str, Any]:
    row = found.row
    return {
        "id": row.id,
        "kind": row.kind,
        "key": row.key,
        "title": found.title,
        "link": row.link,
        "on": row.on,
    }


def _sheet(request: MemberRequest, number: str, response: HttpResponse) -> dict[str, Any]:
    sheet = queries.sheet(number, request.member, timezone.localdate())
    put_etag(response, sheet.line.row.version)
    closing = [sheet.closing] if sheet.closing else []
    return _line(sheet.line) | {
        "version": sheet.line.row.version,
        "positions": [
            {"position": p.position, "reason": p.reason, "stated_on": p.stated_on, "unit": p.unit.code}
            for p in sheet.positions
        ],
        "assessments": [
            {
                "verdict": a.verdict,
                "words": a.words,
                "public": a.public,
                "assessed_at": a.assessed_at,
                "unit": a.unit.code,
            }
            for a in sheet.assessments
        ],
        "answers": [_answer(a) for a in (*sheet.measures, *sheet.decisions, *sheet.evidence, *closing)],
        "same": [each.row.number for each in sheet.same],
    }


def _content(payload: ContentIn, **more: Any) -> services.Content:
    issued = read_issued(payload.issued)
    if issued is None:
        raise Invalid("issued", "2022, 2022-10, 2022-10-20", field="issued")
    values = payload.dict(exclude={"issued", "addressees"})
    return services.Content(issued=issued, addressees=tuple(payload.addressees), **values, **more)


@router.get("", response=PageOf[LineOut])
@requires(Permission.RECOMMENDATION_READ)
def recommendations(
    request: MemberRequest,
    words: str = "",
    body: str = "",
    document: str = "",
    year: Annotated[int, Field(ge=0, le=9999)] = 0,
    force: str = "",
    theme: str = "",
    position: str = "",
    state: State | Literal[""] = "",
    repeat: bool = False,
    cursor: str = "",
) -> Any:
    """What was asked of the country, newest first; `position=none`: without one; `repeat`: asked more than once."""
    on = timezone.localdate()
    wanted = queries.Filters(
        words=words[:200], body=body, document=document, year=year, force=force, theme=theme, position=position,
        state=state, repeat=repeat,
    )  # fmt: skip
    found = page(queries.recommendations(wanted, on), cursor=cursor, order="-issued_on")
    return {
        "items": [_line(queries.row_of(row, request.member.language, on)) for row in found.items],
        "next": found.next,
    }


@router.post("", response={201: SheetOut})
@requires(Permission.RECOMMENDATION_EDIT)
def record(request: MemberRequest, response: HttpResponse, payload: ContentIn) -> Any:
    """Enter a recommendation; it gets the next number of its year."""
    row = services.record(by=request.member, content=_content(payload), at=timezone.now())
    return Status(201, _sheet(request, row.number, response))


@router.get("/proposals", response=PageOf[ProposalOut])
@requires(Permission.RECOMMENDATION_READ)
def proposals(request: MemberRequest, cursor: str = "") -> Any:
    """What the last search found and nobody judged yet, the most alike first."""
    found = page(queries.proposals(), cursor=cursor, order="-score")
    lines = proposal_lines(list(found.items), request.member.language, timezone.localdate())
    return {
        "items": [
            {
                "id": line.id,
                "percent": line.percent,
                "members": [each.row.number for each in line.members],
                "shared": [each.word for each in line.why],
            }
            for line in lines
        ],
        "next": found.next,
    }


@router.post("/proposals/search", response={202: SearchOut})
@requires(Permission.RECOMMENDATION_EDIT)
def begin_search(request: MemberRequest) -> Any:
    """Ask the worker to look for what asks the same; while one search runs, no second one begins."""
    return Status(202, services.begin_search(by=request.member, at=timezone.now()))


@router.get("/proposals/search/{search_id}", response=SearchOut)
@requires(Permission.RECOMMENDATION_READ)
def progress(request: MemberRequest, search_id: UUID) -> Any:
    """How far a search is."""
    return queries.running(search_id)


@router.post("/proposals/{proposal_id}/confirm", response={204: None})
@requires(Permission.RECOMMENDATION_EDIT)
def confirm(request: MemberRequest, proposal_id: UUID, payload: ConfirmIn) -> Any:
    """Say which members of a proposal ask the same; the others are kept apart."""
    services.confirm(by=request.member, proposal_id=proposal_id, numbers=payload.numbers, at=timezone.now())
    return Status(204, None)


@router.post("/proposals/{proposal_id}/reject", response={204: None})
@requires(Permission.RECOMMENDATION_EDIT)
def reject(request: MemberRequest, proposal_id: UUID) -> Any:
    """Say that no two of a proposal ask the same."""
    services.reject(by=request.member, proposal_id=proposal_id, at=timezone.now())
    return Status(204, None)


@router.post("/reply", response={200: None})
@requires(Permission.RECOMMENDATION_READ)
def reply(request: MemberRequest, payload: ReplyIn) -> Any:
    """The reply to one document of a body as a file."""
    made = services.reply(by=request.member, at=timezone.now(), **payload.dict())
    return attached(made.name, made.media, made.content)


@router.post("/answers/{answer_id}/remove", response={204: None})
@requires(Permission.RECOMMENDATION_READ)
def remove_answer(request: MemberRequest, answer_id: UUID) -> Any:
    """Take off what does not answer it after all; by who keeps the register or answers on it."""
    services.remove_answer(by=request.member, answer_id=answer_id, at=timezone.now())
    return Status(204, None)


@router.get("/{number}", response=SheetOut)
@requires(Permission.RECOMMENDATION_READ)
def recommendation(request: MemberRequest, response: HttpResponse, number: Number) -> Any:
    """One recommendation with everything that stands side by side."""
    return _sheet(request, number, response)


@router.put("/{number}", response=SheetOut)
@requires(Permission.RECOMMENDATION_EDIT)
def change(request: MemberRequest, response: HttpResponse, number: Number, payload: ContentIn) -> Any:
    """Put right what the register says was asked. Needs If-Match."""
    row = queries.one(number)
    demand_match(request, row.version)
    content = _content(payload, source=row.source, synthetic=row.synthetic)
    services.change(by=request.member, number=number, content=content, version=row.version, at=timezone.now())
    return _sheet(request, number, response)


@router.post("/{number}/position", response=SheetOut)
@requires(Permission.RECOMMENDATION_ANSWER)
def position(request: MemberRequest, response: HttpResponse, number: Number, payload: PositionIn) -> Any:
    """State what the government says, or keep a draft of it for the own service."""
    now = timezone.now()
    said: dict[str, Any] = {
        "by": request.member,
        "number": number,
        "position": payload.position,
        "reason": payload.reason,
    }
    if payload.draft:
        services.draft_position(**said, at=now)
    else:
        stated_on = payload.stated_on or timezone.localdate(now)
        services.state_position(**said, stated_on=stated_on, at=now)
    return _sheet(request, number, response)


@router.delete("/{number}/position", response={204: None})
@requires(Permission.RECOMMENDATION_ANSWER)
def discard_draft(request: MemberRequest, number: Number) -> Any:
    """Throw away the draft of the own service; what was stated stays."""
    services.discard_draft(by=request.member, number=number, at=timezone.now())
    return Status(204, None)


@router.post("/{number}/assessment", response=SheetOut)
@requires(Permission.RECOMMENDATION_ASSESS)
def assess(request: MemberRequest, response: HttpResponse, number: Number, payload: AssessmentIn) -> Any:
    """Add what the independent rapporteur finds."""
    services.assess(by=request.member, number=number, at=timezone.now(), **payload.dict())
    return _sheet(request, number, response)


@router.post("/{number}/answers", response=SheetOut)
@requires(Permission.RECOMMENDATION_READ)
def add_answer(request: MemberRequest, response: HttpResponse, number: Number, payload: AnswerIn) -> Any:
    """Say what answers it; by who keeps the register or answers on it for the government."""
    services.add_answer(by=request.member, number=number, at=timezone.now(), **payload.dict())
    return _sheet(request, number, response)


@router.post("/{number}/close", response=SheetOut)
@requires(Permission.RECOMMENDATION_EDIT)
def close(request: MemberRequest, response: HttpResponse, number: Number, payload: ClosingIn) -> Any:
    """Close it by a decision of the register."""
    services.close(by=request.member, number=number, decision=payload.decision, at=timezone.now())
    return _sheet(request, number, response)


@router.post("/{number}/reopen", response=SheetOut)
@requires(Permission.RECOMMENDATION_EDIT)
def reopen(request: MemberRequest, response: HttpResponse, number: Number) -> Any:
    """Open it again; the decision that closed it stays in the history."""
    services.reopen(by=request.member, number=number, at=timezone.now())
    return _sheet(request, number, response)


@router.post("/{number}/take-out", response=SheetOut)
@requires(Permission.RECOMMENDATION_EDIT)
def take_out(request: MemberRequest, response: HttpResponse, number: Number) -> Any:
    """Say that it asks something else than the others of its cluster."""
    services.take_out(by=request.member, number=number, at=timezone.now())
    return _sheet(request, number, response)
