"""The written procedure between meetings: a text, a deadline, and what silence means. Pure.

How a body counts is its vote rule; what silence means is a fact of that rule (`VoteRule.silence`), to be verified where
the published sources say nothing of it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum, unique
from uuid import UUID

from fanal.bodies.rules import Ballot, Outcome, Quorum, SeatHeld, counted, quorum
from fanal.bodies.rules import Reason as Voted
from fanal.country.schema import VoteRule


@unique
class Stand(StrEnum):
    """What a seat answers in writing."""

    AGREES = "agrees"
    OBJECTS = "objects"
    ABSTAINS = "abstains"


BALLOTS = {Stand.AGREES: Ballot.YES, Stand.OBJECTS: Ballot.NO, Stand.ABSTAINS: Ballot.ABSTAIN}


@unique
class Reason(StrEnum):
    """Why a text is adopted in writing, or is not, beside the reasons of a vote."""

    RUNNING = "running"
    SILENCE_AGREES = "silence_agrees"
    TOO_FEW_ANSWERED = "too_few_answered"
    OBJECTION = "objection"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """How a written procedure stands: `adopted` is None while it runs. `yes` holds no silent seat; `silent` holds all
    of them. `answered`: the quorum, where silence takes no part."""

    adopted: bool | None
    reason: Reason | Voted
    yes: int
    no: int
    abstain: int
    silent: int
    answered: Quorum


def count(
    rule: VoteRule, seats: Collection[SeatHeld], stands: Mapping[UUID, Stand], *, over: bool
) -> Written:
    """What became of a text that was put to the seats with a vote; `over`: the deadline has passed.

    Answers of seats without a vote do not count. Before the deadline it ends only when every seat has answered, or on
    the first objection where the body decides by consensus. Silence agrees, abstains, or takes no part: then enough
    seats must have answered for the quorum.
    """
    voting = {seat.id for seat in seats if seat.votes}
    said = {seat: BALLOTS[stand] for seat, stand in stands.items() if seat in voting}
    silent = voting - said.keys()
    answered = quorum(rule, seats, said.keys() if rule.silence == "none" else voting)
    numbers = {
        "yes": list(said.values()).count(Ballot.YES),
        "no": list(said.values()).count(Ballot.NO),
        "abstain": list(said.values()).count(Ballot.ABSTAIN),
    }

    def found(adopted: bool | None, reason: Reason | Voted) -> Written:
        return Written(adopted=adopted, reason=reason, silent=len(silent), answered=answered, **numbers)

    if numbers["no"] and rule.majority == "consensus":
        return found(False, Reason.OBJECTION)
    if silent and not over:
        return found(None, Reason.RUNNING)
    if not answered.reached:
        return found(False, Reason.TOO_FEW_ANSWERED)
    quiet = Ballot.YES if rule.silence == "agrees" else Ballot.ABSTAIN
    took_part = said if rule.silence == "none" else said | dict.fromkeys(silent, quiet)
    result = counted(took_part, rule, seats, present=took_part.keys())
    adopted = result.outcome is Outcome.ADOPTED
    if adopted and silent and rule.silence == "agrees" and not numbers["no"]:
        return found(True, Reason.SILENCE_AGREES)
    return found(adopted, result.reason)
