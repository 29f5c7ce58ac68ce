"""The acts on one procedure, each a page of its own."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission, Role, somebody_may
from fanal.country.schema import Law, Move
from fanal.directory import queries as directory
from fanal.errors import NotFound
from fanal.protection import queries, services
from fanal.protection.forms import (
    AskForm,
    DatesForm,
    DecideForm,
    EndForm,
    EventForm,
    HandOverForm,
    RefuseForm,
    RequestForm,
    StatementForm,
)
from fanal.protection.queries import words
from fanal.protection.rules import moves
from fanal.protection.rules.conditions import Standing, State
from fanal.protection.rules.facts import File, status
from fanal.protection.rules.moves import Option
from fanal.protection.views.common import law_now, version_read
from fanal.web.acts import keep, posted, require_form
from fanal.web.etags import form_version
from fanal.web.forms import Form


@require_form
@requires(Permission.PROTECTION_DECIDE)
def decide(request: MemberRequest, reference: str, move: str) -> HttpResponse:
    """Take a step: give, extend or renew a document, or pass to the next phase."""
    now = timezone.now()
    row, law = _owned(request, reference), law_now(now)
    file, option = _option(request, row, law, move)
    window = moves.first_days(option, status(file), law.on) if option.move.document else None
    language = request.LANGUAGE_CODE
    form = DecideForm(posted(request), option=option, minor=row.minor, language=language, window=window)
    version = version_read(request)
    return _act(
        request, row, form, option.move.label.get(language),
        _("The centre is told at once. The document and its clocks follow from this decision."),
        lambda: services.decide(
            by=request.member, reference=reference, move=move, version=version, at=now, **_given(form)
        ),
        _("Decided."), basis=option.move.legal_basis,
        needed=[(each.condition.label.get(language), words.STATES[each.state]) for each in _computed(option)],
    )  # fmt: skip


@require_form
@requires(Permission.PROTECTION_DECIDE)
def refuse(request: MemberRequest, reference: str, move: str) -> HttpResponse:
    """Refuse a step, with reasons."""
    now = timezone.now()
    row, law = _owned(request, reference), law_now(now)
    _file, option = _option(request, row, law, move)
    form, version = RefuseForm(posted(request), minor=row.minor), version_read(request)
    label = option.move.label.get(request.LANGUAGE_CODE)
    return _act(
        request, row, form, _("Refuse: %(step)s") % {"step": label},
        _("The running document stays what it is. The centre reads your reasons."),
        lambda: services.refuse(
            by=request.member, reference=reference, move=move, version=version, at=now, **_given(form)
        ),
        _("Refused."), basis=option.move.legal_basis,
    )  # fmt: skip


@require_form
@requires(Permission.PROTECTION_DECIDE)
def end(request: MemberRequest, reference: str) -> HttpResponse:
    """End the protection on a ground of this phase. It is final."""
    now = timezone.now()
    row, law = _owned(request, reference), law_now(now)
    move = _ending(request, row, law)
    form = EndForm(
        posted(request), grounds=law.grounds(row.phase), minor=row.minor, language=request.LANGUAGE_CODE,
        residence=bool(row.document),
    )  # fmt: skip
    version = version_read(request)
    return _act(
        request, row, form, move.label.get(request.LANGUAGE_CODE),
        _("It is final: the running document ends on that day. The grounds differ from phase to phase."),
        lambda: services.end(
            by=request.member, reference=reference, so=form.facts(), version=version, at=now,
            **{name: value for name, value in _given(form).items() if name != "so"},
        ),
        _("Ended."), basis=move.legal_basis,
    )  # fmt: skip


@require_form
@requires(Permission.PROTECTION_REQUEST)
def request_move(request: MemberRequest, reference: str, move: str) -> HttpResponse:
    """Ask the deciding service for a step."""
    now = timezone.now()
    row, law = queries.procedure(reference, request.member), law_now(now)
    wanted = _wanted(request, row, law, move)
    form, version = RequestForm(posted(request)), version_read(request)
    label = wanted.label.get(request.LANGUAGE_CODE)
    return _act(
        request, row, form, _("Ask for: %(step)s") % {"step": label},
        _("The deciding service is told at once."),
        lambda: services.request_move(
            by=request.member, reference=reference, move=move, version=version, at=now, **_given(form)
        ),
        _("Asked for."), basis=wanted.legal_basis,
    )  # fmt: skip


@require_form
@requires(Permission.PROTECTION_REQUEST)
def record_statement(request: MemberRequest, reference: str) -> HttpResponse:
    """Note a complaint or a statement."""
    row = queries.procedure(reference, request.member)
    form, version = StatementForm(posted(request)), version_read(request)
    return _act(
        request, row, form, _("Note a complaint or statement"),
        _("Only that it was made, and on which day: what was said belongs to the judicial file."),
        lambda: services.record_statement(
            by=request.member, reference=reference, version=version, at=timezone.now(), **_given(form)
        ),
        _("Noted."),
    )  # fmt: skip


@require_form
@requires(Permission.PROTECTION_DECIDE)
def record_event(request: MemberRequest, reference: str) -> HttpResponse:
    """Note a judicial event."""
    now = timezone.now()
    row = _owned(request, reference)
    form = EventForm(posted(request), law=law_now(now), language=request.LANGUAGE_CODE)
    version = version_read(request)
    return _act(
        request, row, form, _("Note a judicial event"),
        _("What the judicial authorities told you. The magistrate’s service can also tell it with its answers."),
        lambda: services.record_event(
            by=request.member, reference=reference, version=version, at=now, **_given(form)
        ),
        _("Noted."),
    )  # fmt: skip


@require_form
@requires(Permission.PROTECTION_DECIDE)
def ask(request: MemberRequest, reference: str) -> HttpResponse:
    """Put the questions of the law to a magistrate's service."""
    now = timezone.now()
    row, law = _owned(request, reference), law_now(now)
    magistrates = [unit for unit in directory.units(on=law.on) if Role.MAGISTRATE in unit.roles]
    form = AskForm(
        posted(request),
        magistrates=magistrates,
        language=request.LANGUAGE_CODE,
        has_identity=bool(row.identity),
    )
    version = version_read(request)
    return _act(
        request, row, form, _("Put the questions to the magistrate"),
        _("The magistrate sees these questions and this reference, and nothing else of the file."),
        lambda: services.ask(
            by=request.member, reference=reference, magistrate_unit_id=form.cleaned_data["magistrate_unit"],
            judicial_reference=form.cleaned_data["judicial_reference"],
            tell_identity=form.cleaned_data.get("tell_identity", False), version=version, at=now,
        ),
        _("Asked."), listed=[question.label.get(request.LANGUAGE_CODE) for question in law.questions],
    )  # fmt: skip


@require_form
@requires(Permission.PROTECTION_HAND_OVER)
def hand_over(request: MemberRequest, reference: str) -> HttpResponse:
    """Give our seat to another centre."""
    now = timezone.now()
    member, row = request.member, queries.procedure(reference, request.member)
    centres = [
        unit
        for unit in directory.units(member.unit_kind, on=timezone.localdate(now))
        if unit.id != member.unit_id and Role.CENTRE_WORKER in unit.roles
    ]
    form = HandOverForm(posted(request), centres=centres, language=request.LANGUAGE_CODE)
    version = version_read(request)
    return _act(
        request, row, form, _("Hand over to another centre"),
        _("From that moment your service no longer sees this file. The deciding service is told."),
        lambda: services.hand_over(
            by=member, reference=reference, to_unit_id=form.cleaned_data["to_unit"],
            consent=form.cleaned_data["consent"], version=version, at=now,
        ),
        _("Handed over."), after=reverse("protection:list"),
    )  # fmt: skip


@require_form
@requires(Permission.PROTECTION_DECIDE)
def show_dates(request: MemberRequest, reference: str) -> HttpResponse:
    """Let a partner know the dates, and nothing of the file."""
    now = timezone.now()
    row = _owned(request, reference)
    partners = [
        unit
        for unit in directory.units(on=timezone.localdate(now))
        if unit.id != request.member.unit_id and somebody_may(unit.roles, Permission.DEADLINES_READ)
    ]
    form = DatesForm(posted(request), partners=partners, language=request.LANGUAGE_CODE)
    version = version_read(request)
    return _act(
        request, row, form, _("Show the dates to a partner"),
        _("The partner sees the reference and the clocks that run, and nothing of the file."),
        lambda: services.show_dates(
            by=request.member, reference=reference, to_unit_id=form.cleaned_data["to_unit"],
            until=form.cleaned_data["until"], version=version, at=now,
        ),
        _("Shown."),
    )  # fmt: skip


@require_form
@requires(Permission.PROTECTION_DECIDE)
def hide_dates(request: MemberRequest, reference: str, grant: UUID) -> HttpResponse:
    """Stop showing the dates to a partner."""
    row = _owned(request, reference)
    partner = next((each for each in queries.dates_shown(row, request.member) if each.id == grant), None)
    if partner is None:
        raise NotFound
    return keep(
        request, Form(posted(request)), "web/confirm.html",
        do=lambda: services.hide_dates(
            by=request.member, reference=reference, grant=grant, at=timezone.now()
        ),
        done=_("Ended."), back=_back(row), reference=row.reference,
        act=_("Stop showing the dates to %(unit)s") % {"unit": partner.unit.label(request.LANGUAGE_CODE)},
        consequences=[_("The service no longer sees any date of this file, at once.")],
    )  # fmt: skip


@require_safe
@requires(Permission.PROTECTION_READ)
def letter(request: MemberRequest, reference: str, number: int) -> HttpResponse:
    """The letter of a fact as PDF, in the language of the page or the one asked for; making it is traced."""
    return _letter(request, reference, number, invitation=False)


@require_safe
@requires(Permission.PROTECTION_READ)
def invitation(request: MemberRequest, reference: str, number: int) -> HttpResponse:
    """The invitation to collect a document as PDF."""
    return _letter(request, reference, number, invitation=True)


def _letter(request: MemberRequest, reference: str, number: int, *, invitation: bool) -> HttpResponse:
    asked = request.GET.get("language") or (get_language() or settings.LANGUAGE_CODE)[:2]
    made = services.letter(
        by=request.member, reference=reference, number=number, language=asked, invitation=invitation,
        at=timezone.now(),
    )  # fmt: skip
    headers = {"Content-Disposition": f'attachment; filename="{made.filename}"'}
    return HttpResponse(made.content, content_type="application/pdf", headers=headers)


def _act(
    request: MemberRequest,
    row: queries.Procedure,
    form: Form,
    heading: str,
    lead: str,
    do: Callable[[], object],
    done: str,
    **more: object,
) -> HttpResponse:
    basis = words.article(str(more.pop("basis", "")))
    return keep(
        request, form, "protection/act.html", do=do, done=done, back=_back(row), after=str(more.pop("after", "")),
        reference=row.reference, heading=heading, lead=lead, basis=basis, version=form_version(row.version), **more,
    )  # fmt: skip


def _given(form: Form) -> dict[str, Any]:
    """What was typed; days left empty are left to the act."""
    return dict(form.cleaned_data)


def _back(row: queries.Procedure) -> str:
    return reverse("protection:detail", args=[row.reference])


def _owned(request: MemberRequest, reference: str) -> queries.Procedure:
    """A procedure that our service decides; for anybody else it is as if it were not there."""
    row = queries.procedure(reference, request.member)
    if row.office_unit_id != request.member.unit_id:
        raise NotFound
    return row


def _option(request: MemberRequest, row: queries.Procedure, law: Law, code: str) -> tuple[File, Option]:
    file = queries.load(row, request.member)
    option = moves.option(file, law, code)
    if option is None:
        raise NotFound
    return file, option


def _computed(option: Option) -> list[Standing]:
    """The conditions that nobody declares."""
    return [each for each in option.conditions if each.state is not State.TO_DECLARE]


def _ending(request: MemberRequest, row: queries.Procedure, law: Law) -> Move:
    move = moves.ending(queries.load(row, request.member), law)
    if move is None:
        raise NotFound
    return move


def _wanted(request: MemberRequest, row: queries.Procedure, law: Law, code: str) -> Move:
    file = queries.load(row, request.member)
    end_move = moves.ending(file, law)
    if end_move is not None and end_move.code == code:
        return end_move
    option = moves.option(file, law, code)
    if option is None:
        raise NotFound
    return option.move
