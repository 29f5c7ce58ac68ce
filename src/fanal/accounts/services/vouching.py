"""The two voices: the second one puts a change into force, in its own transaction."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from fanal.access.models import Account, Membership
from fanal.access.rules import Member, Role, administers
from fanal.accounts import queries, rules
from fanal.accounts.models import Change, Vouch
from fanal.accounts.rules import Kind, State, Voice
from fanal.accounts.services.asking import WHY, demand_apart, demand_person, record, waiting
from fanal.audit.services import Verb
from fanal.directory import services as directory
from fanal.errors import NotAllowed
from fanal.notify import services as notify


@transaction.atomic
def vouch(*, by: Member, change_id: UUID, at: datetime) -> Change:
    """Agree to a change for one of the two services that it names; the second voice puts it into force at once.

    Refused: `by_token`, `settled`, `own_request`, `about_herself`, `not_named`, `already`, `too_strong`, and what may
    have changed since it was asked (`account_exists`, `roles_apart`).
    """
    demand_person(by)
    change = waiting(change_id, by, at)
    earlier = [Voice(each.account_id, each.unit_id, each.strong) for each in change.vouches.all()]
    wanted = queries.roles_wanted(change, timezone.localdate(at))
    voice = Voice(by.person_id, by.unit_id, all(administers(by.role, role) for role in wanted))
    code = rules.why_not_vouch(
        voice,
        earlier,
        asked_by=change.asked_by_id,
        about=change.account_id,
        units=(change.first_unit_id, change.second_unit_id),
    )
    if code:
        raise NotAllowed(code, WHY[code])
    Vouch.objects.create(
        change=change, account_id=by.person_id, unit_id=by.unit_id, strong=voice.strong, at=at
    )
    record(by, Verb.ALTER, "accounts.vouch", change, at)
    if rules.in_force([*earlier, voice]):
        _put_into_force(by, change, at)
    return change


def _put_into_force(by: Member, change: Change, at: datetime) -> None:
    _ACTS[Kind(change.kind)](by, change, at)
    change.state, change.settled_at, change.settled_by_id = State.DONE.value, at, by.person_id
    change.save()
    record(by, Verb.ALTER, "accounts.in_force", change, at)
    notify.tell(unit_ids=[change.asked_unit_id], kind="accounts.in_force", reference="", at=at)


def _account(by: Member, change: Change, at: datetime) -> None:
    queries.demand_new(change.email)
    change.account = Account.objects.create_user(change.email, name=change.name, language=change.language)
    _join(change, at)


def _membership(by: Member, change: Change, at: datetime) -> None:
    demand_apart([*queries.roles_of(change.account_id, timezone.localdate(at)), Role(change.role)])
    _join(change, at)


def _join(change: Change, at: datetime) -> None:
    change.membership = Membership.objects.create(
        account_id=change.account_id,
        unit_id=change.unit_id,
        role=change.role,
        valid_from=timezone.localdate(at),
        valid_to=change.valid_to,
    )


def _role(by: Member, change: Change, at: datetime) -> None:
    """The old membership ends at this moment, with its tokens; what was done under it stays under it."""
    old = Membership.objects.select_for_update().get(pk=change.membership_id)
    others = queries.roles_of(old.account_id, timezone.localdate(at), but=old.id)
    demand_apart([*others, Role(change.role)])
    change.valid_to = old.valid_to
    end(old, at)
    _join(change, at)


def end(membership: Membership, at: datetime) -> None:
    """A membership is over from this moment on, and its tokens with it."""
    membership.ended_at = at
    membership.save(update_fields=["ended_at"])
    membership.tokens.filter(revoked_at__isnull=True).update(revoked_at=at)


def _enable(by: Member, change: Change, at: datetime) -> None:
    Account.objects.filter(pk=change.account_id).update(is_active=True)


def _reset(by: Member, change: Change, at: datetime) -> None:
    """Nothing yet: what she has goes when she comes with the two halves of her code."""


def _unit(by: Member, change: Change, at: datetime) -> None:
    told = change.details
    unit = directory.open_unit(
        by=by,
        like=told["like"],
        name=told["name"],
        institution=told.get("institution", ""),
        institution_name=told.get("institution_name", ""),
        at=at,
    )
    change.unit_id = unit.id


_ACTS = {
    Kind.ACCOUNT: _account,
    Kind.MEMBERSHIP: _membership,
    Kind.ROLE: _role,
    Kind.ENABLE: _enable,
    Kind.RESET: _reset,
    Kind.UNIT: _unit,
}
