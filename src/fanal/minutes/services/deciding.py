"""What becomes of an item: a vote by seat, an outcome, the decision in the register, action points."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fanal.access.rules import Member
from fanal.bodies import queries as bodies
from fanal.bodies.rules import Ballot as Say
from fanal.bodies.rules import Outcome as Ended
from fanal.bodies.rules import SeatHeld, counted, quorum, vote_problem
from fanal.decisions import services as decisions
from fanal.directory import queries as directory
from fanal.errors import Invalid, NotAllowed, Refusal
from fanal.meetings import queries as meetings
from fanal.meetings import services as meeting_services
from fanal.meetings.queries import Line, Sight
from fanal.minutes import queries
from fanal.minutes.models import Action, Ballot, Minutes, Outcome, Vote
from fanal.minutes.rules import attendance
from fanal.minutes.rules.states import Act
from fanal.minutes.services.after import approve
from fanal.minutes.services.common import demand, prepared, trace, words

REFUSED = {
    "no_seat": _("This seat does not exist in this body."),
    "seat_does_not_vote": _("An observer or an advisory member does not vote."),
    "seat_excluded": _("This seat does not vote on this item: that was fixed when the agenda was set."),
    "seat_absent": _("Nobody sits for this seat at this moment."),
}


@dataclass(frozen=True, slots=True)
class _Room:
    """An item with the seats that count for it at this moment."""

    row: Minutes
    eye: Sight
    line: Line
    seats: tuple[SeatHeld, ...]
    there: frozenset[UUID]


def _room(row: Minutes, eye: Sight, item_id: UUID, at: datetime) -> _Room:
    line = queries.line(meetings.meeting(row.reference, eye), item_id, eye)
    there = attendance.there(queries.noted(row, eye), at)
    return _Room(row, eye, line, bodies.seats(row.body, row.held_on), there)


def _demand_quorum(room: _Room) -> None:
    rule = queries.rule_of(bodies.body(room.row.body, room.row.held_on), room.row)
    found = quorum(rule, room.seats, room.there, room.line.excluded)
    if not found.reached:
        raise Refusal(
            "no_quorum",
            _("Too few seats with a vote are there: %(present)d of the %(needed)d that it takes.")
            % {"present": found.present, "needed": found.needed},
            present=found.present,
            needed=found.needed,
        )


def _demand_vote(room: _Room, seat_id: UUID) -> None:
    seat = next((each for each in room.seats if each.id == seat_id), None)
    problem = vote_problem(seat, room.line.excluded) or ("" if seat_id in room.there else "seat_absent")
    if problem:
        raise Refusal(problem, REFUSED[problem], field="votes")


@transaction.atomic
def open_ballot(*, by: Member, reference: str, item_id: UUID, motion: str, at: datetime) -> Ballot:
    """Put a motion to the vote, so that each seat votes from its own place. A vote that is open already is given back.

    Refused: `NotFound`; `NotAllowed`; `Refusal` `not_now`, `no_quorum`, `outcome_there`; `Invalid` `empty`, `too_long`.
    """
    row, eye = prepared(reference, Act.DECIDE, by, at)
    room = _room(row, eye, item_id, at)
    _demand_quorum(room)
    _demand_no_outcome(room)
    there = queries.open_ballots(row, eye).filter(item=item_id).first()
    return there or _ballot(room, motion, by, at)


def _ballot(room: _Room, motion: str, by: Member, at: datetime) -> Ballot:
    made = Ballot.objects.create(
        compartment_id=room.line.compartment_id,
        minutes=room.row,
        item=room.line.item_id,
        motion=words(motion, "text"),
        opened_at=at,
        by=by.person_id,
    )
    trace(
        "open_ballot",
        room.row,
        by=by,
        at=at,
        compartment_id=room.line.compartment_id,
        objects=(made.id,),
    )
    return made


@transaction.atomic
def cast(*, by: Member, reference: str, ballot_id: UUID, choice: str, at: datetime) -> Vote:
    """Vote for one's own seat; another vote of the same seat takes the place of the first while the vote is open.

    Refused: `NotFound`; `Refusal` `not_now`, `seat_does_not_vote`, `seat_excluded`, `seat_absent`, `vote_closed`;
    `Invalid` `choice`.
    """
    eye = queries.sight(by, at)
    row = queries.minutes(reference, eye)
    demand(row, Act.DECIDE)
    ballot = queries.ballot(ballot_id, row, eye)
    if ballot.closed_at is not None:
        raise Refusal("vote_closed", _("This vote is closed."))
    room = _room(row, eye, ballot.item, at)
    return _vote(room, ballot, eye.seats[row.body].id, choice, by, at)


def _vote(room: _Room, ballot: Ballot, seat_id: UUID, choice: str, by: Member, at: datetime) -> Vote:
    if choice not in list(Say):
        raise Invalid("choice", _("Choose: for, against, or abstains."), field="choice")
    _demand_vote(room, seat_id)
    vote, _made = Vote.objects.update_or_create(
        ballot=ballot,
        seat=seat_id,
        defaults={
            "compartment_id": ballot.compartment_id,
            "minutes": room.row,
            "choice": choice,
            "at": at,
            "by": by.person_id,
        },
    )
    trace(
        "cast",
        room.row,
        by=by,
        at=at,
        compartment_id=ballot.compartment_id,
        objects=(ballot.id, vote.id),
    )
    return vote


@dataclass(frozen=True, slots=True, kw_only=True)
class Concluded:
    """What becomes of an item. `way`: `consensus` or `vote`, for an opinion or a decision; `votes` by seat, as hands
    are shown; `owners` (ids of units) and `due_on` of the decision; `until` of what is deferred; `to_body` of what is
    sent on. `synthetic`: invented, for a demonstration, and said so in the register."""

    kind: str
    way: str = ""
    text: str = ""
    votes: Mapping[UUID, str] = field(default_factory=dict)
    owners: Sequence[int] = ()
    due_on: date | None = None
    until: date | None = None
    to_body: str = ""
    synthetic: bool = False


@transaction.atomic
def conclude(*, by: Member, reference: str, item_id: UUID, outcome: Concluded, at: datetime) -> Outcome:
    """Note what becomes of an item, in one act: the votes are counted, a decision that is adopted enters the register,
    and the item is settled. An item that approves earlier minutes approves them when it is decided.

    A motion that falls is an outcome too: nothing enters the register. Refused: `NotFound`; `NotAllowed`; `Refusal`
    `not_now`, `no_quorum`, `outcome_there`, a vote's `seat_…`; `Invalid` `kind`, `way`, `empty`, `until`, `to_body`,
    `owners`, and what the register and the agenda refuse.
    """
    row, eye = prepared(reference, Act.DECIDE, by, at)
    room = _room(row, eye, item_id, at)
    _demand_no_outcome(room)
    earlier = queries.approved_by(item_id, eye)
    _demand_whole(outcome, row, owned=earlier is None)
    substance = outcome.kind in queries.SUBSTANCE
    if substance:
        _demand_quorum(room)
    ballot = _counted(room, outcome, by, at) if outcome.way == "vote" and substance else None
    number = ""
    if outcome.kind == "decided" and (ballot is None or ballot.adopted):
        if earlier is None:
            number = _registered(room, outcome, by, at)
        else:
            approve(by=by, reference=earlier.reference, meeting=row.reference, at=at)
    made = _noted(room, outcome, ballot, number, by, at)
    meeting_services.settle(
        by=by,
        point_id=room.line.point_id,
        outcome=made.kind,
        until=made.until,
        to_body=outcome.to_body if made.kind == "sent" else "",
        words=made.text,
        at=at,
    )
    trace(
        "conclude", row, by=by, at=at, compartment_id=room.line.compartment_id, objects=(made.id,),
        kind=made.kind, way=made.way, numbered=bool(number),
    )  # fmt: skip
    return made


def _noted(
    room: _Room, outcome: Concluded, ballot: Ballot | None, number: str, by: Member, at: datetime
) -> Outcome:
    substance = outcome.kind in queries.SUBSTANCE
    made, _new = Outcome.objects.update_or_create(
        minutes=room.row,
        item=room.line.item_id,
        defaults={
            "compartment_id": room.line.compartment_id,
            "kind": outcome.kind,
            "way": outcome.way if substance else "",
            "text": outcome.text.strip(),
            "until": outcome.until if outcome.kind == "deferred" else None,
            "ballot": ballot,
            "decision": number,
            "at": at,
            "by": by.person_id,
        },
    )
    return made


def _demand_no_outcome(room: _Room) -> None:
    """What was voted or decided stands; any other outcome may be noted anew while the session lasts."""
    found = queries.rows(Outcome, room.eye).filter(minutes=room.row, item=room.line.item_id).first()
    if found is not None and found.kind in queries.SUBSTANCE:
        raise Refusal("outcome_there", _("What became of this item is noted already."))


def _demand_whole(outcome: Concluded, row: Minutes, *, owned: bool) -> None:
    if outcome.kind not in ("noted", "opinion", "decided", "stays", "deferred", "sent"):
        raise Invalid("kind", _("Choose what became of the item."), field="kind")
    if outcome.kind in queries.SUBSTANCE:
        if outcome.way not in ("consensus", "vote"):
            raise Invalid("way", _("Say whether it was by consensus or by vote."), field="way")
        words(outcome.text, "text")
    if outcome.kind == "decided" and owned and not outcome.owners:
        raise Invalid("owners", _("Say which service carries the decision out."), field="owners")
    if outcome.kind == "deferred" and (outcome.until is None or outcome.until <= row.held_on):
        raise Invalid("until", _("Say until which day after this meeting."), field="until")
    if outcome.kind == "sent" and not outcome.to_body:
        raise Invalid("to_body", _("Say to which body it goes."), field="to_body")


def _counted(room: _Room, outcome: Concluded, by: Member, at: datetime) -> Ballot:
    ballot = queries.open_ballots(room.row, room.eye).filter(item=room.line.item_id).first()
    ballot = ballot or _ballot(room, outcome.text, by, at)
    for seat_id, choice in outcome.votes.items():
        _vote(room, ballot, seat_id, choice, by, at)
    said = {vote.seat: Say(vote.choice) for vote in queries.rows(Vote, room.eye).filter(ballot=ballot)}
    rule = queries.rule_of(bodies.body(room.row.body, room.row.held_on), room.row)
    count = counted(said, rule, room.seats, present=room.there, excluded=room.line.excluded)
    ballot.closed_at, ballot.adopted = at, count.outcome is Ended.ADOPTED
    ballot.present = sorted(room.there, key=str)
    ballot.result = {
        "yes": count.yes, "no": count.no, "abstain": count.abstain, "needed": count.needed,
        "reason": count.reason.value,
    }  # fmt: skip
    ballot.save(update_fields=["closed_at", "adopted", "present", "result"])
    trace(
        "close_ballot", room.row, by=by, at=at, compartment_id=ballot.compartment_id, objects=(ballot.id,),
        adopted=ballot.adopted, **{name: ballot.result[name] for name in ("yes", "no", "abstain")},
    )  # fmt: skip
    return ballot


def _registered(room: _Room, outcome: Concluded, by: Member, at: datetime) -> str:
    made = decisions.record(
        by=by,
        body_code=room.row.body,
        title=room.line.title,
        text=outcome.text.strip(),
        taken_on=room.row.held_on,
        owner_unit_ids=list(outcome.owners),
        due_on=outcome.due_on,
        compartment_id=room.line.compartment_id if room.line.restricted else None,
        meeting_key=room.row.reference,
        item_key=room.line.reference,
        synthetic=outcome.synthetic,
        at=at,
    )
    return str(made.number)


@transaction.atomic
def add_action(
    *,
    by: Member,
    reference: str,
    item_id: UUID,
    text: str,
    unit_id: int,
    due_on: date | None = None,
    at: datetime,
) -> Action:
    """Note who does what until when. Refused: `NotFound`; `NotAllowed`; `Refusal` `not_now`; `Invalid` `empty`,
    `too_long`, `unit`."""
    row, eye = prepared(reference, Act.WRITE, by, at)
    line = queries.line(meetings.meeting(reference, eye), item_id, eye)
    if unit_id not in {unit.id for unit in directory.units(on=eye.on)}:
        raise Invalid("unit", _("Choose a service of the directory."), field="unit")
    made = Action.objects.create(
        compartment_id=line.compartment_id,
        minutes=row,
        item=item_id,
        text=words(text, "text", longest=2000),
        unit_id=unit_id,
        due_on=due_on,
        at=at,
        by=by.person_id,
    )
    trace(
        "add_action", row, by=by, at=at, compartment_id=line.compartment_id, objects=(made.id,), unit=unit_id
    )
    return made


@transaction.atomic
def finish_action(*, by: Member, action_id: UUID, at: datetime) -> Action:
    """Say that an action point is done: its service, or who prepares the meetings. Twice changes nothing.

    Refused: `NotFound`; `NotAllowed` `not_yours`.
    """
    eye = queries.sight(by, at)
    action = queries.action(action_id, eye)
    if action.unit_id != by.unit_id and not eye.seats[action.minutes.body].prepares:
        raise NotAllowed("not_yours", _("Only the service that does this says that it is done."))
    if action.done_at is None:
        action.done_at, action.done_by = at, by.person_id
        action.save(update_fields=["done_at", "done_by"])
        trace(
            "finish_action", action.minutes, by=by, at=at, compartment_id=action.compartment_id,
            objects=(action.id,),
        )  # fmt: skip
    return action
