"""Which steps are open now, for whom, and what they still need. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, unique

from fanal.country.rules import last_day
from fanal.country.schema import Law, Move, Term

from .conditions import Standing, State, standing
from .facts import File, Status, status


@unique
class Bar(StrEnum):
    """Why a step is closed whatever its conditions."""

    USED = "used"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Option:
    """A step of this phase: its conditions and where they stand. `renews`: it stays in its phase.

    `follows`: its document prolongs the one that runs, so it begins when that one is over.
    """

    move: Move
    conditions: tuple[Standing, ...]
    bar: Bar | None
    renews: bool
    follows: bool
    requested_on: date | None

    def lacking(self, declared: Collection[str] = ()) -> tuple[Standing, ...]:
        """The conditions that do not hold, those declared by the person who decides left out."""
        return tuple(
            each
            for each in self.conditions
            if not each.met and not (each.state is State.TO_DECLARE and each.condition.code in declared)
        )

    @property
    def to_declare(self) -> tuple[Standing, ...]:
        return tuple(each for each in self.conditions if each.state is State.TO_DECLARE)

    @property
    def ready(self) -> bool:
        """Whether it waits for nothing but the person who decides."""
        return self.bar is None and not self.lacking([each.condition.code for each in self.to_declare])

    def decided_by(self, unit_kind: str) -> bool:
        return unit_kind in self.move.decided_by

    def requested_by(self, unit_kind: str) -> bool:
        return unit_kind in self.move.requested_by


def options(file: File, law: Law) -> tuple[Option, ...]:
    """The steps that the law of a day (R-ORDER: the day of the act) knows for a file, in the pack's order.

    A step is made once only (R-P2-2: the extension of the attestation), unless its term may be renewed while the
    reason lasts (Belgian Aliens Act art. 61/3 §2 and 61/4 §1). Ending is another act (`ending`).
    """
    at = status(file)
    moves = (move for move in law.moves_from(at.phase, file.track) if not ends(move, law))
    return tuple(_option(move, file, at, law) for move in moves)


def option(file: File, law: Law, code: str) -> Option | None:
    """One step, or None when this phase does not have it."""
    return next((each for each in options(file, law) if each.move.code == code), None)


def ends(move: Move, law: Law) -> bool:
    """Whether a step ends the protection: it leads to a phase that none leaves, and gives no document."""
    return law.phase(move.to_phase).final and not move.document


def ending(file: File, law: Law) -> Move | None:
    """The step that ends the protection from where the file stands; None when it cannot end (any more)."""
    at = status(file)
    moves = law.moves_from(at.phase, file.track)
    return None if at.ended else next((move for move in moves if ends(move, law)), None)


def _option(move: Move, file: File, at: Status, law: Law) -> Option:
    renews = move.to_phase == at.phase
    used = move.code in at.made and not _again(move, law)
    bar = Bar.ENDED if at.ended else Bar.USED if used else None
    conditions = tuple(standing(law.condition(code), file, at, law) for code in move.needs)
    term = term_of(move, law)
    follows = renews or (term is not None and term.starts_on == "document_expires")
    return Option(move, conditions, bar, renews, follows, at.requests.get(move.code))


def _again(move: Move, law: Law) -> bool:
    term = term_of(move, law)
    return term is not None and term.renewable == "while"


def term_of(move: Move, law: Law) -> Term | None:
    """How long the document of a step holds: the step's own term, else that of the document; None for no end."""
    code = move.term or (law.document(move.document).term if move.document else "")
    return law.term(code) if code else None


@dataclass(frozen=True, slots=True)
class Validity:
    """From when until when a document will hold (`last_day` None: without end)."""

    first_day: date
    last_day: date | None


def first_days(option: Option, at: Status, on: date) -> tuple[date, date]:
    """The earliest and the latest first day of the document of a step decided on that day.

    A renewal or an extension follows the document that runs, without a gap and without an overlap. Any other may
    begin on the day of the decision, and at the latest on the day after the running document: nobody is left a day
    without one. When no document runs it begins on the day of the decision.
    """
    after = on
    if at.paper and at.paper.until and at.paper.until >= on:
        after = at.paper.until + timedelta(days=1)
    return (after if option.follows else on), after


def validity(option: Option, law: Law, first_day: date) -> Validity:
    """How long the document of a step holds from its first day, under the law of the act (R-P2-1, R-ORDER)."""
    term = term_of(option.move, law)
    return Validity(first_day, last_day(term, first_day, law.calendar) if term else None)
