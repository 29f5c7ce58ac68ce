"""The questions to the magistrate: put, answered once, and a window on nothing else."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction
from tests.protection.acts import DAY, YES, Stage, later
from tests.walls import second_wall_open

from fanal.access.models import Compartment, Grant
from fanal.access.services import acting_as
from fanal.audit.models import Entry
from fanal.directory.models import Unit
from fanal.errors import Invalid, NotAllowed, NotFound, Refusal
from fanal.notify.models import Message
from fanal.protection import queries, services
from fanal.protection.models import (
    Deadline,
    Document,
    Fact,
    Notice,
    Procedure,
    QuestionSet,
    Reply,
    Request,
)

pytestmark = pytest.mark.django_db


def test_the_questions_go_to_the_magistrates_unit_with_a_clock(stage: Stage) -> None:
    row = stage.in_p2()
    asked = stage.asked(row, days=1, judicial_reference="HA-77/26")
    magistrate = stage.cast.magistrate
    with acting_as(magistrate):
        sheet = services.consult_questions(by=magistrate, question_set=asked.id, at=later(1))
        (clock,) = sheet.clocks
    assert sheet.row.questions == ["still_victim", "proceedings_ongoing", "will_to_cooperate", "link_broken"]
    assert (sheet.judicial_reference, sheet.reply, sheet.about.identity.family_name) == ("HA-77/26", None, "")
    assert (clock.clock, clock.due_on, clock.reference) == ("answer", date(2026, 3, 10), row.reference)
    assert Message.objects.filter(unit_id=magistrate.unit_id, kind="protection.ask").count() == 1
    with acting_as(stage.cast.immigration_agent):
        assert Entry.objects.filter(act="protection.consult_questions").count() == 1, (
            "the owner sees who looked"
        )


def test_the_identity_goes_along_only_when_it_is_told(stage: Stage) -> None:
    asked = stage.asked(stage.in_p2(), days=1, tell_identity=True)
    with acting_as(stage.cast.magistrate):
        sheet = services.consult_questions(by=stage.cast.magistrate, question_set=asked.id, at=later(1))
    assert (sheet.about.pseudonym, sheet.about.identity.family_name) == ("Kestrel", "Invented")


def test_the_magistrate_reaches_nothing_of_the_procedure(stage: Stage) -> None:
    """By no table, reference or id: she sees her questions, their clock and their grant."""
    row = stage.in_p2()
    asked = stage.asked(row, days=1)
    magistrate = stage.cast.magistrate
    with acting_as(magistrate):
        for table in (Procedure, Fact, Document, Request):
            assert not table._default_manager.exists(), table.__name__
        assert [each.id for each in QuestionSet.objects.all()] == [asked.id]
        assert {each.matter_id for each in Deadline.objects.all()} == {asked.id}
        assert [each.pk for each in Compartment.objects.exclude(kind="body")] == [asked.compartment_id]
        found = Grant.objects.exclude(compartment__kind="body")
        assert {each.compartment_id for each in found} == {asked.compartment_id}
        for read in (
            lambda: queries.procedure(row.reference, magistrate),
            lambda: queries.request(row.reference, magistrate),
            lambda: services.consult(by=magistrate, reference=row.reference, at=later(1)),
            lambda: services.reveal_identity(
                by=magistrate, reference=row.reference, purpose="protect", at=later(1)
            ),
        ):
            with pytest.raises(NotFound):
                read()
        assert not list(queries.procedures(magistrate))


def test_the_first_wall_alone_hides_the_procedure_from_the_magistrate(stage: Stage) -> None:
    row = stage.in_p2()
    asked = stage.asked(row, days=1)
    magistrate, stranger = stage.cast.magistrate, stage.cast.other_magistrate
    with second_wall_open():
        assert Procedure.objects.count() == 1, "the second wall is open in this test"
        assert not list(queries.procedures(magistrate))
        with pytest.raises(NotFound):
            queries.procedure(row.reference, magistrate)
        assert queries.addressed(asked.id, magistrate) == asked
        with pytest.raises(NotFound):
            queries.addressed(asked.id, stranger)
        assert not list(queries.to_unit(stranger))


def test_the_centre_does_not_see_questions_or_answers(stage: Stage) -> None:
    asked = stage.asked(stage.in_p2(), days=1)
    stage.answered(asked, days=2)
    for member in (stage.cast.centre_worker, stage.cast.outsider, stage.cast.guardianship_officer):
        with acting_as(member):
            assert not QuestionSet.objects.exists()
            assert not Reply.objects.exists()
            assert not list(queries.to_unit(member))


def test_an_answer_is_given_once_and_tells_the_office(stage: Stage) -> None:
    row = stage.in_p2()
    asked = stage.asked(row, days=1)
    magistrate, agent = stage.cast.magistrate, stage.cast.immigration_agent
    with acting_as(magistrate):
        for _ in range(2):
            services.answer(
                by=magistrate,
                question_set=asked.id,
                answers=YES,
                words={"link_broken": " Since May. "},
                at=later(3),
            )
        with pytest.raises(Refusal) as refused:
            services.answer(
                by=magistrate, question_set=asked.id, answers=YES | {"link_broken": "no"}, at=later(4)
            )
        assert refused.value.code == "already_answered"
        assert not Deadline.objects.filter(done_at=None).exists()
    assert Message.objects.filter(unit_id=agent.unit_id, kind="protection.answer").count() == 1
    with acting_as(agent):
        sheet = services.consult(by=agent, reference=row.reference, at=later(4))
        (reply,) = sheet.replies.values()
        assert sheet.said[reply.id] == {"link_broken": "Since May."}
        assert next(option for option in sheet.options if option.move.code == "residence").ready


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"still_victim": "yes"}, "unanswered"),
        (YES | {"link_broken": "perhaps"}, "unknown_code"),
        (YES | {"weather": "yes"}, "unknown_code"),
    ],
)
def test_answers_that_cannot_be_right(stage: Stage, answers: dict[str, str], code: str) -> None:
    asked = stage.asked(stage.in_p2(), days=1)
    magistrate = stage.cast.magistrate
    with acting_as(magistrate), pytest.raises(Invalid) as refused:
        services.answer(by=magistrate, question_set=asked.id, answers=answers, at=later(2))
    assert refused.value.code == code


def test_r_p3_1_not_three_positives_not_the_title(stage: Stage) -> None:
    row = stage.in_p2()
    stage.answered(stage.asked(row, days=1), days=2, link_broken="not_yet")
    with pytest.raises(Refusal) as refused:
        stage.decided(row, "residence", days=3)
    assert refused.value.facts == {"condition": "magistrate_confirms", "state": "answered_otherwise"}


def test_old_answers_do_not_renew(stage: Stage) -> None:
    row = stage.in_p3()
    with pytest.raises(Refusal) as refused:
        stage.decided(row, "renew_residence", days=100)
    assert refused.value.facts["state"] == "not_asked"
    stage.answered(stage.asked(row, days=110), days=112)
    assert stage.decided(row, "renew_residence", days=120).valid_until == date(2026, 11, 30)


def test_the_same_unit_is_not_asked_twice_and_another_takes_over(stage: Stage) -> None:
    row = stage.in_p2()
    first = stage.asked(row, days=1)
    with pytest.raises(Refusal) as refused:
        stage.asked(row, days=2)
    assert refused.value.code == "already_asked"
    second = stage.asked(row, days=3, magistrate_unit_id=stage.cast.auditor.unit_id)
    assert second.number > first.number
    with pytest.raises(NotFound):
        stage.answered(first, days=4)
    auditor = stage.cast.auditor
    with acting_as(auditor):
        services.answer(by=auditor, question_set=second.id, answers=YES, at=later(5))
    assert stage.decided(row, "residence", days=6).phase == "P3"


def test_who_does_not_decide_does_not_ask(stage: Stage) -> None:
    row, worker = stage.in_p2(), stage.cast.centre_worker
    with acting_as(worker), pytest.raises(NotAllowed):
        services.ask(
            by=worker, reference=row.reference, magistrate_unit_id=stage.cast.magistrate.unit_id, at=later(1)
        )


def test_a_unit_without_magistrate_or_closed_is_not_asked(stage: Stage) -> None:
    row = stage.in_p2()
    with pytest.raises(Invalid):
        stage.asked(row, days=1, magistrate_unit_id=stage.cast.officer.unit_id)
    Unit.objects.filter(pk=stage.cast.magistrate.unit_id).update(valid_to=DAY)
    with pytest.raises(Refusal) as refused:
        stage.asked(row, days=1)
    assert refused.value.code == "unit_closed"


def test_a_judicial_event_from_the_magistrates_side_opens_the_last_phase(stage: Stage) -> None:
    row = stage.in_p3()
    asked = stage.asked(row, days=100)
    magistrate = stage.cast.magistrate
    with acting_as(magistrate):
        for _ in range(2):
            services.tell_event(
                by=magistrate, question_set=asked.id, event="verdict", on=later(99).date(), at=later(101)
            )
        assert Notice.objects.count() == 1
        with pytest.raises(Invalid):
            services.tell_event(
                by=magistrate, question_set=asked.id, event="verdict", on=later(102).date(), at=later(101)
            )
    assert stage.decided(row, "unlimited", days=103).phase == "P4"


def test_nobody_answers_for_another_unit(stage: Stage) -> None:
    asked = stage.asked(stage.in_p2(), days=1)
    for member in (stage.cast.other_magistrate, stage.cast.immigration_agent, stage.cast.centre_worker):
        with acting_as(member):
            for act in (
                lambda by: services.answer(by=by, question_set=asked.id, answers=YES, at=later(2)),
                lambda by: services.tell_event(
                    by=by, question_set=asked.id, event="verdict", on=DAY, at=later(2)
                ),
                lambda by: services.consult_questions(by=by, question_set=asked.id, at=later(2)),
            ):
                with pytest.raises(NotFound):
                    act(member)
    with acting_as(stage.cast.magistrate), pytest.raises(NotFound):
        services.answer(by=stage.cast.magistrate, question_set=uuid4(), answers=YES, at=later(2))


def test_the_database_lets_the_office_answer_nothing_itself(stage: Stage) -> None:
    """Even when a service forgot: an answer is written by the unit that was asked."""
    asked = stage.asked(stage.in_p2(), days=1)
    agent = stage.cast.immigration_agent
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        acting_as(agent),
        transaction.atomic(),
    ):
        Reply.objects.create(
            compartment_id=asked.compartment_id,
            question_set=asked,
            answers=YES,
            on=DAY,
            at=later(2),
            answered_by=agent.person_id,
            unit_id=agent.unit_id,
        )


def test_questions_that_nobody_needs_any_more_are_withdrawn(stage: Stage) -> None:
    """A decision taken without waiting, or the end: the magistrate is not left with a clock that runs for ever."""
    row = stage.in_p2()
    first = stage.asked(row, days=1)
    stage.decided(row, "extend_first_document", days=3)
    second = stage.asked(row, days=5)
    stage.ended(row, days=6)
    magistrate = stage.cast.magistrate
    with acting_as(magistrate):
        assert not Deadline.objects.filter(done_at=None).exists()
        assert QuestionSet.objects.filter(withdrawn_at=None).count() == 0
        for asked in (first, second):
            with pytest.raises(NotFound):
                services.answer(by=magistrate, question_set=asked.id, answers=YES, at=later(7))
    assert Message.objects.filter(unit_id=magistrate.unit_id, kind="protection.end").count() == 1
