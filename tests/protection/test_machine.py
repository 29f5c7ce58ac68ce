"""Any acts in any order, legal or not: what must always be true of a procedure stays true.

The machine keeps a model of its own (a list of what happened and dates) and never asks the rules under test.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.cast import Cast
from tests.protection.acts import NOW, YES, case

from fanal.access.services import acting_as
from fanal.country import queries as country
from fanal.errors import Refusal
from fanal.protection import services
from fanal.protection.models import Deadline, Document, Fact, Procedure, QuestionSet, Reply
from fanal.protection.queries import files
from fanal.protection.rules.deadlines import dues
from fanal.protection.rules.facts import status
from fanal.protection.services.writing import ZONE

MOVES = (
    "open_reflection", "open_first_document", "open_minor", "first_document", "extend_first_document",
    "residence", "renew_residence", "unlimited", "end", "open_accompaniment",
)  # fmt: skip
ORDER = ["P0", "P1", "P2", "P2X", "P3", "P4"]
GIVES = {"P1": "SLIP", "P2": "LEAF", "P2X": "LEAF2", "P3": "SHELL", "P4": "ANCHOR"}
LEADS_ON = {
    "P0": ("open_reflection", "open_first_document", "open_minor"),
    "P1": ("first_document",),
    "P2": ("residence", "extend_first_document"),
    "P2X": ("residence",),
    "P3": ("renew_residence", "unlimited"),
}
START = datetime(2024, 3, 4, 10, tzinfo=NOW.tzinfo)


class Procedures(RuleBasedStateMachine):
    cast: Cast

    @initialize(track=st.sampled_from(["residence", "minor"]), has_title=st.booleans())
    def opens(self, track: str, has_title: bool) -> None:
        self.at = START
        self.extended = 0
        self.ended_on: date | None = None
        self.verdict = self.positive = False
        minor = track == "minor"
        agent = self.cast.immigration_agent
        # the old offence: the machine starts before the reform and may walk over it
        told = case(
            track=track, offence="H1", has_title=has_title, unaccompanied_minor=minor,
            centre_unit_id=self.cast.centre_worker.unit_id,
        )  # fmt: skip
        with acting_as(agent):
            row = services.open_file(by=agent, case=told, best_interests="x" if minor else "", at=self.at)
        self.reference, self.minor, self.has_title = row.reference, minor, has_title
        self.note = {"best_interests": "x"} if minor else {}

    def tries(self, member: Any, act: Callable[[], object]) -> bool:
        try:
            with acting_as(member), transaction.atomic():
                act()
        except Refusal:
            return False
        return True

    reached: ClassVar[set[str]] = set()

    def phase(self) -> str:
        with acting_as(self.cast.immigration_agent):
            found = Procedure.objects.get(reference=self.reference).phase
        self.reached.add(found)
        return found

    @rule(days=st.integers(0, 45))
    def waits(self, days: int) -> None:
        self.at += timedelta(days=days)

    @rule(back=st.integers(0, 5), by_centre=st.booleans())
    def states(self, back: int, by_centre: bool) -> None:
        by = self.cast.centre_worker if by_centre else self.cast.immigration_agent
        on = self.at.date() - timedelta(days=back)
        self.tries(
            by,
            lambda: services.record_statement(
                by=by, reference=self.reference, kind="complaint", on=on, at=self.at
            ),
        )

    @rule(move=st.sampled_from(MOVES))
    def requests(self, move: str) -> None:
        by = self.cast.centre_worker
        self.tries(by, lambda: services.request_move(by=by, reference=self.reference, move=move, at=self.at))

    @rule(
        move=st.sampled_from(MOVES),
        late=st.integers(0, 3),
        by=st.sampled_from(["immigration_agent", "centre_worker"]),
    )
    def decides(self, move: str, late: int, by: str) -> None:
        self.decided(move, late, by)

    @rule(nth=st.integers(0, 2), late=st.integers(0, 3))
    def decides_what_leads_on(self, nth: int, late: int) -> None:
        moves = LEADS_ON.get(self.phase(), ("end",))
        self.decided(moves[nth % len(moves)], late, "immigration_agent")

    @rule(steps=st.integers(1, 3), nth=st.integers(0, 2))
    def goes_on(self, steps: int, nth: int) -> None:
        """As people would: what the next step needs, then the step. Else no walk would ever come far."""
        for _ in range(steps):
            phase = self.phase()
            if phase in ("P0", "P1"):
                self.states(back=0, by_centre=True)
            if phase in ("P2", "P2X", "P3"):
                self.asks(auditor=False)
                self.answers(answers=YES)
            moves = LEADS_ON.get(phase, ("end",))
            for move in (*moves[nth % len(moves) :], *moves):
                self.decided(move, 0, "immigration_agent")
                if self.phase() != phase:
                    break
            self.at += timedelta(days=20)

    def decided(self, move: str, late: int, by: str) -> None:
        member, before = self.cast.all[by], self.phase()
        done = self.tries(
            member,
            lambda: services.decide(
                by=member,
                reference=self.reference,
                move=move,
                on=self.at.date() - timedelta(days=late),
                declared=["accompanied"],
                at=self.at,
                **self.note,
            ),
        )
        if not done:
            return
        assert by == "immigration_agent", "a centre decided"
        assert self.ended_on is None, "something was decided after the end"
        after = self.phase()
        assert ORDER.index(after) > ORDER.index(before) or move == "renew_residence"
        self.extended += move == "extend_first_document"
        if move in ("residence", "renew_residence"):
            assert self.positive, "a title without three positives since the last decision"
        if move == "unlimited":
            assert self.verdict, "unlimited stay without a verdict"
        if move == "open_reflection":
            assert not self.has_title
        self.positive = False

    @rule(move=st.sampled_from(MOVES))
    def refuses(self, move: str) -> None:
        agent = self.cast.immigration_agent
        self.tries(
            agent,
            lambda: services.refuse(
                by=agent, reference=self.reference, move=move, words="no", at=self.at, **self.note
            ),
        )

    @rule(auditor=st.booleans())
    def asks(self, auditor: bool) -> None:
        agent = self.cast.immigration_agent
        to = self.cast.auditor if auditor else self.cast.magistrate
        if self.tries(
            agent,
            lambda: services.ask(
                by=agent, reference=self.reference, magistrate_unit_id=to.unit_id, at=self.at
            ),
        ):
            self.positive = False

    @rule(
        answers=st.sampled_from(
            [YES, YES, YES | {"link_broken": "no"}, YES | {"still_victim": "not_yet"}, {}]
        )
    )
    def answers(self, answers: dict[str, str]) -> None:
        with acting_as(self.cast.immigration_agent):
            asked = list(QuestionSet.objects.filter(reference=self.reference).order_by("number"))
            answered = set(Reply.objects.values_list("question_set_id", flat=True))
        for row in asked:
            by = (
                self.cast.magistrate
                if row.magistrate_unit_id == self.cast.magistrate.unit_id
                else self.cast.auditor
            )
            done = self.tries(
                by,
                lambda row=row, by=by: services.answer(
                    by=by, question_set=row.id, answers=answers, at=self.at
                ),
            )
            if done and row.id not in answered and row is asked[-1] and self.fresh(row):
                self.positive = answers.get("link_broken") == "yes"

    def fresh(self, row: QuestionSet) -> bool:
        with acting_as(self.cast.immigration_agent):
            later = Fact.objects.filter(kind="decided", number__gt=row.number)
            return not later.filter(procedure__reference=self.reference).exists()

    @rule(event=st.sampled_from(["verdict", "acquittal"]))
    def hears(self, event: str) -> None:
        agent = self.cast.immigration_agent
        noted = self.tries(
            agent,
            lambda: services.record_event(
                by=agent, reference=self.reference, event=event, on=self.at.date(), at=self.at
            ),
        )
        self.verdict |= noted and event == "verdict"

    @precondition(lambda self: self.ended_on is None)
    @rule(ground=st.sampled_from(["G1", "G2", "G3"]), sure=st.integers(0, 2))
    def ends(self, ground: str, sure: int) -> None:
        if sure:  # seldom: most walks should live on
            return
        agent = self.cast.immigration_agent
        if self.tries(
            agent,
            lambda: services.end(
                by=agent, reference=self.reference, ground=ground, so={"freely": True}, words="w", at=self.at,
                **self.note,
            ),
        ):  # fmt: skip
            self.ended_on = self.at.date()

    @invariant()
    def what_is_always_true(self) -> None:
        if not hasattr(self, "reference"):
            return
        agent = self.cast.immigration_agent
        with acting_as(agent):
            row = Procedure.objects.get(reference=self.reference)
            papers = list(Document.objects.filter(procedure=row).order_by("fact__number"))
            facts = list(Fact.objects.filter(procedure=row).order_by("number"))
            running = list(Deadline.objects.filter(matter_id=row.id, done_at=None))
            file = files.load(row, agent)
        self.reached.add(row.phase)
        spans = ((p.first_day, p.closed_on or p.last_day or date.max) for p in papers)
        held = [(first, until) for first, until in spans if first <= until]
        for (_, until), (first, _) in pairwise(held):
            assert until < first, "two documents run on one day"
        assert sum(p.latest for p in papers) == min(len(papers), 1)
        assert self.extended <= 1, "a second extension"
        assert [fact.number for fact in facts] == list(range(1, len(facts) + 1))
        assert (row.ended_on is not None) == (self.ended_on is not None)
        assert (row.phase == "END") == (self.ended_on is not None)
        if papers and not self.ended_on:
            assert papers[-1].kind == GIVES[row.phase]
        if self.minor:
            assert all(f.best_interests for f in facts if f.kind in ("opened", "decided", "refused", "ended"))
        self.clocks_in_step(row, running, file)

    def clocks_in_step(self, row: Procedure, running: list[Deadline], file: Any) -> None:
        law = country.law(row_day(row, running, file))
        wanted = {(due.clock.value, due.on) for due in dues(file, law, ZONE)}
        assert {(clock.clock, clock.due_on) for clock in running} == wanted, "a clock is out of step"
        assert row.next_due_on == min((clock.due_on for clock in running), default=None)
        if row.ended_on or row.phase == "P4":
            assert not running
        assert row.phase == status(file).phase


def row_day(row: Procedure, running: list[Deadline], file: Any) -> date:
    """The day of the law under which the clocks were last set."""
    return max((clock.law_on for clock in running), default=row.opened_on)


@pytest.mark.asvs("2.3.1", "2.3.2")
@pytest.mark.django_db
def test_any_acts_in_any_order(cast: Cast) -> None:
    class Played(Procedures):
        pass

    Played.cast = cast
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Played,
        settings=settings(
            max_examples=20,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.generate],  # shrinking through a database takes minutes
            database=None,
        ),
    )
    assert {"P0", "P2", "P3"} <= Played.reached, "the walks stayed near the door"
