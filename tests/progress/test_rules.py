"""Periods and the state of a measure with its reason: tables."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.progress.rules import (
    Aim,
    Code,
    Evaluation,
    Mark,
    Period,
    Record,
    Rhythm,
    Ruling,
    Stage,
    Task,
    Told,
    Value,
    evaluation,
    fold,
    owed,
    period_at,
    period_of,
    reportable,
    share,
    state,
)

QUARTERS = Rhythm(3, 30)
D = Decimal


# Periods


@pytest.mark.parametrize(
    ("day", "months", "code", "first", "last"),
    [
        (date(2024, 2, 29), 3, "2024-Q1", date(2024, 1, 1), date(2024, 3, 31)),
        (date(2024, 12, 31), 3, "2024-Q4", date(2024, 10, 1), date(2024, 12, 31)),
        (date(2024, 2, 29), 1, "2024-M2", date(2024, 2, 1), date(2024, 2, 29)),
        (date(2023, 7, 1), 6, "2023-H2", date(2023, 7, 1), date(2023, 12, 31)),
        (date(2023, 5, 1), 4, "2023-T2", date(2023, 5, 1), date(2023, 8, 31)),
        (date(2023, 5, 1), 12, "2023-Y1", date(2023, 1, 1), date(2023, 12, 31)),
    ],
)
def test_a_day_lies_in_one_period(day: date, months: int, code: str, first: date, last: date) -> None:
    found = period_at(day, months)
    assert (found.code, found.first, found.last) == (code, first, last)
    assert period_of(code) == found


@pytest.mark.parametrize("code", ["", "2024", "2024-Q0", "2024-Q5", "2024-X1", "24-Q1", "2024-H3", "0000-Q1"])
def test_what_names_no_period(code: str) -> None:
    assert period_of(code) is None


@given(st.dates(date(1995, 1, 1), date(2100, 1, 1)), st.sampled_from([1, 3, 4, 6, 12]))
def test_a_code_comes_back(day: date, months: int) -> None:
    found = period_at(day, months)
    assert found.first <= day <= found.last
    assert period_of(found.code) == found


def test_no_rhythm_that_crosses_a_year() -> None:
    with pytest.raises(ValueError, match="5 months"):
        Rhythm(5, 30)


def codes(periods: tuple[Period, ...]) -> list[str]:
    return [period.code for period in periods]


@pytest.mark.parametrize(
    ("reported_to", "on", "expected"),
    [
        (None, date(2024, 3, 31), []),  # its last day still runs
        (None, date(2024, 4, 1), ["2024-Q1"]),
        (None, date(2024, 12, 31), ["2024-Q1", "2024-Q2", "2024-Q3"]),
        (date(2024, 3, 31), date(2024, 12, 31), ["2024-Q2", "2024-Q3"]),
        (date(2024, 9, 30), date(2024, 12, 31), []),
        (date(2024, 6, 30), date(2030, 1, 1), ["2024-Q3", "2024-Q4", "2025-Q1"]),  # not after the end
        (date(2025, 3, 31), date(2030, 1, 1), []),
    ],
)
def test_periods_that_are_owed(reported_to: date | None, on: date, expected: list[str]) -> None:
    found = owed(
        starts_on=date(2024, 2, 15),
        until=date(2025, 2, 10),
        reported_to=reported_to,
        rhythm=QUARTERS,
        on=on,
    )
    assert codes(found) == expected


def test_one_reports_on_the_running_period_and_those_before() -> None:
    found = reportable(starts_on=date(2024, 2, 15), until=None, months=3, on=date(2024, 8, 1))
    assert codes(found) == ["2024-Q3", "2024-Q2", "2024-Q1"]
    assert reportable(starts_on=date(2024, 2, 15), until=None, months=3, on=date(2023, 8, 1)) == ()
    assert len(reportable(starts_on=date(1995, 1, 1), until=None, months=3, on=date(2024, 8, 1))) == 8


# States

START, END, PLAN_END = date(2024, 1, 1), date(2025, 6, 30), date(2025, 12, 31)
Q1, Q2, Q3, Q4 = date(2024, 3, 31), date(2024, 6, 30), date(2024, 9, 30), date(2024, 12, 31)
UP = Aim(
    code="u",
    baseline=D(0),
    target=D(100),
    marks=(Mark(date(2024, 6, 30), D(30)), Mark(END, D(100), final=True)),
)
DOWN = Aim(code="d", baseline=D(40), target=D(10), marks=(Mark(date(2024, 6, 30), D(30)),))


def task(*aims: Aim, ends_on: date | None = END) -> Task:
    return Task(starts_on=START, ends_on=ends_on, until=PLAN_END, rhythm=QUARTERS, patience=2, aims=aims)


def told(
    period: date,
    stage: str = "under_way",
    *,
    evidence: int = 0,
    agreed: bool | None = None,
    blocked: bool = False,
    **values: tuple[int, date] | int,
) -> Told:
    """A report sent ten days after its period; a value is measured on its last day unless told otherwise."""
    at = datetime(period.year, period.month, period.day, tzinfo=UTC)
    known = {
        code: Value(D(value[0]), value[1], period)
        if isinstance(value, tuple)
        else Value(D(value), period, period)
        for code, value in values.items()
    }
    return Told(
        period=period,
        at=at,
        stage=Stage(stage),
        blocked=blocked,
        evidence=evidence,
        agreed=agreed,
        values=known,
    )


DROPPED = Ruling(dropped=True, number="BUR-2024-007", on=date(2024, 5, 2))
AGAIN = Ruling(dropped=False, number="BUR-2024-011", on=date(2024, 9, 2))


@pytest.mark.parametrize(
    ("aims", "reports", "rulings", "on", "code", "reason"),
    [
        # Nothing reported
        ((), [], [], date(2023, 12, 31), "not_started", "before_start"),
        ((), [], [], START, "not_started", "first_report_not_due"),
        ((), [], [], date(2024, 4, 30), "not_started", "first_report_not_due"),  # the last day of reporting
        ((), [], [], date(2024, 5, 1), "no_report", "first_report_missing"),
        ((), [], [], date(2024, 7, 30), "no_report", "first_report_missing"),
        ((), [], [], date(2024, 7, 31), "late", "reports_missing"),
        ((), [], [], date(2025, 7, 1), "late", "end_passed"),
        ((), [], [], date(2026, 1, 1), "no_report", "never_reported"),
        # Reported
        ((), [told(Q1)], [], date(2024, 7, 30), "on_track", "reported"),
        ((), [told(Q1)], [], date(2024, 10, 30), "on_track", "reported"),  # one is missing
        ((), [told(Q1)], [], date(2024, 10, 31), "late", "reports_missing"),  # two are
        ((), [told(Q1, "not_begun")], [], date(2024, 5, 1), "late", "not_begun"),
        ((), [told(Q1), told(Q2, "not_begun")], [], date(2024, 8, 1), "late", "not_begun"),
        ((), [told(Q1, blocked=True)], [], date(2024, 5, 1), "blocked", "blocked"),
        ((), [told(Q1, blocked=True), told(Q2)], [], date(2024, 8, 1), "on_track", "reported"),
        ((), [told(Q1, blocked=True)], [], date(2025, 7, 1), "late", "end_passed"),
        ((), [told(Q4)], [], date(2025, 6, 30), "on_track", "reported"),  # the last day of the measure
        ((), [told(Q4)], [], date(2025, 7, 1), "late", "end_passed"),
        # Marks
        ((UP,), [told(Q1, u=10)], [], date(2024, 6, 30), "on_track", "reported"),  # the day itself still runs
        ((UP,), [told(Q1, u=10)], [], date(2024, 7, 30), "on_track", "reported"),  # nobody can know yet
        ((UP,), [told(Q1, u=10)], [], date(2024, 7, 31), "late", "benchmark_missed"),
        ((UP,), [told(Q1, u=30)], [], date(2024, 7, 1), "on_track", "benchmark_met"),
        ((UP,), [told(Q2, u=29)], [], date(2024, 6, 30), "on_track", "reported"),
        ((UP,), [told(Q2, u=29)], [], date(2024, 7, 1), "late", "benchmark_missed"),
        ((UP,), [told(Q2, u=30)], [], date(2024, 7, 1), "on_track", "benchmark_met"),
        ((UP,), [told(Q2, u=29), told(Q3, u=31)], [], date(2024, 10, 2), "on_track", "benchmark_met"),
        ((UP,), [told(Q1), told(Q2)], [], date(2024, 7, 31), "late", "benchmark_unknown"),
        ((UP,), [told(Q2, u=29, blocked=True)], [], date(2024, 7, 1), "blocked", "blocked"),
        ((DOWN,), [told(Q2, d=31)], [], date(2024, 7, 1), "late", "benchmark_missed"),
        ((DOWN,), [told(Q2, d=30)], [], date(2024, 7, 1), "on_track", "benchmark_met"),
        # Done
        ((), [told(Q2, "completed", evidence=1)], [], date(2024, 7, 1), "done", "done"),
        ((), [told(Q2, "completed", evidence=1)], [], date(2026, 7, 1), "done", "done"),
        ((), [told(Q2, "completed")], [], date(2024, 7, 1), "on_track", "without_evidence"),
        ((), [told(Q2, "completed")], [], date(2025, 7, 1), "late", "without_evidence"),
        ((), [told(Q1, evidence=3), told(Q2, "completed")], [], date(2024, 7, 1), "on_track", "without_evidence"),
        ((), [told(Q2, "completed", evidence=1, agreed=True)], [], date(2024, 7, 1), "done", "done"),
        ((), [told(Q2, "completed", evidence=1, agreed=False)], [], date(2024, 7, 1), "on_track", "done_disputed"),
        ((), [told(Q1, "completed", evidence=1), told(Q2)], [], date(2024, 7, 1), "on_track", "reported"),
        ((UP,), [told(Q2, u=100)], [], date(2024, 7, 1), "on_track", "without_evidence"),
        ((UP,), [told(Q2, u=100, evidence=1)], [], date(2024, 7, 1), "done", "done"),
        ((UP,), [told(Q1, u=100), told(Q2, evidence=1)], [], date(2024, 7, 1), "done", "done"),
        ((UP,), [told(Q1, evidence=1), told(Q2, u=100)], [], date(2024, 7, 1), "on_track", "without_evidence"),
        ((UP,), [told(Q2, "completed", u=99, evidence=1)], [], date(2024, 7, 1), "on_track", "target_open"),
        ((UP,), [told(Q2, "completed", u=99, evidence=1)], [], date(2025, 7, 1), "late", "target_open"),
        ((UP,), [told(Q2, "completed", evidence=1)], [], date(2024, 7, 1), "on_track", "target_open"),
        ((UP, DOWN), [told(Q2, u=100, d=11, evidence=1)], [], date(2024, 7, 1), "on_track", "benchmark_met"),
        ((UP, DOWN), [told(Q2, u=100, d=9, evidence=1)], [], date(2024, 7, 1), "done", "done"),
        # Dropped, and taken up again
        ((), [told(Q1)], [DROPPED], date(2024, 7, 1), "dropped", "dropped_by_decision"),
        ((), [told(Q1, "completed", evidence=1)], [DROPPED], date(2024, 7, 1), "dropped", "dropped_by_decision"),
        ((), [told(Q3)], [DROPPED, AGAIN], date(2024, 10, 1), "on_track", "reported"),
    ],
)  # fmt: skip
def test_the_state_and_its_reason(
    aims: tuple[Aim, ...], reports: list[Told], rulings: list[Ruling], on: date, code: str, reason: str
) -> None:
    found = state(task(*aims), fold(reports, rulings), on)
    assert (found.code, found.reason.code) == (code, reason)


def test_what_is_missing_stands_beside_the_state() -> None:
    found = state(task(), fold([told(Q1)]), date(2024, 10, 30))
    assert (found.code, codes(found.missing)) == (Code.ON_TRACK, ["2024-Q2"])
    assert state(task(), fold([told(Q4, "completed", evidence=1)]), date(2025, 12, 1)).missing == ()


def test_a_review_that_disagrees_stands_beside_the_state() -> None:
    found = state(task(), fold([told(Q1, agreed=False)]), date(2024, 5, 1))
    assert (found.code, found.disputed) == (Code.ON_TRACK, True)
    again = state(task(), fold([told(Q1, agreed=False), told(Q2)]), date(2024, 8, 1))
    assert again.disputed is False


def test_a_correction_of_a_period_counts_and_the_latest_day_of_an_indicator() -> None:
    first, second = told(Q1, u=(50, date(2024, 3, 1))), told(Q1, u=(5, date(2024, 3, 31)))
    late = Told(**{**{n: getattr(second, n) for n in Told.__slots__}, "at": datetime(2024, 5, 1, tzinfo=UTC)})
    record = fold([late, first])
    assert record.last == late
    assert record.values["u"].value == 5
    old = told(Q2, u=(99, date(2024, 2, 1)))
    assert fold([late, first, old]).values["u"].value == 5


def test_where_only_some_reports_count_the_others_are_not_missing() -> None:
    """The public reads what was reviewed; that more was reported is no reason to call a lead late."""
    none = Record(reported_to=Q3)
    found = state(task(), none, date(2024, 10, 30))
    assert (found.code, found.reason.code, found.missing) == (Code.NO_REPORT, "not_reviewed", ())
    some = replace(fold([told(Q1)]), reported_to=Q3)
    found = state(task(), some, date(2024, 10, 31))
    assert (found.code, found.reason.code) == (Code.ON_TRACK, "reported")


def test_the_facts_of_a_missed_mark() -> None:
    found = state(task(UP), fold([told(Q2, u=12)]), date(2024, 7, 1))
    assert found.reason.facts == {"indicator": "u", "on": Q2, "wanted": D(30), "found": D(12)}


@pytest.mark.parametrize(
    ("aim", "value", "gone"),
    [(UP, 25, "0.25"), (UP, 250, "1"), (UP, -5, "0"), (DOWN, 25, "0.5"), (DOWN, 10, "1")],
)
def test_the_way_to_a_target(aim: Aim, value: int, gone: str) -> None:
    assert share(aim, D(value)) == D(gone)
    assert share(Aim(code="x", target=D(3)), D(value)) is None


@pytest.mark.parametrize(
    ("reports", "rulings", "on", "expected"),
    [
        ([told(Q1)], [], PLAN_END, None),
        ([], [], date(2026, 1, 1), None),
        ([told(Q1)], [], date(2026, 1, 1), Evaluation.PARTLY),
        ([told(Q1, "not_begun")], [], date(2026, 1, 1), Evaluation.NOT_REALISED),
        ([told(Q1, "not_begun", u=3)], [], date(2026, 1, 1), Evaluation.PARTLY),
        ([told(Q1, u=100, evidence=1)], [], date(2026, 1, 1), Evaluation.REALISED),
        ([told(Q1)], [DROPPED], date(2026, 1, 1), Evaluation.NOT_REALISED),
    ],
)
def test_what_became_of_a_measure(
    reports: list[Told], rulings: list[Ruling], on: date, expected: Evaluation | None
) -> None:
    assert evaluation(task(UP), fold(reports, rulings), on) == expected
