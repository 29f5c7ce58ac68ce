"""The bodies of the coordination: their seats, how often they meet, how they decide."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from .facts import Fact, Text, to


@dataclass(frozen=True, kw_only=True)
class Cadence(Fact):
    """How often a body meets: at least so many times in each calendar period; `usual`: what is aimed at, or 0."""

    label: Text
    at_least: int
    per: Literal["month", "quarter", "half_year", "year"]
    usual: int = 0


@dataclass(frozen=True, kw_only=True)
class VoteRule(Fact):
    """How a body decides.

    `quorum`: the share of the voting seats that must be present, "0" for none; with `above`, more than that share.
    `majority`: of the votes for and against (`simple`), of the seats present (`absolute`), two thirds of the votes for
    and against, or nobody against (`consensus`). `tie`: the chair decides, or the proposal falls. `silence`: in a
    written procedure a seat that says nothing agrees, abstains or is asked again.
    """

    label: Text
    quorum: str
    above: bool = False
    majority: Literal["simple", "absolute", "two_thirds", "consensus"]
    tie: Literal["chair", "falls"]
    silence: Literal["agrees", "abstains", "none"] = "none"

    @property
    def share(self) -> Fraction:
        """The share of the voting seats that is the quorum."""
        return Fraction(self.quorum)


@dataclass(frozen=True, kw_only=True)
class Body(Fact):
    """A body that meets and decides. `keeper`: the unit that keeps its papers; `prefix`: of its numbers, as `BUR`."""

    name: Text
    short: Text
    kind: str = to("code/body_kind")
    prefix: str
    keeper: str = to("unit")
    district: str = to("district", default="")
    prepares_for: str = to("body", default="")
    cadence: str = to("cadence", ever=True, default="")
    vote_rule: str = to("vote_rule")


@dataclass(frozen=True, kw_only=True)
class BodySeat(Fact):
    """A seat of a body, held by one unit, or by several that have one voice together (then `name` says whose).

    `votes` and `prepares` follow from the kind unless said: chair and voting seats vote, chair and secretariat prepare.
    """

    body: str = to("body")
    kind: str = to("code/seat_kind")
    units: tuple[str, ...] = to("unit")
    name: Text | None = None
    votes: bool | None = None
