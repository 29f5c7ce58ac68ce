"""The way of a contribution, the numbers of an outline, and the period of the next report."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.reports.rules import (
    MOVES,
    OPEN,
    THEIRS,
    Act,
    Node,
    State,
    after,
    allowed,
    due,
    next_period,
    outline,
)

D = date
S, A = State, Act


@pytest.mark.parametrize(
    ("state", "acts"),
    [
        (S.ASKED, {A.WRITE, A.WITHDRAW}),
        (S.DRAFTED, {A.WRITE, A.SEND, A.WITHDRAW}),
        (S.SENT, {A.ACCEPT, A.RETURN, A.WITHDRAW}),
        (S.RETURNED, {A.WRITE, A.WITHDRAW}),
        (S.ACCEPTED, {A.SIGN, A.RETURN, A.WITHDRAW}),
        (S.SIGNED, {A.RETURN, A.WITHDRAW}),
        (S.WITHDRAWN, set()),
    ],
)
def test_what_each_state_allows(state: State, acts: set[Act]) -> None:
    assert allowed(state) == acts


@given(st.lists(st.sampled_from(list(Act)), max_size=30))
def test_whatever_happens_nothing_is_signed_that_was_not_accepted(acts: list[Act]) -> None:
    state, accepted = State.ASKED, False
    for act in acts:
        then = after(act, state)
        if then is None:
            continue
        accepted = act is Act.ACCEPT or (accepted and act is Act.SIGN)
        assert then is not State.SIGNED or accepted
        assert then not in OPEN or act not in THEIRS - {Act.WRITE}, (
            "a text goes back to be written by the editor only"
        )
        state = then
    assert set(MOVES) == set(Act)


def node(n: int, parent: int | None, position: int) -> Node:
    return Node(UUID(int=n), UUID(int=parent) if parent else None, position)


def test_an_outline_is_numbered_as_it_stands() -> None:
    nodes = [node(3, None, 9), node(1, None, 2), node(2, 1, 1), node(4, 1, 0), node(5, 2, 0), node(6, 99, 0)]
    assert [(place.id.int, place.number, place.level) for place in outline(nodes)] == [
        (1, "1", 1),
        (4, "1.1", 2),
        (2, "1.2", 2),
        (5, "1.2.1", 3),
        (3, "2", 1),
    ], "a section whose parent was dropped is not there"


@pytest.mark.parametrize(
    ("state", "due_on", "told"),
    [
        (S.ASKED, D(2026, 6, 10), False),
        (S.ASKED, D(2026, 6, 9), False),
        (S.ASKED, D(2026, 6, 8), True),
        (S.DRAFTED, D(2026, 6, 1), True),
        (S.RETURNED, D(2026, 5, 1), True),
        (S.SENT, D(2026, 5, 1), False),
        (S.SIGNED, D(2026, 5, 1), False),
    ],
)
def test_a_department_is_reminded_within_a_week(state: State, due_on: date, told: bool) -> None:
    assert due(state, due_on, D(2026, 6, 1)) is told


@pytest.mark.parametrize(
    ("months", "last", "on", "period"),
    [
        (24, None, D(2026, 11, 22), (D(2024, 1, 1), D(2025, 12, 31))),
        (24, D(2022, 12, 31), D(2026, 11, 22), (D(2023, 1, 1), D(2025, 12, 31))),
        (12, None, D(2026, 1, 1), (D(2025, 1, 1), D(2025, 12, 31))),
        (1, None, D(2026, 3, 31), (D(2026, 2, 1), D(2026, 2, 28))),
        (1, None, D(2026, 1, 5), (D(2025, 12, 1), D(2025, 12, 31))),
        (1, D(2025, 12, 31), D(2026, 1, 5), (D(2025, 12, 1), D(2025, 12, 31))),
        (0, None, D(2026, 5, 6), (D(2026, 1, 1), D(2026, 5, 6))),
    ],
)
def test_the_next_report_covers_what_the_last_one_did_not(
    months: int, last: date | None, on: date, period: tuple[date, date]
) -> None:
    assert next_period(months, last, on) == period
