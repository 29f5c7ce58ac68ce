"""A plan as a table: out as a workbook or CSV, an empty one to start from, and in with every problem by row."""

from collections.abc import Mapping

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.directory import queries as directory
from fanal.errors import NotFound, Refusal
from fanal.plans import queries, rules, services
from fanal.plans.rules import table as tables
from fanal.web.acts import require_form
from fanal.web.errors import into_form
from fanal.web.export import Row, csv_file, xlsx_file
from fanal.web.forms import Form, respond

COLUMNS: Mapping[str, Promise] = {
    "row": gettext_lazy("chapter, objective, measure or indicator; each stands under the one it belongs to"),
    "number": gettext_lazy("as the plan prints it; not for an indicator"),
    "key": gettext_lazy("of a measure or indicator that the draft has; empty for a new one"),
    "title_fr": gettext_lazy("title or name, one language at least"),
    "text_fr": gettext_lazy("what is to be done"),
    "lead": gettext_lazy("code of the institution that reports"),
    "co_leads": gettext_lazy("codes of institutions, separated by commas"),
    "contacts": gettext_lazy("codes of contact points of the federated entities, separated by commas"),
    "starts_on": gettext_lazy("first day, like 24.11.2026"),
    "ends_on": gettext_lazy("last day"),
    "budget_eur": gettext_lazy("in euros; empty: not known, which is not zero"),
    "funding": gettext_lazy("source of the funds"),
    "sdgs": gettext_lazy("numbers of Sustainable Development Goals, separated by commas"),
    "gcm_objectives": gettext_lazy("numbers of objectives of the Global Compact for Migration"),
    "gcm_principles": gettext_lazy("codes of guiding principles of the Global Compact for Migration"),
    "sister_plans": gettext_lazy("codes of sister plans"),
    "unit": gettext_lazy("of an indicator: what is counted"),
    "baseline": gettext_lazy("of an indicator: the value from which it starts"),
    "baseline_on": gettext_lazy("day of the baseline"),
    "target": gettext_lazy("of an indicator; it needs a baseline"),
    "target_on": gettext_lazy("day of the target"),
    "benchmarks": gettext_lazy("day: value; day: value"),
}
SHOWN = 200
"""Problems that one page lists; the first ones first."""


class UploadForm(Form):
    """A table to bring in."""

    file = forms.FileField(
        label=gettext_lazy("Table (CSV or XLSX)"), help_text=gettext_lazy("At most 5 MB and 5,000 rows.")
    )


def _file(kind: str, name: str, rows: list[Row]) -> HttpResponse:
    if kind not in ("csv", "xlsx"):
        raise NotFound
    return (csv_file if kind == "csv" else xlsx_file)(name, tables.COLUMNS, rows)


@require_safe
@requires(Permission.PLAN_READ)
def export(request: MemberRequest, plan: str, kind: str) -> HttpResponseBase:
    """A version of a plan as one table that the import takes again."""
    held = queries.plan(plan, timezone.localdate(), drafts=queries.writes(request.member))
    said = request.GET.get("version", "")
    number = int(said) if said.isdigit() and len(said) < 5 else held.version.number
    row = queries.version(plan, number, request.member)
    rows = tables.written(queries.headings(plan, number), queries.measures_of(row.pk), numbers=kind == "xlsx")
    return _file(kind, f"{plan}-v{number}", list(rows))


@require_safe
@requires(Permission.PLAN_READ)
def template(request: MemberRequest, kind: str) -> HttpResponseBase:  # noqa: ARG001
    """An empty table with its columns."""
    return _file(kind, "plan", [])


@require_form
@requires(Permission.PLAN_EDIT)
def bring_in(request: MemberRequest, plan: str) -> HttpResponse:
    """Bring a table into the draft: choose it, its sheet, look at every problem, write it or forget it."""
    row = queries.draft(plan, request.member)
    form = UploadForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method == "POST":
        try:
            answer = _done(request, plan, form)
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            if answer is not None:
                return answer
        return respond(request, "plans/import.html", form, row=row, plan_code=plan, **_words(request))
    try:
        kept = services.mine(plan, request.member)
    except NotFound:
        return respond(request, "plans/import.html", UploadForm(), row=row, plan_code=plan, **_words(request))
    if kept.names and not kept.sheet:
        return render(request, "plans/sheets.html", {"row": row, "plan_code": plan, "names": kept.names})
    found = services.preview(kept, timezone.now())
    problems = [(each, services.said_of(each)) for each in found.table.problems[:SHOWN]]
    context = {
        "row": row, "plan_code": plan, "found": found, "problems": problems, "names": kept.names,
        "more": max(len(found.table.problems) - SHOWN, 0), "language": request.LANGUAGE_CODE,
    }  # fmt: skip
    return render(request, "plans/preview.html", context)


def _done(request: MemberRequest, plan: str, form: UploadForm) -> HttpResponse | None:
    """What was asked for, done; None where the form has something to correct."""
    by, now, act = request.member, timezone.now(), request.POST.get("act", "")
    if act == "forget":
        services.forget(by=by, plan_code=plan, at=now)
        return redirect("plans:bring_in", plan)
    if act == "sheet":
        services.choose_sheet(by=by, plan_code=plan, sheet=request.POST.get("sheet", ""), at=now)
        return redirect("plans:bring_in", plan)
    if act == "write":
        remove = request.POST.get("missing") == "remove"
        found = services.bring_in(by=by, plan_code=plan, remove_missing=remove, at=now)
        messages.success(
            request,
            _("Written: %(added)d new measures, %(changed)d changed, %(same)d as they were.")
            % {"added": len(found.added), "changed": len(found.changed), "same": found.same},
        )
        return redirect("plans:draft", plan)
    if not form.is_valid():
        return None
    services.upload(by=by, plan_code=plan, content=form.cleaned_data["file"].read(), at=now)
    return redirect("plans:bring_in", plan)


def _words(request: MemberRequest) -> dict[str, object]:
    """The columns and the codes that stand in them, for the page."""
    language, on = request.LANGUAGE_CODE, timezone.localdate()
    goals = [(kind, list(rules.goals(kind).values())) for kind in ("sdg", "objective", "principle")]
    return {
        "columns": COLUMNS,
        "institutions": {each.code: each.label(language) for each in directory.institutions(on)},
        "contacts": queries.contacts(on, language),
        "sisters": queries.sister_titles(timezone.now(), language),
        "goals": goals,
        "language": language,
    }
