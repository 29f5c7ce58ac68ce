"""What a person or a file says a measure is, before anybody agreed: values, and everything that is wrong with them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from .goals import goals

LONGEST_TITLE = 500
LONGEST_TEXT = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorValues:
    """An indicator as somebody wrote it; `key` is empty for a new one."""

    key: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    baseline: Decimal | None = None
    baseline_on: date | None = None
    target: Decimal | None = None
    target_on: date | None = None
    benchmarks: tuple[tuple[date, Decimal], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureValues:
    """A measure as somebody wrote it; `key` is empty for a new one. Days are first and last days, both included."""

    key: str = ""
    number: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    lead: str = ""
    co_leads: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    budget_cents: int | None = None
    funding: str = ""
    sdgs: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    principles: tuple[str, ...] = ()
    sisters: tuple[str, ...] = ()
    indicators: tuple[IndicatorValues, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a measure has to fit into: the days of its plan, and the codes that exist."""

    starts_on: date
    ends_on: date
    institutions: Collection[str]
    contacts: Collection[str]
    sisters: Collection[str]


class Fault(StrEnum):
    """Something wrong, by its code; the words stand in `services.words`."""

    NO_NUMBER = "no_number"
    NO_TITLE = "no_title"
    TOO_LONG = "too_long"
    NO_LEAD = "no_lead"
    UNKNOWN_LEAD = "unknown_lead"
    UNKNOWN_CO_LEAD = "unknown_co_lead"
    LEAD_TWICE = "lead_twice"
    UNKNOWN_CONTACT = "unknown_contact"
    NO_START = "no_start"
    NO_END = "no_end"
    ENDS_BEFORE_START = "ends_before_start"
    BEFORE_PLAN = "before_plan"
    AFTER_PLAN = "after_plan"
    BUDGET_NEGATIVE = "budget_negative"
    UNKNOWN_GOAL = "unknown_goal"
    INDICATOR_UNNAMED = "indicator_unnamed"
    INDICATOR_WITHOUT_UNIT = "indicator_without_unit"
    TARGET_WITHOUT_BASELINE = "target_without_baseline"
    TARGET_WITHOUT_DAY = "target_without_day"
    DAY_WITHOUT_TARGET = "day_without_target"
    TARGET_OUTSIDE_PLAN = "target_outside_plan"
    BASELINE_AFTER_TARGET = "baseline_after_target"
    BENCHMARK_BEFORE_PLAN = "benchmark_before_plan"
    BENCHMARK_AFTER_PLAN = "benchmark_after_plan"
    BENCHMARK_TWICE = "benchmark_twice"


@dataclass(frozen=True, slots=True)
class Found:
    """A fault, the field it is in, and the word or day that is wrong."""

    fault: Fault
    field: str
    about: str = ""


def faults(values: MeasureValues, frame: Frame) -> tuple[Found, ...]:
    """Everything that is wrong with a measure and its indicators, in the order of the fields."""
    return (
        *_named(values),
        *_answered(values, frame),
        *_dated(values, frame),
        *_linked(values, frame),
        *(each for indicator in values.indicators for each in indicator_faults(indicator, frame)),
    )


def _named(values: MeasureValues) -> Iterator[Found]:
    if not values.number.strip():
        yield Found(Fault.NO_NUMBER, "number")
    if not any(said.strip() for said in values.titles.values()):
        yield Found(Fault.NO_TITLE, "title")
    for language, said in values.titles.items():
        if len(said) > LONGEST_TITLE:
            yield Found(Fault.TOO_LONG, f"title_{language}", str(LONGEST_TITLE))
    for language, said in values.texts.items():
        if len(said) > LONGEST_TEXT:
            yield Found(Fault.TOO_LONG, f"text_{language}", str(LONGEST_TEXT))


def _answered(values: MeasureValues, frame: Frame) -> Iterator[Found]:
    if not values.lead:
        yield Found(Fault.NO_LEAD, "lead")
    elif values.lead not in frame.institutions:
        yield Found(Fault.UNKNOWN_LEAD, "lead", values.lead)
    for code in values.co_leads:
        if code not in frame.institutions:
            yield Found(Fault.UNKNOWN_CO_LEAD, "co_leads", code)
    if values.lead and values.lead in values.co_leads:
        yield Found(Fault.LEAD_TWICE, "co_leads", values.lead)
    for code in values.contacts:
        if code not in frame.contacts:
            yield Found(Fault.UNKNOWN_CONTACT, "contacts", code)
    if values.budget_cents is not None and values.budget_cents < 0:
        yield Found(Fault.BUDGET_NEGATIVE, "budget")


def _dated(values: MeasureValues, frame: Frame) -> Iterator[Found]:
    if values.starts_on is None:
        yield Found(Fault.NO_START, "starts_on")
    elif values.starts_on < frame.starts_on:
        yield Found(Fault.BEFORE_PLAN, "starts_on", f"{frame.starts_on:%d.%m.%Y}")
    if values.ends_on is None:
        yield Found(Fault.NO_END, "ends_on")
    elif values.ends_on > frame.ends_on:
        yield Found(Fault.AFTER_PLAN, "ends_on", f"{frame.ends_on:%d.%m.%Y}")
    if values.starts_on and values.ends_on and values.ends_on < values.starts_on:
        yield Found(Fault.ENDS_BEFORE_START, "ends_on")


def _linked(values: MeasureValues, frame: Frame) -> Iterator[Found]:
    known = {
        "sdgs": goals("sdg"),
        "objectives": goals("objective"),
        "principles": goals("principle"),
        "sisters": frame.sisters,
    }
    for name, codes in known.items():
        for code in getattr(values, name):
            if code not in codes:
                yield Found(Fault.UNKNOWN_GOAL, name, code)


def indicator_faults(values: IndicatorValues, frame: Frame) -> tuple[Found, ...]:
    """Everything that is wrong with an indicator. A target needs the value it starts from (its baseline) and its day;
    benchmarks lie inside the plan, one a day."""
    return (*_measured(values, frame), *_marked(values, frame))


def _measured(values: IndicatorValues, frame: Frame) -> Iterator[Found]:
    if not any(said.strip() for said in values.titles.values()):
        yield Found(Fault.INDICATOR_UNNAMED, "indicator")
    if not values.unit.strip():
        yield Found(Fault.INDICATOR_WITHOUT_UNIT, "unit")
    if values.target is not None and values.baseline is None:
        yield Found(Fault.TARGET_WITHOUT_BASELINE, "baseline")
    if values.target is not None and values.target_on is None:
        yield Found(Fault.TARGET_WITHOUT_DAY, "target_on")
    if values.target is None and values.target_on is not None:
        yield Found(Fault.DAY_WITHOUT_TARGET, "target")
    if values.target_on is not None and not frame.starts_on <= values.target_on <= frame.ends_on:
        yield Found(Fault.TARGET_OUTSIDE_PLAN, "target_on", f"{values.target_on:%d.%m.%Y}")
    if values.baseline_on and values.target_on and values.target_on <= values.baseline_on:
        yield Found(Fault.BASELINE_AFTER_TARGET, "baseline_on")


def _marked(values: IndicatorValues, frame: Frame) -> Iterator[Found]:
    seen: set[date] = set()
    for on, _ in values.benchmarks:
        if on < frame.starts_on:
            yield Found(Fault.BENCHMARK_BEFORE_PLAN, "benchmarks", f"{on:%d.%m.%Y}")
        elif on > frame.ends_on:
            yield Found(Fault.BENCHMARK_AFTER_PLAN, "benchmarks", f"{on:%d.%m.%Y}")
        if on in seen:
            yield Found(Fault.BENCHMARK_TWICE, "benchmarks", f"{on:%d.%m.%Y}")
        seen.add(on)
