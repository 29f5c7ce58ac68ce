"""What becomes of a decision: followed up with evidence, rescheduled, superseded."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access.rules import Member
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.bodies import queries as bodies
from fanal.decisions import queries, rules
from fanal.decisions.models import Decision, State, Step
from fanal.decisions.services.recording import note_step, tell
from fanal.errors import Invalid, NotAllowed, Refusal, Stale


@transaction.atomic
def follow(
    *,
    by: Member,
    number: str,
    state: rules.State,
    note: str = "",
    link: str = "",
    version: int | None = None,
    at: datetime,
) -> Decision:
    """Say how far a decision is, with a note and a link that show it.

    By a service that answers for it, or by who prepares the body; dropping it is for the latter alone. The same state
    again adds evidence. Refused: `NotFound`, `NotAllowed` (`not_owner`, `seat_does_not_prepare`), `Refusal`
    (`no_such_move`), `Invalid` (`no_evidence`: done and dropped need words or a link), `Stale`.
    """
    decision = _locked(number, by, at, version)
    before = rules.State(decision.state)
    note, link = note.strip(), link.strip()
    if state is rules.State.DROPPED:
        bodies.demand_prepares(decision.body.code, by, timezone.localdate(at))
    else:
        demand_follows(decision, by, timezone.localdate(at))
    if not rules.may_move(before, state):
        raise Refusal("no_such_move", _("From its present state the decision cannot go there."))
    if not note and not link and (before is state or state in (rules.State.DONE, rules.State.DROPPED)):
        raise Invalid("no_evidence", _("Write what shows it, or give a link."), field="note")
    if before is not state:
        closed = None if state in rules.OPEN else timezone.localdate(at)
        _change(decision, state=state.value, closed_on=closed)
    act = Step.Act.FOLLOWED if before is state else Step.Act.MOVED
    note_step(decision, act, by=by, at=at, state=state.value, note=note, link=link)
    _trace(decision, "decisions.follow", by, at, {"from": before.value, "to": state.value})
    return decision


@transaction.atomic
def reschedule(
    *, by: Member, number: str, due_on: date | None, note: str, version: int | None = None, at: datetime
) -> Decision:
    """Give a decision another due date, with the reason. By who prepares the body.

    Refused: `NotFound`, `NotAllowed`, `Refusal` (`finished`), `Invalid` (`due_before_taken`, `no_reason`), `Stale`.
    """
    decision = _locked(number, by, at, version)
    bodies.demand_prepares(decision.body.code, by, timezone.localdate(at))
    if rules.State(decision.state) not in rules.OPEN:
        raise Refusal("finished", _("This decision is finished: it has no due date any more."))
    if due_on is not None and due_on < decision.taken_on:
        raise Invalid(
            "due_before_taken", _("It cannot be due before the day on which it was taken."), field="due_on"
        )
    if not note.strip():
        raise Invalid("no_reason", _("Say why."), field="note")
    _change(decision, due_on=due_on)
    note_step(decision, Step.Act.RESCHEDULED, by=by, at=at, due_on=due_on, note=note.strip())
    _trace(decision, "decisions.reschedule", by, at)
    tell(decision, "decisions.rescheduled", but=by.unit_id, at=at)
    return decision


@transaction.atomic
def supersede(*, by: Member, number: str, by_number: str, note: str = "", at: datetime) -> Decision:
    """Say that another decision stands in the place of this one. By who prepares its body.

    Refused: `NotFound`, `NotAllowed`, `Refusal` (`superseded`: it is already), `Invalid` (`supersedes_itself`,
    `superseded_in_a_circle`, `unknown_decision`, `hidden_successor`: a decision for fewer readers would be told).
    """
    decision = _locked(number, by, at, None)
    on = timezone.localdate(at)
    bodies.demand_prepares(decision.body.code, by, on)
    wanted = by_number.strip().upper()
    if wanted == decision.number:
        raise Invalid("supersedes_itself", _("A decision does not supersede itself."), field="by_number")
    if decision.state == State.SUPERSEDED:
        raise Refusal("superseded", _("Another decision stands in its place already."))
    successor = queries.visible(by, on).filter(number=wanted).first()
    if successor is None:
        raise Invalid("unknown_decision", _("There is no decision with this number."), field="by_number")
    if successor.compartment_id not in (decision.compartment_id, successor.body.compartment_id):
        raise Invalid(
            "hidden_successor",
            _("That decision is for fewer readers than this one: its number would tell them of it."),
            field="by_number",
        )
    chain = _chain(by, on)
    if rules.would_circle(decision.number, wanted, chain):
        raise Invalid(
            "superseded_in_a_circle",
            _("This decision already stands in the place of that one, directly or through others."),
            field="by_number",
        )
    _change(decision, state=State.SUPERSEDED, superseded_by=successor, closed_on=successor.taken_on)
    note_step(
        decision, Step.Act.SUPERSEDED, by=by, at=at, state=State.SUPERSEDED,
        note=f"{successor.number} {note.strip()}".strip(),
    )  # fmt: skip
    _trace(decision, "decisions.supersede", by, at, also=successor)
    tell(decision, "decisions.superseded", but=by.unit_id, at=at)
    return decision


def demand_follows(decision: Decision, by: Member, on: date) -> None:
    """`NotAllowed` (`not_owner`) for who neither answers for the decision nor prepares its body."""
    if by.unit_id in decision.owners:
        return
    seat = bodies.my_seat(decision.body.code, by, on)
    if seat is None or not seat.prepares:
        raise NotAllowed(
            "not_owner", _("Only the service that answers for it, the chair and the secretariat do this.")
        )


def _chain(by: Member, on: date) -> dict[str, str]:
    rows = queries.visible(by, on).filter(superseded_by__isnull=False)
    return dict(rows.values_list("number", "superseded_by__number"))


def _locked(number: str, by: Member, at: datetime, version: int | None) -> Decision:
    decision = queries.get(number, by, on=timezone.localdate(at), lock=True)
    if version is not None and decision.version != version:
        raise Stale("stale", _("Somebody changed this decision meanwhile. Look at it again."))
    return decision


def _change(decision: Decision, **values: object) -> None:
    for name, value in values.items():
        setattr(decision, name, value)
    decision.version += 1
    decision.save(update_fields=[*values, "version"])


def _trace(
    decision: Decision,
    act: str,
    by: Member,
    at: datetime,
    facts: Mapping[str, object] | None = None,
    *,
    also: Decision | None = None,
) -> None:
    audit.record(
        by=by, verb=Verb.ALTER, act=act, at=at, compartment_id=decision.compartment_id,
        object_ids=[decision.id, *([also.id] if also else [])], reference=decision.number, facts=facts,
    )  # fmt: skip
