"""How a file begins: from an accepted referral or without one; and the answer to a request."""

from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission, Role
from fanal.directory import queries as directory
from fanal.errors import NotFound, Refusal
from fanal.protection import queries, services
from fanal.protection.forms import CaseForm, OpenForm, ReferralForm, RefuseForm
from fanal.protection.rules.opening import deciders
from fanal.protection.views.common import law_now, uuid_of, version_read
from fanal.referrals import queries as referrals
from fanal.web.acts import keep, posted, require_form
from fanal.web.errors import into_form
from fanal.web.etags import form_version
from fanal.web.forms import Form, respond


@require_form
@requires(Permission.PROTECTION_REQUEST)
def new(request: MemberRequest) -> HttpResponse:
    """Begin: with a person our service accepted, or without a referral."""
    member = request.member
    form = ReferralForm(posted(request))
    if form.is_valid():
        return redirect("protection:from_referral", form.cleaned_data["referral"])
    accepted = referrals.accepted(member)[:20] if member.may(Permission.REFERRAL_READ) else ()
    back = reverse("protection:list")
    return respond(request, "protection/new.html", form, accepted=accepted, cancel_url=back, draft=False)


@require_form
@requires(Permission.PROTECTION_REQUEST)
def alone(request: MemberRequest) -> HttpResponse:
    """Ask for a procedure, or open a file, without a referral."""
    return _case(request, "", timezone.now())


@require_form
@requires(Permission.PROTECTION_REQUEST)
def from_referral(request: MemberRequest, referral: str) -> HttpResponse:
    """Ask for a procedure, or open a file, for a person whom our service accepted: who it is comes along."""
    if not referrals.accepted(request.member).filter(reference=referral).exists():
        raise NotFound
    return _case(request, referral, timezone.now())


def _case(request: MemberRequest, referral: str, now: datetime) -> HttpResponse:
    """`submission` travels with the form: sent twice, it makes one request, or one file."""
    member, law = request.member, law_now(now)
    submission = uuid_of(request.POST.get("submission", "")) or uuid4()
    form = CaseForm(
        posted(request),
        law=law,
        language=request.LANGUAGE_CODE,
        unit_kind=member.unit_kind,
        centres=[unit for unit in directory.units(on=law.on) if Role.CENTRE_WORKER in unit.roles],
        own_centre=member.role is Role.CENTRE_WORKER,
        referral=referral,
    )
    if form.is_valid():
        case = form.case()
        try:
            if member.unit_kind in deciders(law, case.track):
                note = form.cleaned_data.get("best_interests", "")
                row: queries.Procedure | queries.Request = services.open_file(
                    by=member, case=case, best_interests=note, submission=submission, at=now
                )
                messages.success(request, _("Opened."))
            else:
                row = services.request_opening(
                    by=member, case=case, words=form.cleaned_data["words"], submission=submission, at=now
                )
                messages.success(request, _("Asked for. The deciding service is told at once."))
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            return redirect("protection:detail", row.reference)
    context = {"referral": referral, "submission": submission, "cancel_url": reverse("protection:new")}
    return respond(request, "protection/case.html", form, **context)


@require_form
@requires(Permission.PROTECTION_DECIDE)
def open_requested(request: MemberRequest, reference: str) -> HttpResponse:
    """Open the procedure that was asked for."""
    now = timezone.now()
    row = _asked(request, reference)
    minor = law_now(now).track(row.track).best_interests
    form, version = OpenForm(posted(request), minor=minor), version_read(request)
    back = reverse("protection:detail", args=[row.reference])
    return keep(
        request, form, "protection/act.html",
        do=lambda: services.open_requested(
            by=request.member, reference=reference, version=version, at=now,
            on=form.cleaned_data["on"], best_interests=form.cleaned_data.get("best_interests", ""),
        ),
        done=_("Opened."), back=back, reference=row.reference, heading=_("Open the procedure"),
        lead=_("The centre gets a seat in the file: it sees documents and dates, asks, and tells of statements."),
        version=form_version(row.version),
    )  # fmt: skip


@require_form
@requires(Permission.PROTECTION_DECIDE)
def refuse_request(request: MemberRequest, reference: str) -> HttpResponse:
    """Refuse to open, with reasons."""
    row = _asked(request, reference)
    form, version = RefuseForm(posted(request), minor=False), version_read(request)
    del form.fields["on"]
    return keep(
        request, form, "protection/act.html",
        do=lambda: services.refuse_request(
            by=request.member, reference=reference, words=form.cleaned_data["words"], version=version,
            at=timezone.now(),
        ),
        done=_("Refused."), back=reverse("protection:detail", args=[row.reference]), reference=row.reference,
        heading=_("Refuse to open"), lead=_("The centre reads your reasons."), version=form_version(row.version),
    )  # fmt: skip


@require_form
@requires(Permission.PROTECTION_REQUEST)
def withdraw_request(request: MemberRequest, reference: str) -> HttpResponse:
    """Take a request back before it is answered."""
    row = queries.request(reference, request.member)
    if row.compartment.owner_unit_id != request.member.unit_id:
        raise NotFound
    version = version_read(request)
    return keep(
        request, Form(posted(request)), "web/confirm.html",
        do=lambda: services.withdraw_request(
            by=request.member, reference=reference, version=version, at=timezone.now()
        ),
        done=_("Withdrawn."), back=reverse("protection:detail", args=[row.reference]), reference=row.reference,
        act=_("Withdraw this request"), consequences=[_("Nothing is opened; the deciding service is told.")],
        version=form_version(row.version),
    )  # fmt: skip


def _asked(request: MemberRequest, reference: str) -> queries.Request:
    row = queries.request(reference, request.member)
    if row.office_unit_id != request.member.unit_id:
        raise NotFound
    return row
