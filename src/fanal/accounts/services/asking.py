"""Asking for a change, and taking a request back or turning it down."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access.rules import Member, Role
from fanal.accounts import queries, rules
from fanal.accounts.models import Change
from fanal.accounts.rules import Kind, State
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.directory import queries as directory
from fanal.errors import Invalid, NotAllowed, Refusal
from fanal.notify import services as notify

WHY = {
    "too_strong": _(
        "Nobody hands out what she does not hold herself: somebody with that function must do this."
    ),
    "other_unit": _("Only a member of that service may ask this."),
    "not_allowed": _("Your function does not include this act."),
    "own_request": _("Nobody agrees to her own request."),
    "about_herself": _("Nobody agrees to a request about herself."),
    "not_named": _("This request was put to other services."),
    "already": _("Your service, or you yourself, already agreed."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked for. `unit`: the id of the service; `membership`: whose, where somebody is there already.

    An account: `email`, `name`, `language`, `role`, `unit`. A membership: `email` of an account that is there, `role`,
    `unit`. A role: `membership`, `role`. To enable or to reset: `membership`. A service: `details` with `name`, `like`
    (the code of a service of the same kind) and `institution` (a code, or empty with `institution_name`).
    """

    kind: Kind
    unit: int = 0
    membership: UUID | None = None
    role: str = ""
    email: str = ""
    name: str = ""
    language: str = "en"
    valid_to: date | None = None
    words: str = ""
    details: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def ask(*, by: Member, wanted: Wanted, units: tuple[int, int], at: datetime) -> Change:
    """Ask for a change; the two services named in `units` must agree to it within two weeks.

    Refused: `by_token` (a program asks nothing), `two_units`, `unknown_unit`, `too_strong`, `other_unit`,
    `account_exists`, `no_account`, `role_unfit`, `roles_apart`, `nobody_strong`.
    """
    demand_person(by)
    change = _change(by, wanted, timezone.localdate(at))
    _demand_units(units, change, timezone.localdate(at))
    change.asked_by_id, change.asked_unit_id = by.person_id, by.unit_id
    change.first_unit_id, change.second_unit_id = units
    change.asked_at, change.expires_at = at, at + rules.TERM
    change.save()
    record(by, Verb.COLLECT, "accounts.ask", change, at)
    notify.tell(unit_ids=units, kind="accounts.asked", reference="", at=at)
    return change


def ask_by_codes(
    *,
    by: Member,
    kind: Kind,
    units: tuple[str, str],
    unit: str,
    membership: UUID | None,
    told: Mapping[str, str],
    at: datetime,
) -> Change:
    """As `ask`, with the codes of services instead of their ids; `told`: the other fields of `Wanted` and `details`."""
    rest = dict(told)
    details = {name: rest.pop(name) for name in ("like", "institution_name")}
    if kind is Kind.UNIT:
        details["name"] = rest.pop("name")
    first, second = (directory.unit_by_code(code).id for code in units)
    about = directory.unit_by_code(unit).id if kind in (Kind.ACCOUNT, Kind.MEMBERSHIP) else 0
    wanted = Wanted(
        kind=kind,
        unit=about,
        membership=membership,
        details=details if kind is Kind.UNIT else {},
        **rest,  # type: ignore[arg-type]
    )
    return ask(by=by, wanted=wanted, units=(first, second), at=at)


@transaction.atomic
def refuse(*, by: Member, change_id: UUID, at: datetime) -> Change:
    """Turn a request down, for a service that was asked to agree. Refused: `not_named`, `settled`, `by_token`."""
    demand_person(by)
    change = waiting(change_id, by, at)
    if by.unit_id not in (change.first_unit_id, change.second_unit_id):
        raise NotAllowed("not_named", WHY["not_named"])
    return _settle(by, change, State.REFUSED, at)


@transaction.atomic
def withdraw(*, by: Member, change_id: UUID, at: datetime) -> Change:
    """Take a request of the member's own service back. Refused: `not_own`, `settled`, `by_token`."""
    demand_person(by)
    change = waiting(change_id, by, at)
    if change.asked_unit_id != by.unit_id:
        raise NotAllowed("not_own", _("Only the service that asked may take a request back."))
    return _settle(by, change, State.WITHDRAWN, at)


def waiting(change_id: UUID, by: Member, at: datetime) -> Change:
    """A request that this member's service may see, locked; `NotFound`, or `settled` when nothing is left to do."""
    change = queries.change(change_id, by, lock=True)
    if rules.stands(State(change.state), change.expires_at, at) is not State.WAITING:
        raise Refusal("settled", _("This request is settled, or its two weeks have passed."))
    return change


def _settle(by: Member, change: Change, state: State, at: datetime) -> Change:
    change.state, change.settled_at, change.settled_by_id = state.value, at, by.person_id
    change.save(update_fields=["state", "settled_at", "settled_by"])
    record(by, Verb.ALTER, f"accounts.{state.value}", change, at)
    return change


def demand_person(by: Member) -> None:
    """A program holding a token changes nobody's rights (`by_token`)."""
    if by.by_token:
        raise NotAllowed("by_token", _("A person does this, not a program. Log in first."))


def record(by: Member, verb: Verb, act: str, change: Change, at: datetime) -> None:
    audit.record(
        by=by,
        verb=verb,
        act=act,
        at=at,
        object_ids=[change.id, *filter(None, [change.account_id, change.membership_id])],
        facts={"kind": change.kind, "unit": change.unit_id, "role": change.role},
    )


def _change(by: Member, wanted: Wanted, on: date) -> Change:
    if wanted.kind is Kind.UNIT:
        _demand(rules.why_not_ask(by.role, (), own_unit=False, unit_is_empty=False, kind=Kind.UNIT))
        if not wanted.details.get("name"):
            raise Invalid("name_missing", _("Write the name of the service."), field="name")
        directory.unit_by_code(wanted.details.get("like", ""))
        return Change(kind=wanted.kind.value, details=wanted.details, words=wanted.words)
    if wanted.kind in (Kind.ACCOUNT, Kind.MEMBERSHIP):
        return _joining(by, wanted, on)
    return _about_somebody(by, wanted, on)


def _joining(by: Member, wanted: Wanted, on: date) -> Change:
    unit = directory.unit(wanted.unit)
    role = _role(wanted.role, unit)
    _demand(
        rules.why_not_ask(
            by.role,
            [role],
            own_unit=unit.id == by.unit_id,
            unit_is_empty=unit.id not in queries.peopled(on),
        )
    )
    account = queries.account_by_email(wanted.email)
    if wanted.kind is Kind.ACCOUNT and account is not None:
        raise Invalid("account_exists", _("There is an account with this address."), field="email")
    if wanted.kind is Kind.MEMBERSHIP:
        if account is None:
            raise Invalid("no_account", _("There is no account with this address."), field="email")
        demand_apart([*queries.roles_of(account.id, on), role])
    return Change(
        kind=wanted.kind.value,
        unit_id=unit.id,
        account=account,
        role=role.value,
        email=wanted.email.lower(),
        name=wanted.name,
        language=wanted.language,
        valid_to=wanted.valid_to,
        words=wanted.words,
    )


def _about_somebody(by: Member, wanted: Wanted, on: date) -> Change:
    membership = queries.membership(wanted.membership, by)
    held = list(queries.roles_of(membership.account_id, on)) or [Role(membership.role)]
    role = _role(wanted.role, membership.unit) if wanted.kind is Kind.ROLE else None
    if role is not None:
        others = queries.roles_of(membership.account_id, on, but=membership.id)
        demand_apart([*others, role])
        held = [Role(membership.role), role]
    _demand(rules.why_not_ask(by.role, held, own_unit=membership.unit_id == by.unit_id, unit_is_empty=False))
    return Change(
        kind=wanted.kind.value,
        unit_id=membership.unit_id,
        account_id=membership.account_id,
        membership=membership,
        role=role.value if role else "",
        words=wanted.words,
    )


def _role(value: str, unit: directory.Unit) -> Role:
    if value not in unit.roles:
        raise Invalid("role_unfit", _("Nobody holds that function in such a service."), field="role")
    return Role(value)


def _demand(code: str) -> None:
    if code:
        raise NotAllowed(code, WHY[code])


def demand_apart(roles: list[Role]) -> None:
    """Who administers the platform reads no file under another hat (`roles_apart`)."""
    if not rules.live_together(roles):
        raise Refusal("roles_apart", _("Who administers the platform reads no file, under no hat."))


def _demand_units(units: tuple[int, int], change: Change, on: date) -> None:
    if len(set(units)) != 2:
        raise Invalid("two_units", _("Choose two different services."), field="second_unit")
    peopled = queries.peopled(on)
    found = [unit for unit in directory.units(on=on) if unit.id in units and unit.id in peopled]
    if len(found) != 2:
        raise Invalid("unknown_unit", _("Choose services in which somebody works."), field="second_unit")
    wanted = queries.roles_wanted(change, on)
    if not any(queries.may_be_strong(unit.roles, wanted) for unit in found):
        raise Invalid(
            "nobody_strong",
            _("In neither service does anybody hold that function. Choose one where somebody does."),
            field="first_unit",
        )
