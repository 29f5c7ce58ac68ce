"""Attendance, the silence rule and the states of minutes, as tables."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from fanal.bodies.rules import VOTES, SeatHeld, SeatKind
from fanal.bodies.rules import Reason as Voted
from fanal.country.schema import VoteRule, same
from fanal.minutes.rules import silence, states
from fanal.minutes.rules.attendance import Noted, State, ever_there, standing, stays, there
from fanal.minutes.rules.silence import Reason, Stand

TEN = datetime(2026, 12, 3, 10, tzinfo=UTC)
A, B, C = UUID(int=1), UUID(int=2), UUID(int=3)


def after(minutes: int) -> datetime:
    return TEN + timedelta(minutes=minutes)


def note(seat: UUID, state: State, minutes: int = 0, who: str = "") -> Noted:
    return Noted(seat_id=seat, state=state, at=after(minutes), who=who)


DAY = [
    note(A, State.PRESENT, -5, "Ann"),
    note(B, State.EXCUSED, -5),
    note(C, State.SUBSTITUTE, 30, "Cas"),
    note(A, State.LEFT, 60),
    note(A, State.PRESENT, 90, "Ann"),
    note(B, State.SUBSTITUTE, 100, "Bea"),
]


@pytest.mark.parametrize(
    ("minutes", "seats"),
    [
        (-10, set()), (0, {A}), (29, {A}), (30, {A, C}), (60, {C}), (89, {C}), (90, {A, C}), (120, {A, B, C}),
    ],
)  # fmt: skip
def test_who_is_there(minutes: int, seats: set[UUID]) -> None:
    assert there(DAY, after(minutes)) == seats


def test_the_last_word_of_the_same_moment_counts_and_the_order_of_reading_does_not() -> None:
    twice = [note(A, State.PRESENT), note(A, State.ABSENT)]
    assert standing(twice, TEN)[A].state is State.ABSENT
    assert there(list(reversed(DAY)), after(120)) == there(DAY, after(120))
    assert ever_there([note(A, State.EXCUSED), note(B, State.PRESENT)]) == {B}


def test_stays_name_who_came_late_and_who_left() -> None:
    found = stays(DAY, TEN)
    assert [(stay.since, stay.until) for stay in found[A]] == [(None, after(60)), (after(90), None)]
    assert [(stay.since, stay.until) for stay in found[C]] == [(after(30), None)]
    assert [stay.fact.who for stay in found[B]] == ["Bea"]


def seat(key: UUID, kind: SeatKind = SeatKind.VOTING) -> SeatHeld:
    return SeatHeld(id=key, body_code="b", kind=kind, unit_ids=(1,), label="", votes=kind in VOTES)


def rule(mute: str, majority: str = "simple", quorum: str = "1/2") -> VoteRule:
    return VoteRule(
        code="r", source="s", label=same("r"), quorum=quorum, majority=majority, tie="falls", silence=mute  # type: ignore[arg-type]
    )  # fmt: skip


SEATS = [seat(A), seat(B), seat(C), seat(UUID(int=9), SeatKind.OBSERVER)]
YES3 = {A: "agrees", B: "agrees", C: "agrees"}


@pytest.mark.parametrize(
    ("stands", "mute", "majority", "over", "adopted", "reason"),
    [
        ({}, "agrees", "simple", False, None, Reason.RUNNING),
        ({}, "agrees", "simple", True, True, Reason.SILENCE_AGREES),
        ({}, "agrees", "consensus", True, True, Reason.SILENCE_AGREES),
        ({}, "abstains", "simple", True, False, Voted.NO_VOTES),
        ({}, "none", "simple", True, False, Reason.TOO_FEW_ANSWERED),
        ({A: "agrees"}, "abstains", "simple", True, True, Voted.MAJORITY),
        ({A: "agrees"}, "none", "simple", True, False, Reason.TOO_FEW_ANSWERED),
        ({A: "agrees", B: "agrees"}, "none", "simple", True, True, Voted.MAJORITY),
        (YES3, "none", "simple", False, True, Voted.MAJORITY),
        (YES3, "none", "consensus", False, True, Voted.CONSENSUS),
        ({A: "agrees", B: "objects"}, "agrees", "simple", False, None, Reason.RUNNING),
        ({A: "agrees", B: "objects"}, "agrees", "simple", True, True, Voted.MAJORITY),
        ({A: "agrees", B: "objects"}, "abstains", "simple", True, False, Voted.TIE),
        ({B: "objects"}, "agrees", "consensus", False, False, Reason.OBJECTION),
        ({A: "abstains", B: "abstains", C: "abstains"}, "agrees", "simple", False, False, Voted.NO_VOTES),
        ({UUID(int=9): "objects"}, "agrees", "consensus", True, True, Reason.SILENCE_AGREES),
    ],
)
def test_what_silence_means(
    stands: dict[UUID, str], mute: str, majority: str, over: bool, adopted: bool | None, reason: object
) -> None:
    said = {key: Stand(word) for key, word in stands.items()}
    found = silence.count(rule(mute, majority), SEATS, said, over=over)
    assert (found.adopted, found.reason) == (adopted, reason)
    assert found.yes + found.no + found.abstain + found.silent == 3


def test_approved_minutes_take_an_addendum_and_nothing_else() -> None:
    assert {act for act in states.Act if states.allowed(states.State.APPROVED, act)} == {states.Act.ADD}
    for state in set(states.State) - {states.State.APPROVED}:
        assert not states.allowed(state, states.Act.ADD)
    assert not states.allowed(states.State.DRAFT, states.Act.APPROVE)
    assert not states.allowed(states.State.DRAFT, states.Act.ATTEND)


@pytest.mark.parametrize(
    ("day", "may"), [(date(2026, 12, 1), False), (date(2026, 12, 15), False), (date(2026, 12, 16), True)]
)
def test_minutes_are_approved_when_the_time_for_remarks_is_over(day: date, may: bool) -> None:
    assert states.approvable(date(2026, 12, 5), date(2026, 12, 15), day) is may
