"""One change of state: asked of the rules, written, traced."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fanal.access.rules import Member
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.country import queries as country
from fanal.country.rules import due_at
from fanal.errors import NotAllowed, Refusal
from fanal.referrals import queries
from fanal.referrals.models import Referral
from fanal.referrals.rules.moves import Act, State, after, moves, repeats

_ENDED: dict[State, Promise] = {
    State.PROPOSED: _("This referral has not been accepted yet."),
    State.ACCEPTED: _("This referral was already accepted."),
    State.REFUSED: _("This referral was already refused."),
    State.WITHDRAWN: _("This referral was withdrawn."),
    State.ELSEWHERE: _("This person has been taken on elsewhere."),
    State.DONE: _("This referral is done."),
}


def demand_move(referral: Referral, act: Act, *, by: Member) -> State | None:
    """Where an act leads on a referral that is locked; None when it was done already.

    Refused: `not_your_side` for an act of the other unit, `not_now` for a state that does not allow it.
    """
    side, state = queries.side(referral, by), State(referral.state)
    if not any(act in moves(side, each) for each in State):
        raise NotAllowed("not_your_side", _("This act belongs to the other service."))
    if repeats(act, state):
        return None
    led = after(act, side, state)
    if led is None:
        raise Refusal("not_now", _ENDED[state], state=state.value)
    return led


def change(referral: Referral, act: Act, *, by: Member, at: datetime, refusal: str = "") -> bool:
    """Make an act's move on a referral that is locked, and trace it; False when it was done already.

    Refused as in `demand_move`.
    """
    led, state = demand_move(referral, act, by=by), State(referral.state)
    if led is None:
        return False
    answers = act in (Act.ACCEPT, Act.REFUSE)
    referral.state, referral.refusal = led.value, refusal
    referral.answered_at = at if answers else referral.answered_at
    referral.ended_at = None if led is State.ACCEPTED else at
    if led is State.DONE:
        referral.sight_until = _sight_until(at)
    referral.version += 1
    referral.save(update_fields=["state", "refusal", "answered_at", "ended_at", "sight_until", "version"])
    audit.record(
        by=by,
        verb=Verb.ALTER,
        act=f"referrals.{act.value}",
        at=at,
        compartment_id=referral.compartment_id,
        owner_unit_id=referral.from_unit_id,
        object_ids=[referral.id],
        purpose=referral.purpose,
        reference=referral.reference,
        facts={"from": state.value, "to": led.value} | ({"reason": refusal} if refusal else {}),
    )
    return True


def _sight_until(at: datetime) -> date:
    """The last day on which the receiver reads what was sent, once its task is done: a term of the country. The grant
    ends with it in the database."""
    law = country.law(timezone.localdate(at))
    return timezone.localdate(due_at(law.term("referral_sight"), timezone.localtime(at), law.calendar))
