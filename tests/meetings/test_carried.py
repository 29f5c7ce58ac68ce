"""Carried-over items as a state machine: nothing open is lost, nothing closed returns, whatever the order of acts.

The machine keeps its own small idea of what must be open, in which body and from when; after each act the pools and
the agendas of the real house are compared with it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
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

from fanal.access.services import acting_as
from fanal.meetings import queries, services
from fanal.meetings.models import Meeting
from fanal.meetings.queries import Line

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
BODIES = ("bureau", "cell")
OTHER = {"bureau": "cell", "cell": "bureau"}


@dataclass
class Known:
    """What the machine expects of an item: where it is open, and from which day it returns."""

    body: str
    open: bool = True
    returns_on: date | None = None
    asks_late: str = ""


class _Undo(Exception):
    """Ends a run and leaves nothing behind."""


@contextmanager
def undone() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
            raise _Undo
    except _Undo:
        pass


class Carried(RuleBasedStateMachine):
    """Two bodies of one country, one secretary, one member, the chair."""

    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.at = START
        self.items: dict[str, Known] = {}
        self.meetings: dict[str, Meeting] = {}
        self.run = undone()
        self.run.__enter__()

    def teardown(self) -> None:
        self.run.__exit__(None, None, None)

    # What can be done

    @initialize()
    def begins(self) -> None:
        self.tick()

    def tick(self, days: int = 1) -> None:
        self.at += timedelta(days=days)

    @rule(body=st.sampled_from(BODIES))
    def propose(self, body: str) -> None:
        member = self.cast.representative
        with acting_as(member):
            row = services.propose(
                by=member, body_code=body, title=f"Item {len(self.items)}", aim="decision", at=self.at
            )
        self.items[row.title] = Known(body)

    @rule(body=st.sampled_from(BODIES), days=st.integers(1, 40))
    def convene(self, body: str, days: int) -> None:
        if body in self.meetings:
            return
        by = self.cast.secretary
        with acting_as(by):
            row = services.plan(
                by=by, body_code=body, begins_at=self.at + timedelta(days=days), minutes=60, at=self.at
            )
            self.meetings[body] = services.convene(by=by, reference=row.reference, at=self.at)

    @precondition(lambda self: self.meetings)
    @rule(data=st.data())
    def set_the_agenda(self, data: st.DataObject) -> None:
        body = data.draw(st.sampled_from(sorted(self.meetings)))
        with acting_as(self.cast.secretary):
            self.meetings[body] = services.set_agenda(
                by=self.cast.secretary, reference=self.meetings[body].reference, at=self.at
            )

    @precondition(lambda self: any(row.agenda_set_at for row in self.meetings.values()))
    @rule(data=st.data(), answer=st.sampled_from(["taken", "left", "nothing"]))
    def come_late(self, data: st.DataObject, answer: str) -> None:
        body = data.draw(st.sampled_from(sorted(b for b, row in self.meetings.items() if row.agenda_set_at)))
        meeting, member, chair = self.meetings[body], self.cast.representative, self.cast.chair
        with acting_as(member):
            row = services.propose(
                by=member, body_code=body, title=f"Item {len(self.items)}", aim="decision", at=self.at,
                meeting=meeting.reference, late=True, why_late="Now.",
            )  # fmt: skip
        known = self.items[row.title] = Known(body, asks_late=meeting.reference)
        with acting_as(chair):
            if answer == "taken":
                services.admit(by=chair, reference=row.reference, at=self.at)
                known.asks_late = ""
            elif answer == "left":
                services.leave_for_next(by=chair, reference=row.reference, why="Full.", at=self.at)
                known.asks_late, known.returns_on = "", self.day(meeting) + timedelta(days=1)

    @precondition(lambda self: self.meetings)
    @rule(data=st.data())
    def take_one_off(self, data: st.DataObject) -> None:
        body = data.draw(st.sampled_from(sorted(self.meetings)))
        meeting = self.meetings[body]
        lines = self.agenda(meeting)
        if meeting.agenda_set_at or not lines:
            return
        line = data.draw(st.sampled_from(lines))
        with acting_as(self.cast.secretary):
            services.take_off(by=self.cast.secretary, point_id=line.point_id, why="Not ripe.", at=self.at)
        self.items[line.title].returns_on = self.day(meeting) + timedelta(days=1)

    @precondition(lambda self: self.meetings)
    @rule(data=st.data())
    def hold(self, data: st.DataObject) -> None:
        body = data.draw(st.sampled_from(sorted(self.meetings)))
        meeting = self.meetings.pop(body)
        self.at = max(self.at, meeting.begins_at)
        for line in self.agenda(meeting):
            self.settle(line, meeting, data)
        with acting_as(self.cast.secretary):
            services.hold(by=self.cast.secretary, reference=meeting.reference, at=self.at)
        self.tick()

    def settle(self, line: Line, meeting: Meeting, data: st.DataObject) -> None:
        outcome = data.draw(
            st.sampled_from(["", "noted", "decided", "stays", "deferred", "sent", "withdrawn"])
        )
        if not outcome:
            return
        known, until, to_body = self.items[line.title], None, ""
        if outcome == "deferred":
            until = self.day(meeting) + timedelta(days=data.draw(st.integers(1, 90)))
        if outcome == "sent":
            to_body = OTHER[known.body]
        with acting_as(self.cast.secretary):
            services.settle(
                by=self.cast.secretary, point_id=line.point_id, outcome=outcome, until=until, to_body=to_body,
                at=self.at,
            )  # fmt: skip
        known.open = outcome in ("stays", "deferred", "sent")
        known.returns_on = until
        known.body = to_body or known.body

    @precondition(lambda self: self.meetings)
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        body = data.draw(st.sampled_from(sorted(self.meetings)))
        meeting = self.meetings.pop(body)
        with acting_as(self.cast.secretary):
            services.cancel(by=self.cast.secretary, reference=meeting.reference, why="Snow.", at=self.at)

    # What must be true

    def day(self, meeting: Meeting) -> date:
        return meeting.begins_at.date()

    def agenda(self, meeting: Meeting) -> list[Line]:
        with acting_as(self.cast.secretary):
            eye = queries.sight(self.cast.secretary, self.at.date())
            return [line for line in queries.agenda(meeting, eye) if line.title in self.items]

    @invariant()
    def the_pools_hold_what_is_open_and_nothing_else(self) -> None:
        with acting_as(self.cast.secretary):
            eye = queries.sight(self.cast.secretary, self.at.date())
            for body in BODIES:
                found = [row.title for row in queries.open_items(body, eye) if row.title in self.items]
                wanted = [title for title, known in self.items.items() if known.open and known.body == body]
                assert sorted(found) == sorted(wanted)

    @precondition(lambda self: len(self.meetings) < len(BODIES))
    @rule(data=st.data())
    def the_next_agenda_would_have_all_of_it(self, data: st.DataObject) -> None:
        """What is open, in its body, and whose day has come, stands on the agenda of a meeting built for that day."""
        body = data.draw(st.sampled_from([each for each in BODIES if each not in self.meetings]))
        mine = {title: known for title, known in self.items.items() if known.open and known.body == body}
        returns = {known.returns_on for known in mine.values() if known.returns_on}
        near = {day + timedelta(days=more) for day in returns for more in (-1, 0)} | {self.at.date()}
        day = data.draw(st.sampled_from(sorted(each for each in near if each >= self.at.date())))
        by = self.cast.secretary
        with undone(), acting_as(by):
            row = services.plan(
                by=by, body_code=body, begins_at=self.at + (day - self.at.date()), minutes=60, at=self.at
            )
            services.build(by=by, reference=row.reference, at=self.at)
            found = {line.title for line in queries.agenda(row, queries.sight(by, self.at.date()))}
            wanted = {
                title for title, known in mine.items() if known.returns_on is None or known.returns_on <= day
            }
            assert found & self.items.keys() == wanted


@pytest.mark.django_db
def test_nothing_open_is_lost_and_nothing_closed_returns(cast: Cast) -> None:
    class Machine(Carried):
        pass

    Machine.cast = cast
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=8, stateful_step_count=12, deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
        ),
    )  # fmt: skip
