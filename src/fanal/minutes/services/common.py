"""What every act on minutes begins with: who may, in which state, and the trace it leaves."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fanal.access.rules import Member
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.bodies import queries as bodies
from fanal.errors import Invalid, Refusal
from fanal.meetings.queries import Sight
from fanal.minutes import queries
from fanal.minutes.models import Minutes
from fanal.minutes.rules import states
from fanal.minutes.rules.states import Act

_NOT_NOW = {
    states.State.SESSION: _("The session is not closed yet."),
    states.State.DRAFT: _("The session is closed; the draft was not given round yet."),
    states.State.CIRCULATED: _("The session is closed and the draft was given round."),
    states.State.APPROVED: _("These minutes are approved. They change no more: add an addendum."),
}
LONGEST = 60_000
"""Characters of one text; a house rule, not a legal one."""


def prepared(reference: str, act: Act, by: Member, at: datetime) -> tuple[Minutes, Sight]:
    """Minutes, locked, for an act of the chair or the secretariat. `NotFound`; `NotAllowed`; `Refusal` `not_now`."""
    eye = queries.sight(by, at)
    row = queries.minutes(reference, eye, lock=True)
    bodies.demand_prepares(row.body, by, eye.on)
    demand(row, act)
    return row, eye


def demand(row: Minutes, act: Act) -> None:
    """Refuse with `not_now` (or `approved`) what the state of the minutes does not let be done."""
    state = states.State(row.state)
    if not states.allowed(state, act):
        raise Refusal("approved" if state is states.State.APPROVED else "not_now", _NOT_NOW[state])


def words(text: str, field: str, *, longest: int = LONGEST) -> str:
    """Text without space around it; `Invalid` (`empty`, `too_long`) otherwise."""
    kept = text.strip()
    if not kept:
        raise Invalid("empty", _("Write something here."), field=field)
    if len(kept) > longest:
        raise Invalid("too_long", _("This is longer than what is kept here."), field=field, longest=longest)
    return kept


def trace(
    act: str,
    row: Minutes,
    *,
    by: Member,
    at: datetime,
    compartment_id: UUID | None = None,
    objects: tuple[UUID, ...] = (),
    verb: Verb = Verb.ALTER,
    **facts: object,
) -> None:
    """One line of the trace, in the compartment of the item where it is about one. Codes and numbers only."""
    audit.record(
        by=by,
        verb=verb,
        act=f"minutes.{act}",
        at=at,
        compartment_id=compartment_id or row.compartment_id,
        object_ids=[row.id, *objects],
        reference=row.reference,
        facts=facts,
    )
