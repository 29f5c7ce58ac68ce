"""What is kept, until when and why: reviews, holds, erasures, corrections, the answer to the person."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission, Role
from fanal.country import queries as country
from fanal.country.schema import Law
from fanal.errors import NotFound, Refusal
from fanal.retention import queries, services
from fanal.retention.forms import AnswerForm, CorrectForm, EraseForm, HoldForm, KeepForm, Persons
from fanal.web.acts import posted, require_form
from fanal.web.errors import into_form
from fanal.web.etags import demand_match, form_version
from fanal.web.forms import Form, respond


def _law() -> Law:
    return country.law(timezone.localdate())


def _keep(
    request: MemberRequest,
    form: Form,
    reference: str,
    *,
    do: Callable[[], object],
    done: str,
    template: str = "retention/act.html",
    back: str = "",
    **context: object,
) -> HttpResponse:
    """Show the form of an act, or do it, say so and go back to the file."""
    back = back or reverse("retention:file", args=[reference])
    if form.is_bound and form.is_valid():
        try:
            do()
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            messages.success(request, done)
            return redirect(back)
    return respond(request, template, form, cancel_url=back, reference=reference, **context)


@require_safe
@requires(Permission.RETENTION_DECIDE)
def files(request: MemberRequest) -> HttpResponse:
    """What the unit looks at again soon, the oldest first; `?every=1`: all its files."""
    every = request.GET.get("every") == "1"
    now = timezone.now()
    found = queries.listed(request.member, now, every=every, cursor=request.GET.get("cursor", ""))
    context = {
        "page": found,
        "every": every,
        "now": now,
        "corrections": queries.corrections(request.member)[:20],
    }
    return render(request, "retention/list.html", context)


@require_safe
@requires(Permission.RETENTION_DECIDE)
def file(request: MemberRequest, reference: str) -> HttpResponse:
    """One file: until when it is kept and why, who holds it, what waits for a second person."""
    member, now = request.member, timezone.now()
    sheet = services.consult(by=member, reference=reference, at=now)
    context = {
        "sheet": sheet,
        "row": sheet.row,
        "now": now,
        "law": sheet.law,
        "mine_proposed": sheet.proposal is not None and sheet.proposal.proposed_by == member.person_id,
        "may_hold": sheet.row.erased_at is None
        and member.may(Permission.HOLD_PLACE)
        and (sheet.is_mine or member.role is Role.MAGISTRATE),
        "bars": [services.BARS[bar] for bar in sheet.bars],
        "rights": sheet.law.rights(member.unit_kind),
        "labels": queries.LABELS,
    }
    return render(request, "retention/file.html", context)


@require_form
@requires(Permission.RETENTION_DECIDE)
def keep(request: MemberRequest, reference: str) -> HttpResponse:
    """Keep a file until a day, for a reason."""
    row = _mine(request, reference)
    form = KeepForm(posted(request))

    def act() -> None:
        demand_match(request, row.version)
        services.keep(
            by=request.member, reference=reference, until=form.cleaned_data["until"],
            why=form.cleaned_data["why"], version=row.version, at=timezone.now(),
        )  # fmt: skip

    return _keep(
        request, form, reference, do=act, done=_("It is kept until that day."), version=form_version(row.version),
        heading=_("Keep this file"), lead=_("On that day it is looked at again."),
    )  # fmt: skip


@require_form
@requires(Permission.HOLD_PLACE)
def place_hold(request: MemberRequest, reference: str) -> HttpResponse:
    """Hold a file: nothing of it is erased while the hold stands."""
    row = queries.file(reference, request.member)
    if row.owner_unit_id != request.member.unit_id and request.member.role is not Role.MAGISTRATE:
        raise NotFound
    form = HoldForm(posted(request), law=_law(), language=request.LANGUAGE_CODE)
    return _keep(
        request, form, reference,
        do=lambda: services.place_hold(
            by=request.member, reference=reference, at=timezone.now(), **form.cleaned_data
        ),
        done=_("The file is held."), heading=_("Hold this file"),
        lead=_("While the hold stands, nothing of this file is erased. Only your service lifts it."),
    )  # fmt: skip


@require_form
@requires(Permission.HOLD_PLACE)
def lift_hold(request: MemberRequest, hold_id: UUID) -> HttpResponse:
    """End a hold of the unit."""
    hold = queries.hold(hold_id, request.member)
    return _keep(
        request, Form(posted(request)), hold.file.reference,
        do=lambda: services.lift_hold(by=request.member, hold_id=hold_id, at=timezone.now()),
        done=_("The hold is lifted."), template="web/confirm.html", act=_("Lift this hold"),
        consequences=[_("The file may be erased again.")],
    )  # fmt: skip


@require_form
@requires(Permission.RETENTION_DECIDE)
def propose_erasure(request: MemberRequest, reference: str) -> HttpResponse:
    """Propose to erase a file, or one person of it."""
    persons = _persons(request, reference)
    form = EraseForm(posted(request), law=_law(), language=request.LANGUAGE_CODE, persons=persons)
    return _keep(
        request, form, reference,
        do=lambda: services.propose_erasure(
            by=request.member, reference=reference, ground=form.cleaned_data["ground"], person=form.who(),
            at=timezone.now(),
        ),
        done=_("Proposed. A second person of your service confirms it."), heading=_("Propose to erase"),
        lead=_(
            "Names, contacts and every free text of the file become unreadable for everybody, for ever. References, "
            "dates and figures stay. The services that were given something are told."
        ),
    )  # fmt: skip


@require_form
@requires(Permission.RETENTION_DECIDE)
def confirm_erasure(request: MemberRequest, erasure_id: UUID) -> HttpResponse:
    """Erase what a colleague proposed."""
    found = queries.erasure(erasure_id, request.member)
    return _keep(
        request, Form(posted(request)), found.file.reference,
        do=lambda: services.confirm_erasure(by=request.member, erasure_id=erasure_id, at=timezone.now()),
        done=_("Erased."), template="web/confirm.html", act=_("Erase for ever"), dangerous=True,
        consequences=[
            _("Names, contacts and free text become unreadable for everybody; nobody can take it back."),
            _("The services that were given something are told, without a name."),
        ],
    )  # fmt: skip


@require_form
@requires(Permission.RETENTION_DECIDE)
def withdraw_erasure(request: MemberRequest, erasure_id: UUID) -> HttpResponse:
    """Take a proposal to erase back."""
    found = queries.erasure(erasure_id, request.member)
    return _keep(
        request, Form(posted(request)), found.file.reference,
        do=lambda: services.withdraw_erasure(by=request.member, erasure_id=erasure_id, at=timezone.now()),
        done=_("Withdrawn."), template="web/confirm.html", act=_("Withdraw this proposal"),
        consequences=[_("Nothing is erased.")],
    )  # fmt: skip


@require_form
@requires(Permission.RETENTION_DECIDE)
def correct(request: MemberRequest, reference: str) -> HttpResponse:
    """Correct who a person is; whoever was given it is told."""
    persons = _persons(request, reference)
    form = CorrectForm(posted(request), persons=persons)
    return _keep(
        request, form, reference,
        do=lambda: services.correct(
            by=request.member, reference=reference, values=form.values(), person=form.who(), at=timezone.now()
        ),
        done=_("Corrected. Whoever was given it is told which field changed, and not what it says."),
        heading=_("Correct who the person is"), lead=_("Fill in what changes. What you leave empty stays as it is."),
        draft=False,
    )  # fmt: skip


@require_form
@requires(Permission.RETENTION_DECIDE)
def take_over(request: MemberRequest, correction_id: UUID) -> HttpResponse:
    """Take over what another service corrected."""
    found = queries.correction(correction_id, request.member)
    fields = ", ".join(str(queries.LABELS[name]) for name in found.fields if name in queries.LABELS)
    return _keep(
        request, Form(posted(request)), found.reference,
        do=lambda: services.take_over(by=request.member, correction_id=correction_id, at=timezone.now()),
        done=_("Taken over."), template="web/confirm.html", act=_("Take over this correction"),
        back=reverse("retention:list"),
        consequences=[
            _("%(unit)s corrected: %(fields)s.")
            % {"unit": found.from_unit.label(request.LANGUAGE_CODE), "fields": fields},
            _("Your own files about the same person are corrected too. Reading it there is recorded."),
        ],
    )  # fmt: skip


@require_form
@requires(Permission.RETENTION_DECIDE)
def answer(request: MemberRequest, reference: str) -> HttpResponse:
    """The document for a person who asks what is held of her."""
    persons = _persons(request, reference)
    form = AnswerForm(posted(request), law=_law(), language=request.LANGUAGE_CODE, persons=persons)
    if form.is_bound and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("language", "words", "restriction", "why")}
        try:
            made = services.answer(
                by=request.member, reference=reference, person=form.who(), at=timezone.now(), **given
            )
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            file = HttpResponse(made.content, content_type="application/pdf")
            file["Content-Disposition"] = f'attachment; filename="{made.filename}"'
            return file
    rights = _law().rights(request.member.unit_kind)
    indirect = rights.body.get(request.LANGUAGE_CODE) if rights and rights.answers == "indirect" else ""
    return respond(
        request, "retention/act.html", form, cancel_url=reverse("retention:file", args=[reference]),
        reference=reference, heading=_("Answer the person"), indirect=indirect, draft=False,
        lead=_("Everything that your service holds of her, in her language, as a paper with neutral words. Hand it "
               "over in person."),
    )  # fmt: skip


def _mine(request: MemberRequest, reference: str) -> queries.File:
    row = queries.file(reference, request.member)
    if row.owner_unit_id != request.member.unit_id:
        raise NotFound
    return row


def _persons(request: MemberRequest, reference: str) -> Persons:
    """The persons of a file of the unit, by number: never a name."""
    _mine(request, reference)
    held = services.persons(by=request.member, reference=reference, at=timezone.now())
    return tuple((str(person), _("Person %(n)d") % {"n": n}) for n, person in enumerate(held, 1))
