"""What was done, as one would note it on paper: which file is whose, who was given sight of it, and what ended.

Nothing here is read from the walls: the ledger says what ought to be, by `law.toml`, and the probes compare.
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from proofs.matrix.law import LEVELS, Law


@dataclass(frozen=True, slots=True)
class Seat:
    """A unit's sight of a file: as which party, how far, and whether it still holds."""

    unit: int
    party: str
    level: str
    ended: str = ""
    """Empty, `expired` or `revoked`."""


@dataclass
class File:
    """A file of a kind of `law.toml`, its owner and its seats; `row` is what the services gave."""

    number: int
    kind: str
    owner: int
    row: Any
    compartment: UUID | None
    reference: str = ""
    author: UUID | None = None
    seats: list[Seat] = field(default_factory=list)
    parts: dict[str, Any] = field(default_factory=dict)
    """Identifiers of its parts, by the name of the parameter in which an address carries them."""

    def level(self, unit: int) -> str:
        """How far a unit sees it: none, exists, read, contribute or own."""
        if unit == self.owner:
            return "own"
        held = [seat.level for seat in self.seats if seat.unit == unit and not seat.ended]
        return max(held, key=LEVELS.index, default="none")

    def parties(self, unit: int) -> set[str]:
        """As what a unit stands in it now."""
        held = {seat.party for seat in self.seats if seat.unit == unit and not seat.ended}
        return held | ({"own"} if unit == self.owner else set())

    def relation(self, unit: int) -> str:
        """own, granted, exists, expired, revoked or foreign."""
        level = self.level(unit)
        if level != "none":
            return {"own": "own", "exists": "exists"}.get(level, "granted")
        ended = [seat.ended for seat in self.seats if seat.unit == unit]
        return next(filter(None, reversed(ended)), "foreign")


@dataclass
class Ledger:
    """Every file of a world."""

    law: Law
    files: list[File] = field(default_factory=list)

    def open(self, kind: str, owner: int, row: Any, compartment: UUID | None, reference: str = "") -> File:
        """A file that an act began."""
        assert kind in self.law.kinds, f"law.toml knows no kind {kind!r}"
        self.files.append(File(len(self.files), kind, owner, row, compartment, reference))
        return self.files[-1]

    def seat(self, file: File, unit: int, party: str, level: str = "") -> None:
        """A unit was given a seat; the law says how far a party sees (a grant of its own says it itself)."""
        if unit != file.owner:
            file.seats.append(Seat(unit, party, level or self.law.kinds[file.kind].parties[party]))

    def ends(self, file: File, unit: int, party: str, how: str = "revoked") -> None:
        """A seat ended."""
        file.seats = [
            Seat(s.unit, s.party, s.level, how) if (s.unit, s.party) == (unit, party) else s
            for s in file.seats
        ]

    def of(self, kind: str) -> list[File]:
        """The files of a kind."""
        return [file for file in self.files if file.kind == kind]
