"""Lists: procedures and requests, the board of clocks, and the files one takes along."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.country.schema import DocumentKind, Law, Phase, Track
from fanal.errors import NotFound
from fanal.protection import queries, services
from fanal.protection.forms import ProcedureFilter
from fanal.protection.queries import words
from fanal.protection.views.common import law_now
from fanal.web.cursors import page
from fanal.web.export import csv_file, xlsx_file

FILES = {"csv": csv_file, "xlsx": xlsx_file}
ORDER = "-opened_at"


@require_safe
@requires(Permission.PROTECTION_READ)
def procedures(request: MemberRequest) -> HttpResponse:
    """The procedures in which our service has a seat, filtered in the URL; above them the requests that wait."""
    now = timezone.now()
    member, language, law = request.member, request.LANGUAGE_CODE, law_now(now)
    form = ProcedureFilter(request.GET, law=law, language=language)
    found = page(
        queries.procedures(member, form.narrowed(now)), cursor=request.GET.get("cursor", ""), order=ORDER
    )
    requests = queries.waiting_requests(member).order_by("asked_at", "id")[:50]
    context = {
        "filter_form": form,
        "page": found,
        "rows": [(row, *_labels(row, law, language)) for row in found.items],
        "requests": [(row, words.label(law, Track, row.track, language)) for row in requests],
        "now": now,
        "today": timezone.localdate(now),
        "may_open": member.may(Permission.PROTECTION_REQUEST) or member.may(Permission.PROTECTION_DECIDE),
        "may_export": member.may(Permission.EXPORT),
    }
    return render(request, "protection/list.html", context)


@require_safe
@requires(Permission.EXPORT)
def export(request: MemberRequest, kind: str) -> HttpResponse:
    """The same list as a file: references, phases and dates, nobody's name; taking it is traced."""
    if kind not in FILES or not request.member.may(Permission.PROTECTION_READ):
        raise NotFound
    now = timezone.now()
    law, language = law_now(now), request.LANGUAGE_CODE
    narrowed = ProcedureFilter(request.GET, law=law, language=language).narrowed(now)
    rows = services.export_procedures(by=request.member, narrowed=narrowed, kind=kind, at=now)
    header = [
        _("Reference"), _("Track"), _("Phase"), _("Document"), _("Valid until"), _("Opened"), _("Next clock"),
        _("Ended"), _("Centre"),
    ]  # fmt: skip
    return FILES[kind]("procedures", header, _lines(rows, law, language))


def _lines(rows: list[queries.Procedure], law: Law, language: str) -> Iterator[tuple[object, ...]]:
    for row in rows:
        track, phase, document = _labels(row, law, language)
        days = (row.valid_until, row.opened_on, row.next_due_on, row.ended_on)
        yield (row.reference, track, phase, document, *days, row.centre_unit.label(language))


def _labels(row: queries.Procedure, law: Law, language: str) -> tuple[str, str, str]:
    return (
        words.label(law, Track, row.track, language),
        words.label(law, Phase, row.phase, language),
        words.label(law, DocumentKind, row.document, language) if row.document else "",
    )


@require_safe
@requires(Permission.PROTECTION_ANSWER)
def questions(request: MemberRequest) -> HttpResponse:
    """The questions put to our service, the last first."""
    found = page(queries.to_unit(request.member), cursor=request.GET.get("cursor", ""), order="-asked_at")
    context = {"page": found, "now": timezone.now()}
    return render(request, "protection/questions.html", context)
