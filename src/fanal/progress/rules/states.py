"""The state of a measure, computed from what was reported, reviewed and decided; never typed. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum, unique

from .periods import Period, Rhythm, owed, period_at


@unique
class Code(StrEnum):
    """Where a measure stands. `NO_REPORT`: nobody can say, and that is said."""

    NOT_STARTED = "not_started"
    ON_TRACK = "on_track"
    LATE = "late"
    BLOCKED = "blocked"
    DONE = "done"
    DROPPED = "dropped"
    NO_REPORT = "no_report"


@unique
class Stage(StrEnum):
    """What a lead says of the work itself: a fact beside the figures, from which the state is computed."""

    NOT_BEGUN = "not_begun"
    UNDER_WAY = "under_way"
    COMPLETED = "completed"


@unique
class Evaluation(StrEnum):
    """A measure at the end of its plan, on the scale of the French CNCDH: réalisée, partiellement, non réalisée."""

    REALISED = "realised"
    PARTLY = "partly"
    NOT_REALISED = "not_realised"


@dataclass(frozen=True, slots=True)
class Mark:
    """What an indicator has to have reached on a day; `final`: its target."""

    on: date
    value: Decimal
    final: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """An indicator as the state sees it. It goes up, or down where the target lies below the baseline."""

    code: str
    baseline: Decimal | None = None
    target: Decimal | None = None
    marks: tuple[Mark, ...] = ()

    def reached(self, value: Decimal, wanted: Decimal) -> bool:
        """Whether a value is as good as what was wanted."""
        falls = self.baseline is not None and self.target is not None and self.target < self.baseline
        return value <= wanted if falls else value >= wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A measure as the state sees it. `until`: the last day of its plan; `patience`: so many reports may be missing
    in a row before that alone makes it late."""

    starts_on: date
    ends_on: date | None
    until: date | None
    rhythm: Rhythm
    patience: int
    aims: tuple[Aim, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """What an indicator was on a day; `period`: the last day of the period whose report says so."""

    value: Decimal
    measured_on: date
    period: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One report as the state sees it; `period`: the last day of its period; `agreed`: what the review said, if any."""

    period: date
    at: datetime
    stage: Stage
    blocked: bool = False
    evidence: int = 0
    agreed: bool | None = None
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ruling:
    """A body decided that a measure is dropped, or taken up again."""

    dropped: bool
    number: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is known of a measure: its last report, the last value of each indicator, the period of the last evidence
    and the last ruling. `reported_to`: the last period with any report, where only some of them count."""

    last: Told | None = None
    reported_to: date | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    evidence: date | None = None
    ruling: Ruling | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a code, and the facts that its sentence needs."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where a measure stands and why. `missing`: periods past their day without a report; `disputed`: the review of
    the last report does not agree with it."""

    code: Code
    reason: Reason
    missing: tuple[Period, ...] = ()
    disputed: bool = False
    reported: date | None = None


def fold(reports: Iterable[Told], rulings: Sequence[Ruling] = ()) -> Record:
    """What is known after these reports: of each period the latest one counts, of each indicator the latest day."""
    ordered = sorted(reports, key=lambda told: (told.period, told.at))
    values: dict[str, Value] = {}
    for told in sorted(ordered, key=lambda told: told.at):
        for code, value in told.values.items():
            if code not in values or values[code].measured_on <= value.measured_on:
                values[code] = value
    return Record(
        last=ordered[-1] if ordered else None,
        values=values,
        evidence=max((told.period for told in ordered if told.evidence), default=None),
        ruling=rulings[-1] if rulings else None,
    )


def state(task: Task, record: Record, on: date) -> State:
    """Where the measure stands on a day, with its reason.

    In this order: dropped by a decision; done (the targets are reached or, without any, the lead says completed, and
    a report since then carries evidence that the review does not dispute); not begun yet; nothing reported; past its
    end; blocked; a mark missed; too many reports missing; not begun; on track.
    """
    ruled, last = record.ruling, record.last
    if ruled is not None and ruled.dropped:
        facts = {"number": ruled.number, "on": ruled.on}
        return State(
            code=Code.DROPPED,
            reason=Reason("dropped_by_decision", facts),
            reported=last.period if last else None,
        )
    missing = _missing(task, record, on)
    completed = _completed(task, record)
    if completed == "done" and last is not None:
        return State(code=Code.DONE, reason=Reason("done", {"period": last.period}), reported=last.period)
    code, reason = _open(task, record, on, missing, completed)
    return State(
        code=code,
        reason=reason,
        missing=missing,
        disputed=last is not None and last.agreed is False,
        reported=last.period if last else None,
    )


def _open(
    task: Task, record: Record, on: date, missing: tuple[Period, ...], completed: str
) -> tuple[Code, Reason]:
    """The state of a measure that is neither dropped nor done."""
    last = record.last
    if last is None and record.reported_to is not None:
        return Code.NO_REPORT, Reason("not_reviewed", {"period": record.reported_to})
    if last is None:
        return _unreported(task, on, missing)
    past = task.ends_on is not None and task.ends_on < on
    if completed:
        return (Code.LATE if past else Code.ON_TRACK), _why_not_done(completed, task, record)
    if on < task.starts_on:
        return Code.NOT_STARTED, Reason("before_start", {"on": task.starts_on})
    if past:
        return Code.LATE, Reason("end_passed", {"on": task.ends_on})
    if last.blocked:
        return Code.BLOCKED, Reason("blocked", {"period": last.period})
    judged = [found for aim in task.aims if (found := _mark(task, aim, record.values.get(aim.code), on))]
    if missed := [reason for is_met, reason in judged if not is_met]:
        return Code.LATE, missed[0]
    if len(missing) >= task.patience:
        return Code.LATE, Reason("reports_missing", {"count": len(missing), "period": missing[0].last})
    if last.stage is Stage.NOT_BEGUN:
        return Code.LATE, Reason("not_begun", {"on": task.starts_on})
    if met := [reason for is_met, reason in judged if is_met]:
        return Code.ON_TRACK, met[0]
    return Code.ON_TRACK, Reason("reported", {"period": last.period})


def _unreported(task: Task, on: date, missing: tuple[Period, ...]) -> tuple[Code, Reason]:
    if on < task.starts_on:
        return Code.NOT_STARTED, Reason("before_start", {"on": task.starts_on})
    if task.until is not None and task.until < on:
        return Code.NO_REPORT, Reason("never_reported")
    if task.ends_on is not None and task.ends_on < on:
        return Code.LATE, Reason("end_passed", {"on": task.ends_on})
    if len(missing) >= task.patience:
        return Code.LATE, Reason("reports_missing", {"count": len(missing), "period": missing[0].last})
    if missing:
        return Code.NO_REPORT, Reason("first_report_missing", {"period": missing[0].last})
    first = period_at(max(task.starts_on, on), task.rhythm.months)
    return Code.NOT_STARTED, Reason("first_report_not_due", {"on": first.due_on(task.rhythm)})


def _missing(task: Task, record: Record, on: date) -> tuple[Period, ...]:
    """The periods whose day of reporting has passed without a report."""
    found = owed(
        starts_on=task.starts_on,
        until=task.until or task.ends_on,
        reported_to=record.reported_to or (record.last.period if record.last else None),
        rhythm=task.rhythm,
        on=on,
    )
    return tuple(period for period in found if period.due_on(task.rhythm) < on)


def _completed(task: Task, record: Record) -> str:
    """`done`, why it is not though it seems so (`evidence`, `disputed`, `target`), or nothing."""
    last = record.last
    if last is None:
        return ""
    aims = [aim for aim in task.aims if aim.target is not None]
    if aims:
        values = [record.values.get(aim.code) for aim in aims]
        reached = all(
            value is not None and aim.target is not None and aim.reached(value.value, aim.target)
            for aim, value in zip(aims, values, strict=True)
        )
        if not reached:
            return "target" if last.stage is Stage.COMPLETED else ""
        since = min(value.period for value in values if value is not None)
    elif last.stage is Stage.COMPLETED:
        since = last.period
    else:
        return ""
    if record.evidence is None or record.evidence < since:
        return "evidence"
    return "disputed" if last.agreed is False else "done"


def _why_not_done(completed: str, task: Task, record: Record) -> Reason:
    last = record.last
    assert last is not None
    if completed != "target":
        return Reason(
            {"evidence": "without_evidence", "disputed": "done_disputed"}[completed], {"period": last.period}
        )
    for aim in task.aims:
        value = record.values.get(aim.code)
        if aim.target is not None and (value is None or not aim.reached(value.value, aim.target)):
            facts = {"indicator": aim.code, "wanted": aim.target, "found": value.value if value else None}
            return Reason("target_open", facts)
    raise AssertionError("a target is open")


def _mark(task: Task, aim: Aim, value: Value | None, on: date) -> tuple[bool, Reason] | None:
    """What the latest mark before a day says: met or not; None where there is none, or nobody can know yet."""
    past = [mark for mark in aim.marks if mark.on < on]
    if not past:
        return None
    mark = max(past, key=lambda mark: mark.on)
    facts = {
        "indicator": aim.code,
        "on": mark.on,
        "wanted": mark.value,
        "found": value.value if value else None,
    }
    kind = "target" if mark.final else "benchmark"
    if value is not None and aim.reached(value.value, mark.value):
        return True, Reason(f"{kind}_met", facts)
    if value is not None and value.measured_on >= mark.on:
        return False, Reason(f"{kind}_missed", facts)
    if period_at(mark.on, task.rhythm.months).due_on(task.rhythm) < on:
        return False, Reason(f"{kind}_missed" if value else f"{kind}_unknown", facts)
    return None


def share(aim: Aim, value: Decimal) -> Decimal | None:
    """How much of the way from the baseline to the target is gone, between 0 and 1; None without both."""
    if aim.target is None or aim.baseline is None or aim.target == aim.baseline:
        return None
    gone = (value - aim.baseline) / (aim.target - aim.baseline)
    return min(max(gone, Decimal(0)), Decimal(1))


def evaluation(task: Task, record: Record, on: date) -> Evaluation | None:
    """What became of a measure once its plan is over; None before, and where nobody ever reported.

    Partly: the work had begun, or an indicator moved towards its target.
    """
    if task.until is None or on <= task.until:
        return None
    code = state(task, record, on).code
    if code is Code.DONE:
        return Evaluation.REALISED
    if code is Code.DROPPED:
        return Evaluation.NOT_REALISED
    if record.last is None:
        return None
    moved = any(
        aim.code in record.values and (share(aim, record.values[aim.code].value) or 0) > 0
        for aim in task.aims
    )
    if record.last.stage is not Stage.NOT_BEGUN or moved:
        return Evaluation.PARTLY
    return Evaluation.NOT_REALISED
