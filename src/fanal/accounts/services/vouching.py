"""The two voices: the second one puts a change into force, in its own transaction."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access.models import Account, Membership
from fanal.access.rules import Member, Role, administers
from fanal.accounts import queries, rules
from fanal.accounts.models import Change, Vouch
from fanal.accounts.rules import Kind, State, Voice
from fanal.accounts.services.asking import WHY, demand_apart, demand_person, record, waiting
from fanal.audit.services import Verb
from fanal.directory import services as directory
from fanal.errors import Invalid, NotAllowed, Refusal
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
    about, old = change.account, change.membership
    if about:  # what is decided about one person is decided one after the other
        about = Account.objects.select_for_update().get(pk=about.pk)
    match Kind(change.kind):
        case Kind.ACCOUNT:
            _account(change, at)
        case Kind.UNIT:
            _unit(by, change, at)
        case Kind.MEMBERSHIP if about:
            _membership(change, about.pk, at)
        case Kind.ROLE if old:
            _role(change, old, at)
        case Kind.ENABLE if about:
            about.is_active = True
            about.save(update_fields=["is_active"])
        case _:
            pass  # a new start: what she has goes when she comes with the two halves of her code
    change.state, change.settled_at, change.settled_by_id = State.DONE.value, at, by.person_id
    change.save()
    record(by, Verb.ALTER, "accounts.in_force", change, at)
    notify.tell(unit_ids=[change.asked_unit_id], kind="accounts.in_force", reference="", at=at)


def _account(change: Change, at: datetime) -> None:
    try:
        with transaction.atomic():
            change.account = Account.objects.create_user(
                change.email, name=change.name, language=change.language
            )
    except IntegrityError as taken:
        raise Invalid("account_exists", _("There is an account with this address."), field="email") from taken
    _join(change, change.account.pk, at)


def _membership(change: Change, account_id: UUID, at: datetime) -> None:
    demand_apart([*queries.roles_of(account_id, timezone.localdate(at)), Role(change.role)])
    _join(change, account_id, at)


def _join(change: Change, account_id: UUID, at: datetime) -> None:
    change.membership = Membership.objects.create(
        account_id=account_id,
        unit_id=change.unit_id or 0,  # a request about a person names the service
        role=change.role,
        valid_from=timezone.localdate(at),
        valid_to=change.valid_to,
    )


def _role(change: Change, old: Membership, at: datetime) -> None:
    """The old membership ends at this moment, with its tokens; what was done under it stays under it."""
    old.refresh_from_db()
    if old.ended_at is not None:
        raise Refusal("settled", _("She left the service since this was asked."))
    others = queries.roles_of(old.account_id, timezone.localdate(at), but=old.id)
    demand_apart([*others, Role(change.role)])
    change.valid_to = old.valid_to
    end(old, at)
    _join(change, old.account_id, at)


def end(membership: Membership, at: datetime) -> None:
    """A membership is over from this moment on, and its tokens with it."""
    membership.ended_at = at
    membership.save(update_fields=["ended_at"])
    membership.tokens.filter(revoked_at__isnull=True).update(revoked_at=at)


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
