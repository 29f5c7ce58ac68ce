"""A code in two halves: each of the two who agreed draws one and gives it to the person by word of mouth.

Neither of them alone can enter the account, and no mail carries anything that opens it.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access import queries as access_queries
from fanal.access import services as access
from fanal.access import vault
from fanal.access.models import Account
from fanal.access.rules import Member
from fanal.accounts import queries, rules
from fanal.accounts.models import Change, Vouch
from fanal.accounts.rules import HALF, HANDED_OVER, HANDOVER, TRIES, State
from fanal.accounts.services.asking import demand_person, record
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.errors import NotFound, Refusal
from fanal.ids import characters

_PURPOSE = "accounts.half"


@transaction.atomic
def draw_half(*, by: Member, change_id: UUID, at: datetime) -> str:
    """The half of the code of one who agreed, shown once and kept as a keyed digest; a new one replaces the old.

    Refused: `NotFound` for who did not agree, `handed_over` when it was used, is too late or was tried too often.
    """
    demand_person(by)
    change = queries.change(change_id, by, lock=True)
    mine = change.vouches.filter(account_id=by.person_id).first()
    if mine is None:
        raise NotFound
    if not opens(change, at):
        raise Refusal("handed_over", _("This code was used, or its day has passed. Ask for a new one."))
    half = characters(rules.ALPHABET, HALF)
    mine.half = digest(mine, half)
    mine.save(update_fields=["half"])
    record(by, Verb.ALTER, "accounts.draw_half", change, at)
    return half


def opens(change: Change, at: datetime) -> bool:
    """Whether the code of a change still opens an account at this moment."""
    return (
        change.kind in HANDED_OVER
        and change.state == State.DONE.value
        and change.settled_at is not None
        and change.settled_at <= at < change.settled_at + HANDOVER
        and change.entered_at is None
        and change.tries < TRIES
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """An account that a code opens."""

    change_id: UUID
    account: Account


@transaction.atomic
def try_code(*, email: str, halves: tuple[str, str], at: datetime) -> Entry | None:
    """The account that the two halves open, in whichever order, or None; a wrong code is counted, five end it.

    The answer does not say whether there is such an account.
    """
    open_now = [
        change
        for change in Change.objects.select_for_update(of=("self",))
        .filter(
            account__email=email.strip().lower(),
            kind__in=[kind.value for kind in HANDED_OVER],
            state=State.DONE.value,
            entered_at__isnull=True,
            settled_at__gt=at - HANDOVER,
        )
        .order_by("-settled_at")
        if opens(change, at)
    ]
    for change in open_now:
        if _fits(list(change.vouches.all()), halves):
            return Entry(change.id, change.account)  # type: ignore[arg-type]
    for change in open_now:
        change.tries += 1
        change.save(update_fields=["tries"])
    return None


@transaction.atomic
def enter(*, entry: Entry, password: str, at: datetime) -> Account:
    """Give an account its new password, with nothing left of what there was: factors, links, sessions, tokens.

    Refused with `handed_over` when somebody was faster. The next login sets up a new second factor.
    """
    change = Change.objects.select_for_update(of=("self",)).get(pk=entry.change_id)
    account = Account.objects.select_for_update().get(pk=entry.account.pk)
    memberships = access_queries.memberships(account, timezone.localdate(at))
    if not opens(change, at) or not memberships:
        raise Refusal("handed_over", _("This code was used, or its day has passed. Ask for a new one."))
    account.set_password(password)
    account.save(update_fields=["password"])
    account.authenticator_set.all().delete()  # type: ignore[attr-defined]
    SocialAccount.objects.filter(user_id=account.id).delete()
    sessions = access.end_logins(account_id=account.id)
    tokens = access.end_tokens(account_id=account.id, at=at)
    change.entered_at = at
    change.save(update_fields=["entered_at"])
    member = access_queries.member_from(memberships[0])
    with access.acting_as(member):
        audit.record(
            by=member,
            verb=Verb.ALTER,
            act="accounts.enter",
            at=at,
            object_ids=[change.id, account.id],
            facts={"kind": change.kind, "sessions": sessions, "tokens": tokens},
        )
    return account


def _fits(vouches: list[Vouch], halves: tuple[str, str]) -> bool:
    """Each half fits another of the two; nothing fits while one was not drawn."""
    drawn = [vouch for vouch in vouches if vouch.half]
    if len(drawn) != 2:
        return False
    first, second = (rules.tidy(half) for half in halves)
    orders = ((first, second), (second, first))
    return any(
        all(digest(vouch, half) == bytes(vouch.half or b"") for vouch, half in zip(drawn, order, strict=True))
        for order in orders
    )


def digest(vouch: Vouch, half: str) -> bytes:
    """The only form in which half a code is kept: keyed, because its forty bits alone could be guessed."""
    return vault.token(_PURPOSE, f"{vouch.id.hex} {half}")
