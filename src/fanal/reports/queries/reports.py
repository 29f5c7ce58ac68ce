"""Reports, their outline and their editions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from fanal.access.queries import visible
from fanal.access.rules import Member, Permission
from fanal.country import queries as country
from fanal.country.schema import ReportKind
from fanal.errors import NotAllowed, NotFound, Refusal
from fanal.reports import rules
from fanal.reports.models import Contribution, Edition, File, Progress, Report, Section, State
from fanal.web.cursors import Page, page

ORDER = "-opened_at"


@dataclass(frozen=True, slots=True)
class Line:
    """A report in a list. `asked` and `signed` count the contributions that this reader may see."""

    row: Report
    asked: int
    signed: int
    editions: int

    @property
    def frozen(self) -> bool:
        return self.row.frozen_at is not None


def listed(by: Member, *, kind: str = "", cursor: str = "", size: int = 50) -> Page[Line]:
    """One page of reports, the latest first; three statements."""
    rows = Report.objects.select_related("unit")
    found = page(rows.filter(kind=kind) if kind else rows, cursor=cursor, size=size, order=ORDER)
    ids = [row.id for row in found.items]
    asked = visible(Contribution, by).filter(report__in=ids).exclude(state=State.WITHDRAWN)
    counts = {
        row["report_id"]: (row["asked"], row["signed"])
        for row in asked.values("report_id").annotate(
            asked=Count("id"), signed=Count("id", filter=Q(state=State.SIGNED))
        )
    }
    editions = dict(
        Edition.objects.filter(report__in=ids).values_list("report_id").annotate(many=Count("id"))
    )
    lines = [Line(row, *counts.get(row.id, (0, 0)), editions.get(row.id, 0)) for row in found.items]
    return Page(lines, found.next)


def is_reference(text: str) -> bool:
    """Whether a text is shaped like the reference of a report of this country ("RB-2026-1"). No SQL."""
    prefixes = {kind.prefix for kind in country.pack().of(ReportKind)}
    return text.partition("-")[0] in prefixes


def report(reference: str) -> Report:
    """A report with the unit that edits it; `NotFound`."""
    found = Report.objects.select_related("unit").filter(reference=reference).first()
    if found is None:
        raise NotFound
    return found


def edits(row: Report, by: Member) -> bool:
    """Whether the member edits this report: in the unit that opened it, in a role that edits reports."""
    return row.unit_id == by.unit_id and by.may(Permission.REPORT_EDIT)


def edited(reference: str, by: Member, *, lock: bool = False) -> Report:
    """A report that the member edits and that is not frozen, locked when asked.

    `NotFound`; `NotAllowed` (`not_editor`) to every other unit; `Refusal` (`frozen`).
    """
    rows = Report.objects.filter(reference=reference)
    row = (rows.select_for_update() if lock else rows).first()
    if row is None:
        raise NotFound
    if not edits(row, by):
        raise NotAllowed("not_editor", _("Only the service that edits this report does this."))
    demand_open(row)
    return row


def demand_open(row: Report) -> None:
    """`Refusal` (`frozen`) for a report that was frozen."""
    if row.frozen_at is not None:
        raise Refusal("frozen", _("This report is frozen: nothing of it changes any more."))


def last_period(kind: str) -> date | None:
    """The last day that an earlier report of this kind covers."""
    return Report.objects.filter(kind=kind).order_by("-ends_on").values_list("ends_on", flat=True).first()


def sections(row: Report) -> list[tuple[Section, rules.Place]]:
    """The sections in force with their numbers, in the order of the report."""
    rows = {each.id: each for each in Section.objects.filter(report=row, dropped_at=None)}
    nodes = (rules.Node(each.id, each.parent_id, each.position) for each in rows.values())
    return [(rows[place.id], place) for place in rules.outline(nodes)]


def places(row: Report) -> Mapping[UUID, rules.Place]:
    """The number and level of each section in force."""
    return {section.id: place for section, place in sections(row)}


def under(row: Report, section_id: UUID) -> list[UUID]:
    """A section and those below it."""
    found = sections(row)
    number = next((place.number for section, place in found if section.id == section_id), None)
    if number is None:
        return []
    return [each.id for each, place in found if f"{place.number}.".startswith(f"{number}.")]


def section(section_id: UUID, by: Member) -> Section:  # noqa: ARG001  (every reader sees the outline)
    """A section in force with its report; `NotFound`."""
    found = (
        Section.objects.select_related("report", "report__unit")
        .filter(pk=section_id, dropped_at=None)
        .first()
    )
    if found is None:
        raise NotFound
    return found


# Editions


def edition(reference: str, number: int) -> Edition:
    """An edition with its report; `NotFound`."""
    return _edition(Edition.objects.filter(report__reference=reference, number=number))


def public_edition(reference: str, number: int) -> Edition:
    """An edition that everybody may read; `NotFound` for one that was not published."""
    return _edition(
        Edition.objects.filter(
            report__reference=reference, number=number, published_at__isnull=False, progress=Progress.READY
        )
    )


def _edition(rows: QuerySet[Edition]) -> Edition:
    files = Prefetch("files", File.objects.defer("content").order_by("language", "format"))
    found = rows.select_related("report", "report__unit").prefetch_related(files).first()
    if found is None:
        raise NotFound
    return found


def edition_file(found: Edition, language: str, format: str) -> bytes:
    """The bytes of one file of an edition; `NotFound`."""
    content = (
        File.objects.filter(edition=found, language=language, format=format)
        .values_list("content", flat=True)
        .first()
    )
    if content is None:
        raise NotFound
    return bytes(content)


def published() -> Sequence[Edition]:
    """What everybody may read, the latest first."""
    rows = Edition.objects.filter(published_at__isnull=False, progress=Progress.READY).select_related(
        "report"
    )
    return list(rows.defer("source", "provenance").order_by("-published_at")[:200])
