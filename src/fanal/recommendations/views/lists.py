"""The register: the list, one recommendation, the cycles of a body and its reply, the public page, spreadsheets."""

from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fanal.access.gate import MemberRequest, public, requires
from fanal.access.rules import Permission
from fanal.country.schema import Law
from fanal.directory import queries as directory
from fanal.errors import NotFound, Refusal
from fanal.recommendations import queries, services
from fanal.recommendations.forms import STATES, FilterForm, ReplyForm
from fanal.recommendations.queries import Row
from fanal.recommendations.queries.coming import answerer
from fanal.recommendations.queries.cycles import public_assessments
from fanal.recommendations.rules import may_answer
from fanal.recommendations.views.common import law_now
from fanal.web.acts import require_form
from fanal.web.cursors import Page, page
from fanal.web.downloads import attached
from fanal.web.errors import into_form
from fanal.web.export import csv_file, xlsx_file
from fanal.web.forms import respond

FILES = {"csv": csv_file, "xlsx": xlsx_file}
ORDER = "-issued_on"


def _listed(request: HttpRequest, form: FilterForm, on: date) -> Page[Row]:
    rows = queries.recommendations(form.filters(request.GET.get("document", "")[:120]), on)
    found = page(rows, cursor=request.GET.get("cursor", ""), order=ORDER)
    return Page([queries.row_of(each, request.LANGUAGE_CODE, on) for each in found.items], found.next)


@require_safe
@requires(Permission.RECOMMENDATION_READ)
def recommendations(request: MemberRequest) -> HttpResponse:
    """What was asked of the country, filtered in the address."""
    now = timezone.now()
    law, on = law_now(now), timezone.localdate(now)
    form = FilterForm(request.GET, law=law, language=request.LANGUAGE_CODE, years=queries.years())
    context = {
        "filter_form": form,
        "page": _listed(request, form, on),
        "document": request.GET.get("document", ""),
        "law": law,
        "may_edit": request.member.may(Permission.RECOMMENDATION_EDIT),
    }
    return render(request, "recommendations/list.html", context)


@require_safe
@public("what was asked of the country, and what its government answered, is public")
def public_list(request: HttpRequest) -> HttpResponse:
    """What was asked, the position that was stated, and the rapporteur's assessments that she shows."""
    now = timezone.now()
    law, on = law_now(now), timezone.localdate(now)
    form = FilterForm(request.GET, law=law, language=request.LANGUAGE_CODE, years=queries.years())
    found = _listed(request, form, on)
    context = {
        "filter_form": form,
        "page": found,
        "assessed": public_assessments([each.row.pk for each in found.items]),
        "law": law,
    }
    return render(request, "recommendations/public.html", context)


@require_safe
@requires(Permission.RECOMMENDATION_READ)
def export(request: MemberRequest, kind: str) -> HttpResponse:
    """The filtered list as a spreadsheet; nothing in it concerns a person."""
    if kind not in FILES:
        raise NotFound
    now = timezone.now()
    law, on = law_now(now), timezone.localdate(now)
    form = FilterForm(request.GET, law=law, language=request.LANGUAGE_CODE, years=queries.years())
    rows = queries.recommendations(form.filters(request.GET.get("document", "")[:120]), on)
    head = [
        _("Number"), _("Body"), _("Instrument"), _("Document"), _("Paragraph"), _("Date"), _("Force"), _("Theme"),
        _("Text"), _("State"), _("Position"), _("Asked in"), _("Reply due"), _("External number"), _("Link"),
    ]  # fmt: skip
    lines = (queries.row_of(row, request.LANGUAGE_CODE, on) for row in rows.order_by("-issued_on", "-pk"))
    return FILES[kind]("recommendations", head, _cells(lines, law, request.LANGUAGE_CODE))


def _cells(lines: Iterator[Row], law: Law, language: str) -> Iterator[list[object]]:
    def label(code_list: str, code: str) -> str:
        return law.label(code_list, code).get(language) if law.has_code(code_list, code) else code

    for line in lines:
        row = line.row
        yield [
            row.number, label("recommendation_body", row.body), row.instrument, row.document, row.paragraph,
            str(line.issued), label("recommendation_force", row.force), label("recommendation_theme", row.theme),
            line.words, str(STATES[line.state]),
            label("recommendation_position", row.position) if row.position else "",
            ", ".join(map(str, line.years)), row.reply_due, row.external_id, row.link,
        ]  # fmt: skip


@require_safe
@requires(Permission.RECOMMENDATION_READ)
def recommendation(request: MemberRequest, number: str) -> HttpResponse:
    """One recommendation with everything side by side."""
    now, member = timezone.now(), request.member
    sheet = queries.sheet(number, member, timezone.localdate(now))
    row = sheet.line.row
    may_edit = member.may(Permission.RECOMMENDATION_EDIT)
    answers = member.may(Permission.RECOMMENDATION_ANSWER) and may_answer(row.addressees, answerer(member))
    names = directory.institution_names(request.LANGUAGE_CODE) if row.addressees else {}
    context = {
        "sheet": sheet,
        "line": sheet.line,
        "row": row,
        "law": law_now(now),
        "reason": reason(sheet),
        "addressees": [names.get(code, code) for code in row.addressees],
        "may_edit": may_edit,
        "may_answer": answers,
        "may_link": may_edit or answers,
        "may_assess": member.may(Permission.RECOMMENDATION_ASSESS),
    }
    return render(request, "recommendations/recommendation.html", context)


def reason(sheet: queries.Sheet) -> str:
    """Why it stands where it stands, in one sentence."""
    row = sheet.line.row
    if sheet.line.state == "closed":
        seen = sheet.closing.row.key if sheet.closing else ""
        return _("Closed by decision %(number)s.") % {"number": seen} if seen else _("Closed by a decision.")
    return {
        "overdue": _("The reply was due and no position is stated."),
        "answered": _("A position is stated and evidence shows what was done."),
        "answering": _("Something answers it; evidence or a position is still missing."),
        "position": _("A position is stated; nothing shows yet what is done."),
        "new": _("Nobody has answered it yet."),
    }[sheet.line.state] + (" " + _("Nobody confirmed these words yet.") if row.to_verify else "")


@require_safe
@requires(Permission.RECOMMENDATION_READ)
def cycles(request: MemberRequest) -> HttpResponse:
    """Each document of each body: how much of it is answered, and where its reply is put together."""
    found = queries.cycles(cursor=request.GET.get("cursor", ""))
    context = {"page": found, "law": law_now(timezone.now()), "today": timezone.localdate()}
    return render(request, "recommendations/cycles.html", context)


@require_form
@requires(Permission.RECOMMENDATION_READ)
def reply(request: MemberRequest) -> HttpResponse:
    """The reply to one document: what stands in it, what is missing, and as a file."""
    now = timezone.now()
    body, document = request.GET.get("body", "")[:60], request.GET.get("document", "")[:120]
    if not document:
        return redirect("recommendations:cycles")
    entries = queries.cycle(body, document, request.member, timezone.localdate(now))
    form = ReplyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = services.reply(
                by=request.member, body=body, document=document, at=now, **form.cleaned_data
            )
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            return attached(made.name, made.media, made.content)
    context = {
        "entries": entries,
        "gaps": [each for each in entries if each.position is None],
        "unproven": [each for each in entries if not each.line.row.has_evidence],
        "body": body,
        "document": document,
        "law": law_now(now),
    }
    return respond(request, "recommendations/reply.html", form, draft=False, **context)
