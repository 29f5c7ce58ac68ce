"""Quorum, votes, seats and cadence, as tables."""

from collections.abc import Mapping
from datetime import date
from itertools import count
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.access.rules import Role
from fanal.bodies import rules
from fanal.bodies.rules import Ballot, Outcome, PeriodState, Problem, Reason, SeatHeld, SeatKind, Term
from fanal.country.schema import Cadence, VoteRule, same

_ids = count(1)
YES, NO, ABSTAIN = Ballot.YES, Ballot.NO, Ballot.ABSTAIN
V, A, OBS = SeatKind.VOTING, SeatKind.ADVISORY, SeatKind.OBSERVER
C, S = SeatKind.CHAIR, SeatKind.SECRETARIAT


def seat(
    kind: SeatKind = V, *units: int, votes: bool | None = None, members: tuple[UUID, ...] = ()
) -> SeatHeld:
    n = next(_ids)
    return SeatHeld(
        id=UUID(int=n),
        body_code="bureau",
        kind=kind,
        unit_ids=units or (n,),
        label=f"seat {n}",
        votes=kind in rules.VOTES if votes is None else votes,
        member_ids=members,
    )


def rule(
    majority: str = "simple", quorum: str = "1/2", *, above: bool = False, tie: str = "chair"
) -> VoteRule:
    return VoteRule(
        code="r", label=same("r"), quorum=quorum, above=above, majority=majority, tie=tie, source="test",  # type: ignore[arg-type]
    )  # fmt: skip


# Quorum


@pytest.mark.parametrize(
    ("share", "above", "voting", "needed"),
    [
        ("1/2", False, 6, 3),
        ("1/2", True, 6, 4),
        ("1/2", False, 7, 4),
        ("1/2", True, 7, 4),
        ("2/3", False, 9, 6),
        ("2/3", True, 9, 7),
        ("1", False, 5, 5),
        ("0", False, 5, 0),
        ("1/2", False, 0, 0),
    ],
)
def test_how_many_it_takes(share: str, above: bool, voting: int, needed: int) -> None:
    seats = [seat() for _ in range(voting)]
    asked = rule(quorum=share, above=above)
    assert rules.quorum(asked, seats, []).needed == needed
    there = {it.id for it in seats[:needed]}
    assert rules.quorum(asked, seats, there).reached
    if needed:
        assert not rules.quorum(asked, seats, list(there)[1:]).reached


def test_observers_and_advisers_do_not_make_a_quorum() -> None:
    voting, others = [seat() for _ in range(4)], [seat(OBS), seat(A), seat(S)]
    found = rules.quorum(rule(), [*voting, *others], {it.id for it in others})
    assert (found.present, found.needed, found.of, found.reached) == (0, 2, 4, False)


def test_an_excluded_seat_counts_neither_as_present_nor_as_a_seat() -> None:
    seats = [seat() for _ in range(4)]
    there = {seats[0].id, seats[1].id}
    assert rules.quorum(rule(above=True), seats, there) == rules.Quorum(2, 3, 4)
    without = rules.quorum(rule(above=True), seats, there, excluded={seats[0].id})
    assert (without.present, without.needed, without.of) == (1, 2, 3)


def test_a_secretariat_to_which_the_country_gives_a_voice_votes() -> None:
    with_voice = seat(S, votes=True)
    assert rules.vote_problem(with_voice) == ""
    assert with_voice.prepares
    assert rules.quorum(rule(), [with_voice], {with_voice.id}).of == 1


# Votes


@pytest.mark.parametrize(
    ("majority", "tie", "votes", "outcome", "reason"),
    [
        ("simple", "chair", "yyn", "adopted", "majority"),
        ("simple", "chair", "ynn", "rejected", "too_few"),
        ("simple", "chair", "yaaa", "adopted", "majority"),
        ("simple", "falls", "yynn", "rejected", "tie"),
        ("simple", "chair", "", "rejected", "no_votes"),
        ("simple", "chair", "aaa", "rejected", "no_votes"),
        ("absolute", "chair", "yyaa", "rejected", "too_few"),
        ("absolute", "chair", "yyya", "adopted", "majority"),
        ("two_thirds", "chair", "yyn", "adopted", "majority"),
        ("two_thirds", "chair", "yyynn", "rejected", "too_few"),
        ("consensus", "falls", "yyaa", "adopted", "consensus"),
        ("consensus", "falls", "yyyn", "rejected", "against"),
    ],
)
def test_how_a_vote_ends(majority: str, tie: str, votes: str, outcome: str, reason: str) -> None:
    seats = [seat() for _ in votes]
    said = {"y": YES, "n": NO, "a": ABSTAIN}
    cast = {it.id: said[letter] for it, letter in zip(seats, votes, strict=True)}
    found = rules.counted(cast, rule(majority, tie=tie), seats)
    assert (found.outcome, found.reason) == (Outcome(outcome), Reason(reason))


@pytest.mark.parametrize(("chair", "outcome"), [(YES, "adopted"), (NO, "rejected")])
def test_the_chair_breaks_a_tie(chair: Ballot, outcome: str) -> None:
    seats = [seat(C), seat()]
    cast = {seats[0].id: chair, seats[1].id: NO if chair is YES else YES}
    found = rules.counted(cast, rule(), seats)
    assert (found.outcome, found.reason) == (Outcome(outcome), Reason.CHAIR)
    absent = [seat(C), seat(), seat()]
    assert rules.counted({absent[1].id: YES, absent[2].id: NO}, rule(), absent).reason is Reason.TIE


def test_presence_matters_to_an_absolute_majority_alone() -> None:
    seats = [seat() for _ in range(5)]
    cast = {seats[0].id: YES, seats[1].id: YES}
    there = {it.id for it in seats}
    assert rules.counted(cast, rule("absolute"), seats, present=there).outcome is Outcome.REJECTED
    assert rules.counted(cast, rule("simple"), seats, present=there).outcome is Outcome.ADOPTED


@pytest.mark.parametrize(
    ("kind", "problem"), [(OBS, "seat_does_not_vote"), (A, "seat_does_not_vote"), (S, "seat_does_not_vote")]
)
def test_a_vote_of_a_seat_without_a_voice_is_refused(kind: SeatKind, problem: str) -> None:
    watching, voting = seat(kind), seat()
    assert rules.vote_problem(watching) == problem
    with pytest.raises(ValueError, match=problem):
        rules.counted({watching.id: YES}, rule(), [watching, voting])


def test_an_excluded_seat_does_not_vote_and_an_unknown_one_neither() -> None:
    seats = [seat(), seat()]
    with pytest.raises(ValueError, match="seat_excluded"):
        rules.counted({seats[0].id: YES}, rule(), seats, excluded={seats[0].id})
    with pytest.raises(ValueError, match="no_seat"):
        rules.counted({UUID(int=10**9): YES}, rule(), seats)


def test_a_joint_seat_has_one_voice_and_falls_out_as_one() -> None:
    joint, other = seat(V, 101, 102, 103), seat()
    found = rules.counted({joint.id: YES, other.id: NO}, rule(tie="falls"), [joint, other])
    assert (found.yes, found.no, found.reason) == (1, 1, Reason.TIE)
    for unit in (101, 102, 103):
        assert (
            rules.seat_of([joint, other], unit_id=unit, membership_id=UUID(int=9), role=Role.CENTRE_WORKER)
            == joint
        )
    assert rules.quorum(rule(), [joint, other], {joint.id}, excluded={joint.id}).of == 1


_MAJORITIES = st.sampled_from(["simple", "absolute", "two_thirds", "consensus"])


@given(votes=st.lists(st.sampled_from(list(Ballot)), max_size=12), majority=_MAJORITIES)
def test_one_more_voice_against_never_helps(votes: list[Ballot], majority: str) -> None:
    seats = [seat() for _ in range(len(votes) + 1)]
    cast: Mapping[UUID, Ballot] = {it.id: vote for it, vote in zip(seats, votes, strict=False)}
    before = rules.counted(cast, rule(majority), seats).outcome
    after = rules.counted({**cast, seats[-1].id: NO}, rule(majority), seats).outcome
    assert not (before is Outcome.REJECTED and after is Outcome.ADOPTED)


# Seats


def test_of_two_seats_of_a_service_each_finds_her_own() -> None:
    chair, secretariat, voting = seat(C, 7), seat(S, 7), seat(V, 7)
    held = [voting, secretariat, chair]

    def found(role: Role, member: int = 1) -> SeatHeld | None:
        return rules.seat_of(held, unit_id=7, membership_id=UUID(int=member), role=role)

    assert found(Role.COORDINATOR) == chair
    assert found(Role.SECRETARY) == secretariat
    assert found(Role.CORRESPONDENT) == voting
    held.append(seat(A, 7, members=(UUID(int=5),)))
    assert found(Role.COORDINATOR, member=5) == held[-1]
    assert rules.seat_of(held, unit_id=8, membership_id=UUID(int=5), role=Role.COORDINATOR) is None


ONE, TWO, ANNE, BOB = UUID(int=1), UUID(int=2), UUID(int=11), UUID(int=12)
JAN, JUN, JUL, DEC = date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("new", "other", "problems"),
    [
        (Term(ONE, ANNE, JUL), Term(ONE, BOB, JAN, JUN), ()),
        (Term(ONE, ANNE, JUN), Term(ONE, BOB, JAN, JUN), (Problem.HELD,)),
        (Term(ONE, ANNE, JAN, JUN), Term(ONE, BOB, JUN), (Problem.HELD,)),
        (Term(ONE, ANNE, JAN, substitute=True), Term(ONE, BOB, JAN), ()),
        (Term(ONE, ANNE, JAN), Term(ONE, BOB, JAN, substitute=True), ()),
        (Term(TWO, ANNE, JAN), Term(ONE, ANNE, JAN), (Problem.TWO_SEATS,)),
        (Term(TWO, ANNE, JAN), Term(ONE, ANNE, JAN, substitute=True), (Problem.TWO_SEATS,)),
        (Term(ONE, ANNE, JAN, substitute=True), Term(ONE, ANNE, JAN), (Problem.TWICE,)),
        (Term(TWO, ANNE, JUL), Term(ONE, ANNE, JAN, JUN), ()),
        (Term(ONE, ANNE, JUL, JUN), Term(TWO, BOB, JAN), (Problem.BACKWARDS,)),
    ],
)
def test_what_stands_against_somebody_in_a_seat(
    new: Term, other: Term, problems: tuple[Problem, ...]
) -> None:
    assert rules.seat_problems(new, [other]) == problems


# Cadence

MONTHLY = Cadence(code="m", label=same("m"), at_least=1, per="month", source="t")
TWICE = Cadence(code="y", label=same("y"), at_least=2, per="year", source="t")


def states(rule_: Cadence, held: list[date], since: date, on: date) -> str:
    return " ".join(it.state.value for it in rules.cadence([rule_], held, since, on))


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (["2026-01-31", "2026-02-01", "2026-03-15"], "met met met"),
        (["2026-01-10", "2026-03-02", "2026-03-30"], "met late met"),
        (["2026-01-10", "2026-03-02"], "met late met"),
        (["2026-01-10"], "met late open"),
        ([], "missed late open"),
        (["2026-02-27"], "missed met open"),
        (["2026-04-01", "2026-05-01"], "missed late open"),
    ],
)
def test_the_months_of_a_body_that_meets_every_month(held: list[str], said: str) -> None:
    """The running month is the third; what is held after the day one asks does not count."""
    days = [date.fromisoformat(it) for it in held]
    assert states(MONTHLY, days, date(2026, 1, 1), date(2026, 3, 31)) == said


def test_a_missed_meeting_is_made_up_by_one_beyond_those_of_its_own_period() -> None:
    held = [date(2024, 3, 1), date(2025, 2, 1), date(2025, 5, 1), date(2025, 9, 1)]
    found = rules.cadence([TWICE], held, date(2024, 1, 1), date(2026, 6, 1))
    assert [it.state for it in found] == [PeriodState.LATE, PeriodState.MET, PeriodState.OPEN]
    assert found[0].made_up == (date(2025, 2, 1),)
    assert found[2].lacking == 2


def test_a_cell_that_hardly_met() -> None:
    """Once a year since 2018, none in 2020: as the House was told (belgium.md, section 10)."""
    held = [date(year, 12, 1) for year in (2018, 2019, 2021, 2022)]
    found = rules.cadence([TWICE], held, date(2018, 1, 1), date(2022, 12, 31))
    assert [it.state.value for it in found] == ["missed", "missed", "missed", "late", "open"]


def test_a_period_is_judged_by_the_version_of_its_last_day_and_only_when_whole() -> None:
    old = Cadence(code="y", label=same("y"), at_least=1, per="year", valid_to=date(2024, 6, 30), source="t")
    new = Cadence(code="y", label=same("y"), at_least=3, per="year", valid_from=date(2024, 7, 1), source="t")
    found = rules.cadence([new, old], [], date(2023, 2, 1), date(2025, 2, 1))
    assert [(it.start.year, it.wanted) for it in found] == [(2024, 3), (2025, 3)]
    ended = Cadence(
        code="y", label=same("y"), at_least=1, per="year", valid_to=date(2023, 12, 31), source="t"
    )
    assert [it.start.year for it in rules.cadence([ended], [], date(2022, 1, 1), date(2026, 1, 1))] == [
        2022,
        2023,
    ]


@given(st.lists(st.dates(date(2020, 1, 1), date(2023, 12, 31)), max_size=60))
def test_no_meeting_counts_twice_and_none_is_lost(held: list[date]) -> None:
    periods = rules.cadence([MONTHLY], held, date(2020, 1, 1), date(2023, 12, 31))
    assert sorted(day for it in periods for day in it.held) == sorted(set(held))
    made_up = [day for it in periods for day in it.made_up]
    assert len(made_up) == len(set(made_up))
    by_start = {it.start: it for it in periods}
    for it in periods:
        assert (it.state is PeriodState.MET) == (len(it.held) >= it.wanted)
        for day in it.made_up:
            assert (
                day in by_start[date(day.year, day.month, 1)].held[it.wanted :]
                or len(by_start[date(day.year, day.month, 1)].held) > it.wanted
            )
