"""The pure rules of meetings as tables."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from fanal.country.schema import Calendar
from fanal.meetings.rules.agenda import Placed, moved, numbered, place_for
from fanal.meetings.rules.items import (
    AFTER,
    Outcome,
    Section,
    Source,
    Standing,
    State,
    belongs,
    in_order,
    section,
)
from fanal.meetings.rules.meetings import Agenda, agenda, slots
from fanal.meetings.rules.meetings import State as MeetingState
from fanal.meetings.rules.series import Day, Rule, days

DAY = date(2026, 12, 8)
BEGINS = datetime(2026, 12, 8, 9, tzinfo=UTC)
BELGIUM = Calendar("BE")


def standing(**values: object) -> Standing:
    given = {
        "key": "I", "source": Source.MEMBER, "state": State.OPEN, "returns_on": None, "placed": False, "treated": 0,
    }  # fmt: skip
    return Standing(**(given | values))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("item", "there"),
    [
        (standing(), True),
        (standing(returns_on=DAY), True),
        (standing(returns_on=DAY - timedelta(days=1)), True),
        (standing(returns_on=DAY + timedelta(days=1)), False),
        (standing(placed=True), False),
        *((standing(state=state), False) for state in State if state is not State.OPEN),
    ],
)
def test_what_belongs_on_an_agenda(item: Standing, there: bool) -> None:
    assert belongs(item, DAY) is there


def test_only_what_stays_or_is_deferred_is_open_afterwards() -> None:
    assert {outcome for outcome in Outcome if AFTER[outcome] is State.OPEN} == {
        Outcome.STAYS,
        Outcome.DEFERRED,
    }
    assert AFTER.keys() == set(Outcome)


def test_headings_come_in_their_order_and_the_oldest_first_in_each() -> None:
    items = [
        standing(key="measure", source=Source.MEASURE),
        standing(key="new"),
        standing(key="sent", source=Source.SENT),
        standing(key="back", treated=2),
        standing(key="newer"),
        standing(key="decision", source=Source.DECISION, treated=3),
    ]
    assert [item.key for item in in_order(items)] == ["back", "sent", "new", "newer", "decision", "measure"]
    assert section(Source.SENT, 1) is Section.BACK


def placed(nth: int, *, restricted: bool = False, minutes: int = 10) -> Placed:
    return Placed(UUID(int=nth), Section.PROPOSED, nth, restricted, minutes, f"C{nth:03}")


def test_restricted_points_change_neither_number_nor_hour_of_the_others() -> None:
    ordinary = [placed(1), placed(3, minutes=20), placed(5)]
    closed = [placed(2, restricted=True, minutes=60), placed(4, restricted=True)]
    without = numbered(ordinary, BEGINS)
    whole = numbered([*closed, *ordinary], BEGINS)
    assert [(each.number, each.slot) for each in whole[:3]] == [(each.number, each.slot) for each in without]
    assert [each.number for each in whole] == ["1", "2", "3", "R·C002", "R·C004"]
    assert [each.slot for each in whole[3:]] == [None, None]


def test_slots_follow_each_other() -> None:
    assert [(slot.begins_at - BEGINS).seconds // 60 for slot in slots(BEGINS, [10, 0, 30])] == [0, 10, 10]


@pytest.mark.parametrize(
    ("to", "order"), [(-5, [2, 1, 3]), (0, [2, 1, 3]), (1, [1, 2, 3]), (2, [1, 3, 2]), (99, [1, 3, 2])]
)
def test_a_point_moves_and_is_cut_at_the_ends(to: int, order: list[int]) -> None:
    assert moved([UUID(int=n) for n in (1, 2, 3)], UUID(int=2), to) == [UUID(int=n) for n in order]
    assert moved([UUID(int=1)], UUID(int=9), to) == [UUID(int=1)]


def test_a_new_point_goes_behind_its_own_kind() -> None:
    there = [Section.BACK, Section.PROPOSED, Section.MEASURE]
    assert place_for(Section.SENT, there) == 1
    assert place_for(Section.PROPOSED, there) == 2
    assert place_for(Section.MEASURE, there) == 3
    assert place_for(Section.BACK, []) == 0


@pytest.mark.parametrize(
    ("state", "set_at", "expected"),
    [
        (MeetingState.DRAFT, None, Agenda.OPEN),
        (MeetingState.CONVENED, None, Agenda.OPEN),
        (MeetingState.CONVENED, BEGINS, Agenda.SET),
        (MeetingState.HELD, BEGINS, Agenda.OVER),
        (MeetingState.CANCELLED, None, Agenda.OVER),
    ],
)
def test_how_far_an_agenda_is(state: MeetingState, set_at: datetime | None, expected: Agenda) -> None:
    assert agenda(state, set_at) is expected


# Series


def on(rule: Rule) -> list[Day]:
    return list(days(rule, BELGIUM))


def test_a_monthly_series_on_the_second_tuesday() -> None:
    found = on(Rule(1, 2, 1, date(2026, 9, 1), date(2026, 12, 31)))
    assert [day.on for day in found] == [
        date(2026, 9, 8), date(2026, 10, 13), date(2026, 11, 10), date(2026, 12, 8),
    ]  # fmt: skip
    assert {day.moved_from for day in found} == {None}


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        # 11 November, Armistice, a Wednesday in 2026: the day after
        (Rule(1, 2, 2, date(2026, 11, 1), date(2026, 11, 30)), Day(date(2026, 11, 12), date(2026, 11, 11))),
        # Friday 1 May 2026: the weekend lies between
        (Rule(1, 1, 4, date(2026, 5, 1), date(2026, 5, 31)), Day(date(2026, 5, 4), date(2026, 5, 1))),
        # the last Thursday of February in a leap year
        (Rule(1, -1, 3, date(2024, 2, 1), date(2024, 2, 29)), Day(date(2024, 2, 29), None)),
    ],
)
def test_what_falls_on_a_free_day_goes_to_the_next_working_day(rule: Rule, day: Day) -> None:
    assert on(rule) == [day]


def test_first_and_last_day_are_included_and_months_count_from_the_first() -> None:
    edge = Rule(1, 2, 1, date(2026, 9, 8), date(2026, 10, 13))
    assert [day.on for day in on(edge)] == [date(2026, 9, 8), date(2026, 10, 13)]
    assert [day.on.month for day in on(Rule(3, 1, 0, date(2026, 1, 1), date(2026, 12, 31)))] == [1, 4, 7, 10]
    assert on(Rule(1, 2, 1, date(2026, 9, 9), date(2026, 10, 12))) == []
