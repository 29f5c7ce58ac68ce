"""The outline of a report, and asking departments."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission, Role, somebody_may
from fanal.directory import queries as directory
from fanal.errors import Refusal
from fanal.reports import queries, services
from fanal.reports.forms import AskForm, SectionForm, WordsForm
from fanal.reports.views.common import act, named
from fanal.web.acts import posted, require_form
from fanal.web.errors import into_form
from fanal.web.forms import Form


def _back(reference: str) -> str:
    return reverse("reports:outline", args=[reference])


@require_form
@requires(Permission.REPORT_EDIT)
def add_section(request: MemberRequest, reference: str) -> HttpResponse:
    """The outline, with everything that changes it; posting adds a section."""
    row = queries.edited(reference, request.member)
    language = request.LANGUAGE_CODE
    found = queries.sections(row)
    parents = [
        (str(section.id), f"{place.number} {named(section.titles, language)}") for section, place in found
    ]
    form = SectionForm(posted(request), parents=parents)
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        parent = UUID(typed["parent"]) if typed["parent"] else None
        try:
            services.add_section(
                by=request.member, reference=reference, title=typed["title"], parent=parent,
                assembles=typed["assembles"], at=timezone.now(),
            )  # fmt: skip
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            return redirect("reports:outline", reference)
    lines = [
        (section, place, named(section.titles, language), queries.key_of(section)) for section, place in found
    ]
    status = 422 if form.is_bound else 200
    return render(request, "reports/outline.html", {"row": row, "lines": lines, "form": form}, status=status)


@require_form
@requires(Permission.REPORT_EDIT)
def change_section(request: MemberRequest, section_id: UUID) -> HttpResponse:
    """The title and the editor's own words of a section, in each language."""
    section = queries.section(section_id, request.member)
    queries.edited(section.report.reference, request.member)
    form = WordsForm(posted(request), section=section)
    return act(
        request, form,
        do=lambda: services.change_section(
            by=request.member, section_id=section_id, titles=form.part("title"), words=form.part("words"),
            at=timezone.now(),
        ),
        done=_("Saved."), back=_back(section.report.reference), reference=section.report.reference,
        heading=_("Title and words of the section"), lead=section.source,
    )  # fmt: skip


@require_POST
@requires(Permission.REPORT_EDIT)
def move_section(request: MemberRequest, section_id: UUID) -> HttpResponse:
    """Move a section before or after its neighbour."""
    section = services.move_section(
        by=request.member,
        section_id=section_id,
        to="down" if request.POST.get("to") == "down" else "up",
        at=timezone.now(),
    )
    return redirect(f"{_back(section.report.reference)}#{queries.key_of(section)}")


@require_form
@requires(Permission.REPORT_EDIT)
def drop_section(request: MemberRequest, section_id: UUID) -> HttpResponse:
    """Leave a section out, asked once more."""
    section = queries.section(section_id, request.member)
    queries.edited(section.report.reference, request.member)
    return act(
        request, Form(posted(request)),
        do=lambda: services.drop_section(by=request.member, section_id=section_id, at=timezone.now()),
        done=_("Left out."), back=_back(section.report.reference), template="web/confirm.html",
        act=_("Leave this section out"), reference=section.report.reference,
        consequences=[
            named(section.titles, request.LANGUAGE_CODE),
            _("The sections under it go with it. Departments that have not begun are no longer asked."),
        ],
    )  # fmt: skip


@require_form
@requires(Permission.REPORT_EDIT)
def ask(request: MemberRequest, section_id: UUID) -> HttpResponse:
    """Ask departments for a contribution to a section."""
    section = queries.section(section_id, request.member)
    row = queries.edited(section.report.reference, request.member)
    language = request.LANGUAGE_CODE
    units = [
        (str(unit.id), unit.label(language))
        for unit in directory.units(on=timezone.localdate())
        if somebody_may(set(unit.roles) & set(Role), Permission.REPORT_CONTRIBUTE)
    ]
    form = AskForm(posted(request), units=units, due_on=row.contributions_due_on)

    def do() -> object:
        typed = form.cleaned_data
        chosen = [int(unit) for unit in typed["units"]]
        return services.ask(
            by=request.member, section_id=section_id, unit_ids=chosen, due_on=typed["due_on"], words=typed["words"],
            at=timezone.now(),
        )  # fmt: skip

    return act(
        request, form, do=do, done=_("Asked. Each department is told."), back=_back(row.reference),
        reference=row.reference, heading=_("Ask for contributions"), lead=named(section.titles, language),
    )  # fmt: skip
