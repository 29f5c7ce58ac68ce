"""The register of figures, for programs: the same acts as the pages."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Field, File, Path, Query, Router, Schema, Status, UploadedFile

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.statistics import queries, rules, services
from fanal.statistics.queries import Figure
from fanal.statistics.rules import FigureLine, Matter
from fanal.web.api import PageOf
from fanal.web.etags import demand_match, put_etag

router = Router(tags=["figures"])
Code = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,120}$")]
Word = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{0,40}$")]
Named = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,40}$")]
State = Literal["known", "zero", "unknown", "not_applicable", "suppressed"]
Whole = Annotated[int, Field(ge=0, le=2**53)]


class FigureOut(Schema):
    """A figure, or one version of it. `value` is null unless it is known or zero."""

    code: str
    version: int
    counting_unit: str
    phenomenon: str
    period: str
    form: str
    breakdown: str
    value: int | None
    status: State
    definition: str
    source: str
    extracted_on: date | None
    note: str
    protected: bool
    synthetic: bool
    current: bool


class ListedOut(FigureOut):
    """`contradicted`: another figure in force says something else of the same matter."""

    contradicted: bool


class VersionOut(FigureOut):
    """`why` it took the place of the version before."""

    why: str
    recorded_at: datetime
    superseded_at: datetime | None


class OneOut(FigureOut):
    """A figure with the others of its matter and its history, the latest first."""

    others: list[FigureOut]
    versions: list[VersionOut]


class ConflictOut(Schema):
    """A matter of which figures in force contradict each other."""

    counting_unit: str
    phenomenon: str
    period: str
    form: str
    breakdown: str
    figures: list[FigureOut]


class FigureIn(Schema):
    counting_unit: Named
    phenomenon: Named
    period: Annotated[str, Field(max_length=9)]
    form: Word = ""
    breakdown: Word = ""
    value: Whole | None = None
    status: State = "known"
    definition: Annotated[str, Field(max_length=1000)]
    source: Annotated[str, Field(max_length=300)]
    extracted_on: date | None = None
    note: Annotated[str, Field(max_length=1000)] = ""
    protected: bool = False


class CorrectionIn(FigureIn):
    why: Annotated[str, Field(max_length=500)]


class RowOut(Schema):
    """One row of a file: what it would do, or its problems."""

    number: int
    act: Literal["new", "changed", "same", "wrong"]
    code: str
    problems: list[str]


class SheetOut(Schema):
    id: UUID
    rows: list[RowOut]


class WrittenOut(Schema):
    written: int


class FilterIn(Schema):
    counting_unit: Word = ""
    phenomenon: Word = ""
    form: Word = ""
    breakdown: Word = ""
    since: Annotated[int, Field(ge=1900, le=2200)] | None = None
    until: Annotated[int, Field(ge=1900, le=2200)] | None = None
    source: Annotated[str, Field(max_length=200)] = ""
    status: State | Literal[""] = ""


@router.get("", response=PageOf[ListedOut])
@requires(Permission.FIGURE_READ)
def figures(
    request: MemberRequest,
    filters: Query[FilterIn],
    cursor: Annotated[str, Query(max_length=500)] = "",
    size: Annotated[int, Query(ge=1, le=200)] = 50,
) -> PageOf[ListedOut]:
    """The figures in force, the latest period first."""
    found = queries.listed(request.member, queries.Wanted(**filters.dict()), cursor=cursor, size=size)
    items = [ListedOut(**_out(each.line).dict(), contradicted=each.contradicted) for each in found.items]
    return PageOf[ListedOut](items=items, next=found.next)


@router.get("/conflicts", response=PageOf[ConflictOut])
@requires(Permission.FIGURE_READ)
def conflicts(
    request: MemberRequest, cursor: Annotated[str, Query(pattern=r"^[0-9]{0,6}$")] = ""
) -> PageOf[ConflictOut]:
    """What contradicts what, the latest period first."""
    found = queries.conflicts(request.member, cursor=cursor)
    items = [
        ConflictOut(**_matter(matter), figures=[_out(line) for line in lines])
        for matter, lines in found.items
    ]
    return PageOf[ConflictOut](items=items, next=found.next)


@router.post("", response={201: FigureOut})
@requires(Permission.FIGURE_EDIT)
def record(request: MemberRequest, payload: FigureIn) -> Status[FigureOut]:
    """Add a figure."""
    row = services.record(
        by=request.member, entry=_entry(payload, request.member.language), at=timezone.now()
    )
    return Status(201, _out(queries.line_of(row, request.member.language)))


@router.post("/sheets", response={201: SheetOut})
@requires(Permission.FIGURE_EDIT)
def read_file(request: MemberRequest, file: File[UploadedFile]) -> Status[SheetOut]:
    """Read a file of figures; nothing is written yet."""
    now = timezone.now()
    sheet = services.read_file(by=request.member, content=file.read(), name=file.name or "", at=now)
    _name, rows = services.preview(by=request.member, sheet_id=sheet, at=now)
    shown = [RowOut(number=r.number, act=r.act, code=r.code, problems=list(r.problems)) for r in rows]
    return Status(201, SheetOut(id=sheet, rows=shown))


@router.post("/sheets/{uuid:sheet_id}", response=WrittenOut)
@requires(Permission.FIGURE_EDIT)
def take_over(request: MemberRequest, sheet_id: UUID) -> WrittenOut:
    """Write all rows of a file, or none."""
    return WrittenOut(written=services.take_over(by=request.member, sheet_id=sheet_id, at=timezone.now()))


@router.get("/{code}", response=OneOut)
@requires(Permission.FIGURE_READ)
def figure(request: MemberRequest, code: Code, response: HttpResponse) -> OneOut:
    """One figure with its history."""
    member = request.member
    line = queries.figure(code, member)
    put_etag(response, line.version)
    others = [_out(each) for each in queries.same_matters(member, [line.matter]) if each.code != code]
    versions = [_version(row, member.language) for row in queries.history(code, member)]
    return OneOut(**_out(line).dict(), others=others, versions=versions)


@router.post("/{code}/correct", response=FigureOut)
@requires(Permission.FIGURE_EDIT)
def correct(request: MemberRequest, code: Code, payload: CorrectionIn) -> FigureOut:
    """Put another version in its place; `If-Match` names the one that was read."""
    line = queries.figure(code, request.member)
    demand_match(request, line.version)
    entry = _entry(payload, request.member.language)
    row = services.correct(
        by=request.member, code=code, version=line.version, entry=entry, why=payload.why, at=timezone.now()
    )
    return _out(queries.line_of(row, request.member.language))


def _matter(matter: Matter) -> dict[str, str]:
    names = ("counting_unit", "phenomenon", "period", "form", "breakdown")
    return {name: getattr(matter, name) for name in names}


def _out(line: FigureLine) -> FigureOut:
    return FigureOut(
        **_matter(line.matter), code=line.code, version=line.version, value=line.value, status=line.status.value,
        definition=line.definition, source=line.source, extracted_on=line.extracted_on, note=line.note,
        protected=line.protected, synthetic=line.synthetic, current=line.current,
    )  # fmt: skip


def _version(row: Figure, language: str) -> VersionOut:
    line = _out(queries.line_of(row, language))
    return VersionOut(
        **line.dict(), why=row.why, recorded_at=row.recorded_at, superseded_at=row.superseded_at
    )


def _entry(given: FigureIn, language: str) -> services.Entry:
    matter = Matter(given.counting_unit, given.phenomenon, given.period, given.form, given.breakdown)
    return services.Entry(
        matter=matter, value=given.value, status=rules.Status(given.status), definition=given.definition,
        source=given.source, extracted_on=given.extracted_on, note=given.note, protected=given.protected,
        language=language[:2],
    )  # fmt: skip
