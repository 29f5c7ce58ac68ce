"""What takes effect at once, by one person: closing an account, leaving a service, ending one's own logins."""

from datetime import datetime
from uuid import UUID

from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access import queries as access_queries
from fanal.access import services as access
from fanal.access.models import Account, Membership
from fanal.access.rules import Member, Role
from fanal.accounts import queries, rules
from fanal.accounts.services.asking import demand_person
from fanal.accounts.services.vouching import end
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.errors import NotAllowed, NotFound


@transaction.atomic
def close(*, by: Member, membership_id: UUID, at: datetime) -> Account:
    """Close the account of a member at once: no login, no token and no session of it is good any more.

    Closing it twice changes nothing. Refused with `NotAllowed` (`too_strong`, `by_token`), see `rules.may_close`.
    """
    demand_person(by)
    membership = queries.membership(membership_id, by, anywhere=True)
    _demand_may_close(by, membership, at)
    account = Account.objects.select_for_update().get(pk=membership.account_id)
    if account.is_active:
        account.is_active = False
        account.save(update_fields=["is_active"])
        logins = access.end_logins(account_id=account.id)
        tokens = access.end_tokens(account_id=account.id, at=at)
        _record(by, "accounts.close", at, account.id, sessions=logins, tokens=tokens, unit=membership.unit_id)
    return account


@transaction.atomic
def leave(*, by: Member, membership_id: UUID, at: datetime) -> Membership:
    """End one membership at once, the account staying; refused as `close`. Ending it twice changes nothing."""
    demand_person(by)
    found = queries.membership(membership_id, by, anywhere=True)
    _demand_may_close(by, found, at)
    membership = Membership.objects.select_for_update().get(pk=found.pk)
    if membership.ended_at is None:
        end(membership, at)
        _record(by, "accounts.leave", at, membership.account_id, unit=membership.unit_id)
    return membership


@transaction.atomic
def end_login(*, by: Member, login_id: UUID, at: datetime) -> None:
    """Log the member out where she sees that she is logged in; `NotFound` for a login that is not hers."""
    found = access_queries.logins_of(by.person_id).filter(pk=login_id).first()
    if found is None:
        raise NotFound
    others = access_queries.logins_of(by.person_id).exclude(pk=login_id).values_list("session_key", flat=True)
    access.end_logins(account_id=by.person_id, but=list(others))
    _record(by, "accounts.end_login", at, by.person_id)


@transaction.atomic
def end_other_logins(*, by: Member, but: str, at: datetime) -> int:
    """Log the member out everywhere except in the session with the key `but`; returns how many ended."""
    ended = access.end_logins(account_id=by.person_id, but=[but])
    _record(by, "accounts.end_logins", at, by.person_id, sessions=ended)
    return ended


@transaction.atomic
def unlink(*, by: Member, identity_id: int, at: datetime) -> None:
    """Forget the login of another house that the member linked; `NotFound` for one that is not hers."""
    gone, _rows = SocialAccount.objects.filter(pk=identity_id, user_id=by.person_id).delete()
    if not gone:
        raise NotFound
    _record(by, "accounts.unlink", at, by.person_id)


def note_link(*, by: Member, at: datetime) -> None:
    """Trace that the member linked the login of another house to her account."""
    _record(by, "accounts.link", at, by.person_id)


def _demand_may_close(by: Member, membership: Membership, at: datetime) -> None:
    roles = queries.roles_of(membership.account_id, timezone.localdate(at)) or [Role(membership.role)]
    if not rules.may_close(
        by.role,
        roles,
        own_unit=membership.unit_id == by.unit_id,
        herself=membership.account_id == by.person_id,
    ):
        raise NotAllowed("too_strong", _("Nobody closes an account that is stronger than her own."))


def _record(by: Member, act: str, at: datetime, account_id: UUID, **facts: object) -> None:
    audit.record(by=by, verb=Verb.ALTER, act=act, at=at, object_ids=[account_id], facts=facts)
