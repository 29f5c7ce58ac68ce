"""Which clocks run in a procedure, until when, for whom and why: computed from the facts and the law. Pure."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum, unique
from zoneinfo import ZoneInfo

from fanal.country import rules as counting
from fanal.country.schema import Law

from .conditions import State
from .facts import File, Status, status
from .moves import Option, options


@unique
class Clock(StrEnum):
    """What a clock is about."""

    DOCUMENT_END = "document_end"
    STATEMENT = "statement"
    REQUEST = "request"
    ASK = "ask"
    ANSWER = "answer"
    OPENING = "opening"


@unique
class Party(StrEnum):
    """Whom a clock waits for."""

    OFFICE = "office"
    CENTRE = "centre"
    MAGISTRATE = "magistrate"


@dataclass(frozen=True, slots=True)
class Due:
    """A clock that runs until the end of the day `on`, or until the moment `at` where hours are counted.

    `about`: the document or term in question, a code; `basis`: the article or the source.
    """

    clock: Clock
    on: date
    waits_for: Party
    about: str
    basis: str
    at: datetime | None = None


def horizon(at: Status, law: Law) -> date | None:
    """The last day of what the person holds: of the document, else of the phase if the law gives it a term."""
    if at.paper:
        return at.paper.last_day
    term = law.phase(at.phase).term
    return counting.last_day(law.term(term), at.since, law.calendar) if term else None


def dues(file: File, law: Law, zone: ZoneInfo) -> tuple[Due, ...]:
    """The clocks of the procedure itself (the magistrate's own clock is `answer_due`); none once it ended.

    Before anything was given, the opening is decided. Afterwards, until the last day of the document: the decision
    on what follows, the request for it, a statement where the next step needs one, and the questions to the
    magistrate where the next step needs an answer (R-P2-3; Belgian Aliens Act art. 61/2 §2, 61/3 §2, 61/4 §1).
    """
    at = status(file)
    ahead = [option for option in options(file, law) if option.bar is None]
    if at.ended or law.phase(at.phase).final or not ahead:
        return ()
    if len(at.steps) == 1 and not at.paper:
        return (opening_due(file.opened_at, law, zone),)
    end = horizon(at, law)
    return () if end is None else _until(end, at, ahead)


def _until(end: date, at: Status, ahead: list[Option]) -> tuple[Due, ...]:
    about = at.paper.kind if at.paper else at.phase
    found = [Due(Clock.DOCUMENT_END, end, Party.OFFICE, about, ahead[0].move.legal_basis)]
    statement = _lacking(ahead, "statement_made")
    if statement:
        found.append(Due(Clock.STATEMENT, end, Party.CENTRE, about, statement.move.legal_basis))
        return tuple(found)
    to_request = next((option for option in ahead if option.move.requested_by), None)
    if to_request and not at.requests:
        found.append(Due(Clock.REQUEST, end, Party.CENTRE, about, to_request.move.legal_basis))
    to_answer = next((option for option in ahead if _asks(option)), None)
    if to_answer and at.asked < at.decided:  # the fact of asking: who may not read the questions counts alike
        found.append(Due(Clock.ASK, end, Party.OFFICE, about, to_answer.move.legal_basis))
    return tuple(found)


def answer_due(asked_at: datetime, end: date | None, law: Law, zone: ZoneInfo) -> Due:
    """Until when the magistrate is asked to answer: the pack's term, never after the document's last day."""
    due = _delay(Clock.ANSWER, Party.MAGISTRATE, "answer_questions", asked_at, law, zone)
    latest = due.on if end is None else max(end, asked_at.astimezone(zone).date())
    return due if due.on <= latest else replace(due, on=latest, at=None)


def opening_due(asked_at: datetime, law: Law, zone: ZoneInfo) -> Due:
    """Until when the Immigration Office is asked to decide on an opening: an organisational term."""
    return _delay(Clock.OPENING, Party.OFFICE, "decide_opening", asked_at, law, zone)


def _delay(clock: Clock, party: Party, code: str, start: datetime, law: Law, zone: ZoneInfo) -> Due:
    term = law.term(code)
    end = counting.due_at(term, start, law.calendar, zone)
    return Due(clock, end.date(), party, code, term.source, end if term.unit == "hour" else None)


def _lacking(ahead: list[Option], code: str) -> Option | None:
    """The first step that lacks a condition, when no step that leads on can do without it."""
    lacking = [
        option
        for option in ahead
        if any(each.condition.code == code and each.state is State.NOT_SO for each in option.conditions)
    ]
    others = [option for option in ahead if option not in lacking and not option.renews]
    return lacking[0] if lacking and not others else None


def _asks(option: Option) -> bool:
    return any(each.condition.proof == "answered" for each in option.conditions)
