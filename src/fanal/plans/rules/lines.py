"""What others read of a plan: frozen values, and the state that follows from dates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

LANGUAGES = ("fr", "nl", "de", "en")


class State(StrEnum):
    """Where a plan stands on a day: computed, never kept."""

    DRAFT = "draft"
    TO_COME = "to_come"
    IN_FORCE = "in_force"
    CLOSED = "closed"


def words(texts: Mapping[str, str], language: str) -> str:
    """The text in the reader's language; else in English, else in the first language that has one."""
    found = texts.get(language[:2]) or texts.get("en")
    return found or next((texts[each] for each in LANGUAGES if texts.get(each)), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorLine:
    """An indicator. `benchmarks`: (day, value) in the order of the days. Values in `unit`; None: not known."""

    key: str
    titles: Mapping[str, str]
    unit: str
    baseline: Decimal | None
    baseline_on: date | None
    target: Decimal | None
    target_on: date | None
    benchmarks: tuple[tuple[date, Decimal], ...] = ()

    def title(self, language: str) -> str:
        """Its name in the reader's language."""
        return words(self.titles, language)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingLine:
    """A chapter, or an objective (`parent` is then the anchor of its chapter)."""

    anchor: str
    level: str
    parent: str
    number: str
    titles: Mapping[str, str]

    def title(self, language: str) -> str:
        """Its title in the reader's language."""
        return words(self.titles, language)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureLine:
    """A measure as one version of its plan has it. `key` never changes; the rest may, from version to version.

    `lead` and `co_leads`: codes of institutions; `lead` is empty where the source of an old plan does not name one.
    `contacts`: codes of units. `budget_cents`: euro cents, None where it is not known. `heading`: the anchor of the
    objective or chapter it stands in; `chapter`: the anchor of its chapter.
    """

    key: str
    plan_code: str
    version: int
    number: str
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    lead: str
    co_leads: tuple[str, ...]
    contacts: tuple[str, ...]
    starts_on: date
    ends_on: date
    budget_cents: int | None
    funding: str
    heading: str
    chapter: str
    indicators: tuple[IndicatorLine, ...] = ()
    sdgs: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    principles: tuple[str, ...] = ()
    sisters: tuple[str, ...] = ()
    source: str = ""
    to_verify: bool = False

    def title(self, language: str) -> str:
        """Its title in the reader's language."""
        return words(self.titles, language)

    def text(self, language: str) -> str:
        """What is to be done, in the reader's language."""
        return words(self.texts, language)


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """One version of a plan: a draft without `adopted_on`. `decision`: a number of the register; `act`: a citation."""

    number: int
    starts_on: date
    ends_on: date
    effective_on: date | None
    adopted_on: date | None
    decision: str
    act: str
    notes: Mapping[str, str]
    source: str
    to_verify: bool
    complete: bool

    def note(self, language: str) -> str:
        """What is to be said of it, in the reader's language."""
        return words(self.notes, language)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """A plan on a day: its state, and the version that counts on that day (`version`; the draft where it has no
    other). `measures`: how many that version has."""

    code: str
    phenomena: tuple[str, ...]
    titles: Mapping[str, str]
    synthetic: bool
    state: State
    version: VersionLine
    measures: int
    has_draft: bool

    def title(self, language: str) -> str:
        """Its title in the reader's language."""
        return words(self.titles, language)


def in_force(versions: Sequence[VersionLine], on: date) -> VersionLine | None:
    """The version that counts on a day: of those adopted and effective by then, the last. None before the first."""
    found = [each for each in versions if each.effective_on is not None and each.effective_on <= on]
    return max(found, key=lambda each: each.number, default=None)


def state(versions: Sequence[VersionLine], on: date) -> State:
    """Where a plan stands on a day: a draft before any adoption; to come; in force from its first to its last day;
    closed after."""
    adopted = [each for each in versions if each.adopted_on is not None]
    if not adopted:
        return State.DRAFT
    counted = in_force(versions, on)
    if counted is None or on < counted.starts_on:
        return State.TO_COME
    return State.IN_FORCE if on <= counted.ends_on else State.CLOSED
