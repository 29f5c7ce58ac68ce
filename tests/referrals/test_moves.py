"""The moves of a referral, and a machine that tries them in every order."""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from fanal.referrals.rules.moves import OPEN, SIGHT, Act, Side, State, after, moves, repeats

FINAL = {State.REFUSED, State.WITHDRAWN, State.ELSEWHERE, State.DONE}


def test_each_side_has_its_own_acts() -> None:
    assert moves(Side.RECEIVER, State.PROPOSED) == (Act.ACCEPT, Act.REFUSE)
    assert moves(Side.RECEIVER, State.ACCEPTED) == (Act.REPORT_DONE,)
    assert moves(Side.SENDER, State.PROPOSED) == (Act.SEND, Act.WITHDRAW, Act.END_GROUND)
    assert moves(Side.SENDER, State.ACCEPTED) == (Act.SEND, Act.END_GROUND)
    assert moves(Side.CLOCK, State.PROPOSED) == (Act.TAKE_ELSEWHERE,)


def test_nothing_leaves_a_final_state() -> None:
    for state in FINAL:
        for act in Act:
            for side in Side:
                assert after(act, side, state) in (None, state)


def test_the_sender_cannot_answer_and_the_receiver_cannot_withdraw() -> None:
    assert after(Act.ACCEPT, Side.SENDER, State.PROPOSED) is None
    assert after(Act.REFUSE, Side.SENDER, State.PROPOSED) is None
    assert after(Act.WITHDRAW, Side.RECEIVER, State.PROPOSED) is None
    assert after(Act.END_GROUND, Side.RECEIVER, State.ACCEPTED) is None


def test_an_act_done_already_is_recognised() -> None:
    assert repeats(Act.ACCEPT, State.ACCEPTED)
    assert repeats(Act.REFUSE, State.REFUSED)
    assert repeats(Act.WITHDRAW, State.WITHDRAWN)
    assert repeats(Act.REPORT_DONE, State.DONE)
    assert not repeats(Act.ACCEPT, State.PROPOSED)
    assert not repeats(Act.ACCEPT, State.DONE)
    assert not repeats(Act.SEND, State.ACCEPTED)


def test_a_task_implies_sight() -> None:
    assert OPEN < SIGHT
    assert {state for state in State if moves(Side.RECEIVER, state)} == OPEN


class Referrals(RuleBasedStateMachine):
    """One referral, acts of every side in any order."""

    @initialize()
    def propose(self) -> None:
        self.state = State.PROPOSED
        self.past = [self.state]

    @rule(act=st.sampled_from(Act), side=st.sampled_from(Side))
    def try_to(self, act: Act, side: Side) -> None:
        led = after(act, side, self.state)
        assert (act in moves(side, self.state)) == (led is not None)
        if led is not None and led is not self.state:
            self.state = led
            self.past.append(led)

    @precondition(lambda self: self.state in FINAL)
    @rule()
    def nobody_has_a_task(self) -> None:
        assert not moves(Side.RECEIVER, self.state)
        assert not moves(Side.CLOCK, self.state)

    @invariant()
    def never_back(self) -> None:
        assert len(set(self.past)) == len(self.past), "a state is entered once"
        assert self.past[0] is State.PROPOSED
        if State.DONE in self.past:
            assert State.ACCEPTED in self.past


TestReferrals = Referrals.TestCase
