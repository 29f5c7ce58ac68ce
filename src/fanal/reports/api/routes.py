"""Every act of a report that has a page."""

from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router, Status

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.documents.publish import MEDIA, Format
from fanal.errors import NotFound
from fanal.reports import queries, services
from fanal.reports.api.shapes import (
    AskIn,
    ChoiceIn,
    EditionOut,
    FreezeIn,
    Kind,
    Language,
    LineOut,
    MoveIn,
    Number,
    ObstacleOut,
    ProofIn,
    Ref,
    RemarkIn,
    ReportIn,
    ReportOut,
    SectionIn,
    SendIn,
    SheetOut,
    TextIn,
    WordsIn,
    edition_out,
    head,
    report_out,
    sheet_out,
)
from fanal.web.api import PageOf
from fanal.web.downloads import attached
from fanal.web.etags import demand_match, put_etag

router = Router(tags=["reports"])


@router.get("", response=PageOf[LineOut])
@requires(Permission.REPORT_READ)
def reports(
    request: MemberRequest,
    kind: Annotated[str, Query(pattern=r"^[a-z_]{0,40}$")] = "",
    cursor: Annotated[str, Query(max_length=500)] = "",
    size: Annotated[int, Query(ge=1, le=200)] = 50,
) -> PageOf[LineOut]:
    """Reports in preparation and frozen ones, the latest first."""
    found = queries.listed(request.member, kind=kind, cursor=cursor, size=size)
    items = [
        LineOut(**head(each.row, request), asked=each.asked, signed=each.signed, editions=each.editions)
        for each in found.items
    ]
    return PageOf[LineOut](items=items, next=found.next)


@router.post("", response={201: ReportOut})
@requires(Permission.REPORT_EDIT)
def open_report(request: MemberRequest, payload: ReportIn) -> Status[ReportOut]:
    """Open a report with the outline of its kind."""
    row = services.open_report(by=request.member, at=timezone.now(), **payload.dict())
    return Status(201, report_out(row, request))


@router.get("/contributions/{uuid:contribution_id}", response=SheetOut)
@requires(Permission.REPORT_READ)
def contribution(request: MemberRequest, contribution_id: UUID, response: HttpResponse) -> SheetOut:
    """One contribution with its text; `ETag` is the number of the text."""
    sheet = queries.sheet(contribution_id, request.member)
    put_etag(response, sheet.row.number)
    return sheet_out(request, contribution_id)


@router.post("/contributions/{uuid:contribution_id}/write", response=SheetOut)
@requires(Permission.REPORT_CONTRIBUTE)
def write(request: MemberRequest, contribution_id: UUID, payload: TextIn) -> SheetOut:
    """Save a text; `If-Match` names the one that was read."""
    row = queries.contribution(contribution_id, request.member)
    demand_match(request, row.number)
    services.write(
        by=request.member,
        contribution_id=contribution_id,
        html=payload.html,
        number=row.number,
        at=timezone.now(),
    )
    return sheet_out(request, contribution_id)


@router.post("/contributions/{uuid:contribution_id}/send", response=SheetOut)
@requires(Permission.REPORT_CONTRIBUTE)
def send(request: MemberRequest, contribution_id: UUID, payload: SendIn) -> SheetOut:
    """Send the text to the editor."""
    services.send(by=request.member, contribution_id=contribution_id, words=payload.words, at=timezone.now())
    return sheet_out(request, contribution_id)


@router.post("/contributions/{uuid:contribution_id}/accept", response=SheetOut)
@requires(Permission.REPORT_EDIT)
def accept(request: MemberRequest, contribution_id: UUID) -> SheetOut:
    """Take the text as it was sent."""
    services.accept(by=request.member, contribution_id=contribution_id, at=timezone.now())
    return sheet_out(request, contribution_id)


@router.post("/contributions/{uuid:contribution_id}/send-back", response=SheetOut)
@requires(Permission.REPORT_EDIT)
def send_back(request: MemberRequest, contribution_id: UUID, payload: RemarkIn) -> SheetOut:
    """Send the text back with remarks."""
    services.send_back(
        by=request.member, contribution_id=contribution_id, words=payload.words, at=timezone.now()
    )
    return sheet_out(request, contribution_id)


@router.post("/contributions/{uuid:contribution_id}/sign", response=SheetOut)
@requires(Permission.REPORT_SIGN)
def sign(request: MemberRequest, contribution_id: UUID) -> SheetOut:
    """Sign for one's own service; `If-Match` names the text that was read."""
    row = queries.contribution(contribution_id, request.member)
    demand_match(request, row.number)
    services.sign(by=request.member, contribution_id=contribution_id, number=row.number, at=timezone.now())
    return sheet_out(request, contribution_id)


@router.post("/contributions/{uuid:contribution_id}/withdraw", response=SheetOut)
@requires(Permission.REPORT_EDIT)
def withdraw(request: MemberRequest, contribution_id: UUID, payload: RemarkIn) -> SheetOut:
    """No longer ask for it."""
    services.withdraw(
        by=request.member, contribution_id=contribution_id, why=payload.words, at=timezone.now()
    )
    return sheet_out(request, contribution_id)


@router.post("/sections/{uuid:section_id}", response=ReportOut)
@requires(Permission.REPORT_EDIT)
def change_section(request: MemberRequest, section_id: UUID, payload: WordsIn) -> ReportOut:
    """The title and the editor's words of a section."""
    titles = {str(k): v for k, v in payload.titles.items()}
    words = {str(k): v for k, v in payload.words.items()}
    section = services.change_section(
        by=request.member, section_id=section_id, titles=titles, words=words, at=timezone.now()
    )
    return report_out(section.report, request)


@router.post("/sections/{uuid:section_id}/move", response=ReportOut)
@requires(Permission.REPORT_EDIT)
def move_section(request: MemberRequest, section_id: UUID, payload: MoveIn) -> ReportOut:
    """Move a section before or after its neighbour."""
    section = services.move_section(
        by=request.member, section_id=section_id, to=payload.to, at=timezone.now()
    )
    return report_out(section.report, request)


@router.post("/sections/{uuid:section_id}/drop", response=ReportOut)
@requires(Permission.REPORT_EDIT)
def drop_section(request: MemberRequest, section_id: UUID) -> ReportOut:
    """Leave a section out."""
    row = queries.section(section_id, request.member).report
    services.drop_section(by=request.member, section_id=section_id, at=timezone.now())
    return report_out(row, request)


@router.post("/sections/{uuid:section_id}/ask", response=ReportOut)
@requires(Permission.REPORT_EDIT)
def ask(request: MemberRequest, section_id: UUID, payload: AskIn) -> ReportOut:
    """Ask departments for a contribution."""
    row = queries.section(section_id, request.member).report
    services.ask(
        by=request.member, section_id=section_id, unit_ids=payload.units, due_on=payload.due_on, words=payload.words,
        at=timezone.now(),
    )  # fmt: skip
    return report_out(row, request)


@router.get("/{reference}", response=ReportOut)
@requires(Permission.REPORT_READ)
def report(request: MemberRequest, reference: Ref) -> ReportOut:
    """One report with its outline and what the reader may see of its contributions."""
    return report_out(queries.report(reference), request)


@router.post("/{reference}/sections", response={201: ReportOut})
@requires(Permission.REPORT_EDIT)
def add_section(request: MemberRequest, reference: Ref, payload: SectionIn) -> Status[ReportOut]:
    """Add a section."""
    section = services.add_section(
        by=request.member, reference=reference, at=timezone.now(), **payload.dict()
    )
    return Status(201, report_out(section.report, request))


@router.get("/{reference}/obstacles", response=list[ObstacleOut])
@requires(Permission.REPORT_EDIT)
def building(request: MemberRequest, reference: Ref) -> list[ObstacleOut]:
    """Everything that stops the report, each with its place."""
    row = queries.edited(reference, request.member)
    found = queries.obstacles(row, request.member, timezone.localdate())
    return [
        ObstacleOut(
            stop=each.stop.value, number=each.number, title=each.title, paragraph=each.paragraph, unit=each.unit,
            detail=each.detail, contribution=each.contribution,
        )
        for each in found
    ]  # fmt: skip


@router.post("/{reference}/choices", response=list[ObstacleOut])
@requires(Permission.REPORT_EDIT)
def choose(request: MemberRequest, reference: Ref, payload: ChoiceIn) -> list[ObstacleOut]:
    """Choose which of several figures is printed, and why; answers what still stops the report."""
    services.choose(by=request.member, reference=reference, at=timezone.now(), **payload.dict())
    found: list[ObstacleOut] = building(request, reference)
    return found


@router.post("/{reference}/proof")
@requires(Permission.REPORT_EDIT)
def proof(request: MemberRequest, reference: Ref, payload: ProofIn) -> HttpResponse:
    """The report as it stands, as a file that is kept nowhere."""
    found = services.proof(
        by=request.member,
        reference=reference,
        language=payload.language,
        format=payload.format,
        at=timezone.now(),
    )
    return attached(found.name, found.media, found.content)


@router.post("/{reference}/freeze", response={201: EditionOut})
@requires(Permission.REPORT_EDIT)
def freeze(request: MemberRequest, reference: Ref, payload: FreezeIn) -> Status[EditionOut]:
    """Freeze the report; its files are made by the worker."""
    made = services.freeze(
        by=request.member, reference=reference, languages=list(payload.languages), at=timezone.now()
    )
    return Status(201, edition_out(queries.edition(reference, made.number)))


@router.get("/{reference}/editions/{number}", response=EditionOut)
@requires(Permission.REPORT_READ)
def edition(request: MemberRequest, reference: Ref, number: Number) -> EditionOut:
    """A frozen edition and where everything in it comes from."""
    return edition_out(queries.edition(reference, number))


@router.get("/{reference}/editions/{number}/files/{language}/{kind}")
@requires(Permission.REPORT_READ)
def edition_file(
    request: MemberRequest,
    reference: Ref,
    number: Number,
    language: Language,
    kind: Kind,
) -> HttpResponse:
    """One file of an edition."""
    found = queries.edition(reference, number)
    content = queries.edition_file(found, language, kind)
    return attached(f"{reference}-{number}-{language}.{kind}", MEDIA[Format(kind)], content)


@router.post("/{reference}/editions/{number}/publish", response=EditionOut)
@requires(Permission.REPORT_EDIT)
def publish(request: MemberRequest, reference: Ref, number: Number) -> EditionOut:
    """Let everybody read an edition."""
    if not queries.edits(queries.edition(reference, number).report, request.member):
        raise NotFound
    services.publish(by=request.member, reference=reference, number=number, at=timezone.now())
    return edition_out(queries.edition(reference, number))
