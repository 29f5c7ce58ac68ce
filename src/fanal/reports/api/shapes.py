"""The shapes in which reports are answered and asked."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Path, Schema

from fanal.access.gate import MemberRequest
from fanal.reports import queries
from fanal.reports.queries import Edition, Report

Ref = Annotated[
    str, Path(pattern=r"^[A-Z]{2,6}-[0-9]{4}-[0-9]{1,4}$", description="A reference such as RB-2026-1.")
]
Number = Annotated[int, Path(ge=1, le=9999)]
Code = Annotated[str, Field(pattern=r"^[a-z0-9_.-]{1,60}$")]
Language = Literal["fr", "nl", "de", "en"]
Kind = Literal["pdf", "docx", "odt", "html"]
Words = Annotated[str, Field(max_length=5000)]
Line = Annotated[str, Field(max_length=200)]
Prose = Annotated[str, Field(max_length=400_000)]


class LineOut(Schema):
    """A report. `asked` and `signed` count the contributions that the reader may see."""

    reference: str
    kind: str
    subject: str
    editor: str
    starts_on: date
    ends_on: date
    contributions_due_on: date
    due_on: date
    synthetic: bool
    frozen_at: datetime | None
    asked: int
    signed: int
    editions: int


class ContributionOut(Schema):
    """A contribution that the reader may see; its text under its own address."""

    id: UUID
    section: UUID
    unit: str
    due_on: date
    state: str
    number: int
    signed_at: datetime | None


class SectionOut(Schema):
    id: UUID
    number: str
    level: int
    key: str
    titles: dict[str, str]
    words: dict[str, str]
    assembles: str


class EditionOut(Schema):
    """A frozen edition: its files with their digests, and where each figure and paragraph comes from."""

    reference: str
    number: int
    frozen_at: datetime
    published_at: datetime | None
    progress: str
    files: list[dict[str, str]]
    provenance: list[dict[str, Any]]


class ReportOut(Schema):
    reference: str
    kind: str
    subject: str
    editor: str
    starts_on: date
    ends_on: date
    contributions_due_on: date
    due_on: date
    synthetic: bool
    frozen_at: datetime | None
    sections: list[SectionOut]
    contributions: list[ContributionOut]
    editions: list[int]


class StepOut(Schema):
    act: str
    words: str
    unit: str
    at: datetime


class SheetOut(ContributionOut):
    """A contribution with the text that counts and what happened, the latest first."""

    reference: str
    html: str
    steps: list[StepOut]


class ObstacleOut(Schema):
    """One thing that stops the building. `paragraph` from 1; 0 is the section as a whole."""

    stop: str
    number: str
    title: str
    paragraph: int
    unit: str
    detail: str
    contribution: UUID | None


class ReportIn(Schema):
    kind: Code
    subject: Line = ""
    starts_on: date
    ends_on: date
    contributions_due_on: date
    due_on: date


class SectionIn(Schema):
    title: Line
    parent: UUID | None = None
    assembles: Literal["", "figures", "plans", "decisions", "recommendations"] = ""


class WordsIn(Schema):
    titles: dict[Language, Line] = {}
    words: dict[Language, Prose] = {}


class MoveIn(Schema):
    to: Literal["up", "down"]


class AskIn(Schema):
    units: Annotated[list[int], Field(max_length=200)]
    due_on: date
    words: Words = ""


class TextIn(Schema):
    html: Prose


class RemarkIn(Schema):
    words: Words


class SendIn(Schema):
    words: Words = ""


class ChoiceIn(Schema):
    code: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,120}$")]
    version: Annotated[int, Field(ge=1, le=100_000)]
    reason: Annotated[str, Field(max_length=1000)]


class ProofIn(Schema):
    language: Language
    format: Kind


class FreezeIn(Schema):
    languages: Annotated[list[Language], Field(max_length=4)]


def head(row: Report, request: MemberRequest) -> dict[str, Any]:
    names = (
        "reference",
        "kind",
        "subject",
        "starts_on",
        "ends_on",
        "contributions_due_on",
        "due_on",
        "synthetic",
    )
    plain = {name: getattr(row, name) for name in (*names, "frozen_at")}
    return plain | {"editor": row.unit.label(request.member.language)}


def report_out(row: Report, request: MemberRequest) -> ReportOut:
    row = queries.report(row.reference)
    sections = [
        SectionOut(
            id=section.id, number=place.number, level=place.level, key=queries.key_of(section), titles=section.titles,
            words=section.words, assembles=section.assembles,
        )
        for section, place in queries.sections(row)
    ]  # fmt: skip
    contributions = [contribution_out(each, request) for each in queries.mine(row, request.member)]
    editions = list(row.editions.order_by("number").values_list("number", flat=True))
    return ReportOut(**head(row, request), sections=sections, contributions=contributions, editions=editions)


def contribution_out(row: Any, request: MemberRequest) -> ContributionOut:
    return ContributionOut(
        id=row.id, section=row.section_id, unit=row.unit.label(request.member.language), due_on=row.due_on,
        state=row.state, number=row.number, signed_at=row.signed_at,
    )  # fmt: skip


def sheet_out(request: MemberRequest, contribution_id: UUID) -> SheetOut:
    sheet, language = queries.sheet(contribution_id, request.member), request.member.language
    steps = [
        StepOut(act=each.act, words=each.words, unit=each.unit.label(language), at=each.at)
        for each in sheet.steps
    ]
    return SheetOut(
        **contribution_out(sheet.row, request).dict(), reference=sheet.row.report.reference,
        html=sheet.draft.html if sheet.draft else "", steps=steps,
    )  # fmt: skip


def edition_out(found: Edition) -> EditionOut:
    files = [
        {"language": each.language, "format": each.format, "sha256": each.digest}
        for each in found.files.all()
    ]
    return EditionOut(
        reference=found.report.reference, number=found.number, frozen_at=found.frozen_at,
        published_at=found.published_at, progress=found.progress, files=files, provenance=found.provenance,
    )  # fmt: skip
