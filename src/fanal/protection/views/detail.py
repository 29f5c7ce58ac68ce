"""One file: a request that waits for an answer, or a procedure with its rail, its clocks and its next act."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fanal.access.gate import MemberRequest, requires
from fanal.access.queries import Sight, Wall
from fanal.access.rules import Member, Permission
from fanal.country.schema import Circumstance, Law, Offence, Phase, Track
from fanal.errors import NotFound, Refusal
from fanal.protection import queries, services
from fanal.protection.forms import IdentityForm
from fanal.protection.queries import words
from fanal.protection.views import shown
from fanal.protection.views.common import law_now
from fanal.protection.views.rail import rail
from fanal.web.acts import posted, require_form
from fanal.web.errors import into_form
from fanal.web.forms import respond


@require_safe
@requires(Permission.PROTECTION_READ)
def detail(request: MemberRequest, reference: str) -> HttpResponse:
    """The procedure with that reference, or else the request for it; opening either is traced."""
    now = timezone.now()
    try:
        sheet = services.consult(by=request.member, reference=reference, at=now)
    except NotFound:
        return _request(request, reference, now)
    return _procedure(request, sheet, now)


def _procedure(request: MemberRequest, sheet: services.Sheet, now: datetime) -> HttpResponse:
    member, language = request.member, request.LANGUAGE_CODE
    row, law = sheet.row, sheet.law
    acts = shown.acts(sheet, member)
    context = {
        "sheet": sheet,
        "row": row,
        "now": now,
        "phase": words.label(law, Phase, row.phase, language),
        "rail": rail(sheet, language),
        "next_act": acts[0] if acts and acts[0].main else None,
        "other_acts": acts[1:] if acts and acts[0].main else acts,
        "clocks": queries.lines(sheet.clocks, member),
        "documents": shown.documents(sheet, language),
        "steps": shown.steps(sheet, language),
        "questions": shown.questions(sheet, language),
        "history": shown.history(sheet, member),
        "subject": _subject(row, law, language),
        "is_mine": sheet.wall.is_mine,
        "seats": _seats(sheet.wall, law, language),
        "partners": queries.dates_shown(row, member) if sheet.wall.is_mine else [],
        "may_show_dates": sheet.wall.is_mine and member.may(Permission.PROTECTION_DECIDE),
        **_common(row, member, mine=sheet.wall.is_mine),
    }
    return render(request, "protection/procedure.html", context)


def _request(request: MemberRequest, reference: str, now: datetime) -> HttpResponse:
    member, language = request.member, request.LANGUAGE_CODE
    sheet = services.consult_request(by=member, reference=reference, at=now)
    row, waits = sheet.row, sheet.row.state == queries.RequestState.WAITING
    asked = row.office_unit_id == member.unit_id
    context = {
        "sheet": sheet,
        "row": row,
        "now": now,
        "clocks": queries.lines(sheet.clocks, member),
        "subject": _subject(row, sheet.law, language),
        "statement": words.STATEMENTS.get(row.statement, ""),
        "may_answer": waits and asked and member.may(Permission.PROTECTION_DECIDE),
        "may_withdraw": waits and sheet.wall.is_mine and member.may(Permission.PROTECTION_REQUEST),
        "seats": _seats(sheet.wall, sheet.law, language),
        **_common(row, member, mine=sheet.wall.is_mine),
    }
    return render(request, "protection/request.html", context)


def _common(row: queries.Procedure | queries.Request, member: Member, *, mine: bool) -> dict[str, object]:
    return {
        "may_know_who": bool(row.identity) and member.may(Permission.IDENTITY_READ),
        "may_see_who_looked": mine and member.may(Permission.TRACE_READ),
    }


def _subject(row: queries.Procedure | queries.Request, law: Law, language: str) -> list[tuple[str, object]]:
    """What the file is about, in codes that became words; no identity."""
    circumstances = [words.label(law, Circumstance, code, language) for code in row.circumstances]
    return [
        (_("Track"), words.label(law, Track, row.track, language)),
        (_("Offence"), words.label(law, Offence, row.offence, language)),
        (_("Circumstances"), "; ".join(circumstances) or _("none noted")),
        (_("Unaccompanied minor"), _("yes") if row.unaccompanied_minor else _("no")),
        (_("Residence title"), _("holds one") if row.has_title else _("none")),
        (_("Centre"), row.centre_unit.label(language)),
        (_("Decides"), row.office_unit.label(language)),
        (_("From referral"), row.origin or _("none")),
    ]


def _seats(wall: Wall, law: Law, language: str) -> list[str]:
    """Who else has a seat, and why; who only knows the dates is said so."""
    return [f"{each.unit} ({_why(each, law, language)})" for each in wall.others]


def _why(sight: Sight, law: Law, language: str) -> str:
    if sight.level == "exists":
        return _("dates only")
    return words.code_label(law, "reading_purpose", sight.purpose, language)


@require_form
@requires(Permission.IDENTITY_READ)
def reveal_identity(request: MemberRequest, reference: str) -> HttpResponse:
    """Show who the person is, for a purpose that is asked and traced first."""
    now = timezone.now()
    queries.exists(reference, request.member)
    form = IdentityForm(posted(request), law=law_now(now), language=request.LANGUAGE_CODE)
    context = {
        "reference": reference,
        "heading": _("Show the identity"),
        "lead": _("Who looks, when and why is recorded, and the service that owns the file reads it."),
        "cancel_url": reverse("protection:detail", args=[reference]),
        "draft": False,
    }
    if form.is_valid():
        try:
            about = services.reveal_identity(
                by=request.member, reference=reference, at=now, **form.cleaned_data
            )
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            return render(request, "protection/identity.html", {**context, "about": about})
    return respond(request, "protection/act.html", form, **context)
