"""The pages of the register of figures."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Member, Permission
from fanal.country import queries as country
from fanal.country.schema import Law
from fanal.errors import NotFound, Refusal
from fanal.statistics import queries, services
from fanal.statistics.forms import FigureForm, FileForm, FilterForm
from fanal.statistics.rules import FigureLine
from fanal.statistics.services.importing import COLUMNS
from fanal.web.acts import posted, require_form
from fanal.web.errors import into_form
from fanal.web.etags import form_version
from fanal.web.export import csv_file, xlsx_file
from fanal.web.forms import Form, respond

FILES = {"csv": csv_file, "xlsx": xlsx_file}
MOST = 20_000


def _law() -> Law:
    return country.law(timezone.localdate())


@require_safe
@requires(Permission.FIGURE_READ)
def figures(request: MemberRequest) -> HttpResponse:
    """The figures in force, filtered by the address, the latest period first."""
    law = _law()
    form = FilterForm(request.GET, law=law, language=request.LANGUAGE_CODE)
    page = queries.listed(request.member, form.wanted(), cursor=request.GET.get("cursor", ""))
    context = {
        "filter_form": form,
        "page": page,
        "rows": [(each, _words(each.line, law, request.LANGUAGE_CODE)) for each in page.items],
        "may_edit": request.member.may(Permission.FIGURE_EDIT),
    }
    return render(request, "statistics/list.html", context)


def _words(line: FigureLine, law: Law, language: str) -> dict[str, str]:
    unit, phenomenon, form, breakdown = queries.parts(line.matter, law, language)
    return {
        "unit": unit,
        "phenomenon": phenomenon,
        "limits": ", ".join(part for part in (form, breakdown) if part),
        "shown": queries.shown(line),
    }


@require_safe
@requires(Permission.FIGURE_READ)
def export(request: MemberRequest, kind: str) -> HttpResponse:
    """The list as a file, with the columns that an import reads."""
    if kind not in FILES:
        raise NotFound
    member: Member = request.member
    form = FilterForm(request.GET, law=_law(), language=request.LANGUAGE_CODE)
    rows = queries.wanted(member, form.wanted()).order_by(queries.ORDER, "code")[:MOST]
    lines = [_cells(queries.line_of(row, member.language)) for row in rows]
    return FILES[kind]("figures", [str(label) for label in COLUMNS.values()], lines)


def _cells(line: FigureLine) -> list[object]:
    matter = line.matter
    return [
        line.code, matter.counting_unit, matter.phenomenon, matter.period, matter.form, matter.breakdown, line.value,
        line.status.value, line.definition, line.source, line.extracted_on, line.note,
        "yes" if line.protected else "no",
    ]  # fmt: skip


@require_safe
@requires(Permission.FIGURE_READ)
def conflicts(request: MemberRequest) -> HttpResponse:
    """Figures of the same thing that contradict each other, side by side with their definitions."""
    law, language = _law(), request.LANGUAGE_CODE
    page = queries.conflicts(request.member, cursor=request.GET.get("cursor", ""))
    found = [
        (queries.title(matter, law, language), [(line, queries.shown(line)) for line in lines])
        for matter, lines in page.items
    ]
    return render(request, "statistics/conflicts.html", {"conflicts": found, "page": page})


@require_safe
@requires(Permission.FIGURE_READ)
def figure(request: MemberRequest, code: str) -> HttpResponse:
    """One figure: what it counts and from where, the others that contradict it, its series and its versions."""
    member, law = request.member, _law()
    line = queries.figure(code, member)
    others = [each for each in queries.same_matters(member, [line.matter]) if each.code != code]
    context = {
        "line": line,
        "words": _words(line, law, request.LANGUAGE_CODE),
        "others": [(each, queries.shown(each), each.said != line.said) for each in others],
        "chart": queries.series(line, member, law),
        "versions": [
            (row, queries.shown(queries.line_of(row, member.language)))
            for row in queries.history(code, member)
        ],
        "status": queries.Status(line.status.value).label,
        "may_edit": member.may(Permission.FIGURE_EDIT),
    }
    return render(request, "statistics/figure.html", context)


@require_form
@requires(Permission.FIGURE_EDIT)
def record(request: MemberRequest) -> HttpResponse:
    """Add a figure."""
    form = FigureForm(posted(request), law=_law(), language=request.LANGUAGE_CODE)
    if form.is_bound and form.is_valid():
        try:
            row = services.record(by=request.member, entry=form.entry(), at=timezone.now())
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            messages.success(request, _("Recorded."))
            return redirect("statistics:figure", row.code)
    return respond(
        request,
        "statistics/edit.html",
        form,
        heading=_("Record a figure"),
        cancel_url=reverse("statistics:list"),
    )


@require_form
@requires(Permission.FIGURE_EDIT)
def correct(request: MemberRequest, code: str) -> HttpResponse:
    """Put another version in the place of a figure; the old one stays."""
    line = queries.figure(code, request.member)
    form = FigureForm(posted(request), law=_law(), language=request.LANGUAGE_CODE, line=line)
    if form.is_bound and form.is_valid():
        version = request.POST.get("version", "")
        try:
            services.correct(
                by=request.member, code=code, version=int(version) if version.isdecimal() else 0, entry=form.entry(),
                why=form.cleaned_data["why"], at=timezone.now(),
            )  # fmt: skip
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            messages.success(request, _("Corrected. The version before is kept."))
            return redirect("statistics:figure", code)
    return respond(
        request, "statistics/edit.html", form, heading=_("Correct this figure"), reference=code,
        version=form_version(line.version), cancel_url=reverse("statistics:figure", args=[code]),
    )  # fmt: skip


@require_form
@requires(Permission.FIGURE_EDIT)
def read_file(request: MemberRequest) -> HttpResponse:
    """Read a file of figures; its rows are shown before anything is written."""
    form = FileForm(posted(request), request.FILES or None)
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            sheet = services.read_file(
                by=request.member, content=file.read(), name=file.name, at=timezone.now()
            )
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            return redirect("statistics:preview", sheet)
    law, language = _law(), request.LANGUAGE_CODE
    lists = [
        (_("Counting unit"), [(c.code, c.label.get(language)) for c in law.codes("counting_unit")]),
        (_("Breakdown"), [(c.code, c.label.get(language)) for c in law.codes("figure_breakdown")]),
    ]
    return respond(
        request, "statistics/import.html", form, columns=COLUMNS.items(), lists=lists, draft=False,
        cancel_url=reverse("statistics:list"),
    )  # fmt: skip


@require_form
@requires(Permission.FIGURE_EDIT)
def take_over(request: MemberRequest, sheet_id: UUID) -> HttpResponse:
    """Each row of a file with what it would do and every problem; then all of it is written, or nothing."""
    now = timezone.now()
    name, rows = services.preview(by=request.member, sheet_id=sheet_id, at=now)
    form = Form(posted(request))
    if form.is_bound and form.is_valid():
        try:
            written = services.take_over(by=request.member, sheet_id=sheet_id, at=now)
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            said = ngettext("%(n)d figure was written.", "%(n)d figures were written.", written)
            messages.success(request, said % {"n": written})
            return redirect("statistics:list")
    counts = {act: sum(row.act == act for row in rows) for act in ("new", "changed", "same", "wrong")}
    return respond(
        request, "statistics/preview.html", form, name=name, counts=counts, draft=False,
        rows=sorted(rows, key=lambda row: row.act != "wrong")[:500], cancel_url=reverse("statistics:import"),
    )  # fmt: skip
