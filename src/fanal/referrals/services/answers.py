"""From the side that is asked: accept, refuse, report that it is done."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access import vault
from fanal.access.queries import visible
from fanal.access.rules import Member
from fanal.country import queries as country
from fanal.errors import Invalid, Refusal
from fanal.notify import services as notify
from fanal.referrals import queries
from fanal.referrals.models import Referral, Reply
from fanal.referrals.rules.moves import Act
from fanal.referrals.services.changes import change, demand_move

ONCE = "referral_accepted_once"


@transaction.atomic
def accept(*, by: Member, reference: str, at: datetime) -> Referral:
    """Accept a person for the unit that was asked. Twice changes nothing.

    Of several referrals of one person for one purpose the first acceptance wins, whichever unit proposed them; the
    others are refused with `taken_elsewhere`, which says nothing of where. Refused too: `NotFound`, `not_now`,
    `not_your_side`.
    """
    referral = queries.referral(reference, by, lock=True)
    try:
        with transaction.atomic():
            accepted = change(referral, Act.ACCEPT, by=by, at=at)
    except IntegrityError as error:
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") != ONCE:
            raise
        raise Refusal("taken_elsewhere", _("This person has been taken on elsewhere.")) from None
    if accepted:
        _tell_sender(referral, "referral.accepted", at)
    return referral


@transaction.atomic
def refuse(*, by: Member, reference: str, reason: str, words: str = "", at: datetime) -> Referral:
    """Refuse a person, for a coded reason and perhaps in words; the unit's sight of what was sent ends. Twice changes
    nothing, another reason included.

    Refused: `NotFound`, `Invalid` `unknown_reason`, `not_now`, `not_your_side`.
    """
    referral = queries.referral(reference, by, lock=True)
    if demand_move(referral, Act.REFUSE, by=by) is None:
        return referral
    if not country.law(timezone.localdate(at)).has_code("referral_refusal", reason):
        raise Invalid("unknown_reason", _("Choose one of the reasons."), field="reason")
    _say(referral, "refused", words, by)  # before the refusal, with which the unit's sight ends
    change(referral, Act.REFUSE, by=by, at=at, refusal=reason)
    _tell_sender(referral, "referral.refused", at)
    return referral


@transaction.atomic
def report_done(*, by: Member, reference: str, words: str = "", at: datetime) -> Referral:
    """Report back that what was asked is done. Twice changes nothing.

    Refused: `NotFound`, `not_now` before it was accepted, `not_your_side`.
    """
    referral = queries.referral(reference, by, lock=True)
    if change(referral, Act.REPORT_DONE, by=by, at=at):
        _say(referral, "done", words, by)
        _tell_sender(referral, "referral.done", at)
    return referral


def _say(referral: Referral, about: str, words: str, by: Member) -> None:
    if not words.strip():
        return
    reply = visible(Reply, by).get(referral_id=referral.id)
    said = {**queries.replies(referral.id, by), about: words.strip()}
    reply.sealed = vault.seal(reply.id, said)
    reply.save(update_fields=["sealed"])


def _tell_sender(referral: Referral, kind: str, at: datetime) -> None:
    notify.tell(unit_ids=[referral.from_unit_id], kind=kind, reference=referral.reference, at=at)
