"""Quorum and votes. A joint seat has one voice; a seat that is excluded from an item counts in nothing of it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum, unique
from fractions import Fraction
from math import ceil, floor
from uuid import UUID

from fanal.bodies.rules.seats import SeatHeld, SeatKind
from fanal.country.schema import VoteRule


@unique
class Ballot(StrEnum):
    """What a seat says."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


@unique
class Outcome(StrEnum):
    ADOPTED = "adopted"
    REJECTED = "rejected"


@unique
class Reason(StrEnum):
    """Why a vote ended as it did."""

    MAJORITY = "majority"
    CONSENSUS = "consensus"
    AGAINST = "against"
    TOO_FEW = "too_few"
    CHAIR = "chair"
    TIE = "tie"
    NO_VOTES = "no_votes"


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many voting seats are there, of how many that count, and how many it takes (0: the rule asks none)."""

    present: int
    needed: int
    of: int

    @property
    def reached(self) -> bool:
        return self.present >= self.needed


@dataclass(frozen=True, slots=True)
class Count:
    """A counted vote, with the reason of its outcome. `needed`: the votes in favour that it took."""

    yes: int
    no: int
    abstain: int
    needed: int
    outcome: Outcome
    reason: Reason


def quorum(
    rule: VoteRule, seats: Iterable[SeatHeld], present: Collection[UUID], excluded: Collection[UUID] = ()
) -> Quorum:
    """Whether enough voting seats are present, of those not excluded from the item.

    `seats`: all of the body on that day; `present` and `excluded`: ids of seats. Only seats that vote count, each once.
    """
    voting = {seat.id for seat in seats if seat.votes} - set(excluded)
    exact = rule.share * len(voting)
    needed = floor(exact) + 1 if rule.above else ceil(exact)
    return Quorum(len(voting & set(present)), needed if rule.share else 0, len(voting))


def vote_problem(seat: SeatHeld | None, excluded: Collection[UUID] = ()) -> str:
    """Why a seat may not vote: `no_seat`, `seat_does_not_vote`, `seat_excluded`; empty where it may."""
    if seat is None:
        return "no_seat"
    if not seat.votes:
        return "seat_does_not_vote"
    return "seat_excluded" if seat.id in excluded else ""


def counted(
    votes: Mapping[UUID, Ballot],
    rule: VoteRule,
    seats: Iterable[SeatHeld],
    *,
    present: Collection[UUID] = (),
    excluded: Collection[UUID] = (),
) -> Count:
    """The outcome of a vote: one voice a seat, however many units hold it.

    `votes` by id of the seat; ValueError for a vote of a seat that may not vote (ask `vote_problem` first). `present`
    matters to an absolute majority alone; who voted was present. Without any vote nothing is adopted.
    """
    by_id = {seat.id: seat for seat in seats}
    for seat_id in votes:
        problem = vote_problem(by_id.get(seat_id), excluded)
        if problem:
            raise ValueError(problem)
    said = list(votes.values())
    yes, no, abstain = (said.count(ballot) for ballot in (Ballot.YES, Ballot.NO, Ballot.ABSTAIN))
    there = {it for it in {*present, *votes} if not vote_problem(by_id.get(it), excluded)}
    needed = _needed(rule, yes + no, len(there))
    outcome, reason = _outcome(rule, yes, no, needed, _chair(votes, by_id))
    return Count(yes, no, abstain, needed, outcome, reason)


def _needed(rule: VoteRule, cast: int, present: int) -> int:
    if rule.majority == "two_thirds":
        return max(ceil(Fraction(2, 3) * cast), 1)
    if rule.majority == "consensus":
        return 1
    return (present if rule.majority == "absolute" else cast) // 2 + 1


def _chair(votes: Mapping[UUID, Ballot], seats: Mapping[UUID, SeatHeld]) -> Ballot | None:
    return next((ballot for it, ballot in votes.items() if seats[it].kind is SeatKind.CHAIR), None)


def _outcome(rule: VoteRule, yes: int, no: int, needed: int, chair: Ballot | None) -> tuple[Outcome, Reason]:
    if yes + no == 0:
        return Outcome.REJECTED, Reason.NO_VOTES
    if rule.majority == "consensus":
        return (Outcome.REJECTED, Reason.AGAINST) if no else (Outcome.ADOPTED, Reason.CONSENSUS)
    if rule.majority == "simple" and yes == no:
        if rule.tie == "chair" and chair in (Ballot.YES, Ballot.NO):
            return (Outcome.ADOPTED if chair is Ballot.YES else Outcome.REJECTED), Reason.CHAIR
        return Outcome.REJECTED, Reason.TIE
    return (Outcome.ADOPTED, Reason.MAJORITY) if yes >= needed else (Outcome.REJECTED, Reason.TOO_FEW)
