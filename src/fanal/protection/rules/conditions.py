"""Whether a condition of a move holds: computed from the file, answered by the magistrate, or declared. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum, unique

from fanal.country.schema import Condition, Law

from .eligibility import eligibility
from .facts import Answer, Asked, File, Kind, Status


@unique
class State(StrEnum):
    """Where a condition stands, and when it does not hold, why not."""

    MET = "met"
    NOT_SO = "not_so"
    TOO_LATE = "too_late"
    TO_DECLARE = "to_declare"
    NOT_ASKED = "not_asked"
    NOT_ANSWERED = "not_answered"
    ANSWERED_OTHERWISE = "answered_otherwise"


@dataclass(frozen=True, slots=True)
class Standing:
    """A condition and where it stands; `questions` are those that were not answered as the law expects."""

    condition: Condition
    state: State
    questions: tuple[str, ...] = ()

    @property
    def met(self) -> bool:
        return self.state is State.MET


def standing(condition: Condition, file: File, at: Status, law: Law) -> Standing:
    """Where a condition stands. LookupError for a computed condition that this code cannot compute."""
    if condition.proof == "declared":
        return Standing(condition, State.TO_DECLARE)
    if condition.proof == "answered":
        return _answered(condition, fresh(file, at), law)
    return Standing(condition, COMPUTED[condition.code](file, at, law))


def fresh(file: File, at: Status) -> Asked | None:
    """The last questions put since the last decision that changed something: older answers are about another time.

    Belgian Aliens Act art. 61/3 §2 and 61/4 §1: before each expiry the magistrate is asked again.
    """
    last = file.asked[-1] if file.asked else None
    return last if last and last.number > at.decided else None


def _answered(condition: Condition, asked: Asked | None, law: Law) -> Standing:
    """R-P3-1: each question of the condition answered as the law expects; "not yet" is not a yes."""
    if asked is None or not set(condition.questions) <= set(asked.questions):
        return Standing(condition, State.NOT_ASKED)
    if asked.answers is None:
        return Standing(condition, State.NOT_ANSWERED)
    otherwise = tuple(
        code
        for code in condition.questions
        if asked.answers.get(code) is not (Answer.YES if law.question(code).expects else Answer.NO)
    )
    return Standing(condition, State.ANSWERED_OTHERWISE if otherwise else State.MET, otherwise)


def _eligible(file: File, _: Status, law: Law) -> State:
    minor = file.unaccompanied_minor
    return _so(eligibility(law, file.offence, file.circumstances, unaccompanied_minor=minor).yes)


def _no_title(file: File, _: Status, __: Law) -> State:
    """R-P1-1: Belgian Aliens Act art. 61/2 §2."""
    return _so(not file.has_title)


def _statement(file: File, at: Status, _: Law) -> State:
    """A complaint or a statement, made while the time to reflect ran (Belgian Aliens Act art. 61/2 §2, 61/3 §1)."""
    made = [fact.on for fact in file.facts if fact.kind is Kind.STATEMENT]
    limit = at.paper.last_day if at.paper else None
    if not made or limit is None:
        return _so(bool(made))
    return State.MET if min(made) <= limit else State.TOO_LATE


def _minor(file: File, _: Status, __: Law) -> State:
    """R-MIN-1: Belgian Aliens Act art. 61/2 §2 al. 2."""
    return _so(file.unaccompanied_minor)


def _judicial_outcome(file: File, _: Status, law: Law) -> State:
    """R-P4-1: a conviction, or the charge kept in the requisitions (Belgian Aliens Act art. 61/5)."""
    opening = (code for code in law.codes("judicial_event") if "residence" in code.flags)
    return _so(any(code.code in file.events for code in opening))


def _so(value: bool) -> State:
    return State.MET if value else State.NOT_SO


COMPUTED: Mapping[str, Callable[[File, Status, Law], State]] = {
    "eligible": _eligible,
    "no_residence_title": _no_title,
    "statement_made": _statement,
    "unaccompanied_minor": _minor,
    "judicial_outcome": _judicial_outcome,
}
