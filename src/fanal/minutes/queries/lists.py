"""Lists and single rows: minutes of all years, votes, action points, remarks, written procedures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from fanal.access import queries as access
from fanal.access.vault import plain
from fanal.bodies import queries as bodies
from fanal.bodies.rules import SeatHeld
from fanal.country import queries as country
from fanal.country.schema import VoteRule
from fanal.errors import NotFound
from fanal.meetings.queries import Sight
from fanal.minutes.models import Action, Answer, Ballot, Minutes, Note, Procedure, Remark, Version
from fanal.minutes.models.session import State
from fanal.minutes.queries.sessions import rows
from fanal.minutes.rules import silence
from fanal.minutes.rules.silence import Stand, Written

ORDER = "-held_on"


def every(eye: Sight, *, body_code: str = "", state: str = "", text: str = "") -> QuerySet[Minutes]:
    """The minutes of the reader's bodies; `text`: each of its words begins a word of what is written of one item that
    she may read."""
    found = rows(Minutes, eye).filter(body__in=list(eye.seats))
    if body_code:
        found = found.filter(body=body_code)
    words = plain(text).split()
    if words:
        given = Q(minutes__state__in=(State.CIRCULATED, State.APPROVED)) | Q(minutes__body__in=eye.prepares)
        notes = rows(Note, eye).filter(given)
        for word in words:
            notes = notes.filter(words__contains=f" {word}")
        found = found.filter(pk__in=notes.values("minutes"))
    return found.filter(state=state) if state else found


def open_ballots(row: Minutes, eye: Sight) -> QuerySet[Ballot]:
    """The votes that are open in a session."""
    return rows(Ballot, eye).filter(minutes=row, closed_at=None)


def ballot(ballot_id: UUID, row: Minutes, eye: Sight) -> Ballot:
    """A vote of a session; `NotFound`."""
    return access.one(rows(Ballot, eye).filter(minutes=row), ballot_id, lock=True)


def action(action_id: UUID, eye: Sight) -> Action:
    """An action point, locked; `NotFound`."""
    found = rows(Action, eye).filter(minutes__body__in=list(eye.seats)).select_related("minutes")
    return access.one(found, action_id, lock=True)


def open_actions(eye: Sight) -> QuerySet[Action]:
    """The action points that the reader's unit has not done yet, the first due first."""
    mine = rows(Action, eye).filter(unit_id=eye.by.unit_id, done_at=None, minutes__body__in=list(eye.seats))
    return mine.select_related("minutes").order_by("due_on", "at", "id")


def remark(remark_id: UUID, row: Minutes, eye: Sight) -> Remark:
    """A remark on minutes, locked; `NotFound`."""
    return access.one(rows(Remark, eye).filter(minutes=row), remark_id, lock=True)


def approved_by(item_id: UUID, eye: Sight) -> Minutes | None:
    """The earlier minutes that an item of an agenda is about; None for any other item."""
    return rows(Minutes, eye).filter(approval=item_id).first()


def versions(row: Minutes, item_id: UUID, eye: Sight) -> Sequence[Version]:
    """Every version of what was written of an item, the oldest first; `NotFound` where nothing was."""
    note = rows(Note, eye).filter(minutes=row, item=item_id).first()
    if note is None:
        raise NotFound
    return list(rows(Version, eye).filter(note=note).order_by("number"))


# Written procedures


def procedures(eye: Sight, *, body_code: str = "") -> QuerySet[Procedure]:
    """The written procedures of the reader's bodies."""
    found = rows(Procedure, eye).filter(body__in=list(eye.seats))
    return found.filter(body=body_code) if body_code else found


def procedure(reference: str, eye: Sight, *, lock: bool = False) -> Procedure:
    """A written procedure by its reference (`BUR-W-2026-01`), locked when asked; `NotFound`."""
    found = procedures(eye).filter(reference=reference.upper())
    row = (found.select_for_update(of=("self",)) if lock else found).first()
    if row is None:
        raise NotFound
    return row


def counted(row: Procedure, eye: Sight, at: datetime) -> Written:
    """How a written procedure stands at a moment, by the rule and the seats of the day on which it was opened."""
    return asked(row, eye, at).count


@dataclass(frozen=True, slots=True)
class Asked:
    """A written procedure with what each seat answered."""

    row: Procedure
    seats: Sequence[SeatHeld]
    answers: dict[UUID, Answer]
    rule: VoteRule
    count: Written


def asked(row: Procedure, eye: Sight, at: datetime) -> Asked:
    """A written procedure as its readers see it; six SQL statements."""
    on = timezone.localdate(row.opened_at)
    seats = bodies.seats(row.body, on)
    rule = country.law(on).get(VoteRule, bodies.body(row.body, on).vote_rule)
    answers = {each.seat: each for each in rows(Answer, eye).filter(procedure=row)}
    stands = {seat: Stand(each.stand) for seat, each in answers.items()}
    over = at > row.deadline or row.closed_at is not None
    return Asked(row, seats, answers, rule, silence.count(rule, seats, stands, over=over))
