"""Reading a session: who is there, what is written of each item, what became of it, as one reader sees it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from fanal.access import queries as access
from fanal.access.models import Walled
from fanal.access.rules import Member
from fanal.bodies import queries as bodies
from fanal.bodies.rules import Quorum, SeatHeld, quorum
from fanal.country import queries as country
from fanal.country.schema import VoteRule
from fanal.errors import NotFound
from fanal.meetings import queries as meetings
from fanal.meetings.queries import Line, Sight
from fanal.minutes.models import Action, Addendum, Ballot, Minutes, Note, Outcome, Presence, Remark, Vote
from fanal.minutes.rules import attendance
from fanal.minutes.rules.attendance import Noted

if TYPE_CHECKING:
    from fanal.meetings.models import Meeting

W = TypeVar("W", bound=Walled)
SUBSTANCE = ("opinion", "decided")
"""Outcomes for which the body needs its quorum."""


def sight(by: Member, at: datetime) -> Sight:
    """What a member sees of meetings on a day; once for a page or an act."""
    return meetings.sight(by, timezone.localdate(at))


def rows(model: type[W], eye: Sight) -> QuerySet[W]:
    """The rows that stand where the reader may look, where a seat names persons only those: the start of every read."""
    found = access.visible(model, eye.by)
    return found.exclude(compartment_id__in=eye.shut) if eye.shut else found


def minutes(reference: str, eye: Sight, *, lock: bool = False) -> Minutes:
    """The minutes of the meeting with this reference; `NotFound` before its session was opened, or to strangers."""
    found = rows(Minutes, eye).filter(reference=reference.upper(), body__in=list(eye.seats))
    row = (found.select_for_update(of=("self",)) if lock else found).first()
    if row is None:
        raise NotFound
    return row


def line(meeting: "Meeting", item_id: UUID, eye: Sight) -> Line:
    """One point of the agenda that the reader sees; `NotFound`."""
    found = next((each for each in meetings.agenda(meeting, eye) if each.item_id == item_id), None)
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class BallotSeen:
    """A vote with what each seat said."""

    row: Ballot
    votes: Mapping[UUID, str]


@dataclass(frozen=True, slots=True)
class Treated:
    """One item of the agenda with what the session made of it. `mine`: the reader may write here."""

    line: Line
    note: Note | None
    outcome: Outcome | None
    ballot: BallotSeen | None
    actions: Sequence[Action]
    remarks: Sequence[Remark]
    addenda: Sequence[Addendum]
    quorum: Quorum

    @property
    def text(self) -> str:
        return self.note.text if self.note else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Minutes as one reader sees them. `seats`: of the body on the day of the meeting; `whole`: remarks and addenda
    that are of no single item."""

    row: Minutes
    meeting: "Meeting"
    body: bodies.Body
    seats: tuple[SeatHeld, ...]
    rule: VoteRule
    noted: Sequence[Noted]
    items: Sequence[Treated]
    remarks: Sequence[Remark]
    addenda: Sequence[Addendum]
    quorum: Quorum
    at: datetime
    eye: Sight

    @property
    def mine(self) -> SeatHeld:
        """The reader's own seat today."""
        return self.eye.seats[self.row.body]

    def label(self, seat_id: UUID) -> str:
        """The words for a seat."""
        return next((seat.label for seat in self.seats if seat.id == seat_id), "")


def noted(row: Minutes, eye: Sight) -> list[Noted]:
    """The facts of attendance of a session, in their order."""
    return [
        Noted(
            seat_id=each.seat,
            state=attendance.State(each.state),
            at=each.at,
            who=each.who,
            instead_of=each.instead_of,
        )
        for each in rows(Presence, eye).filter(minutes=row).order_by("at", "noted_at", "id")
    ]


def rule_of(body: bodies.Body, row: Minutes) -> VoteRule:
    """How the body decides on the day of the meeting."""
    return country.law(row.held_on).get(VoteRule, body.vote_rule)


def sheet(reference: str, eye: Sight, at: datetime, *, projected: bool = False) -> Sheet:
    """Everything of a session that the reader sees; `projected`: nothing that is not for the whole room.

    What is written is for who prepares the meeting until it is given round. The number of SQL statements does not
    depend on how much there is. `NotFound`.
    """
    row = minutes(reference, eye)
    meeting = meetings.meeting(reference, eye)
    body = bodies.body(row.body, row.held_on)
    seats = bodies.seats(row.body, row.held_on)
    rule = rule_of(body, row)
    facts = noted(row, eye)
    moment = row.closed_at or at
    there = attendance.there(facts, moment)
    lines = [each for each in meetings.agenda(meeting, eye) if not (projected and each.restricted)]
    held = _hanging(row, [each.item_id for each in lines], eye)
    written = row.state in ("circulated", "approved") or eye.seats[row.body].prepares

    return Sheet(
        row=row,
        meeting=meeting,
        body=body,
        seats=seats,
        rule=rule,
        noted=facts,
        items=[
            held.treated(each, quorum(rule, seats, there, each.excluded), written=written) for each in lines
        ],
        remarks=held.remarks.get(None, ()),
        addenda=held.addenda.get(None, ()),
        quorum=quorum(rule, seats, there),
        at=moment,
        eye=eye,
    )


@dataclass(frozen=True, slots=True)
class _Hanging:
    notes: Mapping[UUID, Note]
    outcomes: Mapping[UUID, Outcome]
    ballots: Mapping[UUID, BallotSeen]
    actions: Mapping[UUID | None, list[Action]]
    remarks: Mapping[UUID | None, list[Remark]]
    addenda: Mapping[UUID | None, list[Addendum]]

    def treated(self, line: Line, found: Quorum, *, written: bool) -> Treated:
        item = line.item_id
        return Treated(
            line=line,
            note=self.notes.get(item) if written else None,
            outcome=self.outcomes.get(item),
            ballot=self.ballots.get(item),
            actions=self.actions.get(item, ()),
            remarks=self.remarks.get(item, ()),
            addenda=self.addenda.get(item, ()),
            quorum=found,
        )


def _hanging(row: Minutes, items: Sequence[UUID], eye: Sight) -> _Hanging:
    mine = {"minutes": row, "item__in": items}
    ballots = {each.id: each for each in rows(Ballot, eye).filter(**mine).order_by("opened_at", "id")}
    votes: dict[UUID, dict[UUID, str]] = defaultdict(dict)
    for vote in rows(Vote, eye).filter(minutes=row, ballot__in=ballots):
        votes[vote.ballot_id][vote.seat] = vote.choice
    ours = [*items, None]
    remarks = rows(Remark, eye).filter(minutes=row).order_by("at", "id")
    addenda = rows(Addendum, eye).filter(minutes=row).order_by("number")
    return _Hanging(
        notes={each.item: each for each in rows(Note, eye).filter(**mine)},
        outcomes={each.item: each for each in rows(Outcome, eye).filter(**mine)},
        ballots={each.item: BallotSeen(each, votes[each.id]) for each in ballots.values()},
        actions=_grouped(rows(Action, eye).filter(**mine).select_related("unit").order_by("at", "id")),
        remarks=_grouped(each for each in remarks if each.item in ours),
        addenda=_grouped(each for each in addenda if each.item in ours),
    )


G = TypeVar("G", Action, Remark, Addendum)


def _grouped(found: Iterable[G]) -> dict[UUID | None, list[G]]:
    groups: dict[UUID | None, list[G]] = defaultdict(list)
    for each in found:
        groups[each.item].append(each)
    return groups


def note(row: Minutes, item_id: UUID, eye: Sight) -> Note | None:
    """What is written of an item; None before anything was, or where the reader sees nothing."""
    return rows(Note, eye).filter(minutes=row, item=item_id).first()
