"""The list of reports, a new one, and the page of one."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.country.schema import Law, ReportKind
from fanal.errors import Refusal
from fanal.reports import queries, services
from fanal.reports.forms import ReportForm
from fanal.reports.queries import Report, State
from fanal.reports.views.common import law, named
from fanal.web.acts import posted, require_form
from fanal.web.errors import into_form
from fanal.web.forms import respond


def kind_of(row: Report, on: Law, language: str) -> str:
    """The kind of a report in words; its code when the country no longer has it."""
    return on.get(ReportKind, row.kind).label.get(language) if on.has(ReportKind, row.kind) else row.kind


@require_safe
@requires(Permission.REPORT_READ)
def reports(request: MemberRequest) -> HttpResponse:
    """Reports in preparation and frozen ones, the latest first."""
    on, member = law(), request.member
    kind = request.GET.get("kind", "")
    page = queries.listed(member, kind=kind, cursor=request.GET.get("cursor", ""))
    kinds = [(found.code, found.label.get(request.LANGUAGE_CODE)) for found in on.of(ReportKind)]
    rows = [(line, kind_of(line.row, on, request.LANGUAGE_CODE)) for line in page.items]
    context = {
        "page": page,
        "rows": rows,
        "kinds": kinds,
        "kind": kind,
        "may_edit": member.may(Permission.REPORT_EDIT),
    }
    return render(request, "reports/list.html", context)


@require_form
@requires(Permission.REPORT_EDIT)
def open_report(request: MemberRequest) -> HttpResponse:
    """Open a report; `?kind=` proposes its period and calendar."""
    on = law()
    last = {found.code: queries.last_period(found.code) for found in on.of(ReportKind)}
    kind = request.GET.get("kind", "")
    form = ReportForm(posted(request), law=on, language=request.LANGUAGE_CODE, last=last, kind=kind)
    if form.is_bound and form.is_valid():
        try:
            row = services.open_report(by=request.member, at=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            return redirect("reports:report", row.reference)
    kinds = [
        (found.code, found.label.get(request.LANGUAGE_CODE), found.source, found.to_verify)
        for found in on.of(ReportKind)
    ]
    return respond(request, "reports/new.html", form, kinds=kinds, cancel_url=reverse("reports:list"))


@require_safe
@requires(Permission.REPORT_READ)
def report(request: MemberRequest, reference: str) -> HttpResponse:
    """One report: its outline, who owes what of what the reader may see, its editions."""
    member, row = request.member, queries.report(reference)
    language, now = request.LANGUAGE_CODE, timezone.now()
    owed = queries.mine(row, member)
    lines = [
        {
            "section": section,
            "place": place,
            "title": named(section.titles, language),
            "contributions": [each for each in owed if each.section_id == section.id],
        }
        for section, place in queries.sections(row)
    ]
    signed = sum(each.state == State.SIGNED for each in owed)
    context = {
        "row": row,
        "kind": kind_of(row, law(), language),
        "lines": lines,
        "owed": len(owed),
        "signed": signed,
        "edits": queries.edits(row, member),
        "editions": row.editions.defer("source", "provenance").order_by("-number"),
        "now": now,
        "progress_label": _("Signed contributions"),
    }
    return render(request, "reports/report.html", context)
