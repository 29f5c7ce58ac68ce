"""Who plays in the invented years of coordination, and the chance that a seed decides."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from fanal.access.rules import Member, Role
from fanal.access.services import acting_as
from fanal.config.demo.world import Chance


@dataclass(frozen=True)
class Company:
    """The invented staff: `members` by (code of the unit, role); the past begins at `since` and ends at `until`.

    A small demonstration has a short past: whatever repeats is played from `since` on.
    """

    seed: str
    members: Mapping[tuple[str, Role], Member]
    since: datetime
    until: datetime

    def member(self, unit: str, role: Role) -> Member:
        """Who acts for a unit in a role; KeyError where nobody does."""
        return self.members[unit, role]

    def chance(self, about: str) -> Chance:
        """The chance of one part of the play: the same for the same seed, whatever else is played."""
        return Chance(f"{self.seed}|coordination|{about}")

    @contextmanager
    def acting(self, unit: str, role: Role) -> Iterator[Member]:
        """Act as that member: the context of the database is hers."""
        member = self.member(unit, role)
        with acting_as(member):
            yield member
