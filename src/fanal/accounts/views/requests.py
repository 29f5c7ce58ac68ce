"""The requests that concern my service: agree, turn down, take back, give half a code."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from fanal.access.gate import MemberRequest, public, requires
from fanal.access.rules import Member, Permission, Role
from fanal.accounts import queries, rules, services
from fanal.accounts.forms import EnterForm
from fanal.accounts.rules import Kind, State
from fanal.errors import Refusal
from fanal.web.acts import require_form
from fanal.web.components import Tag, Tone
from fanal.web.context import FUNCTIONS
from fanal.web.cursors import page
from fanal.web.errors import into_form
from fanal.web.forms import respond

KINDS = {
    Kind.ACCOUNT: gettext_lazy("New account"),
    Kind.MEMBERSHIP: gettext_lazy("New membership"),
    Kind.ROLE: gettext_lazy("Another function"),
    Kind.ENABLE: gettext_lazy("Open the account again"),
    Kind.RESET: gettext_lazy("Lost password or second factor"),
    Kind.UNIT: gettext_lazy("New service"),
}
STATES = {
    State.WAITING: (pgettext_lazy("request", "waits for two services"), Tone.SOON),
    State.DONE: (pgettext_lazy("request", "in force"), Tone.OK),
    State.REFUSED: (pgettext_lazy("request", "turned down"), Tone.PLAIN),
    State.WITHDRAWN: (pgettext_lazy("request", "taken back"), Tone.PLAIN),
    State.EXPIRED: (pgettext_lazy("request", "nobody answered in time"), Tone.LATE),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One request, in words."""

    change: queries.Change
    kind: object
    about: str
    state: Tag
    stands: State


@require_safe
@requires(Permission.ACCOUNT_VOUCH)
def requests(request: MemberRequest) -> HttpResponse:
    """The requests that concern the member's service, newest first."""
    found = page(queries.changes(request.member), cursor=request.GET.get("cursor", ""), order="-asked_at")
    rows = [_row(change) for change in found.items]
    return render(request, "accounts/requests.html", {"rows": rows, "page": found})


@require_safe
@requires(Permission.ACCOUNT_VOUCH)
def request_(request: MemberRequest, change_id: UUID) -> HttpResponse:
    """One request: what is asked, who agreed, and what the member may do."""
    return _show(request, queries.change(change_id, request.member))


@require_POST
@requires(Permission.ACCOUNT_VOUCH)
def vouch(request: MemberRequest, change_id: UUID) -> HttpResponse:
    """Agree for the member's service."""
    return _act(request, change_id, services.vouch, _("You agreed."))


@require_POST
@requires(Permission.ACCOUNT_VOUCH)
def refuse(request: MemberRequest, change_id: UUID) -> HttpResponse:
    """Turn a request down."""
    return _act(request, change_id, services.refuse, _("The request is turned down."))


@require_POST
@requires(Permission.ACCOUNT_VOUCH)
def withdraw(request: MemberRequest, change_id: UUID) -> HttpResponse:
    """Take a request back."""
    return _act(request, change_id, services.withdraw, _("The request is taken back."))


@require_POST
@requires(Permission.ACCOUNT_VOUCH)
def draw_half(request: MemberRequest, change_id: UUID) -> HttpResponse:
    """Show the member her half of the code, this once."""
    half = services.draw_half(by=request.member, change_id=change_id, at=timezone.now())
    change = queries.change(change_id, request.member)
    return _show(request, change, half=f"{half[:4]} {half[4:]}")


@require_form
@public("who has no password yet, or lost it, comes with a code of two halves")
def enter(request: HttpRequest) -> HttpResponse:
    """Choose a password with the two halves of a code; the second factor is set up at the login that follows."""
    form = EnterForm(request.POST or None)
    if form.is_valid():
        values, now = form.cleaned_data, timezone.now()
        halves = (values["first_half"], values["second_half"])
        entry = services.try_code(email=values["email"], halves=halves, at=now)
        if entry is None:
            form.add_error(None, _("This code opens nothing here. Check the address and both halves."))
        else:
            try:
                services.enter(entry=entry, password=values["password"], at=now)
            except Refusal as refusal:
                into_form(request, form, refusal)
            else:
                messages.success(request, _("Your password is set. Log in with it."))
                return redirect("account_login")
    return respond(request, "accounts/enter.html", form, draft=False)


def _act(request: MemberRequest, change_id: UUID, act: Callable[..., object], said: str) -> HttpResponse:
    act(by=request.member, change_id=change_id, at=timezone.now())
    messages.success(request, said)
    return redirect("accounts:request", change_id)


def _show(request: MemberRequest, change: queries.Change, half: str = "") -> HttpResponse:
    by, now = request.member, timezone.now()
    row = _row(change)
    vouches = list(change.vouches.select_related("account", "unit").order_by("at"))
    context = {
        "row": row,
        "vouches": [(each.account.name, each.unit.label(request.LANGUAGE_CODE), each.at) for each in vouches],
        "facts": _facts(change, request.LANGUAGE_CODE),
        "why_not": _why_not(change, vouches, by, row.stands),
        "may_vouch": row.stands is State.WAITING and not _why_not(change, vouches, by, row.stands),
        "may_refuse": row.stands is State.WAITING
        and by.unit_id in (change.first_unit_id, change.second_unit_id),
        "may_withdraw": row.stands is State.WAITING and by.unit_id == change.asked_unit_id,
        "may_draw": services.opens(change, now) and any(each.account_id == by.person_id for each in vouches),
        "half": half,
    }
    return render(request, "accounts/request.html", context)


def _why_not(change: queries.Change, vouches: list[queries.Vouch], by: Member, stands: State) -> str:
    """Why the member cannot agree, where her service is asked and the request still waits."""
    if stands is not State.WAITING:
        return ""
    wanted = queries.roles_wanted(change, timezone.localdate())
    code = rules.why_not_vouch(
        rules.Voice(by.person_id, by.unit_id, queries.may_be_strong([by.role], wanted)),
        [rules.Voice(each.account_id, each.unit_id, each.strong) for each in vouches],
        asked_by=change.asked_by_id,
        about=change.account_id,
        units=(change.first_unit_id, change.second_unit_id),
    )
    return str(services.WHY[code]) if code else ""


def _row(change: queries.Change) -> Row:
    stands = rules.stands(State(change.state), change.expires_at, timezone.now())
    words, tone = STATES[stands]
    return Row(change, KINDS[Kind(change.kind)], _about(change), Tag(str(words), tone), stands)


def _about(change: queries.Change) -> str:
    if change.kind == Kind.UNIT:
        return str(change.details["name"])
    return change.account.name if change.account else change.name


def _facts(change: queries.Change, language: str) -> list[tuple[object, object]]:
    found: list[tuple[object, object]] = [
        (pgettext("request", "Asked by"), f"{change.asked_by.name}, {change.asked_unit.label(language)}")
    ]
    if change.unit:
        found.append((_("Service"), change.unit.label(language)))
    if change.email:
        found.append((_("E-mail address"), change.email))
    if change.role:
        found.append((_("Function"), FUNCTIONS[Role(change.role)]))
    if change.kind == Kind.UNIT:
        found.append((_("A service like"), change.details["like"]))
    units = f"{change.first_unit.label(language)} · {change.second_unit.label(language)}"
    found.append((_("Must agree"), units))
    if change.words:
        found.append((_("Why"), change.words))
    return found
