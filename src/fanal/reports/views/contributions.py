"""A contribution: read, written, sent, reviewed, signed."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.documents import prose
from fanal.reports import queries, services
from fanal.reports.forms import ContributionForm, RemarkForm
from fanal.reports.queries.contributions import Sheet
from fanal.reports.views.common import act, law, named
from fanal.statistics import queries as statistics
from fanal.statistics.rules import FigureLine
from fanal.web.acts import posted, require_form
from fanal.web.forms import Form


def _back(contribution_id: UUID) -> str:
    return reverse("reports:contribution", args=[contribution_id])


def _title(sheet: Sheet, language: str) -> str:
    return f"{sheet.number} {named(sheet.row.section.titles, language)}".strip()


@require_safe
@requires(Permission.REPORT_READ)
def contribution(request: MemberRequest, contribution_id: UUID) -> HttpResponse:
    """The text that counts, its remarks and its drafts; `?draft=` shows an older one."""
    sheet = queries.sheet(contribution_id, request.member)
    wanted = request.GET.get("draft", "")
    shown = next((draft for draft in sheet.drafts if str(draft.number) == wanted), sheet.draft)
    codes = queries.codes_in(shown.html) if shown else []
    lines = statistics.current(codes, request.member)
    figures = [(code, _said(lines.get(code))) for code in dict.fromkeys(codes)]
    context = {
        "sheet": sheet,
        "row": sheet.row,
        "title": _title(sheet, request.LANGUAGE_CODE),
        "shown": shown,
        "html": prose.Shown(shown.html if shown else ""),
        "figures": figures,
        "acts": {each.value for each in sheet.acts},
        "now": timezone.now(),
    }
    return render(request, "reports/contribution.html", context)


def _said(line: FigureLine | None) -> str:
    if line is None or not line.protected:
        return _("there is no such figure")
    return f"{statistics.shown(line)} ({line.source})"


@require_form
@requires(Permission.REPORT_CONTRIBUTE)
def write(request: MemberRequest, contribution_id: UUID) -> HttpResponse:
    """Write the text; each saving keeps the draft before."""
    sheet = queries.sheet(contribution_id, request.member)
    on, language = law(), request.LANGUAGE_CODE
    row = sheet.row
    lines = statistics.of_period(request.member, row.report.starts_on, row.report.ends_on)
    figures = [
        (
            line.code,
            f"{statistics.title(line.matter, on, language)}: {statistics.shown(line)} ({line.source})",
        )
        for line in lines
    ]
    form = ContributionForm(posted(request), html=sheet.draft.html if sheet.draft else "", figures=figures)
    said = request.POST.get("version", "")
    return act(
        request, form,
        do=lambda: services.write(
            by=request.member, contribution_id=contribution_id, html=form.cleaned_data["html"],
            number=int(said) if said.isdecimal() else -1, at=timezone.now(),
        ),
        done=_("Saved as a draft. Send it when it is finished."), back=_back(contribution_id),
        template="reports/write.html", reference=row.report.reference, title=_title(sheet, language),
        version=said or row.number, steps=[step for step in sheet.steps if step.words][:3],
    )  # fmt: skip


@require_form
@requires(Permission.REPORT_CONTRIBUTE)
def send(request: MemberRequest, contribution_id: UUID) -> HttpResponse:
    """Send the text to the editor."""
    row = queries.contribution(contribution_id, request.member)
    form = RemarkForm(posted(request), label=_("Words to the editor"), required=False)
    return act(
        request, form,
        do=lambda: services.send(
            by=request.member, contribution_id=contribution_id, words=form.cleaned_data["words"], at=timezone.now()
        ),
        done=_("Sent. The editor reviews it."), back=_back(contribution_id), reference=row.report.reference,
        heading=_("Send this contribution"), lead=_("Until it is sent back nobody changes it."),
    )  # fmt: skip


@require_form
@requires(Permission.REPORT_EDIT)
def accept(request: MemberRequest, contribution_id: UUID) -> HttpResponse:
    """Take the text as it is; its department signs."""
    row = queries.contribution(contribution_id, request.member)
    return act(
        request, Form(posted(request)),
        do=lambda: services.accept(by=request.member, contribution_id=contribution_id, at=timezone.now()),
        done=_("Accepted. The department is asked to sign."), back=_back(contribution_id), template="web/confirm.html",
        act=_("Accept this contribution"), reference=row.report.reference,
        consequences=[_("The representative of the department signs it. You do not sign in her place.")],
    )  # fmt: skip


@require_form
@requires(Permission.REPORT_EDIT)
def send_back(request: MemberRequest, contribution_id: UUID) -> HttpResponse:
    """Send the text back with remarks."""
    row = queries.contribution(contribution_id, request.member)
    form = RemarkForm(posted(request))
    return act(
        request, form,
        do=lambda: services.send_back(
            by=request.member, contribution_id=contribution_id, words=form.cleaned_data["words"], at=timezone.now()
        ),
        done=_("Sent back."), back=_back(contribution_id), reference=row.report.reference,
        heading=_("Send this contribution back"), lead=_("A signature that stands on it ends."),
    )  # fmt: skip


@require_form
@requires(Permission.REPORT_SIGN)
def sign(request: MemberRequest, contribution_id: UUID) -> HttpResponse:
    """Sign for one's own service."""
    row = queries.contribution(contribution_id, request.member)
    said = request.POST.get("version", "")
    return act(
        request, Form(posted(request)),
        do=lambda: services.sign(
            by=request.member, contribution_id=contribution_id, number=int(said) if said.isdecimal() else -1,
            at=timezone.now(),
        ),
        done=_("Signed."), back=_back(contribution_id), template="web/confirm.html", version=row.number,
        act=_("Sign this contribution"), reference=row.report.reference,
        consequences=[
            _("You sign text %(n)d for %(unit)s.")
            % {"n": row.number, "unit": row.unit.label(request.LANGUAGE_CODE)},
            _("The edition says that your service signed, and on which day; it does not name you."),
        ],
    )  # fmt: skip


@require_form
@requires(Permission.REPORT_EDIT)
def withdraw(request: MemberRequest, contribution_id: UUID) -> HttpResponse:
    """No longer ask for a contribution."""
    row = queries.contribution(contribution_id, request.member)
    form = RemarkForm(posted(request), label=_("Why"))
    return act(
        request, form,
        do=lambda: services.withdraw(
            by=request.member, contribution_id=contribution_id, why=form.cleaned_data["words"], at=timezone.now()
        ),
        done=_("No longer asked."), back=reverse("reports:report", args=[row.report.reference]),
        reference=row.report.reference, heading=_("No longer ask for this contribution"),
        lead=_("What was written is kept, and not printed."),
    )  # fmt: skip
