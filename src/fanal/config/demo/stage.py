"""Where stories are played: who acts for a unit, at which moment, and in which order."""

import heapq
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import count

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.country.schema import Law, Municipality, Unit
from fanal.errors import Refusal
from fanal.ids import Draws, drawn_from

from .world import Chance, World


@dataclass(frozen=True)
class Stage:
    """The house, peopled: a member for each unit, by its id; the present is `until`."""

    seed: str
    world: World
    members: Mapping[int, Member]
    until: datetime
    refused: Counter[str] = field(default_factory=Counter)

    def of(self, code: str) -> Member:
        """Who acts for the unit with this code."""
        return self._by_code[code]

    @cached_property
    def _by_code(self) -> Mapping[str, Member]:
        return {member.unit_code: member for member in self.members.values()}

    def law(self, at: datetime) -> Law:
        return self.world.law(at.astimezone(self.world.zone).date())

    def competent(self, kind: str, municipality: Municipality | None, at: datetime) -> tuple[Unit, ...]:
        """The units of a kind that are competent in a municipality, or anywhere when it is not known."""
        if municipality is None:
            return self.world.units_of(kind)
        on = at.astimezone(self.world.zone).date()
        return self.world.pack.competent_units(kind, municipality.district, municipality.zone, on)


Act = Callable[[datetime], None]


class Scene:
    """One story being played: what is still to happen, in the order of time, until the present."""

    def __init__(self, stage: Stage, name: str, start: datetime) -> None:
        self.stage = stage
        self.chance = Chance(f"{stage.seed}|{name}|play")
        self._draws = Draws(f"{stage.seed}|{name}", start)
        self._agenda: list[tuple[datetime, int, Act]] = []
        self._number = count()

    def later(self, at: datetime, act: Act, *, office: bool = True) -> None:
        """Let an act happen at a moment, or on the first working day from then on."""
        if office:
            at = self.stage.world.working(at)
        heapq.heappush(self._agenda, (at, next(self._number), act))

    def acting(self, by: Member, at: datetime) -> AbstractContextManager[None]:
        """A transaction of this member, whose identifiers carry this moment."""
        self._draws.at = at
        return acting_as(by)

    def play(self) -> None:
        """Everything that happens before the present. What is refused did not happen, and is counted."""
        with drawn_from(self._draws):
            while self._agenda and self._agenda[0][0] < self.stage.until:
                at, _, act = heapq.heappop(self._agenda)
                try:
                    act(at)
                except Refusal as refusal:
                    self.stage.refused[f"{_name(act)}: {refusal.code}"] += 1


def _name(act: Act) -> str:
    return str(getattr(getattr(act, "func", act), "__qualname__", act))
