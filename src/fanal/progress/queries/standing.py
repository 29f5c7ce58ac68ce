"""Measures with their state: one, those of a plan, those in force."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from fanal.country import queries as country
from fanal.country.schema import Law
from fanal.plans import queries as plans
from fanal.plans.rules import IndicatorLine, MeasureLine, PlanLine
from fanal.progress import rules
from fanal.progress.queries.records import records
from fanal.progress.rules import Aim, Evaluation, Mark, Period, Record, Rhythm, State, Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A measure, what is known of it, and the state that follows. `owed`: periods without a report that may be
    reported already, the oldest first; `evaluation`: once its plan is over."""

    line: MeasureLine
    task: Task
    record: Record
    state: State
    evaluation: Evaluation | None
    owed: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class Pace:
    """How often measures are reported on: an organisational default of the country."""

    rhythm: Rhythm
    patience: int


def pace(law: Law) -> Pace:
    """The rhythm of reporting, from the country's thresholds."""
    rhythm = Rhythm(law.threshold("progress_months"), law.threshold("progress_days"))
    return Pace(rhythm, law.threshold("progress_patience"))


def end_of(on: date) -> datetime:
    """The moment up to which facts count for a day: its last one, in local time."""
    return timezone.make_aware(datetime.combine(on + timedelta(days=1), time.min)) - timedelta(microseconds=1)


def task_of(line: MeasureLine, until: date, pace: Pace) -> Task:
    """A measure as the rules see it; `until`: the last day of its plan."""
    return Task(
        starts_on=line.starts_on,
        ends_on=line.ends_on,
        until=until,
        rhythm=pace.rhythm,
        patience=pace.patience,
        aims=tuple(aim_of(indicator) for indicator in line.indicators),
    )


def aim_of(indicator: IndicatorLine) -> Aim:
    """An indicator as the rules see it; its target is its last mark."""
    marks = [Mark(on, value) for on, value in indicator.benchmarks]
    if indicator.target is not None and indicator.target_on is not None:
        marks.append(Mark(indicator.target_on, indicator.target, final=True))
    return Aim(code=indicator.key, baseline=indicator.baseline, target=indicator.target, marks=tuple(marks))


def standings(
    lines: Iterable[MeasureLine], until: date, on: date, *, reviewed_only: bool = False
) -> tuple[Standing, ...]:
    """Measures of one plan with their states on a day; `until`: the last day of that plan. Five statements."""
    lines = list(lines)
    found = records(lines, end_of(on), reviewed_only=reviewed_only)
    known = pace(country.law(on))
    return tuple(_standing(line, task_of(line, until, known), found[line.key], on) for line in lines)


def _standing(line: MeasureLine, task: Task, record: Record, on: date) -> Standing:
    state = rules.state(task, record, on)
    closed = state.code in (rules.Code.DONE, rules.Code.DROPPED)
    owed = rules.owed(
        starts_on=task.starts_on,
        until=task.until,
        reported_to=record.last.period if record.last else None,
        rhythm=task.rhythm,
        on=on,
    )
    return Standing(
        line=line,
        task=task,
        record=record,
        state=state,
        evaluation=rules.evaluation(task, record, on),
        owed=() if closed else owed,
    )


def states(plan_code: str, on: date, *, reviewed_only: bool = False) -> tuple[Standing, ...]:
    """The measures of a plan with their states on a day, in its order; `NotFound`. Eleven statements."""
    plan = plans.plan(plan_code, on)
    return of_plan(plan, on, reviewed_only=reviewed_only)


def of_plan(plan: PlanLine, on: date, *, reviewed_only: bool = False) -> tuple[Standing, ...]:
    """As `states`, of a plan that was read already."""
    return standings(plans.measures(plan.code, on), plan.version.ends_on, on, reviewed_only=reviewed_only)


def standing(key: str, on: date) -> Standing:
    """One measure with its state; `NotFound` for one that no adopted version has."""
    line = plans.measure(key, on)
    plan = plans.plan(line.plan_code, on)
    return standings([line], plan.version.ends_on, on)[0]


def led_by(institution: str, on: date) -> tuple[Standing, ...]:
    """The measures that an institution leads in the plans in force, with their states. Twelve statements."""
    return _running(plans.measures_led_by(institution, on), plans.in_force(on), on)


def in_force(on: date) -> tuple[Standing, ...]:
    """Every measure of the plans in force, with its state. Twelve statements, however many plans and reports."""
    return tuple(each for _plan, found in by_plan(on) for each in found)


def by_plan(on: date, *, reviewed_only: bool = False) -> list[tuple[PlanLine, tuple[Standing, ...]]]:
    """As `in_force`, under their plans, in the order of `plans.in_force`."""
    running = plans.in_force(on)
    every = _running(plans.measures_in_force(on), running, on, reviewed_only=reviewed_only)
    found: dict[str, list[Standing]] = {plan.code: [] for plan in running}
    for each in every:
        found[each.line.plan_code].append(each)
    return [(plan, tuple(found[plan.code])) for plan in running]


def _running(
    lines: Sequence[MeasureLine], running: Sequence[PlanLine], on: date, *, reviewed_only: bool = False
) -> tuple[Standing, ...]:
    ends = {plan.code: plan.version.ends_on for plan in running}
    known = pace(country.law(on))
    found = records(lines, end_of(on), reviewed_only=reviewed_only)
    return tuple(
        _standing(line, task_of(line, ends[line.plan_code], known), found[line.key], on) for line in lines
    )
