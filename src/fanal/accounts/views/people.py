"""Who works in my service, and asking for a change."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission, Role
from fanal.accounts import queries, services
from fanal.accounts.forms import AccountForm, AskForm, CloseForm, JoinForm, RoleForm, UnitForm
from fanal.accounts.rules import Kind
from fanal.accounts.services import Wanted
from fanal.errors import Refusal
from fanal.web.acts import require_form
from fanal.web.context import FUNCTIONS
from fanal.web.errors import into_form
from fanal.web.forms import Form, respond


@require_safe
@requires(Permission.ACCOUNT_VOUCH)
def people(request: MemberRequest) -> HttpResponse:
    """The accounts of the member's service."""
    rows = queries.people(request.member, timezone.localdate())
    context = {
        "people": [(row, FUNCTIONS[Role(row.role)]) for row in rows],
        "may_manage": request.member.may(Permission.ACCOUNT_MANAGE),
    }
    return render(request, "accounts/people.html", context)


@require_form
@requires(Permission.ACCOUNT_VOUCH)
def ask_account(request: MemberRequest) -> HttpResponse:
    """Ask for an account for somebody new."""
    form = AccountForm(request.POST or None, by=request.member, on=timezone.localdate())
    return _ask(request, form, Kind.ACCOUNT, _("Ask for an account"))


@require_form
@requires(Permission.ACCOUNT_VOUCH)
def ask_membership(request: MemberRequest) -> HttpResponse:
    """Ask that somebody who has an account joins the service."""
    form = JoinForm(request.POST or None, by=request.member, on=timezone.localdate())
    return _ask(request, form, Kind.MEMBERSHIP, _("Somebody who has an account joins"))


@require_form
@requires(Permission.ACCOUNT_MANAGE)
def ask_unit(request: MemberRequest) -> HttpResponse:
    """Ask for a service that did not exist before."""
    form = UnitForm(request.POST or None, by=request.member, on=timezone.localdate())
    return _ask(request, form, Kind.UNIT, _("Ask for a new service"))


@require_form
@requires(Permission.ACCOUNT_VOUCH)
def ask_role(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    """Ask for another function of somebody in the service."""
    found = queries.membership(membership_id, request.member)
    on = timezone.localdate()
    form = RoleForm(request.POST or None, by=request.member, on=on, roles=found.unit.roles)
    return _ask(request, form, Kind.ROLE, _("Another function"), found)


@require_form
@requires(Permission.ACCOUNT_VOUCH)
def ask_reset(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    """Ask for a new start for somebody who lost her password or her second factor."""
    found = queries.membership(membership_id, request.member)
    form = AskForm(request.POST or None, by=request.member, on=timezone.localdate())
    return _ask(request, form, Kind.RESET, _("Lost password or second factor"), found)


@require_form
@requires(Permission.ACCOUNT_VOUCH)
def ask_enable(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    """Ask that a closed account is opened again."""
    found = queries.membership(membership_id, request.member)
    form = AskForm(request.POST or None, by=request.member, on=timezone.localdate())
    return _ask(request, form, Kind.ENABLE, _("Open the account again"), found)


@require_form
@requires(Permission.ACCOUNT_VOUCH)
def close(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    """Close an account at once."""
    found = queries.membership(membership_id, request.member, anywhere=True)
    consequences = [
        _("She is logged out everywhere at this moment, and her tokens and calendars end."),
        _("Two services must agree before it is opened again."),
    ]
    return _at_once(request, found, _("Close the account of"), consequences, services.close)


@require_form
@requires(Permission.ACCOUNT_VOUCH)
def leave(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    """End a membership at once, the account staying."""
    found = queries.membership(membership_id, request.member, anywhere=True)
    consequences = [_("She no longer acts for this service, from this moment on. Her account stays.")]
    return _at_once(request, found, _("End the membership of"), consequences, services.leave)


@require_form
@requires(Permission.ACCOUNT_MANAGE)
def find_to_close(request: MemberRequest) -> HttpResponse:
    """From an address to the page that closes the account, for who administers the platform."""
    form = CloseForm(request.POST or None)
    if form.is_valid():
        found = queries.member_to_close(form.cleaned_data["email"], request.member)
        return redirect("accounts:close", found.id)
    return respond(request, "accounts/find.html", form)


def _at_once(  # type: ignore[no-untyped-def]
    request: MemberRequest, found: queries.Membership, act: str, consequences: list[str], do
) -> HttpResponse:
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            do(by=request.member, membership_id=found.id, at=timezone.now())
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            messages.success(request, _("Done."))
            return redirect("accounts:people")
    context = {"act": act, "person": found.account.name, "consequences": consequences}
    return respond(request, "accounts/at_once.html", form, **context)


def _ask(
    request: MemberRequest, form: AskForm, kind: Kind, heading: str, about: queries.Membership | None = None
) -> HttpResponse:
    if form.is_valid():
        values = dict(form.cleaned_data)
        units = values.pop("first_unit"), values.pop("second_unit")
        if kind is Kind.UNIT:
            values = {"words": values.pop("words"), "details": values}
        wanted = Wanted(kind=kind, membership=about.id if about else None, **values)
        try:
            change = services.ask(by=request.member, wanted=wanted, units=units, at=timezone.now())
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            messages.success(request, _("Both services are told."))
            return redirect("accounts:request", change.id)
    person = about.account.name if about else ""
    return respond(request, "accounts/ask.html", form, heading=heading, person=person)
