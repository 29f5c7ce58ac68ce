"""Plans for programs: the list, a plan with its chapters and measures, a measure. Written in pages, or as a table."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.utils import timezone
from ninja import Path, Router, Schema

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.plans import queries
from fanal.plans.rules import MeasureLine, PlanLine

router = Router(tags=["plans"])
Code = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,60}$", description="A code such as pan-2026-a.")]
Texts = dict[str, str]


class VersionOut(Schema):
    """A version: adopted by a decision of the register or by a cited act; a draft has no day of adoption."""

    number: int
    starts_on: date
    ends_on: date
    effective_on: date | None
    adopted_on: date | None
    decision: str
    act: str
    notes: Texts
    source: str
    to_verify: bool
    complete: bool


class PlanOut(Schema):
    """A plan as it stands today. `complete`: false where more measures exist than are known here."""

    code: str
    titles: Texts
    phenomena: list[str]
    state: str
    synthetic: bool
    measures: int
    version: VersionOut


class BenchmarkOut(Schema):
    """Where an indicator should stand on a day."""

    on: date
    value: Decimal


class IndicatorOut(Schema):
    """An indicator of a measure."""

    key: str
    titles: Texts
    unit: str
    baseline: Decimal | None
    baseline_on: date | None
    target: Decimal | None
    target_on: date | None
    benchmarks: list[BenchmarkOut]


class MeasureOut(Schema):
    """A measure. `lead` is empty where the source of an old plan names none; `budget_cents` null: not known."""

    key: str
    plan_code: str
    version: int
    number: str
    titles: Texts
    texts: Texts
    lead: str
    co_leads: list[str]
    contacts: list[str]
    starts_on: date
    ends_on: date
    budget_cents: int | None
    funding: str
    heading: str
    chapter: str
    sdgs: list[str]
    objectives: list[str]
    principles: list[str]
    sisters: list[str]
    source: str
    to_verify: bool
    indicators: list[IndicatorOut]


class HeadingOut(Schema):
    """A chapter, or an objective: then `parent` is the anchor of its chapter."""

    anchor: str
    level: str
    parent: str
    number: str
    titles: Texts


class PlanDetailOut(PlanOut):
    """A plan with what the version says that counts today."""

    headings: list[HeadingOut]
    lines: list[MeasureOut]


class MeasureDetailOut(MeasureOut):
    """A measure with the keys of those it was carried over from (the nearest first) and into."""

    carried_from: list[str]
    carried_into: list[str]


def _plan(found: PlanLine) -> dict[str, Any]:
    names = ("code", "titles", "phenomena", "synthetic", "measures", "version")
    return {**{name: getattr(found, name) for name in names}, "state": found.state.value}


def _measure(line: MeasureLine) -> dict[str, Any]:
    indicators = [
        {
            **{name: getattr(each, name) for name in IndicatorOut.model_fields if name != "benchmarks"},
            "benchmarks": [{"on": on, "value": value} for on, value in each.benchmarks],
        }
        for each in line.indicators
    ]
    return {name: getattr(line, name) for name in MeasureOut.model_fields} | {"indicators": indicators}


@router.get("", response=list[PlanOut])
@requires(Permission.PLAN_READ)
def plans(request: MemberRequest) -> Any:
    """Every adopted plan as it stands today, the youngest first. Some dozens at most: not paged."""
    return [_plan(each) for each in queries.plans(timezone.localdate())]


@router.get("/measures/{key}", response=MeasureDetailOut)
@requires(Permission.PLAN_READ)
def measure(request: MemberRequest, key: Code) -> Any:
    """A measure as the last adopted version that has it says."""
    on = timezone.localdate()
    return {
        **_measure(queries.measure(key, on)),
        "carried_from": [each.key for each in queries.chain(key, on)],
        "carried_into": [each.key for each in queries.successors(key, on)],
    }


@router.get("/{code}", response=PlanDetailOut)
@requires(Permission.PLAN_READ)
def plan(request: MemberRequest, code: Code) -> Any:
    """A plan with the chapters and measures of the version that counts today."""
    on = timezone.localdate()
    found = queries.plan(code, on)
    row = queries.version(code, found.version.number, None)
    return {
        **_plan(found),
        "headings": queries.headings(code, row.number),
        "lines": [_measure(line) for line in queries.measures_of(row.pk)],
    }
