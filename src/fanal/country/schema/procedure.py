"""The protection procedure and its clocks, as data."""

from dataclasses import dataclass
from typing import Literal

from .facts import Fact, Text, to


@dataclass(frozen=True, kw_only=True)
class Term(Fact):
    """A length of time. It runs from the fact `starts_on`, or back from it when `before`.

    `rolling`: an end on a day that is not a working day moves to the next one. `renewable`: no, once, or
    while the reason lasts. `kind`: a term of the law, or an organisational default that may be changed.
    """

    label: Text
    amount: int
    unit: Literal["hour", "day", "working_day", "month"]
    starts_on: str = to("code/starting_fact")
    before: bool = False
    rolling: bool = False
    renewable: Literal["no", "once", "while"] = "no"
    kind: Literal["law", "organisational"]


@dataclass(frozen=True, kw_only=True)
class Threshold(Fact):
    """A number from which somebody is told. Never law: an organisational default that may be changed."""

    label: Text
    amount: int


@dataclass(frozen=True, kw_only=True)
class DocumentKind(Fact):
    """A paper the procedure gives. `label` is its official name and stands on paper a stranger may see."""

    label: Text
    short: Text
    term: str = to("term", default="")
    may_work: bool = False
    registered: bool = False


@dataclass(frozen=True, kw_only=True)
class Phase(Fact):
    """A state of the procedure. Phases are listed in their order; `final` ones are left by no move."""

    label: Text
    term: str = to("term", default="")
    document: str = to("document", default="")
    final: bool = False


@dataclass(frozen=True, kw_only=True)
class Track(Fact):
    """A way through the procedure: its phases in order, the first one being where it opens."""

    label: Text
    phases: tuple[str, ...] = to("phase")
    best_interests: bool = False


@dataclass(frozen=True, kw_only=True)
class Question(Fact):
    """A question that must be asked of the magistrate before a decision; `expects`: the favourable answer."""

    label: Text
    expects: bool = True


@dataclass(frozen=True, kw_only=True)
class Condition(Fact):
    """What a move needs. `proof`: declared by the person who decides, computed from the file, or answered by
    the magistrate to `questions` (each as the question expects)."""

    label: Text
    proof: Literal["declared", "computed", "answered"]
    questions: tuple[str, ...] = to("question", default=())


@dataclass(frozen=True, kw_only=True)
class Move(Fact):
    """An allowed step from one of `from_phases` to `to_phase` (the same phase for a renewal) on `tracks`."""

    label: Text
    from_phases: tuple[str, ...] = to("phase")
    to_phase: str = to("phase")
    tracks: tuple[str, ...] = to("track")
    document: str = to("document", default="")
    term: str = to("term", default="")
    needs: tuple[str, ...] = to("condition", default=())
    requested_by: tuple[str, ...] = to("code/unit_kind", default=())
    decided_by: tuple[str, ...] = to("code/unit_kind")
    legal_basis: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """A yes-or-no fact that a ground needs before it may be used: all of them must be yes."""

    code: str
    label: Text


@dataclass(frozen=True, kw_only=True)
class Ground(Fact):
    """A ground on which protection ends, and the phases in which it may be used.

    `asks`: facts to be stored, each yes, with a motivation. `with_magistrate`: only in cooperation with the
    judicial authorities.
    """

    label: Text
    phases: tuple[str, ...] = to("phase")
    asks: tuple[Ask, ...] = ()
    with_magistrate: bool = False
    legal_basis: str


@dataclass(frozen=True, kw_only=True)
class Duty(Fact):
    """What a service that holds signs must do at detection. `recipient`: the kind of unit it concerns."""

    label: Text
    unit_kinds: tuple[str, ...] = to("code/unit_kind")
    recipient: str = to("code/unit_kind", default="")
    term: str = to("term")
    legal_basis: str


@dataclass(frozen=True, kw_only=True)
class Route(Fact):
    """Who must be told of an alert, why, how fast and how much. All conditions hold together.

    An empty condition or None holds always, and an alert whose form is not known yet meets any `purposes`.
    Two routes may lead to one unit: the higher level and the shorter term win. `term`: to acknowledge. `age`:
    `minor_or_doubtful` when a person is or may be a minor, `adult` when every person is surely adult.
    `located`: whether the municipality is known. `by_place`: the recipient is the unit competent there, else
    the one of the whole country; when neither can be told, a person chooses. `level`: sees that it exists, or
    reads it.
    """

    detectors: tuple[str, ...] = to("code/unit_kind", default=())
    phenomena: tuple[str, ...] = to("code/phenomenon", default=())
    purposes: tuple[str, ...] = to("purpose", default=())
    age: Literal["any", "minor_or_doubtful", "adult"] = "any"
    urgent: bool | None = None
    located: bool | None = None
    recipient: str = to("code/unit_kind")
    by_place: bool
    ground: Text
    legal_basis: str
    purpose: str = to("code/reading_purpose")
    term: str = to("term")
    mandatory: bool
    level: Literal["exists", "read"]
