"""Each wall of the protection tables alone, for every part of the cast."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, models, transaction
from tests.protection.acts import DAY, NOW, Stage, later
from tests.walls import second_wall_open

from fanal.access.models import Grant
from fanal.access.rules import Member
from fanal.access.services import acting_as, as_clockwork
from fanal.audit import queries as audit
from fanal.errors import NotFound
from fanal.protection import queries, services
from fanal.protection.models import Deadline, Document, Fact, Procedure, QuestionSet, Reply, Request

pytestmark = pytest.mark.django_db

FILE: tuple[type[models.Model], ...] = (Procedure, Fact, Document)
SEATED = {"immigration_agent", "centre_worker"}


def test_the_second_wall_alone_shows_the_file_to_its_seats_only(stage: Stage) -> None:
    stage.in_p3()
    for name, member in stage.cast.all.items():
        with acting_as(member):
            for table in FILE:
                assert table._default_manager.exists() == (name in SEATED), f"{name} and {table.__name__}"


def test_the_first_wall_alone_shows_the_file_to_its_seats_only(stage: Stage) -> None:
    row = stage.in_p3()
    for name, member in stage.cast.all.items():
        with second_wall_open():
            assert Procedure.objects.exists(), "the second wall is open in this test"
            assert queries.procedures(member).exists() == (name in SEATED)
            assert bool(queries.clocks_of(row.reference, member)) == (name in SEATED)
            assert queries.clocks(member, at=NOW).exists() == (name in SEATED)
            if name not in SEATED:
                with pytest.raises(NotFound):
                    queries.procedure(row.reference, member)


def test_the_guardian_has_a_seat_for_minors_only(stage: Stage) -> None:
    stage.opened(best_interests="x", track="minor", unaccompanied_minor=True)
    stage.in_p2()
    with acting_as(stage.cast.guardianship_officer):
        assert [row.track for row in Procedure.objects.all()] == ["minor"]


@pytest.mark.parametrize("wall", ["first", "second"])
def test_a_request_is_seen_by_who_made_it_and_who_answers(stage: Stage, wall: str) -> None:
    row = stage.requested()
    for name, member in stage.cast.all.items():
        with second_wall_open() if wall == "first" else acting_as(member):
            seen = queries.requests(member).exists() if wall == "first" else Request.objects.exists()
            assert seen == (name in SEATED), name
            if name not in SEATED:
                with pytest.raises(NotFound):
                    queries.request(row.reference, member)


def test_a_partner_sees_the_date_and_not_the_file(stage: Stage) -> None:
    row, agent, partner = stage.in_p2(), stage.cast.immigration_agent, stage.cast.reception
    with acting_as(agent):
        for _ in range(2):
            services.show_dates(by=agent, reference=row.reference, to_unit_id=partner.unit_id, at=later(1))
        grant = Grant.objects.get(unit_id=partner.unit_id, compartment_id=row.compartment_id)
    with acting_as(partner):
        assert {clock.clock for clock in queries.clocks(partner, at=later(1))} == {
            "document_end", "request", "ask",
        }  # fmt: skip
        for line in queries.lines(queries.clocks_of(row.reference, partner), partner):
            assert line.url == ""
        for table in FILE:
            assert not table._default_manager.exists()
        with pytest.raises(NotFound):
            services.consult(by=partner, reference=row.reference, at=later(1))
    with acting_as(agent):
        services.hide_dates(by=agent, reference=row.reference, grant=grant.id, at=later(2))
    with acting_as(partner):
        assert not Deadline.objects.exists()


def test_a_seat_in_the_file_is_not_taken_away_as_if_it_were_dates(stage: Stage) -> None:
    row, agent = stage.in_p2(), stage.cast.immigration_agent
    with acting_as(agent):
        grant = Grant.objects.get(
            unit_id=stage.cast.centre_worker.unit_id, level="contribute", compartment_id=row.compartment_id
        )
        with pytest.raises(NotFound):
            services.hide_dates(by=agent, reference=row.reference, grant=grant.id, at=later(2))


def test_the_clockwork_sees_dates_and_nothing_else(stage: Stage) -> None:
    row = stage.in_p2()
    stage.answered(stage.asked(row, days=1), days=2)
    with as_clockwork():
        assert Deadline.objects.exists()
        for table in (*FILE, Request, QuestionSet, Reply):
            assert not table._default_manager.exists(), table.__name__


def test_a_deadline_has_no_column_that_could_name_anybody() -> None:
    free = {"reference", "clock", "about", "basis"}
    found = {
        field.name
        for field in Deadline._meta.fields
        if isinstance(field, models.CharField | models.TextField)
    }
    assert found == free
    assert not any(
        isinstance(field, models.BinaryField | models.JSONField) for field in Deadline._meta.fields
    )


# What the database refuses to a centre that contributes, when a service forgets


def refused_by_the_database(member: Member, write: Callable[[], Any]) -> None:
    with (
        pytest.raises(ProgrammingError, match=r"row-level security|does not change|only the owner"),
        acting_as(member),
        transaction.atomic(),
    ):
        write()


def fact_of(row: Procedure, member: Member, **more: Any) -> Fact:
    return Fact.objects.create(
        **{
            "compartment_id": row.compartment_id,
            "procedure": row,
            "number": 99,
            "kind": "statement",
            "on": DAY,
            "at": NOW,
            "acted_by": member.person_id,
            "unit_id": member.unit_id,
        }
        | more
    )


def test_a_centre_contributes_requests_and_statements_and_decides_nothing(stage: Stage) -> None:
    row, worker, agent = stage.in_p2(), stage.cast.centre_worker, stage.cast.immigration_agent
    with acting_as(worker):
        fact_of(row, worker)
    for kind in ("decided", "event", "asked", "opened"):
        refused_by_the_database(worker, lambda kind=kind: fact_of(row, worker, number=100, kind=kind))
    refused_by_the_database(worker, lambda: fact_of(row, worker, number=100, unit_id=agent.unit_id))
    with acting_as(worker):
        given = Document.objects.get()
    refused_by_the_database(
        worker,
        lambda: Document.objects.create(
            compartment_id=row.compartment_id, procedure=row, fact=Fact.objects.get(kind="statement", number=99),
            kind="SHELL", first_day=DAY, latest=False, decided_on=DAY, basis="none",
        ),
    )  # fmt: skip
    with acting_as(worker):
        assert Document.objects.filter(pk=given.pk).update(last_day=None) == 0


def test_facts_are_never_changed_not_even_by_their_owner(stage: Stage) -> None:
    stage.in_p2()
    for member in (stage.cast.immigration_agent, stage.cast.centre_worker):
        with acting_as(member):
            assert Fact.objects.update(code="forged") == 0
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM protection_fact")
                assert cursor.rowcount == 0


def test_what_a_procedure_is_about_does_not_change(stage: Stage) -> None:
    row, agent, worker = stage.in_p2(), stage.cast.immigration_agent, stage.cast.centre_worker
    rows = Procedure.objects.filter(pk=row.pk)
    refused_by_the_database(agent, lambda: rows.update(person_id=uuid4()))
    refused_by_the_database(agent, lambda: rows.update(track="eu"))
    refused_by_the_database(worker, lambda: rows.update(identity=b"forged"))


def test_a_stranger_writes_nothing(stage: Stage) -> None:
    row, stranger = stage.in_p2(), stage.cast.outsider
    refused_by_the_database(stranger, lambda: fact_of(row, stranger))
    with acting_as(stranger):
        assert Procedure.objects.update(version=9) == 0
        assert Deadline.objects.update(done_at=NOW) == 0


def test_who_looked_is_for_the_owner(stage: Stage) -> None:
    row, worker, agent = stage.in_p2(), stage.cast.centre_worker, stage.cast.immigration_agent
    with acting_as(worker):
        services.consult(by=worker, reference=row.reference, at=later(1))
        assert not audit.looked_at(compartment_id=row.compartment_id, owner_unit_id=worker.unit_id).exists()
    with acting_as(agent):
        found = audit.looked_at(compartment_id=row.compartment_id, owner_unit_id=agent.unit_id)
        (entry,) = found.filter(act="protection.consult")
        assert (entry.unit_id, entry.purpose, entry.object_ids) == (worker.unit_id, "accompany", [row.id])


def test_reading_a_long_file_takes_no_more_statements(stage: Stage) -> None:
    short, long = stage.in_p2(), stage.in_p3()
    stage.answered(stage.asked(short, days=1), days=2)
    stage.answered(stage.asked(long, days=40), days=41)
    for day in (45, 50, 60):
        stage.stated(long, days=day)
    agent = stage.cast.immigration_agent
    counts = []
    for row in (short, long):
        with acting_as(agent), connection.execute_wrapper(counter := Counter()):
            services.consult(by=agent, reference=row.reference, at=later(70))
        counts.append(counter.count)
    assert counts[0] == counts[1]


class Counter:
    """Counts the statements that pass."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.count += 1
        return execute(sql, params, many, context)


def test_the_board_takes_three_statements_for_one_clock_or_many(stage: Stage) -> None:
    worker, counts = stage.cast.centre_worker, []
    for _ in range(2):
        stage.in_p2()
        with acting_as(worker), connection.execute_wrapper(counter := Counter()):
            assert queries.waiting(worker, later(45))
        counts.append(counter.count)
    assert counts[0] == counts[1]
