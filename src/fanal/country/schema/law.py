"""The law in force on one day: the facts of a pack, or of the reference tables, as a frozen view."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from .calendar import Calendar
from .facts import Code, Fact, Text
from .offences import Circumstance, Indicator, Offence, Purpose
from .procedure import (
    Condition,
    DocumentKind,
    Duty,
    Ground,
    Move,
    Phase,
    Question,
    Route,
    Term,
    Threshold,
    Track,
)
from .rights import Rights

F = TypeVar("F", bound=Fact)


class UnknownCode(LookupError):
    """A code that is not in force on that day: a fault of the caller, who offers the known ones."""


@dataclass(frozen=True)
class Law:
    """What was in force `on` that day. `facts` are already filtered: one version of each code, in order."""

    on: date
    calendar: Calendar
    facts: tuple[Fact, ...]

    @classmethod
    def of_facts(cls, facts: Iterable[Fact], calendar: Calendar, on: date) -> "Law":
        """The law of that day out of facts of all dates."""
        return cls(on=on, calendar=calendar, facts=tuple(fact for fact in facts if fact.in_force(on)))

    @cached_property
    def _kinds(self) -> dict[type[Fact], dict[str, Fact]]:
        kinds: dict[type[Fact], dict[str, Fact]] = {}
        for fact in self.facts:
            if not isinstance(fact, Code):
                kinds.setdefault(type(fact), {})[fact.code] = fact
        return kinds

    @cached_property
    def _lists(self) -> dict[str, dict[str, Code]]:
        lists: dict[str, dict[str, Code]] = {}
        for fact in self.facts:
            if isinstance(fact, Code):
                lists.setdefault(fact.list_code, {})[fact.code] = fact
        return lists

    def of(self, kind: type[F]) -> tuple[F, ...]:
        """Every fact of a kind, in the order of the pack."""
        return tuple(self._kinds.get(kind, {}).values())  # type: ignore[arg-type]

    def get(self, kind: type[F], code: str) -> F:
        """One fact; `UnknownCode` when that code is not in force."""
        found = self._kinds.get(kind, {}).get(code)
        if found is None:
            raise UnknownCode(f"{kind.__name__} {code!r} is not in force on {self.on}")
        return found  # type: ignore[return-value]

    def has(self, kind: type[Fact], code: str) -> bool:
        """Whether that code of that kind is in force."""
        return code in self._kinds.get(kind, {})

    # Code lists

    def codes(self, list_code: str) -> tuple[Code, ...]:
        """The entries of a code list; `UnknownCode` when there is no such list."""
        if list_code not in self._lists:
            raise UnknownCode(f"no code list {list_code!r} on {self.on}")
        return tuple(self._lists[list_code].values())

    def code(self, list_code: str, code: str) -> Code:
        """One entry of a code list; `UnknownCode` when it is not in force."""
        if not self.has_code(list_code, code):
            raise UnknownCode(f"code list {list_code!r} has no {code!r} on {self.on}")
        return self._lists[list_code][code]

    def has_code(self, list_code: str, code: str) -> bool:
        """Whether a code list holds that code on that day."""
        return code in self._lists.get(list_code, {})

    def label(self, list_code: str, code: str) -> Text:
        """The words for a code of a list."""
        return self.code(list_code, code).label

    # Offences and signs

    @property
    def offences(self) -> tuple[Offence, ...]:
        return self.of(Offence)

    def offence(self, code: str) -> Offence:
        return self.get(Offence, code)

    def circumstances(self, offence: str) -> tuple[Circumstance, ...]:
        """What may aggravate that offence."""
        return tuple(found for found in self.of(Circumstance) if offence in found.offences)

    @property
    def purposes(self) -> tuple[Purpose, ...]:
        """Purposes of exploitation, pending ones included (they say so themselves)."""
        return self.of(Purpose)

    def purpose(self, code: str) -> Purpose:
        return self.get(Purpose, code)

    def indicators(self, purpose: str = "") -> tuple[Indicator, ...]:
        """The signs of a form of exploitation, those of any form included; all of them without a form."""
        everything = self.of(Indicator)
        return tuple(i for i in everything if not purpose or not i.purposes or purpose in i.purposes)

    # Terms and procedure

    @property
    def terms(self) -> tuple[Term, ...]:
        return self.of(Term)

    def term(self, code: str) -> Term:
        return self.get(Term, code)

    def threshold(self, code: str) -> int:
        """The number from which somebody is told."""
        return self.get(Threshold, code).amount

    @property
    def tracks(self) -> tuple[Track, ...]:
        return self.of(Track)

    def track(self, code: str) -> Track:
        return self.get(Track, code)

    def phases(self, track: str = "") -> tuple[Phase, ...]:
        """The phases of a track in its order; all phases without one."""
        return tuple(self.phase(code) for code in self.track(track).phases) if track else self.of(Phase)

    def phase(self, code: str) -> Phase:
        return self.get(Phase, code)

    @property
    def documents(self) -> tuple[DocumentKind, ...]:
        return self.of(DocumentKind)

    def document(self, code: str) -> DocumentKind:
        return self.get(DocumentKind, code)

    @property
    def questions(self) -> tuple[Question, ...]:
        return self.of(Question)

    def question(self, code: str) -> Question:
        return self.get(Question, code)

    def condition(self, code: str) -> Condition:
        return self.get(Condition, code)

    @property
    def moves(self) -> tuple[Move, ...]:
        return self.of(Move)

    def move(self, code: str) -> Move:
        return self.get(Move, code)

    def moves_from(self, phase: str, track: str) -> tuple[Move, ...]:
        """The steps that a phase allows on a track."""
        return tuple(move for move in self.moves if phase in move.from_phases and track in move.tracks)

    def grounds(self, phase: str) -> tuple[Ground, ...]:
        """The grounds on which protection may end in a phase."""
        return tuple(ground for ground in self.of(Ground) if phase in ground.phases)

    def ground(self, code: str) -> Ground:
        return self.get(Ground, code)

    def duties(self, unit_kind: str = "") -> tuple[Duty, ...]:
        """The duties at detection of a kind of unit; all of them without one."""
        return tuple(duty for duty in self.of(Duty) if not unit_kind or unit_kind in duty.unit_kinds)

    @property
    def routes(self) -> tuple[Route, ...]:
        return self.of(Route)

    def rights(self, unit_kind: str) -> Rights | None:
        """How a kind of service answers the persons in its files; None where the country does not say."""
        return self.get(Rights, unit_kind) if self.has(Rights, unit_kind) else None
