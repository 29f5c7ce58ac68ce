"""Action plans that a country publishes: what is known of them from public sources, and no more."""

from dataclasses import dataclass
from datetime import date

from .facts import Fact, Text, to


@dataclass(frozen=True, kw_only=True)
class PlannedMeasure:
    """A measure of a published plan. `heading`: the number of the chapter or objective it stands in.

    `lead` is empty where the source does not name one. `to_verify`: the words are ours, not those of the plan.
    """

    number: str
    heading: str
    title: Text
    text: Text | None = None
    lead: str = ""
    co_leads: tuple[str, ...] = ()
    source: str
    to_verify: bool = False


@dataclass(frozen=True)
class PlannedHeading:
    """A chapter of a published plan, or an objective: then `chapter` is the number of its chapter."""

    number: str
    title: Text
    chapter: str = ""


@dataclass(frozen=True, kw_only=True)
class ActionPlan(Fact):
    """A plan that was published: `code` says nothing of what it is about, for addresses and file names carry it.

    `act`: what adopted it, a citation. `complete`: false where only a part of it is known here; `note` says which.
    `frame`: a plan without any measure is only announced as such. It starts on `starts_on` and ends on `ends_on`.
    """

    title: Text
    phenomena: tuple[str, ...] = to("code/phenomenon")
    starts_on: date
    ends_on: date
    adopted_on: date
    act: str
    complete: bool
    note: Text | None = None
    headings: tuple[PlannedHeading, ...] = ()
    measures: tuple[PlannedMeasure, ...] = ()
